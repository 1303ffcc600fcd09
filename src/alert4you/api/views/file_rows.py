"""What an application sends, in the words of a row of a file: so both are read by the same rules."""

from collections.abc import Iterable

from alert4you.api.views.shapes import (
    ChildToSave,
    Days,
    GroupToSave,
    PlacementToSave,
    PlaceToSave,
    RosterToSave,
)
from alert4you.imports.rules.files import plain

Told = dict[str, str]
WEEK = ("ma", "di", "wo", "do", "vr", "za", "zo")
PARTS = {"morning": "ochtend", "afternoon": "middag", "after_school": "naschools"}


def group(number: str, said: GroupToSave) -> Told:
    return _cells(
        reference=number,
        group=said.name,
        location=said.location,
        age_from=said.age_from,
        age_to=said.age_to,
        places=said.places,
    )


def roster(said: RosterToSave) -> Told:
    return _cells(
        staff_reference=said.staff_reference,
        email=said.email,
        name=said.name,
        group=said.group,
        location=said.location,
        date=said.on_date,
        days=", ".join(WEEK[each - 1] for each in said.weekdays),
        starts=said.first_day,
        last_day=said.last_day,
    )


def child(number: str, said: ChildToSave) -> Told:
    return _cells(
        reference=number,
        first_name=said.first_name,
        prefix=said.prefix,
        last_name=said.last_name,
        born=said.born,
        **_place(said),
    )


def placement(number: str, said: PlacementToSave) -> Told:
    return _cells(
        reference=number,
        child_reference=said.child_reference,
        purpose=said.purpose,
        review_on=said.review_on,
        **_place(said),
    )


def answer(said: ChildToSave) -> str:
    """Whether the child is one that is here, as a row has it; empty when that was not said."""
    return {None: "", True: "same", False: "other"}[said.same_child]


def _place(said: PlaceToSave) -> dict[str, object]:
    return {
        "group": said.group,
        "location": said.location,
        "starts": said.first_day,
        "last_day": said.last_day,
        "days": _days(said.days),
        "basis": said.basis,
    }


def _days(days: Iterable[Days]) -> str:
    said = [[WEEK[each.weekday - 1], *(PARTS[part] for part in each.parts)] for each in days]
    return ", ".join(" ".join(each) for each in said)


def _cells(**said: object) -> Told:
    return {name: "" if value is None else plain(str(value)) for name, value in said.items()}
