"""Locations in the real proportions, with a group and who works there."""

from random import Random

from alert4you.country.families import Care
from alert4you.scenarios.stage import Group, Location, Organisation, Person, Stage

CITY, PLACE = "Oeverzand", "Plek"
CHILDCARE, YOUTH_CARE = "De Madelief", "De Kade"
# Four people who share a group, so that two or three are there every day.
WORKS = ((0, 1, 2), (2, 3, 4), (0, 1, 3), (1, 3, 4))
WORKERS = (
    "Wilhelmina Torenvalk",
    "Aristide Zwaluw",
    "Dieudonnee Ijsvogel",
    "Quirien Wulp",
    "Apollonia Tureluur",
    "Balthazar Putter",
    "Cunera Roerdomp",
    "Engelbert Wielewaal",
)
GROUPS = ("Blauw", "Groen")
MEAN, MOST = 3.6, 300  # locations of an operator: most have one or two, a few have hundreds
STEEP = 1.385


def operator() -> Stage:
    """What a location builds on; in every town it is there under these names."""
    kinds = {
        CHILDCARE: "childcare",
        YOUTH_CARE: "youth_care_provider",
        "De Brug": "certified_institution",
    }
    return Stage(tuple(Organisation(name, kind) for name, kind in kinds.items()))


def location(care: Care) -> Stage:
    """A location with two groups, four workers for each, its manager and its coach."""
    people = [
        Person(
            f"{group} {turn}",
            name,
            CHILDCARE,
            "group_worker",
            "pedagogisch medewerker",
            works_on={group: days},
        )
        for group, names in zip(GROUPS, (WORKERS[:4], WORKERS[4:]), strict=True)
        for turn, (name, days) in enumerate(zip(names, WORKS, strict=True))
    ]
    people.append(
        Person("Leidt", "Leopoldine Grutto", CHILDCARE, "manager", "locatiemanager", PLACE)
    )
    people.append(
        Person(
            "Coach", "Zebedeus Kwikstaart", YOUTH_CARE, "coach", "jeugdhulpcoach", coaches=(PLACE,)
        )
    )
    people.append(
        Person("Zorg", "Eufemia Kramsvogel", CHILDCARE, "care_coordinator", "zorgcoördinator")
    )
    return Stage(
        locations=(Location(PLACE, CHILDCARE, care.setting, {"city": CITY}),),
        groups=tuple(Group(name, PLACE, care.ages, care.places) for name in GROUPS),
        people=tuple(people),
    )


def size(chance: Random) -> int:
    """How many locations an operator has: a long tail, on average `MEAN`."""
    return min(MOST, max(1, round(chance.paretovariate(STEEP))))
