"""Writing on the line, naming who works with a child, and who stands in."""

from datetime import date, datetime
from typing import Any

from alert4you.access.commands.line import hold_back
from alert4you.access.commands.marks import forbid
from alert4you.access.commands.team import name_on_team, post_coach, release_from_team
from alert4you.access.models import Mark
from alert4you.access.queries.line import child as find_child
from alert4you.access.queries.line import line
from alert4you.children.models import Child
from alert4you.groups.commands.staffing import put_on_roster
from alert4you.kernel import reading
from alert4you.notes.commands.writing import add_parent_words, write_group_note, write_note
from alert4you.organisations.commands import report_absence
from alert4you.organisations.models import Actor, Group, Location, Membership, Person
from alert4you.scenarios import kinds
from alert4you.scenarios.finding import seen
from alert4you.scenarios.sentences import deed
from alert4you.scenarios.world import World

TEXT = {"text": kinds.TEXT}


@deed(
    "{who} writes a note about {child}",
    must=TEXT,
    may={"category": kinds.CATEGORY, "internal": kinds.FLAG},
)
def note(world: World, who: Actor, child: Child, text: str, **more: Any) -> None:
    write_note(who, child, text, **more)


@deed("{who} writes about the group {group}", must=TEXT)
def group_note(world: World, who: Actor, group: Group, text: str) -> None:
    write_group_note(who, group, text)


@deed("{who} adds to the line of {child}", must=TEXT)
def parent_words(world: World, who: Actor, child: Child, text: str) -> None:
    """A parent adds own words."""
    add_parent_words(who, child, text)


@deed("{who} looks at the line of {child}")
def looks(world: World, who: Actor, child: Child) -> None:
    """Opens the page; what is read is written down for the parents."""
    with reading.reading() as read:
        list(line(who, find_child(who, child.pk)))
    reading.write(who, read, "web:line")


@deed(
    '{who} holds back "{quote}" about {child}',
    must={"until": kinds.MOMENT, "reason": kinds.TEXT},
)
def holds(world: World, who: Actor, quote: str, child: Child, until: datetime, reason: str) -> None:
    """The parents see it from `until` on."""
    hold_back(who, seen(world, line(who, child), quote), until, reason)


@deed(
    "{who} names {other} on the team of {child}",
    must={"why": kinds.TEXT},
    may={"purpose": kinds.PURPOSE},
)
def names_on_team(
    world: World, who: Actor, other: Membership, child: Child, why: str, purpose: str = ""
) -> None:
    name_on_team(who, child, other, why, purpose)


@deed("{who} releases {other} from the team of {child}")
def releases(world: World, who: Actor, other: Membership, child: Child) -> None:
    release_from_team(who, child, other)


@deed(
    "{who} forbids {person} to know about {child}",
    must={"reason": kinds.TEXT},
    may={"mark": kinds.MARK},
)
def forbids(
    world: World,
    who: Actor,
    person: Person,
    child: Child,
    reason: str,
    mark: Mark = Mark.RESTRICTION,
) -> None:
    """Beats everything else."""
    forbid(who, child, person, mark, reason)


@deed("{who} brings in {other} as coach of {location}")
def brings_in_coach(world: World, who: Actor, other: Membership, location: Location) -> None:
    post_coach(who, other, location)


@deed(
    "{who} reports {other} away",
    must={"cover": kinds.HAT, "until": kinds.DAY},
    may={"from": kinds.DAY},
)
def absence(
    world: World,
    who: Actor,
    other: Membership,
    cover: Membership,
    until: date,
    from_: date | None = None,
) -> None:
    """`until` is the first day back; the cover has the work meanwhile."""
    report_absence(who, other, cover, from_ or who.today, until)


@deed("{who} puts {other} on {group} every {weekday}", may={"from": kinds.DAY})
def rosters(
    world: World,
    who: Actor,
    other: Membership,
    group: Group,
    weekday: int,
    from_: date | None = None,
) -> None:
    put_on_roster(who, other, group, weekday, from_ or who.today)
