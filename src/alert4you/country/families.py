"""Families with a child on a group: who has authority, when it comes, how old it is."""

from collections.abc import Iterator
from dataclasses import dataclass

from alert4you.children.models import DayPart, GuardianKind
from alert4you.scenarios.stage import Child, Guardian, Place

FIRST, LAST = "Xanthe", "Ruigrok"
MOTHER, FATHER, OTHER = "Ottoline Ruigrok", "Evander Ruigrok", "Philemon Hazewind"
SEEN = "uittreksel gezagsregister, gezien bij de intake"
# Out of twenty families; who has no authority signs nothing and sees little.
FORMS: tuple[tuple[int, tuple[Guardian, ...]], ...] = (
    (
        12,
        (
            Guardian("M", MOTHER, "parent", True, proof=SEEN),
            Guardian("V", FATHER, "parent", True, proof=SEEN),
        ),
    ),
    (
        3,
        (
            Guardian("M", MOTHER, "parent", True, proof=SEEN),
            Guardian("O", OTHER, "parent", True, proof=SEEN),
        ),
    ),
    (2, (Guardian("M", MOTHER, "parent", True, proof=SEEN),)),
    (2, (Guardian("M", MOTHER, "parent", True, proof=SEEN), Guardian("O", OTHER, "parent", False))),
    (
        1,
        (
            Guardian("P", OTHER, GuardianKind.FOSTER_PARENT, False),
            Guardian("G", FATHER, GuardianKind.INSTITUTION, True, "De Brug", SEEN),
        ),
    ),
)
ROTATIONS = 5
DIFFERENT = 4 * ROTATIONS


@dataclass(frozen=True)
class Care:
    """``whole`` children come three days a week and ``some`` two, so that a group is full every day."""

    setting: str
    ages: tuple[int, int]
    places: int
    parts: tuple[str, ...]
    whole: int
    some: int


DAYCARE = Care("daycare", (3, 47), 16, (DayPart.MORNING, DayPart.AFTERNOON), 20, 10)
AFTER_SCHOOL = Care("after_school_care", (50, 140), 22, (DayPart.AFTER_SCHOOL,), 20, 20)


def families(care: Care, group: str) -> Iterator[Child]:
    """The different families of a group: `ROTATIONS` with three days, twice, and then with two."""
    forms = [each for times, each in FORMS for _time in range(times)]
    low, high = care.ages
    for turn in range(DIFFERENT):
        offsets = (0, 1, 3) if turn < DIFFERENT // 2 else (0, 2)
        days = tuple(sorted((turn + each) % ROTATIONS for each in offsets))
        age = low + turn * 7 % DIFFERENT * (high - low) // DIFFERENT
        place = Place(group, days, care.parts, mentor=f"{group} {turn % 4}")
        yield Child("Kind", f"{FIRST} {LAST}", age, forms[turn * 7 % len(forms)], (place,))


def turns(care: Care) -> Iterator[int]:
    """Which of these families each child of a group has, so that the group is full on every day."""
    yield from (turn % (DIFFERENT // 2) for turn in range(care.whole))
    yield from (DIFFERENT // 2 + turn % (DIFFERENT // 2) for turn in range(care.some))
