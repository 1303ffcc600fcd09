"""Talks with parents: prepared, held, and how a group worker grows into them."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alert4you.access.queries.line import care_team
from alert4you.children.models import Child
from alert4you.coaching.models import (
    Contact,
    TalkPreparation,
)
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import (
    Actor,
    Membership,
)


def talks_to_hold(actor: Actor) -> QuerySet[TalkPreparation]:
    """Prepared talks that were not held yet, soonest first."""
    held = Contact.objects.filter(preparation=OuterRef("pk"))
    prepared = TalkPreparation.objects.visible_to(actor).filter(~Exists(held))
    return prepared.select_related("child", "worker__person").order_by("planned_on", "pk")


def my_talks_to_hold(actor: Actor) -> QuerySet[TalkPreparation]:
    """Of those, the talks that this hat leads, or prepared."""
    mine = Q(worker=actor.membership_id) | Q(hat=actor.membership_id)
    return talks_to_hold(actor).filter(mine)


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
