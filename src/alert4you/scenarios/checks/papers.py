"""Planned against actual weeks, the safety net, views beside each other, the growth document."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from alert4you.access.queries.consent import agreements
from alert4you.children.models import Child
from alert4you.organisations.models import Actor
from alert4you.practices.models import PracticeTemplate
from alert4you.scenarios import finding, kinds
from alert4you.scenarios.kinds import several_of, table_of
from alert4you.scenarios.sentences import check
from alert4you.scenarios.world import NotSo, World, plain
from alert4you.trajectories.queries.beside import seen_by_each
from alert4you.trajectories.queries.caseload import Case, caseload
from alert4you.trajectories.queries.growth import GrowthPage, growth_page
from alert4you.trajectories.queries.offering import to_think_of
from alert4you.trajectories.queries.papers import papers
from alert4you.trajectories.rules.states import TaperWeek

IN = {"in": kinds.PRACTICE}
STANDINGS = ("none", "holds", "soon", "expired", "released")
STANDING = kinds.one_of("how it stands", [(each, each) for each in STANDINGS])
SIDE = kinds.one_of("a side", [(each, each) for each in ("parents", "group", "outside")])


@check(
    "coming less often for {child}",
    must={"planned": several_of(kinds.NUMBER)},
    may={"there": several_of(kinds.NUMBER), **IN},
)
def coming_less(world: World, child: Child, planned: Sequence[int], **more: Any) -> None:
    """All weeks of the plan: the days planned, and those somebody was there (weeks to come: 0)."""
    weeks = _case(world, child, **more).state.taper
    there = tuple(more.get("there", [each.actual for each in weeks]))
    if [each.planned for each in weeks] != [*planned] or (
        tuple(each.actual for each in weeks) != there
    ):
        raise NotSo("; ".join(_week(each) for each in weeks) or "nothing is planned")


def _week(each: TaperWeek) -> str:
    return f"week of {each.start}: {each.planned} planned, {each.actual} there"


@check("the safety net of {child}", must={"stands": STANDING}, may={"until": kinds.DAY, **IN})
def net(world: World, child: Child, stands: str, until: date | None = None, **more: Any) -> None:
    """`holds`, `soon` (it ends within the weeks that were chosen), `expired`, `released` or `none`."""
    found = _case(world, child, **more).state.net
    if found is None:
        raise NotSo("this practice has no safety net")
    if found.standing != stands or until not in (None, found.ends):
        raise NotSo(f"{found.standing}, until {found.ends}")


@check(
    '{who} sees beside each other "{quote}" about {child}',
    must={"sides": table_of(kinds.TEXT, SIDE, says="lines of `parents`, `group` or `outside`")},
)
def sees(world: World, who: Actor, quote: str, child: Child, sides: Mapping[str, str]) -> None:
    """What each side wrote or said about what was seen; none instead of another."""
    found = next((each for each in caseload(who) if each.trajectory.child_id == child.pk), None)
    if found is None:
        raise NotSo("this person sees no trajectory that runs")
    shown = seen_by_each(found, papers(who, found.trajectory, found.practice))
    one = next((each for each in shown if plain(quote) in plain(each.entry.text)), None)
    if one is None:
        raise NotSo("it is not shown")
    for column in one.columns:
        said = [*([column.seen.words] if column.seen else []), *(v.words for v in column.voices)]
        if plain(sides.get(column.side, "")) not in plain(" / ".join(said)):
            raise NotSo(f"{column.side}: {' / '.join(said) or 'nothing'}")


@check("the parents of {child} are thinking", may={"again": kinds.DAY, **IN})
def thinking(world: World, child: Child, again: date | None = None, **more: Any) -> None:
    """`again` is the day on which they speak each other."""
    state = _case(world, child, **more).state
    if not state.considering or again not in (None, state.agreed):
        raise NotSo(f"phase {state.phase}, again on {state.agreed}")


@check("nobody pushes {who} about {child}")
def not_pushed(world: World, who: Actor, child: Child) -> None:
    """No step of a trajectory is the parents', and no answer is waited for."""
    for each in caseload(who):
        if each.trajectory.child_id == child.pk and not all(map(each.owner, each.state.steps)):
            raise NotSo("; ".join(each.words(step) for step in each.state.steps))
    waiting = [
        each for each in agreements(who, child) if each.waits_for(each.signer(who), who.today)
    ]
    if waiting:
        raise NotSo(f"asked to share with {waiting[0].request.organisation}")


@check("{who} thinks of {practice} for {child}")
def thinks_of(world: World, who: Actor, practice: PracticeTemplate, child: Child) -> None:
    """Because of the age, and because there is a plan; nothing is shared by it."""
    if (child.pk, practice.slug) not in _thoughts(who):
        raise NotSo("; ".join(slug for __, slug in _thoughts(who)) or "nothing")


@check("{who} does not think of {practice} for {child}")
def thinks_not_of(world: World, who: Actor, practice: PracticeTemplate, child: Child) -> None:
    if (child.pk, practice.slug) in _thoughts(who):
        raise NotSo("it is on the page of today")


def _thoughts(who: Actor) -> set[tuple[Any, str]]:
    return {(each.child.pk, each.slug) for each in to_think_of(who)}


@check(
    "{who} reads the growth document of {child}",
    must={"approved": kinds.FLAG},
    may={
        "waits for": several_of(kinds.NAME),
        "holds": kinds.TEXTS,
        "leaves out": kinds.TEXTS,
        "says": kinds.TEXT,
        "given to": kinds.TEXTS,
        **IN,
    },
)
def growth(world: World, who: Actor, child: Child, approved: bool, **more: Any) -> None:
    """`holds` and `leaves out` are pieces of what is in it, and of what the parents left out."""
    page = _growth(world, who, child, **more)
    if page.is_approved != approved:
        raise NotSo("approved" if page.is_approved else "not approved")
    waits = sorted(world.name_of(each.person) for each in page.waits_for)
    if sorted(more.get("waits_for", waits)) != waits:
        raise NotSo(f"waits for {', '.join(waits) or 'nobody'}")
    inside = [f"{each.what} {each.entry.text}" for each in page.inside]
    outside = [f"{each.what} {each.entry.text}" for each in page.items if each.left_out]
    _has(inside, more.get("holds", ()))
    _has(outside, more.get("leaves_out", ()))
    _has([page.document.words if page.document else ""], [more.get("says", "")])
    _has([f"{each.name} {each.to}" for each in page.handed], more.get("given_to", ()))


def _has(texts: Sequence[str], pieces: Sequence[str]) -> None:
    for piece in pieces:
        if not any(plain(piece) in plain(text) for text in texts):
            raise NotSo("; ".join(texts) or "nothing")


@check("{who} cannot print the growth document of {child}", may=IN)
def cannot_print(world: World, who: Actor, child: Child, **more: Any) -> None:
    page = _growth(world, who, child, **more)
    if page.may_print:
        raise NotSo("it can be printed")


def _growth(world: World, who: Actor, child: Child, **more: Any) -> GrowthPage:
    return growth_page(who, _case(world, child, more.get("in_")).trajectory.pk)


def _case(world: World, child: Child, in_: PracticeTemplate | None = None, **more: Any) -> Case:
    return finding.case_of(world, child, in_.slug if in_ else "")
