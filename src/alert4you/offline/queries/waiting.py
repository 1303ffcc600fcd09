"""What waits for the care coordinator, what an author and a manager hear of it."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from alert4you.kernel.decision import NotVisible
from alert4you.kernel.sealing import unseal
from alert4you.offline.models import Arrival, Kept, State
from alert4you.offline.rules.words import in_words, is_internal
from alert4you.organisations.models import Actor
from alert4you.tablets.models import Tablet


@dataclass(frozen=True)
class Words:
    """What stands in something that waits. ``device``: the name of the tablet, if it is one."""

    text: str
    internal: bool
    device: str


def waiting(actor: Actor) -> QuerySet[Kept]:
    """What this care coordinator has to decide about, the longest waiting first."""
    seen = Kept.objects.visible_to(actor).filter(outcome="")
    related = seen.select_related("arrival", "child", "group", "hat__person")
    return related.order_by("arrival__arrived_at", "pk")


def one(actor: Actor, kept_id: UUID) -> Kept:
    seen = Kept.objects.visible_to(actor).filter(pk=kept_id)
    found = seen.select_related("arrival", "child", "group", "hat__person").first()
    if found is None:
        raise NotVisible
    return found


def words_of(kept: Kept) -> Words:
    """Unsealed, for whoever may see the row."""
    told: dict[str, Any] = {"kind": "", "said": {}}
    if kept.sealed:
        told = json.loads(unseal(kept.sealed))
    tablet = Tablet.objects.filter(device=kept.arrival.device).values_list("name", flat=True)
    return Words(
        in_words(told["kind"], told["said"]), is_internal(told["said"]), tablet.first() or ""
    )


def mine_waits(actor: Actor) -> int:
    """How many things this hat wrote still wait for a decision."""
    seen = Kept.objects.unrestricted(reason="a count for who wrote it").filter(outcome="")
    return seen.filter(hat=actor.membership_id).values("arrival").distinct().count()


@dataclass(frozen=True)
class Damaged:
    """Something that cannot be read, without its content."""

    arrival: Arrival
    device: str


def damaged(actor: Actor) -> list[Damaged]:
    """What came from devices of the own organisation and cannot be read, newest first."""
    rows = Arrival.objects.filter(
        organisation=actor.organisation_id, state=State.UNREADABLE
    ).order_by("-arrived_at", "pk")
    found = list(rows[:100])
    names: dict[Any, str] = dict(
        Tablet.objects.filter(device__in=[each.device for each in found]).values_list(
            "device", "name"
        )
    )
    return [Damaged(each, names.get(each.device, "")) for each in found]
