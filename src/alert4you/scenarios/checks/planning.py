"""Where there is room, and what is kept free; what the law asks besides the number of staff."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import override

from alert4you.children.models import Child, Hold
from alert4you.groups.queries.day import group_on
from alert4you.groups.queries.people import rows
from alert4you.organisations.models import Actor, Group
from alert4you.planning import queries
from alert4you.planning.queries import Room
from alert4you.planning.rules.finding import Wish
from alert4you.scenarios import kinds
from alert4you.scenarios.deeds.groups import DAYS, PARTS, slots
from alert4you.scenarios.deeds.planning import NEEDS, monday
from alert4you.scenarios.sentences import check
from alert4you.scenarios.world import NotSo, World, plain

WEEKS = 8
ASKED = {"days": DAYS}
MORE = {"parts": PARTS, "needs": NEEDS, "near": kinds.TEXT}


@check("{who} finds room for {child} on {group}", must=ASKED, may={**MORE, "km": kinds.NUMBER})
def room(world: World, who: Actor, child: Child, group: Group, **asked: Any) -> None:
    """In each of the eight weeks from next Monday on. `near`: the name of a parent or a location."""
    found = _found(who, child, group, asked)
    if not found.found.fits:
        raise NotSo(", ".join(found.why))
    if asked.get("km") not in (None, found.km):
        raise NotSo(f"it is {found.km} km")


@check("{who} finds no room for {child} on {group}", must={**ASKED, "why": kinds.TEXT}, may=MORE)
def no_room(world: World, who: Actor, child: Child, group: Group, **asked: Any) -> None:
    """`why`: a piece of the reasons (in English)."""
    with override("en"):
        found = _found(who, child, group, asked)
        if found.found.fits:
            raise NotSo("there is room in every week")
        if plain(asked["why"]) not in plain(", ".join(found.why)):
            raise NotSo(", ".join(found.why))


@check("the place on {group} is kept for {child}", must={"until": kinds.DAY})
def kept(world: World, group: Group, child: Child, until: date) -> None:
    rows = Hold.objects.unrestricted(reason="the story says so").filter(group=group)
    found = rows.filter(child=child, until__gt=world.today).first()
    if found is None or found.until != until:
        raise NotSo(f"until {found.until}" if found else "nothing is kept")


@check("the people of {child} on {group} for {who}", must={"lacks": kinds.TEXT})
def people(world: World, child: Child, group: Group, who: Actor, lacks: str) -> None:
    """A piece of what lacks (in English); `nothing` when all is right."""
    with override("en"):
        row = next((each for each in rows(who, group) if each.placement.child == child), None)
        said = " ".join(each.words for each in row.asked) if row else "no place is known"
    if (lacks == "nothing" and said) or (lacks != "nothing" and plain(lacks) not in plain(said)):
        raise NotSo(said or "nothing")


@check("the law asks on {group}", must={"texts": kinds.TEXTS})
def asks(world: World, group: Group, texts: Sequence[str]) -> None:
    """Pieces (in English) of what is not so today besides the number of staff; `nothing`."""
    with override("en"):
        said = " ".join(each.words for each in group_on(world.nobody, group, world.today).asked)
    wanted = [each for each in texts if each != "nothing"]
    if not all(plain(each) in plain(said) for each in wanted) or bool(said) != bool(wanted):
        raise NotSo(said or "nothing")


def _found(who: Actor, child: Child, group: Group, asked: dict[str, Any]) -> Room:
    groups = queries.groups(who)
    known = queries.anchors(who, child, groups)
    near = next((each.at for each in known if each.name == asked.get("near")), None)
    if asked.get("near") and near is None:
        raise NotSo("this place on the map is not known to who looks")
    wish = Wish(
        child.born,
        monday(who.today),
        WEEKS,
        tuple(slots(group, asked["days"], asked.get("parts", ()))),
        frozenset(asked.get("needs", ())),
        near,
    )
    found = queries.rooms(who, child, wish, groups, queries.holds_of(who, child))
    return next(each for each in found if each.group == group)
