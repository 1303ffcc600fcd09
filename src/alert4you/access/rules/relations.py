"""Who may do something about a child, in words for the person who asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from alert4you.access import policy
from alert4you.access.models import HOLD_AT_MOST, Entry, Kind
from alert4you.children.models import Child, Placement, Terms
from alert4you.children.rules import may_place, no_overlap, plus_agreed, room_for
from alert4you.kernel.compiled import Condition
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.kernel.kept import kept
from alert4you.organisations.models import Actor, Group, Location, Membership, Role
from alert4you.organisations.rules import KEEPS_THE_BOOKS, RUNS_THE_PLACE

NOT_WITH_THIS_CHILD = Decision(
    _("Only people who work with this child now may do this."),
    _("Ask a colleague on the group, or the mentor of the child."),
)
NOT_HERE = Decision(_("There is nothing to hold back here."))


@dataclass(frozen=True)
class Ties:
    """What holds now between one hat and one child; from these follows what the hat may do."""

    knows: bool
    on_group: bool
    on_team: bool
    placed_here: bool


def ties(actor: Actor, child: Child) -> Ties:
    return Ties(*_ties(actor, child.pk)[0])


@kept
def _ties(actor: Actor, child_id: UUID) -> QuerySet[Child, Any]:
    columns = ties_columns(actor)
    rows = Child.objects.unrestricted(reason="rule").filter(pk=child_id)
    return rows.annotate(**columns).values_list(*columns)


def ties_columns(actor: Actor) -> dict[str, Condition]:
    """The ties of a hat with each child, as columns of a query."""
    return {
        "knows": Condition(Child, policy.known_by_right, actor),
        "on_group": Condition(Child, _on_group, actor),
        "on_team": Condition(Child, _on_team, actor),
        "placed_here": Condition(Child, policy.placed_here, actor),
    }


def _on_group(actor: Actor) -> Q:
    return Q(Exists(policy.present_today(actor, "pk")))


def _on_team(actor: Actor) -> Q:
    return Q(Exists(policy.team(actor, "pk", purpose="")))


def works_with(actor: Actor, child: Child) -> Decision:
    """On the group today, on the care team, or agreed with the parents; never a parent's hat."""
    return at_work(actor, ties(actor, child))


def at_work(actor: Actor, held: Ties) -> Decision:
    """``works_with``, for ties that were read already."""
    if actor.is_parent or not held.knows:
        return NOT_WITH_THIS_CHILD
    if actor.role in KEEPS_THE_BOOKS and not held.on_team:
        return Decision(
            _("You know this child by name, but you are not on its care team."),
            _("Join the care team first, and say why: the parents see it."),
        )
    return ALLOWED


def works_here_with(actor: Actor, child: Child) -> Decision:
    """Works with the child and belongs to the organisation where it has its place."""
    return at_work_here(actor, ties(actor, child))


def at_work_here(actor: Actor, held: Ties) -> Decision:
    """``works_here_with``, for ties that were read already."""
    decision = at_work(actor, held)
    if decision and not (held.on_team or held.on_group):
        return Decision(
            _("Only staff of the child's own place may do this."),
            _("Ask the mentor or the care coordinator of the child."),
        )
    return decision


def may_join(actor: Actor, child: Child) -> Decision:
    """Whoever knows the child in its own organisation may name people on the care team."""
    return may_join_with(actor, ties(actor, child))


def may_join_with(actor: Actor, held: Ties) -> Decision:
    """``may_join``, for ties that were read already."""
    if _runs_its_place(actor, held):
        return ALLOWED
    return at_work_here(actor, held)


def _runs_its_place(actor: Actor, held: Ties) -> bool:
    return actor.role in RUNS_THE_PLACE and held.knows and held.placed_here


def may_place_child(
    actor: Actor, child: Child, group: Group, starts: date, ends: date | None, terms: Terms
) -> Decision:
    """As ``may_welcome``, on these days a place is left, and a plus place has its way back."""
    welcome = may_welcome(actor, child, group, starts, ends)
    agreed = plus_agreed(group, starts, terms, child) if welcome else welcome
    apart = no_overlap(child, group, (starts, ends), terms) if agreed else agreed
    return room_for(group, (starts, ends), terms.days, actor.today, child) if apart else apart


def may_welcome(
    actor: Actor, child: Child, group: Group, starts: date, ends: date | None
) -> Decision:
    """Who runs the group, for a child of its own; for another's child only by whoever may know it.

    A child without any place now is welcome anywhere.
    """
    elsewhere = Placement.objects.on(actor.today).filter(child=child).unrestricted(reason="rule")
    if not ties(actor, child).knows and elsewhere.exists():
        return Decision(
            _("This child has its place elsewhere."),
            _("Ask its parents to agree first that your organisation may know their child."),
        )
    return may_place(actor, group, starts, ends)


def may_forbid(actor: Actor, child: Child, reason: str) -> Decision:
    """Shutting somebody out is for whoever runs the child's place, with a reason."""
    if not reason.strip():
        return Decision(_("Write why, and on what ground."))
    if _runs_its_place(actor, ties(actor, child)):
        return ALLOWED
    return Decision(
        _("Only whoever runs the child's place can do this."),
        _("Ask the care coordinator or the manager of the location."),
    )


def may_name(actor: Actor, child: Child, people: Iterable[Membership], why: str) -> Decision:
    """Name somebody with a reason that parents can read; a municipality never joins a child."""
    if not why.strip():
        return Decision(_("Write why: the parents read it."))
    if any(each.role == Role.MUNICIPALITY for each in people):
        return Decision(_("A municipality does not look into the file of a child."))
    return may_join(actor, child)


def may_post(actor: Actor, location: Location) -> Decision:
    """Who runs the place lets a coach in on its groups."""
    if actor.role in RUNS_THE_PLACE and location.organisation_id == actor.organisation_id:
        return ALLOWED
    return Decision(_("Only whoever runs this location can bring in a coach."))


def may_hold(actor: Actor, entry: Entry, until: datetime, reason: str) -> Decision:
    """Hold something of the own file back from the parents: own care team, at most 28 days."""
    if until > entry.written_at + HOLD_AT_MOST:
        return Decision(
            _("Something can be held back for 28 days at most."),
            _("Choose an earlier date; plan the talk with the parents before it."),
        )
    if not reason.strip():
        return Decision(_("Write why the parents cannot read this yet."))
    return may_hold_now(actor, entry)


def may_hold_now(actor: Actor, entry: Entry) -> Decision:
    """Whether this hat can hold this entry back at all; never what the parents wrote themselves."""
    return may_hold_with(actor, entry, ties(actor, entry.child)) if entry.child else NOT_HERE


def may_hold_with(actor: Actor, entry: Entry, held: Ties) -> Decision:
    """``may_hold_now``, for ties that were read already."""
    if not held.on_team or entry.organisation_id != actor.organisation_id:
        return NOT_WITH_THIS_CHILD
    gone = actor.at >= entry.written_at + HOLD_AT_MOST
    if gone or entry.internal or entry.kind == Kind.PARENT_WORDS:
        return NOT_HERE
    return ALLOWED


def is_guardian(actor: Actor, child: Child) -> Decision:
    """A parent or guardian with authority, now."""
    return decides(actor, ties(actor, child))


def decides(actor: Actor, held: Ties) -> Decision:
    """``is_guardian``, for ties that were read already: a parent's hat knows by authority only."""
    if actor.is_parent and held.knows:
        return ALLOWED
    return Decision(
        _("Only a parent or guardian with authority decides about this."),
        _("Staff can record what a parent said in a talk or on paper."),
    )


def may_speak(actor: Actor, child: Child) -> Decision:
    """Add own words to the line: the parents, and who works with the child."""
    return is_guardian(actor, child) if actor.is_parent else works_with(actor, child)


def on_own_team(actor: Actor, child: Child) -> bool:
    return ties(actor, child).on_team


def leads(actor: Actor, *memberships: object) -> bool:
    """Whether this hat is one of those named (the lead, the cover)."""
    return actor.membership_id in memberships
