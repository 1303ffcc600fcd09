"""What goes over the line, in both directions; a reference is a number of the organisation's own system."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Perhaps = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Weekday = Annotated[int, Field(ge=1, le=7, description="Monday is 1.")]
Part = Literal["morning", "afternoon", "after_school"]
Basis = Literal["contract", "smi", "early_education", "youth_act", "other"]


class Shape(Schema):
    """Says camelCase; a word that is not known is refused, so that nobody thinks that it was kept."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")


class Error(Shape):
    """What is wrong at one place of a request."""

    in_: str = Field(alias="in")
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
    age_from: Annotated[int, Field(ge=0, le=13)] | None = None
    age_to: Annotated[int, Field(ge=1, le=14)] | None = None
    places: Annotated[int, Field(ge=1, le=60)] | None = None


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
    on_date: date | None = None
    weekdays: list[Weekday] = Field(default=[], max_length=7)
    first_day: date | None = None
    last_day: date | None = None


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
    first_day: date
    last_day: date | None = None
    days: list[Days] = Field(min_length=1, max_length=7)
    basis: Basis = "contract"


class ChildToSave(PlaceToSave):
    """A child and its place. ``sameChild``: the answer when we ask whether it is one that is here."""

    first_name: Line
    prefix: Perhaps = ""
    last_name: Line
    born: date
    same_child: bool | None = None


class PlacementToSave(PlaceToSave):
    child_reference: Line
    purpose: Perhaps = ""
    review_on: date | None = None


class Saved(Shape):
    """What it is here: a child, a place, or a group (of a roster: the group)."""

    id: UUID


class Locations(Shape):
    results: list[Location]
    total: int
    page: int


class Groups(Shape):
    results: list[Group]
    total: int
    page: int


class Rosters(Shape):
    results: list[Roster]
    total: int
    page: int


class Children(Shape):
    results: list[Child]
    total: int
    page: int
