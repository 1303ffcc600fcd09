"""From the YAML text of a practice card to what it tells, or to all that is wrong with it at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import yaml
from django.utils.translation import gettext as _

from alert4you.practices.rules import tags
from alert4you.practices.rules.elements import ELEMENTS
from alert4you.practices.rules.reading import Misread
from alert4you.practices.rules.sheet import LOADER, Problem, Sheet, unknown

_MUST = ("card", "described_by", "year", "source", "tags", "elements")
_MAY = ("title", "practice", "region", "angle")
ANGLES = (1, 2, 3)
_YEAR = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True)
class Description:
    """A practice in the ten elements, as `models.PracticeCard` keeps it.

    ``title`` is empty for a card that bears the title of the template it describes (``practice``).
    """

    slug: str
    title: str
    practice: str
    described_by: str
    year: int
    region: str
    angle: int | None
    source: str
    elements: dict[str, str]
    tags: dict[str, list[str]]


def described(text: str, file: str = "card") -> Description:
    """What a card tells; `file` is how messages name it. Misread when it cannot be used."""
    sheet = Sheet(file)
    try:
        root = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as error:
        raise Misread([Problem(file, 1, str(error))]) from error
    top = sheet.table(root, _MUST, _MAY)
    if not top.keys() & {"title", "practice"}:
        sheet.problems.append(
            Problem(file, 1, _("write a `title`, or the `practice` it describes"))
        )
    elements = sheet.table(top.get("elements"), may=ELEMENTS)
    found = Description(
        slug=sheet.name(top.get("card")),
        title=sheet.text(top.get("title")),
        practice=sheet.name(top.get("practice")),
        described_by=sheet.text(top.get("described_by")),
        year=_number(sheet, top["year"]) if "year" in top else 0,
        region=sheet.text(top.get("region")),
        angle=_number(sheet, top["angle"], ANGLES) if "angle" in top else None,
        source=sheet.text(top.get("source")),
        elements={key: sheet.text(elements[key]) for key in ELEMENTS if key in elements},
        tags=_tags(sheet, top.get("tags")),
    )
    if sheet.problems:
        raise Misread(sheet.problems)
    return found


def _number(sheet: Sheet, node: yaml.Node, among: tuple[int, ...] = ()) -> int:
    text = sheet.text(node)
    number = int(text) if _YEAR.fullmatch(text) else None
    if number is not None and (not among or number in among):
        return number
    numbers = ", ".join(map(str, among)) or "2023"
    sheet.wrong(
        node, _("“{text}” does not fit here; write: {numbers}").format(text=text, numbers=numbers)
    )
    return 0


def _tags(sheet: Sheet, node: yaml.Node | None) -> dict[str, list[str]]:
    table = sheet.table(node, may=[each.key for each in tags.facets()])
    found: dict[str, list[str]] = {}
    for key, values in table.items():
        known = [each.key for each in tags.facet(key).values]
        for value in sheet.items(values):
            if (word := sheet.text(value)) not in known:
                sheet.wrong(value, unknown(word, known))
            found.setdefault(key, []).append(word)
    return tags.known(found)


@dataclass(frozen=True)
class Told:
    """An element of a card in the language of the reader; `text` is empty when its source is silent."""

    key: str
    title: str
    text: str


def ten_elements(elements: Mapping[str, str]) -> list[Told]:
    """The ten elements in their order, what is missing included."""
    return [Told(key, str(title), elements.get(key, "")) for key, title in ELEMENTS.items()]


def angle(number: int | None) -> str:
    """The angle of the programme for out-of-school care that a practice belongs to, in words."""
    return {
        1: _("Angle 1: out-of-school care for all children"),
        2: _("Angle 2: integral out-of-school care for special children"),
        3: _("Angle 3: childcare, school and youth care on the floor"),
    }.get(number or 0, "")
