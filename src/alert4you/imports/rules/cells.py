"""What stands in one cell: a day, yes or no, days of the week, one of a few words."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alert4you.children.models import DayPart, Days, GuardianKind, LegalBasis
from alert4you.imports.rules.columns import called
from alert4you.imports.rules.files import is_formula
from alert4you.organisations.models import Role, Setting
from alert4you.ui.dates import read_day

YES = {"ja", "j", "yes", "y", "true", "1", "x", "waar"}
NO = {"nee", "n", "no", "false", "0", "onwaar"}
WEEK = {
    name: at
    for at, names in enumerate(
        (
            ("ma", "maandag", "mon", "monday"),
            ("di", "dinsdag", "tue", "tuesday"),
            ("wo", "woensdag", "wed", "wednesday"),
            ("do", "donderdag", "thu", "thursday"),
            ("vr", "vrijdag", "fri", "friday"),
            ("za", "zaterdag", "sat", "saturday"),
            ("zo", "zondag", "sun", "sunday"),
        )
    )
    for name in names
}
THROUGH = {"-", "–", "tm"}
BETWEEN = {"en", "and", "hele", "after"}
WHOLE = (DayPart.MORNING, DayPart.AFTERNOON)
PARTS: Mapping[str, tuple[DayPart, ...]] = {
    **dict.fromkeys(("vm", "ochtend", "voormiddag", "morning", "am"), (DayPart.MORNING,)),
    **dict.fromkeys(("nm", "middag", "namiddag", "afternoon", "pm"), (DayPart.AFTERNOON,)),
    **dict.fromkeys(("bso", "nso", "naschools", "school"), (DayPart.AFTER_SCHOOL,)),
    **dict.fromkeys(("hd", "heel", "hele", "dag", "day", "all", "whole"), WHOLE),
}
RELATIONS = {
    **dict.fromkeys(("ouder", "vader", "moeder", "parent", "father", "mother", ""), "parent"),
    **dict.fromkeys(("pleegouder", "pleegvader", "pleegmoeder", "foster parent"), "foster_parent"),
    **dict.fromkeys(("voogd", "guardian"), "guardian"),
    **dict.fromkeys(("gezinsvoogd", "jeugdbeschermer", "supervisor"), "supervisor"),
    **dict.fromkeys(("voogd gi", "voogdij-instelling", "institution"), "institution"),
}
BASES = {
    **dict.fromkeys(("contract", "kinderopvangcontract", "regulier", "kdv", "bso", ""), "contract"),
    **dict.fromkeys(("smi", "sociaal-medische indicatie"), "smi"),
    **dict.fromkeys(("ve", "vve", "peuteropvang ve"), "early_education"),
    **dict.fromkeys(("jeugdwet", "jeugdhulp"), "youth_act"),
    **dict.fromkeys(("anders", "overig", "other"), "other"),
}
ROLES = {
    **dict.fromkeys(
        ("pm", "pm'er", "pedagogisch medewerker", "groepsleiding", "group worker", ""),
        Role.GROUP_WORKER,
    ),
    **dict.fromkeys(("pedagoog", "pedagogisch coach", "pedagogue"), Role.PEDAGOGUE),
}


class Cannot(Exception):
    """A row that cannot be loaded, with what is wrong in sentences for whoever loads it."""

    def __init__(self, *sentences: str | Promise) -> None:
        self.sentences = [str(each) for each in sentences]
        super().__init__(" ".join(self.sentences))


def together(reads: Iterable[Callable[[], object]]) -> None:
    """Reads all of it. Raises Cannot with everything that is wrong, each sentence once."""
    wrong: dict[str, None] = {}
    for read in reads:
        try:
            read()
        except Cannot as why:
            wrong |= dict.fromkeys(why.sentences)
    if wrong:
        raise Cannot(*wrong)


def safe(told: Mapping[str, str]) -> None:
    """No formulas: what stands in a row is a value."""
    formulas = [field for field, cell in told.items() if is_formula(cell)]
    words = _("A formula stands in “%(field)s”. Put the value there.")
    if formulas:
        raise Cannot(*(words % {"field": called(field)} for field in formulas))


def need(told: Mapping[str, str], *fields: str) -> None:
    """Raises Cannot naming those of these fields that are empty."""
    empty = [field for field in fields if not told.get(field)]
    if empty:
        raise Cannot(*(_("“%(field)s” is empty.") % {"field": called(field)} for field in empty))


def day(told: Mapping[str, str], field: str) -> date | None:
    """The day in a cell; None when it is empty."""
    cell = told.get(field, "")
    if not cell:
        return None
    try:
        return read_day(cell)
    except ValueError as wrong:
        raise Cannot(f"{called(field)}: {wrong}") from None


def since(told: Mapping[str, str]) -> date:
    """The first day of a row."""
    need(told, "starts")
    starts = day(told, "starts")
    assert starts is not None  # noqa: S101 - it was needed
    return starts


def end(told: Mapping[str, str]) -> date | None:
    """The first day after the last; None when no last day is known."""
    last = day(told, "last_day")
    return last and last + timedelta(days=1)


def yes(told: Mapping[str, str], field: str) -> bool:
    need(told, field)
    cell = told[field].lower()
    if cell not in YES | NO:
        raise Cannot(_("%(field)s: write yes or no.") % {"field": called(field)})
    return cell in YES


def number(told: Mapping[str, str], field: str, instead: int) -> int:
    cell = told.get(field, "")
    if not cell:
        return instead
    if not cell.isascii() or not cell.isdigit() or len(cell) > 4:
        raise Cannot(_("%(field)s: write a whole number.") % {"field": called(field)})
    return int(cell)


def one_of(told: Mapping[str, str], field: str, words: Mapping[str, str], labels: object) -> str:
    """What is meant by a word that planning systems use, or by our own word for it."""
    own = {str(label).lower(): value for value, label in labels.choices}  # type: ignore[attr-defined]
    cell = told.get(field, "").lower()
    found = words.get(cell) or own.get(cell) or (cell if cell in own.values() else None)
    if found is None:
        raise Cannot(
            _("%(field)s: we do not know “%(word)s”. It can be: %(words)s.")
            % {"field": called(field), "word": told[field], "words": ", ".join(own)}
        )
    return str(found)


def relation(told: Mapping[str, str]) -> str:
    return one_of(told, "relation", RELATIONS, GuardianKind)


def basis(told: Mapping[str, str]) -> str:
    return one_of(told, "basis", BASES, LegalBasis)


def role(told: Mapping[str, str]) -> str:
    cell = told.get("role", "").lower()
    if cell not in ROLES:
        raise Cannot(
            _("Only group workers and pedagogues come in with a file.")
            + " "
            + _("The administrator of this installation gives any other role.")
        )
    return ROLES[cell]


def days(told: Mapping[str, str], setting: str) -> Days:
    """ "ma, di vm, do-vr": weekdays (Monday is 0) with parts; a day without a part is all of it."""
    need(told, "days")
    whole = (DayPart.AFTER_SCHOOL,) if setting == Setting.AFTER_SCHOOL_CARE else WHOLE
    said: list[tuple[list[int], set[DayPart]]] = []
    through = False
    for word in re.findall(r"[^\W\d]+|[-–]", told["days"].lower()):
        if word in WEEK and through and said:
            said[-1][0].extend(range(said[-1][0][-1] + 1, WEEK[word] + 1))
        elif word in WEEK:
            said.append(([WEEK[word]], set()))
        elif word in PARTS and said:
            said[-1][1].update(PARTS[word])
        elif word not in THROUGH and word not in BETWEEN:
            raise Cannot(
                _("%(field)s: write them like this: ma, di vm, do-vr.") % {"field": called("days")}
            )
        through = word in THROUGH
    return {(each, part) for some, parts in said for each in some for part in parts or whole}


def weekdays(told: Mapping[str, str]) -> list[int]:
    return sorted({weekday for weekday, __ in days(told, "")})


READ: Mapping[str, Callable[[Mapping[str, str]], object]] = {
    **{field: partial(day, field=field) for field in ("born", "starts", "date", "review_on")},
    **{
        field: partial(number, field=field, instead=0) for field in ("places", "age_from", "age_to")
    },
    "last_day": end,
    "days": weekdays,
    "basis": basis,
    "relation": relation,
    "authority": partial(yes, field="authority"),
    "role": role,
}
PERIOD = {"starts", "last_day", "days"}  # says nothing about a roster of one day


def filled(told: Mapping[str, str]) -> Iterator[Callable[[], object]]:
    """The reading of each cell in which something stands that has to be understood."""
    passed_by = PERIOD if told.get("date") else ()
    for field, read in READ.items():
        if told.get(field) and field not in passed_by:
            yield partial(read, told)
