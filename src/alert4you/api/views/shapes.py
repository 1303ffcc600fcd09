"""What goes over the line, in both directions; a reference is a number of the organisation's own system."""

import re
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, StrictBool, StringConstraints
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Perhaps = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
WRITTEN = re.compile(r"\d{4}-\d\d-\d\d")


def _number(said: Any) -> Any:
    """Not a yes or a text that happens to look like one."""
    if isinstance(said, bool | str):
        raise PydanticCustomError("int_type", "a number")
    return said


def _written(said: Any) -> Any:
    """Not a number, which would be read as seconds since 1970."""
    if not isinstance(said, str) or not WRITTEN.fullmatch(said):
        raise PydanticCustomError("date_type", "a day")
    return said


Whole = Annotated[int, BeforeValidator(_number)]
Day = Annotated[date, BeforeValidator(_written)]
Weekday = Annotated[Whole, Field(ge=1, le=7, description="Monday is 1.")]
Part = Literal["morning", "afternoon", "after_school"]
Basis = Literal["contract", "smi", "early_education", "youth_act", "other"]


class Shape(Schema):
    """Says camelCase; a word that is not known is refused, so that nobody thinks that it was kept."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")


class Error(Shape):
    """What is wrong at one place of a request; ``location`` in a body is a JSON Pointer."""

    in_: str = Field(alias="in")
    location: str
    detail: str
    code: str


class Problem(Shape):
    """Why something could not be done (RFC 9457). ``question``: the field in which to answer it."""

    status: int
    title: str
    detail: str
    errors: list[Error] | None = None
    question: str | None = None


class Location(Shape):
    id: UUID
    name: str
    lrk_id: str
    setting: str


class Group(Shape):
    """Ages are in months, from (and including) and until."""

    id: UUID
    name: str
    location_id: UUID
    age_from_months: int
    age_to_months: int
    places: int


class GroupToSave(Shape):
    """Ages are in years. Without a location: the only one there is."""

    name: Line
    location: Perhaps = ""
    age_from: Annotated[Whole, Field(ge=0, le=13)] | None = None
    age_to: Annotated[Whole, Field(ge=1, le=14)] | None = None
    places: Annotated[Whole, Field(ge=1, le=60)] | None = None


class Roster(Shape):
    """Every such weekday, from (and including) the first day to the last."""

    staff: str
    group_id: UUID
    weekday: Weekday
    first_day: date
    last_day: date | None


class RosterToSave(Shape):
    """Who: by number in your own system, e-mail address or name. On one date, or on weekdays."""

    staff_reference: Perhaps = ""
    email: Perhaps = ""
    name: Perhaps = ""
    group: Line
    location: Perhaps = ""
    on_date: Day | None = None
    weekdays: list[Weekday] = Field(default=[], max_length=7)
    first_day: Day | None = None
    last_day: Day | None = None


class Days(Shape):
    """A weekday, and which parts of it; without parts all of it."""

    weekday: Weekday
    parts: list[Part] = Field(default=[], max_length=3)


class Placement(Shape):
    id: UUID
    group_id: UUID
    basis: str
    first_day: date
    last_day: date | None
    days: list[Days]


class Child(Shape):
    """A child that has a place here now."""

    id: UUID
    first_name: str
    last_name: str
    born: date
    placements: list[Placement]


class PlaceToSave(Shape):
    """A place on a group, and on what ground."""

    group: Line
    location: Perhaps = ""
    first_day: Day
    last_day: Day | None = None
    days: list[Days] = Field(min_length=1, max_length=7)
    basis: Basis = "contract"


class ChildToSave(PlaceToSave):
    """A child and its place. ``sameChild``: the answer when we ask whether it is one that is here."""

    first_name: Line
    prefix: Perhaps = ""
    last_name: Line
    born: Day
    same_child: StrictBool | None = None


class PlacementToSave(PlaceToSave):
    child_reference: Line
    purpose: Perhaps = ""
    review_on: Day | None = None


class Saved(Shape):
    """What it is here: a child, a place, or a group (of a roster: the group)."""

    id: UUID


class List(Shape):
    """``next``: what to give as ``after`` for the next hundred; null at the end."""

    next: UUID | None


class Locations(List):
    results: list[Location]


class Groups(List):
    results: list[Group]


class Rosters(List):
    results: list[Roster]


class Children(List):
    results: list[Child]


class GroupsCount(Shape):
    """What the groups of all childcare carry together, in children."""

    with_indication: int | None
    with_trajectory: int | None
    waiting: int | None


class PracticeCount(Shape):
    """A way of working: at how many organisations, and how many trajectories."""

    practice: str
    organisations: int
    trajectories: int | None


class WaitingCount(Shape):
    """How many children wait for one party, how long, and the hours of help meanwhile."""

    party: str
    children: int | None = Field(validation_alias="number")
    median_weeks: int | None
    hours: int | None


class Reason(Shape):
    reason: str
    children: int


class LackingCount(Shape):
    """How many children lack one kind of help, and why."""

    help: str
    children: int | None = Field(validation_alias="number")
    reasons: list[Reason]


class MeetingsCount(Shape):
    kind: str
    rhythms: int
    held: int
    needed: int
    missed: int
    children: int | None


class TownCount(Shape):
    """Hours that no money pays (for children, of the group), hours of help for parents, children who wait."""

    town: str
    uncovered_hours: int | None = Field(validation_alias="uncovered")
    group_hours: int | None = Field(validation_alias="of_group")
    guidance_hours: int | None = Field(validation_alias="guidance")
    waiting: int | None
    median_weeks: int | None = Field(validation_alias="weeks")


class Quarter(Shape):
    """The quarter that ended last, per town."""

    first_day: date = Field(validation_alias="starts")
    last_day: date
    towns: list[TownCount] = Field(validation_alias="rows")


class Counts(Shape):
    """Numbers are rounded to five; null: below ``hiddenBelow``, or it would tell of somebody."""

    day: date
    hidden_below: int
    groups: GroupsCount
    practices: list[PracticeCount]
    waiting: list[WaitingCount]
    lacking: list[LackingCount]
    meetings: list[MeetingsCount]
    quarter: Quarter
