"""What is around a child and has a date or a name but no words, in one query; and what stands beside entries.

It feeds the picture of the whole line, the places, the care team and what is ahead; the words of the
entries on the page are read apart, so that the read log tells which words were seen.
"""

from collections.abc import Collection
from contextlib import nullcontext
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    CharField,
    Count,
    DateField,
    F,
    Field,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf, TruncDate

from alert4you.access.models import Kind
from alert4you.access.queries import line as lines
from alert4you.access.queries.openings import told_to_parents
from alert4you.children.models import Placement
from alert4you.coaching.models import Contact, TalkPreparation
from alert4you.kernel import reading
from alert4you.kernel.gathered import Gathered
from alert4you.kernel.kept import kept
from alert4you.kernel.wall.standing import opened
from alert4you.organisations.models import Actor
from alert4you.rights.models import Remark
from alert4you.trajectories.models import Voice

DAY, ENTRY, PLACE, TEAM = "day", "entry", "place", "team"
TALK, VOICE, OPENED = "talk", "voice", "opened"
ANNOUNCES_NOTHING = (Kind.NOTE, Kind.RATING, Kind.PARENT_WORDS)  # and there are many of them


class Row(NamedTuple):
    """One thing around a child; what a column holds depends on ``what`` (see the functions below)."""

    what: str
    child: UUID
    ref: UUID | None
    owner: UUID | None
    kind: str
    name: str
    more: str
    place: str
    starts: date | None
    ends: date | None
    number: int | None


class Beside(NamedTuple):
    """A statement or a correction (``kind``) beside an entry: since when, by whom, in words."""

    starts: date
    kind: str
    name: str
    more: str


NOTHING: dict[str, Combinable] = {
    "ref": Value(None, UUIDField()),
    "owner": Value(None, UUIDField()),
    "starts": Value(None, DateField()),
    "ends": Value(None, DateField()),
    "number": Value(None, IntegerField()),
}
EMPTY = Value("", CharField())


def rows(actor: Actor, children: Collection[UUID]) -> list[Row]:
    """All rows of these children, in no order."""
    # That a talk is prepared is for the parents; what the preparation says is behind the wall.
    with opened(reason="days and names, no words") if actor.is_parent else nullcontext():
        found = [Row(*each) for each in _around(actor, children)]
    reading.note(Placement(pk=row.ref, child_id=row.child) for row in found if row.what == PLACE)
    return found


@kept
def _around(actor: Actor, children: Collection[UUID]) -> QuerySet[Any, Any]:
    parts = [_entries(actor, children), _places(actor, children), _team(actor, children)]
    if actor.is_parent:
        parts += [_talks(actor, children), _voices(actor, children), _opened(actor, children)]
    return _days(actor, children).union(*parts, all=True)


def _days(actor: Actor, children: Collection[UUID]) -> QuerySet[Any, Any]:
    """On which days (``starts``) something stands on the line: how much (``number``) of which ``kind``."""
    seen = lines.entries(actor).filter(child__in=children).order_by()
    counted = seen.values("child", "kind", "day").annotate(much=Count("pk"))
    return _select(DAY, counted, kind=F("kind"), starts=F("day"), number=F("much"))


def _entries(actor: Actor, children: Collection[UUID]) -> QuerySet[Any, Any]:
    """Entries that may announce something: ``kind``, and the day (``ends``); of a version of a plan the
    trajectory (``owner``) and the ``number``, of a prepared talk with whom (``name``).
    """
    seen = lines.entries(actor).filter(child__in=children).exclude(kind__in=ANNOUNCES_NOTHING)
    return _select(
        ENTRY,
        seen,
        ref=F("pk"),
        owner=F("as_plan__trajectory"),
        kind=F("kind"),
        name=Coalesce(of_same(still_to_hold(), "worker__person__name"), EMPTY),
        ends=Coalesce(of_same(still_to_hold(), "planned_on"), of_same(contacts(), "next_on")),
        number=F("as_plan__number"),
    )


def remarks() -> Subquery:
    """A column beside an entry, for ``beside``."""
    found = Remark.objects.alongside(reason="column beside an entry").filter(entry=OuterRef("pk"))
    told = Gathered(TruncDate("at"), "right", Coalesce("by__name", EMPTY), "text", "at")
    return Subquery(found.values("entry").annotate(told=told).values("told"))


def beside(entry: Any) -> list[Beside]:
    """Oldest first; whoever sees the entry sees them."""
    told = sorted(entry.remarks or (), key=itemgetter(-1))
    return [Beside(date.fromisoformat(day), *words) for day, *words, _at in told]


def all_preparations() -> QuerySet[TalkPreparation]:
    """Prepared talks; for columns beside an entry the reader may see, or only their day."""
    return TalkPreparation.objects.alongside(reason="column beside an entry")


def still_to_hold() -> QuerySet[TalkPreparation]:
    return all_preparations().filter(talk=None)


def contacts() -> QuerySet[Contact]:
    """Contacts; for columns beside an entry the reader may see."""
    return Contact.objects.alongside(reason="column beside an entry")


def of_same(found: QuerySet[Any], column: str, kind: Field | None = None) -> Subquery:
    """A column of the row that extends the entry, if there is one; ``kind`` for a foreign key."""
    return Subquery(found.filter(pk=OuterRef("pk")).values(column)[:1], output_field=kind)


def _places(actor: Actor, children: Collection[UUID]) -> QuerySet[Any, Any]:
    """Places, one row per weekday (``number``) and part of the day (``kind``); ``place``: the mentor;
    ``owner``: what was agreed about it as a plus place.
    """
    seen = Placement.objects.visible_to(actor).filter(child__in=children)
    return _select(
        PLACE,
        seen,
        ref=F("pk"),
        owner=F("plus__pk"),
        kind=Coalesce("days__part", EMPTY),
        name=F("group__name"),
        more=F("group__location__name"),
        place=Coalesce("mentor__person__name", EMPTY),
        starts=F("starts"),
        ends=F("ends"),
        number=F("days__weekday"),
    )


def _team(actor: Actor, children: Collection[UUID]) -> QuerySet[Any, Any]:
    """Who works with the child: ``name``, task (``kind``), why (``more``), organisation (``place``)."""
    return _select(
        TEAM,
        lines.care_teams(actor, children),
        ref=F("membership"),
        kind=Coalesce(NullIf("membership__profession", EMPTY), "membership__role"),
        name=F("membership__person__name"),
        more=F("why"),
        place=F("membership__organisation__name"),
        starts=F("starts"),
    )


def _talks(actor: Actor, children: Collection[UUID]) -> QuerySet[Any, Any]:
    """For parents: when a talk is prepared for, and with whom; never what the preparation says."""
    planned = still_to_hold().filter(child__in=children, planned_on__gte=actor.today)
    return _select(
        TALK,
        planned,
        ref=F("pk"),
        name=F("worker__person__name"),
        starts=F("planned_on"),
        ends=F("planned_on"),
    )


def _voices(actor: Actor, children: Collection[UUID]) -> QuerySet[Any, Any]:
    """For parents: about which plan (``ref``) or gate (``kind``) of which trajectory they spoke."""
    mine = Voice.objects.visible_to(actor).filter(
        trajectory__child__in=children, person=actor.person_id
    )
    return _select(
        VOICE,
        mine,
        child=F("trajectory__child"),
        ref=F("plan"),
        owner=F("trajectory"),
        kind=F("gate"),
    )


def _opened(actor: Actor, children: Collection[UUID]) -> QuerySet[Any, Any]:
    """For parents: who (``name``, ``place``) opened the file for what (``kind``), when, and why
    (``more``), of the last week.
    """
    return _select(
        OPENED,
        told_to_parents(actor, children),
        ref=F("pk"),
        kind=F("opened_for"),
        name=F("membership__person__name"),
        more=F("reason"),
        place=F("membership__organisation__name"),
        starts=TruncDate("at"),
    )


def _select(what: str, found: QuerySet[Any], **given: Combinable) -> QuerySet[Any, Any]:
    """The columns of ``Row`` in their order; what is not given is empty."""
    given = {"what": Value(what, CharField()), "child": F("child"), **given}
    columns = (given.get(name, NOTHING.get(name, EMPTY)) for name in Row._fields)
    return found.order_by().values_list(*columns)
