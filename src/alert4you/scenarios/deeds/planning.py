"""Finding a place near home, keeping it free, and being on another group for some days."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from alert4you.access.commands.contacts import write_contact
from alert4you.children.models import Child, Guardian, Placement
from alert4you.groups.commands.moving import call_back, move_child, move_worker
from alert4you.groups.commands.people import choose_people
from alert4you.groups.models import Guest
from alert4you.organisations.models import Actor, Group, Membership, Person
from alert4you.planning.commands import describe_group, hold_place, let_go
from alert4you.planning.models import Need
from alert4you.planning.queries import holds_of
from alert4you.scenarios import kinds
from alert4you.scenarios.deeds.groups import DAYS, PARTS, slots
from alert4you.scenarios.deeds.places import place_of
from alert4you.scenarios.finding import Unfound
from alert4you.scenarios.sentences import deed
from alert4you.scenarios.world import PROOF, World

NEEDS = kinds.several_of(
    kinds.one_of(
        "what a group can have", [(each.value.replace("_", " "), each.value) for each in Need]
    )
)
TOMORROW = timedelta(days=1)


def point(text: str) -> tuple[float, float]:
    """52.1, 5.1; Unfound when it is none."""
    try:
        latitude, longitude = (float(each) for each in text.split(","))
    except ValueError as unreadable:
        raise Unfound(f"“{text}” is no place on the map; write “52.1, 5.1”") from unreadable
    return latitude, longitude


@deed(
    "{who} describes what {group} offers",
    may={"has": NEEDS, "most": kinds.NUMBER, "at": kinds.TEXT},
)
def describes(world: World, who: Actor, group: Group, **told: Any) -> None:
    """`most`: children with a trajectory; `at`: latitude and longitude of the location, between quotes."""
    at = told.get("at")
    describe_group(who, group, told.get("has", ()), told.get("most"), at and point(at))


@deed("{who} writes down where {person} lives", must={"child": kinds.CHILD, "at": kinds.TEXT})
def lives(world: World, who: Actor, person: Person, child: Child, at: str) -> None:
    """Latitude and longitude between quotes; the address itself stays empty."""
    guardian = Guardian.objects.filter(child=child, person=person).get()
    write_contact(who, guardian, "", "", point(at))


@deed(
    "{who} keeps a place on {group} for {child}",
    must={"days": DAYS, "until": kinds.DAY},
    may={"parts": PARTS, "from": kinds.DAY},
)
def keeps(world: World, who: Actor, group: Group, child: Child, **told: Any) -> None:
    """Nobody else gets these days until then; `from`: when the child would come, else today."""
    wanted = slots(group, told["days"], told.get("parts", ()))
    hold_place(who, child, group, told.get("from_") or who.today, wanted, told["until"])


@deed("{who} lets the place on {group} for {child} go")
def lets_go(world: World, who: Actor, group: Group, child: Child) -> None:
    held = holds_of(who, child).filter(group=group).first()
    if held is None:
        raise Unfound(f"no place on {group} is kept for {child}")
    let_go(who, held)


FOR_A_WHILE = {"from": kinds.GROUP, "why": kinds.TEXT}


@deed(
    "{who} moves {child} to {group}",
    must=FOR_A_WHILE,
    may={"agreed": kinds.TEXT, "until": kinds.DAY},
)
def moves(world: World, who: Actor, child: Child, group: Group, **told: Any) -> None:
    """For today, or until (not including) that day. `agreed`: how the parents agreed in writing."""
    period = who.today, told.get("until") or who.today + TOMORROW
    move_child(who, child, told["from_"], group, period, (told["why"], told.get("agreed", "")))


@deed("{who} lets {other} help on {group}", must=FOR_A_WHILE, may={"until": kinds.DAY})
def helps(world: World, who: Actor, other: Membership, group: Group, **told: Any) -> None:
    """For today, or until (not including) that day."""
    period = who.today, told.get("until") or who.today + TOMORROW
    move_worker(who, other, told["from_"], group, period, told["why"])


@deed("{who} calls {child} back from {group}")
def calls_back(world: World, who: Actor, child: Child, group: Group) -> None:
    rows = Guest.objects.unrestricted(reason=PROOF).filter(child=child, to=group)
    guest = rows.order_by("written_at").last()
    if guest is None:
        raise Unfound(f"{child} did not go to {group}")
    call_back(who, guest)


@deed(
    "{who} chooses the people of {child} on {group}",
    must={"people": kinds.several_of(kinds.HAT)},
    may={"mentor": kinds.HAT},
)
def chooses(
    world: World,
    who: Actor,
    child: Child,
    group: Group,
    people: Sequence[Membership],
    mentor: Membership | None = None,
) -> None:
    """The own people (vaste gezichten) of the child, from today on."""
    place: Placement = place_of(who, child, group)
    choose_people(who, place, mentor, people)


def monday(day: date) -> date:
    """The next one."""
    return day + timedelta(days=7 - day.weekday())
