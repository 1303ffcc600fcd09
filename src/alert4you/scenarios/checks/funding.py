"""What is on money and what is not, who could pay, and the numbers without names."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import override

from alert4you.children.models import Child
from alert4you.funding.models import State
from alert4you.funding.queries.money import facts, money, ways
from alert4you.funding.queries.places import group_money
from alert4you.funding.queries.report import report
from alert4you.funding.queries.spent import spent
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor, Group, Membership, Organisation
from alert4you.scenarios import kinds
from alert4you.scenarios.deeds.funding import IN, STREAM, WORK, trajectory_of
from alert4you.scenarios.sentences import check
from alert4you.scenarios.world import NotSo, World

STATE = kinds.one_of("how money stands", [(each.value, each.value) for each in State])


@check(
    "the money of {child} as {who} sees it",
    may={
        **IN,
        "covered": kinds.NUMBER,
        "uncovered": kinds.NUMBER,
        "lines": kinds.table_of(STATE, STREAM, says="lines of a sort of money and how it stands"),
        "due": kinds.DAY,
    },
)
def money_of(world: World, child: Child, who: Actor, **more: Any) -> None:
    """Minutes on money and on none; how each sort stands; `due`: the last day to decide."""
    found = money(who, trajectory_of(world, who, child, more.pop("in_", None)).pk)
    told = {
        "covered": found.minutes[0],
        "uncovered": found.minutes[1],
        "lines": {each.line.stream: each.line.state for each in reversed(found.lines)},
        "due": min((each.due for each in found.lines if each.due), default=None),
    }
    for key, wanted in more.items():
        _same(key, told[key], wanted)


def _same(key: str, found: object, wanted: object) -> None:
    if found != wanted:
        raise NotSo(f"{key}: {found}")


@check("{who} does not find the money of {child}", may=IN)
def no_money_found(world: World, who: Actor, child: Child, **more: Any) -> None:
    try:
        money_of(world, child, who, **more)
    except NotVisible:
        return
    raise NotSo("it is there")


@check(
    "who can pay for {child} as {who} sees it",
    must={"work": WORK},
    may={
        **IN,
        "named": kinds.FLAG,
        "fits": kinds.several_of(STREAM),
        "could": kinds.several_of(STREAM),
        "cannot": kinds.table_of(kinds.TEXT, STREAM, says="lines of a sort of money and the rule"),
        "how": kinds.table_of(kinds.TEXT, STREAM, says="lines of a sort of money and words"),
    },
)
def who_can_pay(world: World, child: Child, who: Actor, work: str, **more: Any) -> None:
    """What the money router answers; `cannot`: with words of the rule that it quotes; `how`: with words of
    how one comes to it, where that is no refusal.
    """
    trajectory = trajectory_of(world, who, child, more.get("in_"))
    found = ways(facts(who, trajectory, work, more.get("named", False)))
    kept = {"fits": found.fits, "could": found.could}
    for key in kept.keys() & more.keys():
        missing = {*more[key]} - {each.stream.key for each in kept[key]}
        if missing:
            raise NotSo(f"{key}: {[each.stream.key for each in kept[key]]}")
    refused: Mapping[str, str] = more.get("cannot", {})
    open_ways = [*found.fits, *found.could]
    with override("nl"):
        said = {each.stream.key: str(each.ground.says) for each in found.cannot}
        ways_there = {each.stream.key: str(each.stream.how or "") for each in open_ways}
    for stream, words in more.get("how", {}).items():
        if words not in ways_there.get(stream, ""):
            raise NotSo(f"{stream}: {ways_there.get(stream, 'refused')}")
    for stream, words in refused.items():
        if words not in said.get(stream, ""):
            raise NotSo(f"{stream}: {said.get(stream, 'not refused')}")


@check(
    "the hours without money of {who}",
    must={"town": kinds.TEXT},
    may={"children": kinds.TEXT, "group": kinds.TEXT, "guidance": kinds.TEXT, "weeks": kinds.TEXT},
)
def hours_without_money(world: World, who: Actor, town: str, **more: str) -> None:
    """Whole hours of one town in this year; "hidden" for fewer than ten children."""
    found = _of_town(who, town, who.today)
    told = {
        "children": found.uncovered,
        "group": found.of_group,
        "guidance": found.guidance,
        "weeks": found.weeks,
    }
    for key, wanted in more.items():
        number = told[key]
        _same(key, "hidden" if number is None else str(number), wanted)


def _of_town(who: Actor, town: str, day: date) -> Any:
    rows = {each.town: each for each in report(who, day.year).rows}
    if town not in rows:
        raise NotSo(f"no numbers of {town}")
    return rows[town]


@check(
    "{who} reads what pays on {group}",
    must={"children": kinds.table_of(kinds.BASIS, kinds.CHILD)},
    may={"without a contract": kinds.several_of(kinds.CHILD), "extra": kinds.NUMBER},
)
def what_pays(
    world: World, who: Actor, group: Group, children: Mapping[Child, str], **more: Any
) -> None:
    """Each child its own; `without a contract`: of whom the rule is told that this is no childcare;
    `extra`: what the work costs more, in euros a month.
    """
    found = group_money(who, group.pk)
    _same(
        "children", {each.placement.child: each.placement.basis for each in found.places}, children
    )
    told = {
        "without_a_contract": tuple(each.placement.child for each in found.places if each.warning),
        "extra": found.extra,
    }
    for key, wanted in more.items():
        _same(key, told[key], tuple(wanted) if key == "without_a_contract" else wanted)


@check("{who} does not find what pays on {group}")
def pays_hidden(world: World, who: Actor, group: Group) -> None:
    """For whoever runs the place, and nobody else."""
    try:
        group_money(who, group.pk)
    except NotVisible:
        return
    raise NotSo("it is there")


@check("{who} reads that {organisation} pays for {other} on {group}")
def who_pays(
    world: World, who: Actor, organisation: Organisation, other: Membership, group: Group
) -> None:
    found = {each.worker: each.by for each in group_money(who, group.pk).workers}
    paid = found.get(other)
    _same("payer", paid and paid.payer, organisation)


@check(
    "hours of {who}",
    may={
        "routes": kinds.table_of(kinds.NUMBER, says="lines of a way of working and its minutes"),
        "guidance": kinds.table_of(
            kinds.NUMBER, says="lines of a way of working and its minutes of guidance"
        ),
        "money": kinds.table_of(
            kinds.NUMBER, STREAM, says="lines of a sort of money and its minutes"
        ),
    },
)
def hours_of(world: World, who: Actor, **more: Mapping[str, int]) -> None:
    """The report per way of working and per sort of money (`none`: uncovered), in minutes, without names."""
    with override("nl"):
        found = spent(who)
    told: Mapping[str, Mapping[str, int]] = {
        "routes": {title: each.minutes for title, each in found.ways.items()},
        "guidance": {title: each.guidance for title, each in found.ways.items()},
        "money": found.money,
    }
    for key, wanted in more.items():
        for name, minutes in wanted.items():
            if told[key].get(name, 0) != minutes:
                raise NotSo(f"{key}: {dict(told[key])}")
