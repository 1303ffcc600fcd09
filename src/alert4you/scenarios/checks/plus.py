"""Plus groups: the way back, near home or not, who passes on, what pays; and rounds in numbers."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import override

from alert4you.children.models import Child
from alert4you.groups.queries import plus
from alert4you.groups.queries.plus import Passed, Row
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor, Group, Location
from alert4you.practices.commands.cards import load_cards
from alert4you.practices.models import PracticeTemplate
from alert4you.practices.queries import cards
from alert4you.scenarios import kinds
from alert4you.scenarios.deeds.places import GROUND, TRANSPORT
from alert4you.scenarios.sentences import check
from alert4you.scenarios.world import NotSo, World, plain
from alert4you.trajectories.queries import rounds

# "hidden" stands for a number below ten.
HIDDEN = "hidden"
PASSED = {
    "moved": kinds.TEXT,
    "ended": kinds.TEXT,
    "returned": kinds.TEXT,
    "rate": kinds.TEXT,
}
CHILDREN = ("present", "refused", "moved", "stayed", "left")
FACTS = {"visits met": kinds.NUMBER, "visits missed": kinds.NUMBER, "effects": kinds.NUMBER}


@check(
    "{who} reads the plus place of {child} on {group}",
    may={
        "why": kinds.TEXT,
        "look again": kinds.DAY,
        "way back": kinds.TEXT,
        "tried": kinds.TEXTS,
        "from": kinds.GROUP,
        "ground": GROUND,
        "transport": TRANSPORT,
        "last answer": kinds.TEXT,
        "late": kinds.FLAG,
    },
)
def plus_place(world: World, who: Actor, child: Child, group: Group, **told: Any) -> None:
    """As on the page of the child; `last answer` is a piece of the words of the last decision."""
    row = next((each for each in plus.of_child(who, child) if each.placement.group == group), None)
    if row is None or row.plus is None:
        raise NotSo("nothing is to be read about it")
    found = {
        "look_again": row.placement.review_on,
        "tried": tuple(row.plus.tried),
        "from_": row.plus.from_group,
        "ground": row.plus.ground,
        "transport": row.plus.transport,
        "late": row.late,
    }
    _same({key: value for key, value in told.items() if key in found}, found)
    words = {
        "why": row.placement.purpose,
        "way_back": row.plus.way_back,
        "last_answer": " ".join(f"{each.text} {each.parents}" for each in row.answers[:1]),
    }
    for key, said in words.items():
        if plain(told.get(key, "")) not in plain(said):
            raise NotSo(said)


@check("{who} finds for every child on {group} a ground and a dated way back")
def all_dated(world: World, who: Actor, group: Group) -> None:
    """At least one child is there, so that it proves something."""
    rows = plus.rows(who, group)
    lacking = [str(each.child) for each in rows if not _dated(each)]
    if lacking or not rows:
        raise NotSo(", ".join(lacking) or "no child is there")


@check(
    "{who} counts how near home the children of {group} are",
    must={"near": kinds.NUMBER, "further": kinds.NUMBER, "unknown": kinds.NUMBER},
    may={"by bus": kinds.NUMBER},
)
def near_home(world: World, who: Actor, group: Group, **told: Any) -> None:
    """Against the aim of the own environment."""
    rows = plus.rows(who, group)
    found = vars(plus.environment(plus.chosen(group), rows))
    by_bus = sum(bool(each.plus and each.plus.transport == "bus") for each in rows)
    _same(told, {**found, "by_bus": by_bus})


@check("{who} reads how many children {group} passed on", must=PASSED)
def passed_on(world: World, who: Actor, group: Group, **told: str) -> None:
    """`hidden` below ten; `rate`: came back, in tens of percents."""
    _passed(told, plus.passed_on(who), group)


@check("{who} reads how many children came from {group}", must=PASSED)
def received(world: World, who: Actor, group: Group, **told: str) -> None:
    """As who runs the plus groups sees it."""
    _passed(told, plus.received(who), group)


@check("{who} reads of all passing on together", must=PASSED)
def together(world: World, who: Actor, **told: str) -> None:
    """As the municipality sees it: no groups."""
    _passed(told, plus.passed_on(who), None)


@check(
    "{who} reads the round at {location}",
    must={"since": kinds.DAY, **{key: kinds.TEXT for key in CHILDREN}},
    may={"reasons": kinds.TEXTS, **FACTS},
)
def round_numbers(world: World, who: Actor, location: Location, since: date, **told: Any) -> None:
    """Until today; `hidden` below ten. `reasons` why children left, in English, without numbers below ten."""
    place = rounds.location(who, location.pk)
    with override("en"):
        found = rounds.numbers(who, place, since, world.today)
    for key in CHILDREN:
        _shown(told[key], getattr(found, key), key)
    _same(
        {key: told[key] for key in ("visits_met", "visits_missed", "effects") if key in told},
        {"visits_met": found.met, "visits_missed": found.missed, "effects": found.effects},
    )
    said = [f"{why}" if number is None else f"{why}: {number}" for why, number in found.reasons]
    if "reasons" in told and sorted(told["reasons"]) != sorted(said):
        raise NotSo(", ".join(said) or "no reasons")


@check("{who} does not find the round at {location}")
def round_hidden(world: World, who: Actor, location: Location) -> None:
    _not_found(lambda: rounds.location(who, location.pk))


@check('the card of {practice} says "{quote}"')
def card_says(world: World, practice: PracticeTemplate, quote: str) -> None:
    """Somewhere in the ten elements of its practice card."""
    load_cards(world.nobody)
    found = cards.card_of(practice.slug)
    said = " ".join(found.elements.values()) if found else "there is no card"
    if plain(quote) not in plain(said):
        raise NotSo(said)


@check("{who} reads the answer of the round at {location}", must={"says": kinds.TEXT})
def answer(world: World, who: Actor, location: Location, says: str) -> None:
    """A piece of the words of the last round."""
    last = rounds.held(rounds.location(who, location.pk)).first()
    said = f"{last.answer} {last.limit} {last.effect}" if last else ""
    if plain(says) not in plain(said):
        raise NotSo(said or "no round was held")


def _not_found(read: Callable[[], object]) -> None:
    try:
        read()
    except NotVisible:
        return
    raise NotSo("it is there to be read")


def _dated(row: Row) -> bool:
    return bool(row.complete and row.plus and row.plus.ground and not row.late)


def _passed(told: Mapping[str, str], rows: Sequence[Passed], group: Group | None) -> None:
    found = next((each for each in rows if each.group == group), None)
    if found is None:
        raise NotSo("there is no such row")
    for key, value in told.items():
        _shown(value, getattr(found, key), key)


def _shown(told: str, found: int | None, what: str) -> None:
    if told != (HIDDEN if found is None else str(found)):
        raise NotSo(f"{what}: {HIDDEN if found is None else found}")


def _same(told: Mapping[str, Any], found: Mapping[str, Any]) -> None:
    if any(found[key] != value for key, value in told.items()):
        raise NotSo(", ".join(f"{key} {value}" for key, value in found.items()))
