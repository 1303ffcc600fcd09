"""Money: a line is written, somebody decides, hours go on it; what a municipality agrees on."""

from datetime import date, timedelta
from typing import Any

from alert4you.children.models import Child
from alert4you.funding.commands.agreements import agree
from alert4you.funding.commands.hours import book_hours
from alert4you.funding.commands.lines import decide_line, end_line, pause_line, write_line
from alert4you.funding.commands.places import say_who_pays, write_ground
from alert4you.funding.models import MoneyLine, Work
from alert4you.funding.queries.money import line, money
from alert4you.funding.rules.lines import Answer, Wanted
from alert4you.funding.rules.streams import streams
from alert4you.organisations.models import Actor, Group, Membership, Organisation
from alert4you.practices.models import PracticeTemplate
from alert4you.scenarios import finding, kinds
from alert4you.scenarios.deeds.places import place_of
from alert4you.scenarios.sentences import deed
from alert4you.scenarios.world import World
from alert4you.trajectories.models import Trajectory

STREAM = kinds.one_of("a sort of money", [(each.replace("_", " "), each) for each in streams()])
WORK = kinds.one_of("what has to be paid", [(each.replace("_", " "), each) for each in Work.values])
IN = {"in": kinds.PRACTICE}
MOST = {"hours": kinds.NUMBER, "euros": kinds.NUMBER, "until": kinds.DAY, "reference": kinds.TEXT}


@deed(
    "{who} writes money for {child}",
    must={"money": STREAM, "work": WORK},
    may={
        **IN,
        **MOST,
        "decider": kinds.TEXT,
        "named": kinds.FLAG,
        "asked": kinds.DAY,
        "from": kinds.DAY,
    },
)
def writes_money(
    world: World, who: Actor, child: Child, money: str, work: str, **more: Any
) -> None:
    """`work`: what has to be paid; `named`: the child is in the decision by name; `asked`: on
    which day; `from`: since when it pays.
    """
    asked: date | None = more.get("asked")
    wanted = Wanted(
        money,
        work,
        more.get("from_") or asked or who.today,
        more.get("until"),
        decider=more.get("decider", ""),
        reference=more.get("reference", ""),
        named=more.get("named", False),
        hours=more.get("hours"),
        euros=more.get("euros"),
        asked_on=asked,
    )
    write_line(who, trajectory_of(world, who, child, more.get("in_")), wanted)


@deed("{who} hears a yes about money for {child}", must={"money": STREAM}, may={**IN, **MOST})
def hears_yes(world: World, who: Actor, child: Child, money: str, **more: Any) -> None:
    """Who decides granted it; a ceiling and an end in the letter take over."""
    answer = Answer(
        True,
        who.today,
        "",
        more.get("until"),
        more.get("hours"),
        more.get("euros"),
        more.get("reference", ""),
    )
    decide_line(who, line_of(world, who, child, money, more.get("in_")), answer)


@deed(
    "{who} hears a no about money for {child}",
    must={"money": STREAM, "why": kinds.TEXT},
    may=IN,
)
def hears_no(world: World, who: Actor, child: Child, money: str, why: str, **more: Any) -> None:
    """Who decides refused it."""
    decide_line(
        who, line_of(world, who, child, money, more.get("in_")), Answer(False, who.today, why)
    )


@deed(
    "{who} hears what money for {child} waits for",
    must={"money": STREAM, "waits for": kinds.TEXT},
    may=IN,
)
def hears_wait(
    world: World, who: Actor, child: Child, money: str, waits_for: str, **more: Any
) -> None:
    """The term stands still from today."""
    pause_line(who, line_of(world, who, child, money, more.get("in_")), who.today, waits_for)


@deed(
    "{who} puts hours of {child} on money",
    must={"money": STREAM},
    may={**IN, "also taken": kinds.FLAG},
)
def puts_hours(world: World, who: Actor, child: Child, money: str, **more: Any) -> None:
    """All that fit; `also taken`: those on other money as well, and those that do not fit."""
    found = line_of(world, who, child, money, more.get("in_"))
    page, shown = line(who, found.pk)
    hours = page.hours if more.get("also_taken") else shown.fitting
    book_hours(who, found, [each.entry for each in hours])


@deed("{who} stops money for {child}", must={"money": STREAM, "why": kinds.TEXT}, may=IN)
def stops_money(world: World, who: Actor, child: Child, money: str, why: str, **more: Any) -> None:
    """From tomorrow it pays no more."""
    found = line_of(world, who, child, money, more.get("in_"))
    end_line(who, found, who.today + timedelta(days=1), why)


@deed(
    "{who} agrees on money",
    must={"money": STREAM, "town": kinds.TEXT, "where": kinds.TEXT},
    may={"weeks": kinds.NUMBER},
)
def agrees_on_money(
    world: World, who: Actor, money: str, town: str, where: str, weeks: int | None = None
) -> None:
    """A municipality pays by it in a town; `weeks`: its own term, where the law gives none."""
    agree(who, town, money, where, weeks)


@deed("{who} writes down what pays for {child} on {group}", must={"basis": kinds.BASIS})
def pays(world: World, who: Actor, child: Child, group: Group, basis: str) -> None:
    write_ground(who, place_of(who, child, group), basis)


@deed(
    "{who} writes down that {organisation} pays for {other} on {group}",
    may={"scale": kinds.TEXT, "extra": kinds.NUMBER},
)
def pays_worker(
    world: World,
    who: Actor,
    organisation: Organisation,
    other: Membership,
    group: Group,
    **more: Any,
) -> None:
    """`extra`: euros a month more than a colleague of the group costs; `scale`: of the salary."""
    say_who_pays(who, other, group, organisation, more.get("extra"), more.get("scale", ""))


def trajectory_of(
    world: World, who: Actor, child: Child, practice: PracticeTemplate | None
) -> Trajectory:
    """That of the practice, else the one that runs."""
    return finding.followed(world, who, child, practice.slug if practice else "")


def line_of(
    world: World, who: Actor, child: Child, stream: str, practice: PracticeTemplate | None
) -> MoneyLine:
    """The newest line of this sort of money."""
    found = money(who, trajectory_of(world, who, child, practice).pk)
    of = [each.line for each in found.lines if each.line.stream == stream]
    if not of:
        raise finding.Unfound(f"no {stream} is written down for {child}")
    return max(of, key=lambda each: each.written_at)
