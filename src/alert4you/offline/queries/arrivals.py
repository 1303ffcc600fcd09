"""What came in from devices, and what of it waits."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from alert4you.offline.models import Arrival
from alert4you.organisations.models import Actor
from alert4you.tablets.models import Tablet
from alert4you.wellbeing.models import Rating


def read_back(ids: Collection[UUID]) -> list[dict[str, Any]]:
    """What is here of these items: read back, each content of each id."""
    rows = Arrival.objects.filter(item__in=ids).order_by("item", "arrived_at", "digest")
    return [
        {"id": str(item), "state": state, "digest": digest}
        for item, state, digest in rows.values_list("item", "state", "digest")
    ]


def revoked(devices: Iterable[UUID]) -> set[UUID]:
    """Which of these were tablets that were taken back."""
    gone = Tablet.objects.filter(device__in=list(devices), revoked_at__isnull=False)
    return {each for each in gone.values_list("device", flat=True) if each}


def newer_rating(actor: Actor, child: UUID) -> UUID | None:
    """The rating of this day that came in earlier, but was made later: it stays as it is."""
    seen = Rating.objects.unrestricted(reason="any order")
    mine = seen.filter(child=child, author=actor.person_id, day=actor.today)
    found = mine.values_list("pk", flat=True).first()
    later = Arrival.objects.filter(result=found, made_at__gt=actor.at)
    return found if found and later.exists() else None
