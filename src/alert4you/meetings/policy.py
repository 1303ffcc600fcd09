"""Who knows of a meeting. What is said about a child in it is decided by the policy of the line."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from alert4you.access.policy import KNOWS_ALL_GROUPS, entries, hat_runs, mine_or_covered
from alert4you.kernel.policies import policy_of
from alert4you.meetings.models import Case, Meeting, Seat
from alert4you.organisations.models import Actor


@policy_of(Meeting)
def meetings(actor: Actor) -> Q:
    """Who may read of a child that is discussed, like its parents; who sits at the table or planned
    it; who looks after all groups. Nothing in a meeting itself tells of a child.
    """
    reads = Q(Exists(Case.objects.filter(entries(actor), item__meeting=OuterRef("pk"))))
    if actor.is_parent:
        return reads
    invited = Q(Exists(seats_of(actor))) | Q(planned_by=actor.membership_id)
    if actor.role in KNOWS_ALL_GROUPS:
        invited |= Q(organisation=actor.organisation_id)
    return hat_runs(actor) & (invited | reads)


def seats_of(actor: Actor) -> QuerySet[Seat]:
    """The seats of this hat, and of whom it stands in for, at the meeting at hand."""
    return Seat.objects.filter(mine_or_covered(actor), meeting=OuterRef("pk"))
