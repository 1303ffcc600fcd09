"""The marks about a child, for whoever runs its place and the privacy officer; never for whom it marks."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alert4you.access.models import BY_REQUEST, KEEPS, Mark, NegativeMark
from alert4you.access.rules.marks import runs_its_place
from alert4you.children.models import Child, Guardian, Placement
from alert4you.kernel.decision import NotVisible
from alert4you.kernel.wall.standing import opened
from alert4you.organisations.models import Actor, Role, running


def marks_of(actor: Actor, child: Child) -> list[NegativeMark]:
    """All marks about one child, those that run first; NotVisible for whoever does not run its place."""
    if not runs_its_place(actor, child):
        raise NotVisible
    found = list(_for_others(actor).filter(child=child).order_by("-starts", "pk"))
    return sorted(found, key=lambda each: each.ends is not None and each.ends <= actor.today)


def marks_here(actor: Actor) -> list[NegativeMark]:
    """The marks that run about children with a place at the organisation, for its privacy officer."""
    if actor.role != Role.PRIVACY_OFFICER:
        raise NotVisible
    running_now = _here(actor).filter(running(actor.today)).order_by("mark", "starts", "pk")
    with opened(reason="names on the list of the privacy officer"):
        return list(running_now)


def mark(actor: Actor, mark_id: UUID) -> NegativeMark:
    """One mark, for whoever can end it."""
    with opened(reason="whether this hat may end it comes next"):
        found = _for_others(actor).filter(pk=mark_id).first()
        if found is None:
            raise NotVisible
        officer = actor.role == Role.PRIVACY_OFFICER and found.mark == Mark.TELL_LATER
        known = officer and _here(actor).filter(pk=mark_id).exists()
    if not known and not runs_its_place(actor, found.child):
        raise NotVisible
    return found


def guardians_of(actor: Actor, child: Child) -> list[Guardian]:
    now = Guardian.objects.on(actor.today).filter(child=child).exclude(person=actor.person_id)
    return list(now.select_related("person").order_by("person__name"))


def _for_others(actor: Actor) -> QuerySet[NegativeMark]:
    rows = NegativeMark.objects.exclude(Q(person__isnull=False) & Q(person=actor.person_id))
    rows = rows.exclude(Q(guardian__isnull=False) & Q(guardian__person=actor.person_id))
    runs = NegativeMark.objects.on(actor.today).filter(pk=OuterRef("pk"))
    return rows.select_related(
        "child", "person", "guardian__person", "made_by__person", "ended_by__person"
    ).annotate(runs=Exists(runs), by_request=Q(mark__in=BY_REQUEST))


def _here(actor: Actor) -> QuerySet[NegativeMark]:
    placed = Placement.objects.unrestricted(reason="marks of the place").filter(
        group__location__organisation=actor.organisation_id
    )
    return _for_others(actor).filter(child__in=placed.values("child"))


@dataclass(frozen=True)
class Hold:
    """A legal hold as the own organisation may know it; ``reason`` is empty when another one set it."""

    reason: str
    is_ours: bool


def legal_holds(actor: Actor, children: Collection[UUID]) -> dict[UUID, Hold]:
    """By child what keeps everything (a hold, or only kept), for whoever answers for what is deleted."""
    rows = NegativeMark.objects.on(actor.today).filter(child__in=children, mark__in=KEEPS)
    found: dict[UUID, Hold] = {}
    for child, reason, maker in rows.values_list("child", "reason", "made_by__organisation"):
        ours = maker == actor.organisation_id
        if ours or child not in found:
            found[child] = Hold(reason if ours else "", ours)
    return found
