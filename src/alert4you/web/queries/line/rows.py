"""Everything around a child that has a date or a name but no words, in one query.

It feeds the picture of the whole line, the places, the care team and what is ahead; the words of the
entries on the page are read apart, so that the read log tells which words were seen.
"""

from collections.abc import Collection
from contextlib import nullcontext
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    CharField,
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

from alert4you.access.queries import line as lines
from alert4you.access.queries.openings import told_to_parents
from alert4you.children.models import Placement
from alert4you.coaching.models import Contact, TalkPreparation
from alert4you.kernel import reading
from alert4you.kernel.kept import kept
from alert4you.kernel.wall.standing import opened
from alert4you.organisations.models import Actor
from alert4you.rights.models import Remark
from alert4you.trajectories.models import Voice

ENTRY, PLACE, TEAM, TALK, VOICE = "entry", "place", "team", "talk", "voice"
OPENED, BESIDE = "opened", "beside"


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
    parts = [_places(actor, children), _team(actor, children), _beside(actor, children)]
    if actor.is_parent:
        parts += [_talks(actor, children), _voices(actor, children), _opened(actor, children)]
    return _entries(actor, children).union(*parts, all=True)


def _entries(actor: Actor, children: Collection[UUID]) -> QuerySet[Any, Any]:
    """Entries: ``kind``, the day (``starts``), the day they announce (``ends``); of a version of a
    plan also the trajectory (``owner``) and the ``number``, of a prepared talk with whom (``name``).
    """
    seen = lines.entries(actor).filter(child__in=children)
    return _select(
        ENTRY,
        seen,
        ref=F("pk"),
        owner=F("as_plan__trajectory"),
        kind=F("kind"),
        name=Coalesce(of_same(still_to_hold(), "worker__person__name"), EMPTY),
        starts=F("day"),
        ends=Coalesce(of_same(still_to_hold(), "planned_on"), of_same(contacts(), "next_on")),
        number=F("as_plan__number"),
    )


def _beside(actor: Actor, children: Collection[UUID]) -> QuerySet[Any, Any]:
    """What stands beside an entry (``ref``): a statement or a correction (``kind``), by whom (``name``), in
    words (``more``); whoever sees the entry sees it.
    """
    return _select(
        BESIDE,
        Remark.objects.visible_to(actor).filter(entry__child__in=children),
        child=F("entry__child"),
        ref=F("entry"),
        kind=F("right"),
        name=Coalesce("by__name", EMPTY),
        more=F("text"),
        starts=TruncDate("at"),
    )


def all_preparations() -> QuerySet[TalkPreparation]:
    """Prepared talks; for columns beside an entry the reader may see, or only their day."""
    return TalkPreparation.objects.unrestricted(reason="column beside an entry")


def still_to_hold() -> QuerySet[TalkPreparation]:
    return all_preparations().filter(talk=None)


def contacts() -> QuerySet[Contact]:
    """Contacts; for columns beside an entry the reader may see."""
    return Contact.objects.unrestricted(reason="column beside an entry")


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
