"""Coming less often, indications, views beside each other, and the growth document."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from alert4you.access.models import Entry
from alert4you.children.models import Child, Guardian
from alert4you.organisations.models import Actor, Membership, Person
from alert4you.practices.models import PracticeTemplate
from alert4you.scenarios import finding, kinds
from alert4you.scenarios.kinds import table_of
from alert4you.scenarios.sentences import deed
from alert4you.scenarios.world import World
from alert4you.trajectories.commands import growth as growing
from alert4you.trajectories.commands.deciding import speak_about_entry
from alert4you.trajectories.commands.indications import record_indication, release_indication
from alert4you.trajectories.commands.planning import plan_taper
from alert4you.trajectories.models import GrowthDocument, Indication, IndicationFor
from alert4you.trajectories.queries.growth import newest
from alert4you.trajectories.queries.papers import newest_plan
from alert4you.trajectories.rules.facts import TaperStep
from alert4you.trajectories.rules.indications import Granted, Told
from alert4you.trajectories.rules.tapers import in_order

IN = {"in": kinds.PRACTICE}
WORDS = {"words": kinds.TEXT}
INDICATION = kinds.one_of(
    "an indication", [(each.value.replace("_", " "), each.value) for each in IndicationFor]
)


@deed(
    "{who} plans coming less often for {child}",
    must={"weeks": table_of(kinds.NUMBER, kinds.DAY, says="lines of a day: so many days a week")},
    may=IN,
)
def plans_less(
    world: World, who: Actor, child: Child, weeks: Mapping[date, int], **more: Any
) -> None:
    """From the week of each day on; a step back up is decided first."""
    trajectory = finding.followed(world, who, child, _slug(**more))
    plan = newest_plan(who, trajectory)
    steps = in_order(TaperStep(day, days) for day, days in weeks.items())
    plan_taper(who, trajectory, plan.number if plan else 0, steps)


@deed(
    "{who} writes down an indication of {child}",
    must={"for": INDICATION, "until": kinds.DAY, "decided by": kinds.TEXT},
    may={"from": kinds.DAY, "place at": kinds.ORGANISATION},
)
def indicates(
    world: World, who: Actor, child: Child, for_: str, until: date, decided_by: str, **more: Any
) -> None:
    """`until` is the first day it is over; without `from` it begins today. A renewal is a next one."""
    starts, party = more.get("from_", who.today), more.get("place_at")
    record_indication(who, child, Granted(for_, decided_by, starts, until, party))


@deed("{who} says that the place of {child} may go", may=WORDS)
def releases(world: World, who: Actor, child: Child, words: str = "") -> None:
    """The place of the indication; a parent, or the party where the place is."""
    release_indication(who, _indication(child), words)


@deed("{who} writes down that {person} lets the place of {child} go", may=WORDS)
def releases_for(world: World, who: Actor, person: Person, child: Child, words: str = "") -> None:
    """What a parent said in a talk."""
    guardian = Guardian.objects.on(who.today).get(child=child, person=person)
    release_indication(who, _indication(child), words, Told(guardian))


def _indication(child: Child) -> Indication:
    rows = Indication.objects.unrestricted(reason="what the story refers to").filter(child=child)
    found = rows.order_by("-ends", "-written_at").first()
    if found is None:
        raise finding.Unfound(f"no indication of {child} was written down")
    return found


@deed('{who} sees "{quote}" about {child} in own words', must=WORDS, may=IN)
def sees_it(world: World, who: Actor, quote: str, child: Child, words: str, **more: Any) -> None:
    """The quote is a piece of what was seen in the trajectory; the own view stands beside it."""
    trajectory = finding.followed(world, who, child, _slug(**more))
    seen = Entry.objects.visible_to(who).filter(counted_as__trajectory=trajectory)
    speak_about_entry(who, trajectory, finding.seen(world, seen, quote), words)


@deed("{who} gathers the growth document of {child}", may=IN)
def gathers(world: World, who: Actor, child: Child, **more: Any) -> None:
    """Everything done so far; the parents read it first."""
    growing.gather_growth(who, finding.followed(world, who, child, _slug(**more)))


@deed('{who} leaves "{quote}" out of the growth document of {child}', may=IN)
def leaves_out(world: World, who: Actor, quote: str, child: Child, **more: Any) -> None:
    _leave(world, who, quote, child, True, **more)


@deed('{who} puts "{quote}" back in the growth document of {child}', may=IN)
def puts_back(world: World, who: Actor, quote: str, child: Child, **more: Any) -> None:
    _leave(world, who, quote, child, False, **more)


def _leave(world: World, who: Actor, quote: str, child: Child, left_out: bool, **more: Any) -> None:
    document = _document(world, who, child, **more)
    inside = Entry.objects.visible_to(who).filter(pk__in=document.rows.values("entry"))
    growing.leave_out(who, document, finding.seen(world, inside, quote), left_out)


@deed("{who} adds to the growth document of {child}", must=WORDS, may=IN)
def adds(world: World, who: Actor, child: Child, words: str, **more: Any) -> None:
    """The words of the parents, which stand first."""
    growing.add_growth_words(who, _document(world, who, child, **more), words)


@deed("{who} approves the growth document of {child}", may=IN)
def approves(world: World, who: Actor, child: Child, **more: Any) -> None:
    """As it is now; each parent who decides does so."""
    growing.approve_growth(who, _document(world, who, child, **more))


@deed("{who} gives the growth document of {child} to {other}", may=IN)
def gives(world: World, who: Actor, child: Child, other: Membership, **more: Any) -> None:
    document = _document(world, who, child, **more)
    growing.hand_growth(who, document, other.organisation, other.person.name)


def _document(world: World, who: Actor, child: Child, **more: Any) -> GrowthDocument:
    document = newest(who, finding.followed(world, who, child, _slug(**more)))
    if document is None:
        raise finding.Unfound(f"nothing was gathered about {child}")
    return document


def _slug(in_: PracticeTemplate | None = None) -> str:
    return in_.slug if in_ else ""
