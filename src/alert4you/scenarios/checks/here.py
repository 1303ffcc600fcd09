"""How coaching works at a location, who walked in, who left, and what was taken over."""

from alert4you.children.models import Child
from alert4you.coaching.models import Contact, TalkPreparation, WalkIn
from alert4you.coaching.queries.leaving import careful_with, exits, offers
from alert4you.coaching.queries.places import Here, here
from alert4you.coaching.queries.questions import addresses
from alert4you.coaching.queries.take_overs import overdue, per_coach, taken
from alert4you.coaching.queries.talks import growth, talks_to_hold
from alert4you.coaching.rules.talks import suggested_for
from alert4you.organisations.models import Actor, Location, Membership
from alert4you.scenarios import kinds
from alert4you.scenarios.sentences import check
from alert4you.scenarios.world import PROOF, NotSo, World

FORMS = kinds.several_of(kinds.FORM)


@check(
    "{who} reads about the coach at {location}",
    may={
        "coach": kinds.TEXT,
        "met": kinds.NUMBER,
        "missed": kinds.NUMBER,
        "walk-in hours": kinds.NUMBER,
        "still open": kinds.NUMBER,
        "why": kinds.TEXT,
    },
)
def reads(world: World, who: Actor, location: Location, **wanted: object) -> None:
    """On the page about the coach: her name, the rounds met and missed, the walk-in hours, and why so."""
    found = next((each for each in here(who) if each.location == location), None)
    if found is None:
        raise NotSo("this location is not on the page")
    shown = _shown(found)
    wrong = {key: shown[key] for key, value in wanted.items() if not _same(value, shown[key])}
    if wrong:
        raise NotSo(", ".join(f"{key}: {value}" for key, value in wrong.items()))


@check("walk-ins counted at {location}", must={"number": kinds.NUMBER})
def counted(world: World, location: Location, number: int) -> None:
    """So many in all; of none of them a name, a child or words are kept."""
    found = WalkIn.objects.filter(hour__location=location).count()
    if found != number:
        raise NotSo(str(found))


@check("talks kept about {child}", must={"number": kinds.NUMBER})
def kept(world: World, child: Child, number: int) -> None:
    found = Contact.objects.unrestricted(reason=PROOF).filter(child=child, hat=None).count()
    if found != number:
        raise NotSo(str(found))


@check(
    "{who} counts who left {location}",
    must={"number": kinds.NUMBER, "after a talk": kinds.NUMBER},
)
def left(world: World, who: Actor, location: Location, number: int, after_a_talk: int) -> None:
    """In the last twelve months; numbers, no names."""
    found = exits(who, [location]).get(location.pk)
    told = (found.number, found.after_talk) if found else (0, 0)
    if told != (number, after_a_talk):
        raise NotSo(f"{told[0]}, after a talk {told[1]}")


@check("{who} is offered to look back on a hard talk")
def offered(world: World, who: Actor) -> None:
    if not offers(who):
        raise NotSo("nothing is offered")


@check("{who} is not offered to look back")
def not_offered(world: World, who: Actor) -> None:
    if offers(who):
        raise NotSo("it is offered")


@check(
    "for the next talk of {other} is suggested",
    must={"form": kinds.FORM},
    may={"complexity": kinds.LEVEL, "wants to learn": kinds.LEVEL},
)
def suggested(
    world: World, other: Membership, form: str, complexity: int = 1, wants_to_learn: int = 3
) -> None:
    """Without more: for an easy talk from which she wants to learn much, which she would lead herself."""
    careful = other.pk in careful_with([other])
    found = suggested_for(complexity, wants_to_learn, careful)
    if found != form:
        raise NotSo(found.replace("_", " "))


@check("{who} sees how {other} grows into talks", must={"forms": FORMS})
def grows(world: World, who: Actor, other: Membership, forms: tuple[str, ...]) -> None:
    """The forms of the talks she held, the first one first; no child, no comparison."""
    name = other.person.name
    found = [form for each in growth(who) if each.worker == name for __, form in each.talks]
    if found != list(forms):
        raise NotSo(", ".join(found).replace("_", " ") or "nothing is shown")


@check("{who} does not see how {other} grows into talks")
def does_not_grow(world: World, who: Actor, other: Membership) -> None:
    if any(each.worker == other.person.name for each in growth(who)):
        raise NotSo("it is shown")


@check(
    "{who} sees what is taken over at {location}",
    must={"open": kinds.NUMBER},
    may={"too late": kinds.NUMBER},
)
def taken_over(
    world: World, who: Actor, location: Location, open: int, too_late: int | None = None
) -> None:
    """What the group does not have back yet; of that, what is too late."""
    now = taken(who).filter(location=location, given_back_at=None).count()
    late = overdue(who).filter(location=location).count()
    if now != open or (too_late is not None and late != too_late):
        raise NotSo(f"{now}, too late {late}")


@check(
    "{who} counts what {other} took over",
    must={"number": kinds.NUMBER},
    may={"too late": kinds.NUMBER},
)
def per_person(
    world: World, who: Actor, other: Membership, number: int, too_late: int | None = None
) -> None:
    """For the evaluation of the agreement."""
    found = [each for each in per_coach(who) if each.name == other.person.name]
    told = (found[0].number, found[0].overdue) if found else (0, 0)
    if told[0] != number or (too_late is not None and told[1] != too_late):
        raise NotSo(f"{told[0]}, too late {told[1]}")


@check("who else answers {who} at {location}", must={"person": kinds.NAME})
def second_address(world: World, who: Actor, location: Location, person: str) -> None:
    """The second address on the page to ask on; `none` when there is nobody else. Never the manager."""
    people = addresses(who, [location]).get(location.pk, [])
    found = world.name_of(people[1]) if len(people) > 1 else "none"
    if found != person:
        raise NotSo(found)


def _shown(found: Here) -> dict[str, object]:
    return {
        "coach": ", ".join(each.name for each in found.coaches),
        "met": found.met,
        "missed": found.missed,
        "walk-in_hours": len(found.hours),
        "still_open": found.open_contacts,
        "why": found.way.why if found.way else "",
    }


def _same(wanted: object, shown: object) -> bool:
    return str(wanted) in str(shown) if isinstance(wanted, str) else wanted == shown


@check("the talk of {who} about {child} is safe by", must={"words": kinds.TEXTS})
def safe_by(world: World, who: Actor, child: Child, words: tuple[str, ...]) -> None:
    """The safety note on the card of the talk, as who is there reads it."""
    cards = talks_to_hold(who).filter(child=child)
    found = [card.safety for card in cards]
    if not found or not all(word in found[0] for word in words):
        raise NotSo("; ".join(found) or "no card is shown")


@check("{who} does not read how the talk about {child} is safe")
def not_safe_by(world: World, who: Actor, child: Child) -> None:
    """There is a safety note."""
    cards = TalkPreparation.objects.unrestricted(reason=PROOF).filter(child=child)
    if not any(card.safety for card in cards):
        raise NotSo("there is no such note, so this proves nothing")
    if TalkPreparation.objects.visible_to(who).filter(child=child).exists():
        raise NotSo("the card is shown")
