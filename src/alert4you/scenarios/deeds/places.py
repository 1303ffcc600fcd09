"""Where a child is, and until when."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from alert4you.access.commands.places import place_child
from alert4you.access.queries.line import placements
from alert4you.children.commands import Terms, end_placement, name_guardian
from alert4you.children.models import (
    Child,
    EntryGround,
    GuardianKind,
    LegalBasis,
    Placement,
    PlusTerms,
    Standing,
    Transport,
)
from alert4you.organisations.models import Actor, Group, Person
from alert4you.scenarios import finding, kinds
from alert4you.scenarios.sentences import deed
from alert4you.scenarios.stage_reading import usual_parts
from alert4you.scenarios.world import World

GROUND = kinds.one_of(
    "an entry ground", [(each.value.replace("_", " "), each.value) for each in EntryGround]
)
TRANSPORT = kinds.one_of("a way to come", [(each.value, each.value) for each in Transport])
# What a place on a plus group needs besides.
PLUS = {
    "way back": kinds.TEXT,
    "tried": kinds.TEXTS,
    "ground": GROUND,
    "km home school": kinds.NUMBER,
    "km school plus": kinds.NUMBER,
    "km plus home": kinds.NUMBER,
    "transport": TRANSPORT,
}


@deed(
    "{who} places {child} on {group}",
    must={"days": kinds.several_of(kinds.DAYS)},
    may={
        "from": kinds.DAY,
        "until": kinds.DAY,
        "parts": kinds.several_of(kinds.PART),
        "why": kinds.TEXT,
        "basis": kinds.BASIS,
        "look again": kinds.DAY,
        "mentor": kinds.HAT,
        **PLUS,
    },
)
def places(world: World, who: Actor, child: Child, group: Group, **more: Any) -> None:
    """`until` is the first day it is over; without `from` it begins today; `way back` on: plus groups."""
    parts = more.get("parts") or usual_parts(group.location.setting)
    days = [(day, part) for several in more["days"] for day in several for part in parts]
    terms = Terms(
        days,
        more.get("basis", LegalBasis.CONTRACT),
        more.get("why", ""),
        more.get("look_again"),
        more.get("mentor"),
        plus=plus_terms(more),
    )
    place_child(who, child, group, more.get("from_") or who.today, more.get("until"), terms)


@deed("{who} ends the place of {child} on {group}", must={"on": kinds.DAY})
def ends(world: World, who: Actor, child: Child, group: Group, on: date) -> None:
    """`on` is the first day it is over; a later day than before lets the child stay longer."""
    end_placement(who, place_of(who, child, group), on)


@deed(
    "{who} names {person} as guardian of {child}",
    must={"authority": kinds.FLAG},
    may={"is": kinds.GUARDIAN_KIND, "proof": kinds.TEXT},
)
def guardian(
    world: World, who: Actor, person: Person, child: Child, authority: bool, **more: Any
) -> None:
    """`proof` is what was shown of the authority, and to whom."""
    standing = Standing(
        authority, more.get("is_", GuardianKind.PARENT), proof=more.get("proof", "")
    )
    name_guardian(who, child, person, standing, who.today)


def plus_terms(told: Mapping[str, Any]) -> PlusTerms | None:
    """What was said about a place on a plus group; None when nothing was."""
    if not any(key.replace(" ", "_") in told for key in PLUS):
        return None
    return PlusTerms(
        told.get("way_back", ""),
        told.get("tried", ()),
        told.get("ground", ""),
        told.get("km_home_school"),
        told.get("km_school_plus"),
        told.get("km_plus_home"),
        told.get("transport", ""),
    )


def place_of(who: Actor, child: Child, group: Group) -> Placement:
    found = list(placements(who, child).filter(group=group))
    running = [each for each in found if each.ends is None or each.ends > who.today]
    if not running:
        raise finding.Unfound(f"{child} has no place on {group}")
    return running[0]
