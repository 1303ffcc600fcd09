"""Looking how a child is doing, one's own view, and what is done when the rule asks to look again."""

from collections.abc import Sequence

from alert4you.children.models import Child
from alert4you.organisations.models import Actor
from alert4you.scenarios import kinds
from alert4you.scenarios.finding import Unfound
from alert4you.scenarios.sentences import deed
from alert4you.scenarios.world import World
from alert4you.wellbeing import commands
from alert4you.wellbeing.models import Aspect, Notice, Way
from alert4you.wellbeing.queries import pages
from alert4you.wellbeing.rules.choosing import DAYS, Chosen
from alert4you.wellbeing.rules.noticing import Rule
from alert4you.wellbeing.rules.odds import Expected

HUNDRED = kinds.several_of(kinds.NUMBER)
WITH = kinds.one_of(
    "with whom", [("the parents", Way.PARENTS.value), ("the coach", Way.COACH.value)]
)


@deed("{who} looks how {child} is doing", may={each.value: kinds.NUMBER for each in Aspect})
def looks(world: World, who: Actor, child: Child, **steps: int) -> None:
    """From 1 to 5: with itself, with staff, with others, and involved; what is left out was not seen."""
    commands.rate(who, child, steps)


@deed(
    "{who} counts what is tapped",
    must={"tags": kinds.TEXTS, "more": kinds.NUMBER, "of": kinds.NUMBER},
    may={each: kinds.NUMBER for each in ("usual", "changed", "a year", "people")},
)
def counts(
    world: World, who: Actor, tags: Sequence[str], more: int, of: int, **expected: int
) -> None:
    """So many more than usual of the last; `usual` and `changed`: how many of a hundred notes have it."""
    told = {name: expected.get(name) for name in ("usual", "changed", "a_year")}
    commands.watch_tags(who, tags, more, of, DAYS, {**told, "raters": expected.get("people")})


@deed("{who} writes an own view of {child}", must={"text": kinds.TEXT})
def writes_view(world: World, who: Actor, child: Child, text: str) -> None:
    """Before reading what the rule noticed."""
    commands.write_view(who, child, text)


@deed("{who} takes up what was noticed about {child}", must={"why": kinds.TEXT, "with": WITH})
def takes_up(world: World, who: Actor, child: Child, why: str, with_: str) -> None:
    commands.take_up(who, _open(who, child), with_, why)


@deed("{who} lets go what was noticed about {child}", must={"why": kinds.TEXT})
def lets_go(world: World, who: Actor, child: Child, why: str) -> None:
    commands.let_go(who, _open(who, child), why)


@deed(
    "{who} sets when to look again",
    must={"needed": kinds.NUMBER, "of": kinds.NUMBER},
    may={
        "level": kinds.NUMBER,
        "well": HUNDRED,
        "less well": HUNDRED,
        "a year": kinds.NUMBER,
        "people": kinds.NUMBER,
    },
)
def sets_rule(world: World, who: Actor, needed: int, of: int, **more: int | Sequence[int]) -> None:
    """So many low ones of the last; `well` and `less well`: of a hundred, how many on each step."""
    well, low = more.get("well"), more.get("less_well")
    expected = None
    if isinstance(well, tuple) and isinstance(low, tuple):
        expected = Expected(list(well), list(low), _number(more, "a_year"), _number(more, "people"))
    rule = Rule(level=_number(more, "level") or Rule().level, needed=needed, of=of)
    commands.set_rule(who, Chosen(rule, DAYS, expected))


def _number(more: dict[str, int | Sequence[int]], name: str) -> int:
    value = more.get(name)
    return value if isinstance(value, int) else 0


def _open(who: Actor, child: Child) -> Notice:
    """The last one that nobody answered."""
    found = pages.page(who, child).open
    if not found:
        raise Unfound(f"nothing that was noticed about {child} waits for an answer")
    return found[0].notice
