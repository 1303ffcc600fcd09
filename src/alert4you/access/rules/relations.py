"""Who may do something about a child, in words for the person who asked."""

from datetime import datetime

from django.db.models import Exists, Model, Q
from django.utils.translation import gettext_lazy as _

from alert4you.access import policy
from alert4you.access.models import HOLD_AT_MOST, CareTeamMember, Entry
from alert4you.children.models import Child, Guardian
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Location
from alert4you.organisations.rules import RUNS_THE_PLACE

NOT_WITH_THIS_CHILD = Decision(
    _("Only people who work with this child now may do this."),
    _("Ask a colleague on the group, or the mentor of the child."),
)


def works_with(actor: Actor, child: Child) -> Decision:
    """On the group today, on the care team, or agreed with the parents; never a parent's hat."""
    if actor.is_parent or not knows(actor, child):
        return NOT_WITH_THIS_CHILD
    if actor.role in policy.KNOWS_WHO_IS_PLACED and not on_own_team(actor, child):
        return Decision(
            _("You know this child by name, but you are not on its care team."),
            _("Join the care team first, and say why: the parents see it."),
        )
    return ALLOWED


def works_here_with(actor: Actor, child: Child) -> Decision:
    """Works with the child and belongs to the organisation where it has its place."""
    decision = works_with(actor, child)
    if decision and not (on_own_team(actor, child) or on_the_group(actor, child)):
        return Decision(
            _("Only staff of the child's own place may do this."),
            _("Ask the mentor or the care coordinator of the child."),
        )
    return decision


def may_join(actor: Actor, child: Child) -> Decision:
    """Who knows the child in its own organisation may name people on the care team."""
    if actor.role in policy.KNOWS_WHO_IS_PLACED and knows(actor, child):
        return ALLOWED
    return works_here_with(actor, child)


def may_post(actor: Actor, location: Location) -> Decision:
    """Who runs the place lets a coach in on its groups."""
    if actor.role in RUNS_THE_PLACE and location.organisation_id == actor.organisation_id:
        return ALLOWED
    return Decision(_("Only who runs this location can bring in a coach."))


def may_hold(actor: Actor, entry: Entry, until: datetime) -> Decision:
    """Hold something back from the parents: own care team, at most 28 days after it was written."""
    if until > entry.written_at + HOLD_AT_MOST:
        return Decision(
            _("Something can be held back for 28 days at most."),
            _("Choose an earlier date; plan the talk with the parents before it."),
        )
    if entry.child is None or not on_own_team(actor, entry.child):
        return NOT_WITH_THIS_CHILD
    return ALLOWED


def is_guardian(actor: Actor, child: Child) -> Decision:
    """A parent or guardian with authority, now."""
    mine = Guardian.objects.on(actor.today).filter(
        child=child, person=actor.person_id, has_authority=True
    )
    if actor.is_parent and mine.exists():
        return ALLOWED
    return Decision(
        _("Only a parent or guardian with authority decides about this."),
        _("Staff can record what a parent said in a talk or on paper."),
    )


def may_speak(actor: Actor, child: Child) -> Decision:
    """Add own words to the line: the parents, and who works with the child."""
    return is_guardian(actor, child) if actor.is_parent else works_with(actor, child)


def knows(actor: Actor, child: Child) -> bool:
    return _holds(policy.children(actor), child)


def on_the_group(actor: Actor, child: Child) -> bool:
    return _holds(Q(Exists(policy.present_today(actor, "pk"))), child)


def on_own_team(actor: Actor, child: Child) -> bool:
    named = CareTeamMember.objects.on(actor.today).filter(policy.mine_or_covered(actor))
    return named.filter(child=child, purpose="").exists()


def leads(actor: Actor, *memberships: object) -> bool:
    """Whether this hat is one of those named (the lead, the cover)."""
    return actor.membership_id in memberships


def _holds(condition: Q, row: Model) -> bool:
    rows = type(row).objects.unrestricted(reason="rule")  # type: ignore[attr-defined]
    return rows.filter(condition, pk=row.pk).exists()

