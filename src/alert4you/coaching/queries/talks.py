"""Talks with parents: prepared, held, and how a group worker grows into them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alert4you.access.queries.line import care_team, posted_locations
from alert4you.children.models import Child
from alert4you.coaching.models import (
    Contact,
    TalkForm,
    TalkPreparation,
)
from alert4you.kernel.among import Among
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import (
    Actor,
    Membership,
    Role,
    Roster,
)


def talks_to_hold(actor: Actor) -> QuerySet[TalkPreparation]:
    """Prepared talks that were not held yet, soonest first."""
    held = Contact.objects.filter(preparation=OuterRef("pk"))
    prepared = TalkPreparation.objects.visible_to(actor).filter(~Exists(held))
    return prepared.select_related("child", "worker__person").order_by("planned_on", "pk")


def my_talks_to_hold(actor: Actor) -> QuerySet[TalkPreparation]:
    """The talks still to hold that this hat leads or prepared."""
    rows = TalkPreparation.objects.visible_to(actor).order_by().values("pk")
    led, prepared = rows.filter(worker=actor.membership_id), rows.filter(hat=actor.membership_id)
    return talks_to_hold(actor).filter(Among("pk", led.union(prepared)))


def talk_preparation(actor: Actor, preparation_id: UUID) -> TalkPreparation:
    seen = TalkPreparation.objects.visible_to(actor).select_related(
        "child", "worker__person", "worker__organisation", "author"
    )
    found = seen.filter(pk=preparation_id).first()
    if found is None:
        raise NotVisible
    return found


def held_talk(actor: Actor, preparation: TalkPreparation) -> Contact | None:
    return Contact.objects.visible_to(actor).filter(preparation=preparation).first()


def talk_workers(actor: Actor, child: Child) -> list[Membership]:
    """Who can lead a talk about a child: the care team of its own place."""
    return [named.membership for named in care_team(actor, child).filter(purpose="")]


def earlier_talks(actor: Actor, worker: Membership) -> QuerySet[TalkPreparation]:
    """Talks that a worker held, oldest first, as far as this hat may know: how she grows into it."""
    held = Contact.objects.filter(preparation=OuterRef("pk"))
    seen = TalkPreparation.objects.visible_to(actor).filter(Exists(held), worker=worker)
    return seen.select_related("child").order_by("planned_on", "pk")


@dataclass(frozen=True)
class Grown:
    """Which forms the talks of one group worker had, the first one first; no child, no parent."""

    worker: str
    talks: list[tuple[date, TalkForm]]


def growth(actor: Actor) -> list[Grown]:
    """How group workers move from watching to leading; for themselves, their coach and pedagogue.

    By name; nobody is compared with anybody.
    """
    held = Contact.objects.unrestricted(reason="held or not").filter(preparation=OuterRef("pk"))
    talks = TalkPreparation.objects.unrestricted(
        reason="forms of talks, without whom about"
    ).filter(Exists(held), _of_whom(actor))
    rows = talks.order_by("worker__person__name", "worker", "planned_on", "written_at")
    found: dict[object, Grown] = {}
    for who, name, day, form in rows.values_list(
        "worker", "worker__person__name", "planned_on", "form"
    ):
        found.setdefault(who, Grown(name, [])).talks.append((day, TalkForm(form)))
    return list(found.values())


def _of_whom(actor: Actor) -> Q:
    """One's own talks; for a coach those of who works at her locations, for a pedagogue the own people."""
    mine = Q(worker=actor.membership_id)
    if actor.role in (Role.PEDAGOGUE, Role.CARE_COORDINATOR):
        return mine | Q(worker__organisation=actor.organisation_id)
    if actor.role == Role.COACH:
        rosters = Roster.objects.on(actor.today).filter(group__location__in=posted_locations(actor))
        return mine | Q(worker__in=rosters.values("membership"))
    return mine
