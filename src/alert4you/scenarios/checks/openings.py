"""Which file is open for whom, who heard of it, and what stands on the weekly list."""

from collections.abc import Sequence
from uuid import UUID

from alert4you.access.models import Opening
from alert4you.access.queries import review
from alert4you.access.queries.line import children
from alert4you.access.queries.openings import (
    alarms,
    of_organisation,
    open_now,
    told_to,
    told_to_parents,
)
from alert4you.access.queries.review import asked_by_parents
from alert4you.access.queries.trail import who_looked
from alert4you.children.models import Child
from alert4you.organisations.models import Actor, Membership
from alert4you.scenarios import kinds
from alert4you.scenarios.deeds.openings import FINDING
from alert4you.scenarios.sentences import check
from alert4you.scenarios.world import NotSo, World


@check("the file of {child} is open for {who}")
def is_open(world: World, child: Child, who: Actor) -> None:
    if open_now(who, child) is None:
        raise NotSo("it is not open")


@check("the file of {child} is closed for {who}")
def is_closed(world: World, child: Child, who: Actor) -> None:
    """Though it was opened once."""
    if not Opening.objects.filter(child=child, membership=who.membership_id).exists():
        raise NotSo("it was never opened, so this proves nothing")
    if open_now(who, child) is not None or child in children(who):
        raise NotSo("it is still open")


@check("{who} hears that {other} opened the file of {child}")
def hears(world: World, who: Actor, other: Membership, child: Child) -> None:
    """On Today, at once: the parents, the care team, the privacy officer."""
    if not _hears(who, other, child):
        raise NotSo("nothing of it is on Today")


@check("{who} does not hear that {other} opened the file of {child}")
def does_not_hear(world: World, who: Actor, other: Membership, child: Child) -> None:
    if not Opening.objects.filter(child=child, membership=other).exists():
        raise NotSo("it was never opened, so this proves nothing")
    if _hears(who, other, child):
        raise NotSo("it is on Today")


def _hears(who: Actor, other: Membership, child: Child) -> bool:
    if who.is_parent:
        mine = [each.pk for each in children(who) if each.pk == child.pk]
        return told_to_parents(who, mine).filter(membership=other).exists()
    told = told_to(who)
    if who.role == "privacy_officer":
        told = [each.opening for each in of_organisation(who)]
    return any((each.membership_id, each.child_id) == (other.pk, child.pk) for each in told)


@check("{who} sees that {other} looked in an emergency at {child}", must={"why": kinds.TEXT})
def sees_emergency(world: World, who: Actor, other: Membership, child: Child, why: str) -> None:
    """A parent, on the page “who looked”, marked."""
    looks = who_looked(who, [each for each in children(who) if each.pk == child.pk])
    marked = [each for each in looks if each.in_emergency and each.person == other.person.name]
    if not any(why.casefold() in str(each.why).casefold() for each in marked):
        raise NotSo("; ".join(f"{each.person}: {each.why}" for each in looks) or "nobody")


@check("on the weekly list {who} reads", must={"findings": kinds.table_of(FINDING, kinds.NAME)})
def on_the_list(world: World, who: Actor, findings: dict[str, str]) -> None:
    """Exactly these people wait for a word, each for this."""
    page = review.page(who)
    found = {
        world.name_of(_hat(who, each.line.person_id)): each.line.finding for each in page.waiting
    }
    if found != findings or len(page.waiting) != len(findings):
        raise NotSo(", ".join(f"{name}: {what}" for name, what in found.items()) or "nothing waits")


@check("nothing waits on the weekly list of {who}")
def nothing_waits(world: World, who: Actor) -> None:
    """And there is a list."""
    page = review.page(who)
    if not page.weeks:
        raise NotSo("no list was made, so this proves nothing")
    if page.waiting:
        raise NotSo(f"{len(page.waiting)} lines wait")


@check("for {who} the weekly list is late", must={"lines": kinds.NUMBER})
def is_late(world: World, who: Actor, lines: int) -> None:
    """On Today of who runs the place."""
    late, __ = review.escalated(who)
    if late != lines:
        raise NotSo(str(late))


@check("{who} is alarmed about {other}")
def alarmed(world: World, who: Actor, other: Membership) -> None:
    if other.person.name not in [each.person for each in alarms(who)]:
        raise NotSo("no alarm")


@check("{who} reads the answer about who looked", must={"words": kinds.TEXTS})
def reads_answer(world: World, who: Actor, words: Sequence[str]) -> None:
    said = [each.answer for each in asked_by_parents(who, list(children(who)))]
    for piece in words:
        if not any(piece.casefold() in each.casefold() for each in said):
            raise NotSo("; ".join(said) or "nothing was asked")


@check("{who} must answer what was asked about who looked", must={"by": kinds.DAY})
def must_answer(world: World, who: Actor, by: object) -> None:
    due = [each.due_at.date() for each in review.questions(who).filter(answered_at=None)]
    if due != [by]:
        raise NotSo(", ".join(map(str, due)) or "nothing waits")


def _hat(who: Actor, person: UUID) -> Membership:
    return Membership.objects.get(person=person, organisation=who.organisation_id)
