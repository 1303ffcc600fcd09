"""From the YAML of a stage to what is on it. Keys are described in docs/reference/scenarios.md."""

import re
from collections.abc import Iterable

import yaml

from alert4you.children.models import DayPart, GuardianKind, LegalBasis
from alert4you.organisations.models import OrganisationKind, Role, Setting
from alert4you.practices.rules import grammar
from alert4you.practices.rules.language import Duration
from alert4you.practices.rules.sheet import Sheet, unknown
from alert4you.scenarios.almanac import WEEKDAYS, WORKING_WEEK
from alert4you.scenarios.stage import (
    Child,
    Group,
    Guardian,
    Location,
    Organisation,
    Person,
    Place,
    Stage,
)

Nodes = dict[str, yaml.Node]
PARTS = ("organisations", "people", "children")
ADDRESS = ("lrk", "street", "postcode", "city", "latitude", "longitude")
_NAME = re.compile(r"[^\W\d_][\w .'&+-]*")
_AGE = re.compile(r"(?:(\d+) years?)?(?:(?:^|[ ,]+)(-?\d+) months?)?")
EMPTY = Stage()
AFTERNOONS = (Setting.AFTER_SCHOOL_CARE, Setting.PLUS_GROUP, Setting.DAY_TREATMENT)


def stage_of(sheet: Sheet, top: Nodes, beside: Stage = EMPTY) -> Stage:
    """What these keys put on the stage, standing beside what is there already."""
    found = Stage()
    for name, node in named(sheet, top.get("organisations")):
        found = found + _organisation(sheet, name, node)
    there = beside + found
    people = tuple(_person(sheet, *row, there) for row in named(sheet, top.get("people")))
    there = there + Stage(people=people)
    children = tuple(_child(sheet, *row, there) for row in named(sheet, top.get("children")))
    found = found + Stage(people=people, children=children)
    _only_once(sheet, top, beside, found)
    return found


def named(sheet: Sheet, node: yaml.Node | None) -> list[tuple[str, yaml.Node]]:
    """Rows whose keys are names as people write them: Mieke, De Madelief."""
    if node is None:
        return []
    if not isinstance(node, yaml.MappingNode):
        sheet.wrong(node, "write `Name: ...` lines here")
        return []
    rows: dict[str, yaml.Node] = {}
    for key, value in node.value:
        name = sheet.text(key)
        if name in rows:
            sheet.wrong(key, f"“{name}” stands here twice; keep one")
        elif name and not _NAME.fullmatch(name):
            sheet.wrong(key, f"“{name}” is not a name; begin with a letter")
        elif name:
            rows[name] = value
    return list(rows.items())


def _organisation(sheet: Sheet, name: str, node: yaml.Node) -> Stage:
    table = sheet.table(node, must=("kind",), may=("full name", "locations"))
    kind = sheet.word(table.get("kind"), _words(OrganisationKind.values))
    found = Stage(organisations=(Organisation(name, kind, sheet.text(table.get("full name"))),))
    for place, row in named(sheet, table.get("locations")):
        found = found + _location(sheet, place, row, name)
    return found


def _location(sheet: Sheet, name: str, node: yaml.Node, organisation: str) -> Stage:
    table = sheet.table(node, must=("setting",), may=("groups", *ADDRESS))
    setting = sheet.word(table.get("setting"), _words(Setting.values))
    address = {key: sheet.text(table[key]) for key in ADDRESS if key in table}
    groups = tuple(_group(sheet, *row, name) for row in named(sheet, table.get("groups")))
    return Stage(locations=(Location(name, organisation, setting, address),), groups=groups)


def _group(sheet: Sheet, name: str, node: yaml.Node, location: str) -> Group:
    table = sheet.table(node, may=("ages", "places"))
    ages = sheet.phrase(table.get("ages"), grammar.ages) or (0, 48)
    return Group(name, location, ages, number(sheet, table.get("places"), 16))


def number(sheet: Sheet, node: yaml.Node | None, default: int) -> int:
    text = sheet.text(node)
    if text and not text.isdecimal() and node is not None:
        sheet.wrong(node, f"“{text}” is not a whole number; write it in digits")
    return int(text) if text.isdecimal() else default


def _person(sheet: Sheet, name: str, node: yaml.Node, there: Stage) -> Person:
    table = sheet.table(
        node,
        must=("name", "works for", "as"),
        may=("profession", "location", "works on", "coaches"),
    )
    groups = [each.name for each in there.groups]
    places = [each.name for each in there.locations]
    rosters = dict(named(sheet, table.get("works on")))
    for group, days in rosters.items():
        if group not in groups:
            _unknown(sheet, days, group, groups)
    return Person(
        name=name,
        full_name=sheet.text(table.get("name")),
        organisation=_one(sheet, table.get("works for"), (o.name for o in there.organisations)),
        role=sheet.word(table.get("as"), _words(r for r in Role.values if r != Role.PARENT)),
        profession=sheet.text(table.get("profession")),
        location=_one(sheet, table.get("location"), places),
        works_on={group: weekdays(sheet, days) for group, days in rosters.items()},
        coaches=tuple(_one(sheet, each, places) for each in sheet.items(table.get("coaches"))),
    )


def _child(sheet: Sheet, name: str, node: yaml.Node, there: Stage) -> Child:
    table = sheet.table(node, must=("name", "age"), may=("guardians", "places", "team"))
    staff = [each.name for each in there.people]
    team = dict(named(sheet, table.get("team")))
    for member, why in team.items():
        if member not in staff:
            _unknown(sheet, why, member, staff)
    return Child(
        name=name,
        full_name=sheet.text(table.get("name")),
        age=_age(sheet, table.get("age")),
        guardians=tuple(
            _guardian(sheet, *row, there) for row in named(sheet, table.get("guardians"))
        ),
        places=tuple(_place(sheet, *row, there) for row in named(sheet, table.get("places"))),
        team={member: sheet.text(why) for member, why in team.items()},
    )


def _guardian(sheet: Sheet, name: str, node: yaml.Node, there: Stage) -> Guardian:
    table = sheet.table(node, must=("name", "authority"), may=("is", "of", "proof"))
    kind = sheet.word(table.get("is"), _words(GuardianKind.values)) if "is" in table else "parent"
    return Guardian(
        name=name,
        full_name=sheet.text(table.get("name")),
        kind=kind,
        authority=sheet.word(table.get("authority"), ("yes", "no")) == "yes",
        organisation=_one(sheet, table.get("of"), (o.name for o in there.organisations)),
        proof=sheet.text(table.get("proof")),
    )


def _place(sheet: Sheet, group: str, node: yaml.Node, there: Stage) -> Place:
    table = sheet.table(node, must=("days",), may=("parts", "basis", "mentor", "since"))
    known = {each.name: each.location for each in there.groups}
    if group not in known:
        _unknown(sheet, node, group, known)
    settings = {each.name: each.setting for each in there.locations}
    parts = tuple(
        sheet.word(each, _words(DayPart.values)) for each in sheet.items(table.get("parts"))
    )
    basis = table.get("basis")
    return Place(
        group=group,
        weekdays=weekdays(sheet, table.get("days")),
        parts=parts or usual_parts(settings.get(known.get(group, ""), "")),
        basis=sheet.word(basis, _words(LegalBasis.values)) if basis else LegalBasis.CONTRACT,
        mentor=_one(sheet, table.get("mentor"), (p.name for p in there.people)),
        since=_since(sheet, table.get("since")),
    )


def usual_parts(setting: str) -> tuple[str, ...]:
    """The parts of the day on which children are at such a place, when nothing else is said."""
    if setting in AFTERNOONS:
        return (DayPart.AFTER_SCHOOL,)
    return (DayPart.MORNING, DayPart.AFTERNOON)


def weekdays(sheet: Sheet, node: yaml.Node | None) -> tuple[int, ...]:
    """`every day`, or weekdays with spaces between: `monday tuesday`."""
    text = sheet.text(node)
    if text == "every day":
        return tuple(range(WORKING_WEEK))
    found = [word for word in text.replace(",", " ").split()]
    for word in found:
        if word not in WEEKDAYS and node is not None:
            _unknown(sheet, node, word, ("every day", *WEEKDAYS))
    return tuple(WEEKDAYS.index(word) for word in found if word in WEEKDAYS)


def _since(sheet: Sheet, node: yaml.Node | None) -> Duration | None:
    return sheet.phrase(node, grammar.duration)


def _age(sheet: Sheet, node: yaml.Node | None) -> int:
    found = _AGE.fullmatch(sheet.text(node))
    if node is None or found is None or not any(found.groups()):
        if node is not None:
            sheet.wrong(node, "write an age as `3 years 2 months`")
        return 36
    return int(found[1] or 0) * 12 + int(found[2] or 0)


def _one(sheet: Sheet, node: yaml.Node | None, known: Iterable[str]) -> str:
    text, known = sheet.text(node), tuple(known)
    if node is not None and text and text not in known:
        _unknown(sheet, node, text, known)
    return text


def _unknown(sheet: Sheet, node: yaml.Node, word: str, known: Iterable[str]) -> None:
    sheet.wrong(node, unknown(word, known))


def _words(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(value.replace("_", " ") for value in values)


def _only_once(sheet: Sheet, top: Nodes, beside: Stage, found: Stage) -> None:
    """A name may be used for one person and one child only, on the stage and in the story."""
    for part in PARTS:
        taken = {each.name for each in getattr(beside, part)}
        for each in getattr(found, part):
            if each.name in taken and part in top:
                sheet.wrong(
                    top[part], f"“{each.name}” is on the stage already; choose another name"
                )
