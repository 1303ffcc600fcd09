"""Who knows of a meeting, and of its points. What is about a child is decided by the policy of the line."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from alert4you.access.models import Entry
from alert4you.access.policy import KNOWS_ALL_GROUPS, hat_runs, mine_or_covered
from alert4you.kernel.policies import policy_of
from alert4you.meetings.models import Case, Item, LeftOut, Meeting, Seat, Sort
from alert4you.organisations.models import Actor, Role


@policy_of(Meeting)
def meetings(actor: Actor) -> Q:
    """Who may read of a child that is discussed, like its parents; who sits at the table or planned
    it; who looks after all groups. Nothing in a meeting itself tells of a child.
    """
    reads = _reads_of_a_child(actor, "pk")
    if actor.is_parent:
        return reads
    invited = Q(Exists(seats_of(actor))) | Q(planned_by=actor.membership_id)
    if actor.role in KNOWS_ALL_GROUPS:
        invited |= Q(organisation=actor.organisation_id)
    return hat_runs(actor) & (invited | reads)


@policy_of(Item)
def items(actor: Actor) -> Q:
    """A point about a child is for those who read its case; any other for staff who know of the meeting. A
    trend, and what went to the municipality, all staff of the place read; the municipality what it got.
    """
    of_child = Q(Exists(Entry.objects.visible_to(actor).filter(pk=OuterRef("case"))))
    if actor.is_parent:
        return of_child
    planned = Meeting.objects.filter(planned_by=actor.membership_id, pk=OuterRef("meeting"))
    known = Q(Exists(seats_of(actor, "meeting"))) | Q(Exists(planned))
    ours = Q(sort=Sort.TREND) | Q(reported=True)
    if actor.role in KNOWS_ALL_GROUPS:
        ours = Q()
    known |= Q(ours, organisation=actor.organisation_id)
    if actor.role == Role.MUNICIPALITY:
        known |= Q(reported=True)
    nameless = Q(case=None) & hat_runs(actor)
    return of_child | (nameless & known) | (nameless & _reads_of_a_child(actor, "meeting"))


@policy_of(LeftOut)
def left_out(actor: Actor) -> Q:
    """Why a parent is not invited is for the own place only."""
    if actor.is_parent:
        return Q(pk__in=[])
    own = Case.objects.filter(organisation=actor.organisation_id, item=OuterRef("item"))
    reads = Item.objects.visible_to(actor).filter(pk=OuterRef("item"))
    return Q(Exists(own)) & Q(Exists(reads))


def seats_of(actor: Actor, meeting: str = "pk") -> QuerySet[Seat]:
    """The seats of this hat, and of whom it stands in for, at the meeting at hand."""
    return Seat.objects.filter(mine_or_covered(actor), meeting=OuterRef(meeting))


def _reads_of_a_child(actor: Actor, meeting: str) -> Q:
    return Q(Exists(Case.objects.visible_to(actor).filter(item__meeting=OuterRef(meeting))))
