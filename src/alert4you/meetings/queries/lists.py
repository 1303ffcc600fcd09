"""The meetings a hat knows of, what was agreed with it, and whether rhythms are met."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alert4you.access.policy import mine_or_covered
from alert4you.kernel.clock import day_of
from alert4you.kernel.decision import NotVisible
from alert4you.kernel.kept import kept
from alert4you.meetings.models import Action, Case, Item, Meeting, Seat, Series, Sort
from alert4you.meetings.policy import seats_of
from alert4you.meetings.rules.planning import arranges_with
from alert4you.meetings.rules.rhythm import Stretch, stretches
from alert4you.organisations.models import NOBODY, Actor, Location

MOST = 100
SOON = timedelta(days=28)


@dataclass(frozen=True)
class Row:
    """A meeting in a list: the children this hat may know it is about, and how many it may not."""

    meeting: Meeting
    children: list[str] = field(default_factory=list)
    closed: int = 0
    sorts: list[str] = field(default_factory=list)


def meetings(actor: Actor) -> QuerySet[Meeting]:
    """All meetings this hat knows of, with whether it sits at the table, or leads."""
    seen = Meeting.objects.visible_to(actor).select_related(
        "lead__person", "lead__organisation", "location", "organisation", "planned_by"
    )
    mine = seats_of(actor)
    return seen.annotate(
        sits=Exists(mine), leads=Exists(mine.filter(membership=OuterRef("lead")))
    ).order_by("begins", "pk")


def mine(actor: Actor) -> QuerySet[Meeting]:
    """Those for the own calendar: at whose table this hat sits; of parents all they know of."""
    seen: QuerySet[Any] = meetings(actor)
    return seen if actor.is_parent else seen.filter(sits=True)


def meeting(actor: Actor, meeting_id: UUID) -> Meeting:
    found = _one(actor, meeting_id)
    if not found:
        raise NotVisible
    return found[0]


@kept
def _one(actor: Actor, meeting_id: UUID) -> QuerySet[Meeting]:
    return meetings(actor).filter(pk=meeting_id)


def arranges_it(actor: Actor, found: Meeting) -> bool:
    """``rules.planning.arranges`` for a meeting from here, without asking the database again."""
    return arranges_with(actor, found, found.leads)  # type: ignore[attr-defined]


def coming(actor: Actor) -> QuerySet[Meeting]:
    """Those that are not over, the first one first; cancelled ones as well until their day."""
    return meetings(actor).filter(ends__gte=actor.at, held_at=None)


def past(actor: Actor) -> QuerySet[Meeting]:
    """Those that were held or whose hour is over, the latest first."""
    over = Q(ends__lt=actor.at) | Q(held_at__isnull=False)
    return meetings(actor).filter(over).order_by("-begins", "pk")


def as_rows(actor: Actor, found: Iterable[Meeting]) -> list[Row]:
    """With what they are about, as far as this hat may know: two more queries for any number."""
    rows = list(found)
    about: dict[UUID, list[Point]] = defaultdict(list)
    for each in points(rows).values_list("meeting", "sort", "case") if rows else ():
        about[each[0]].append(Point(*each[1:]))
    named = children_of(actor, (each.case for these in about.values() for each in these))
    return [_row(each, about[each.pk], named, actor) for each in rows]


class Point(NamedTuple):
    """That something is on an agenda; ``case`` when it is about a child."""

    sort: str
    case: UUID | None


def points(meetings: Collection[Meeting]) -> QuerySet[Item]:
    """Every point on these agendas, also those of which this hat reads nothing else."""
    there = Item.objects.unrestricted(reason="that there is a point, not what it is")
    return there.filter(meeting__in=meetings).order_by("number", "pk")


def children_of(actor: Actor, cases: Iterable[UUID | None]) -> dict[UUID, Case]:
    """The cases whose child this hat may know, by id."""
    wanted = [each for each in cases if each]
    if not wanted:
        return {}
    seen = Case.objects.visible_to(actor).filter(pk__in=wanted)
    return {each.pk: each for each in seen.select_related("child", "author", "hat__organisation")}


def _row(found: Meeting, about: list[Point], named: dict[UUID, Case], actor: Actor) -> Row:
    cases = [each.case for each in about if each.case]
    known = [named[each] for each in cases if each in named]
    sorts = [str(Sort(each.sort).label) for each in about if not each.case]
    names = [str(each.child) for each in known]
    closed = 0 if actor.is_parent else len(cases) - len(known)
    return Row(found, names, closed, [] if actor.is_parent else list(dict.fromkeys(sorts)))


def open_actions(actor: Actor) -> QuerySet[Action]:
    """What this hat still has to do, the first one first; only what it may still read."""
    own = Q(guardian__person=actor.person_id) if actor.is_parent else _of_hat(actor)
    waiting = Action.objects.visible_to(actor).filter(own, done_at=None)
    related = waiting.select_related("item__meeting", "item__case__child", "owner__person")
    return related.order_by("due", "at", "pk")


def _of_hat(actor: Actor) -> Q:
    seats = Seat.objects.filter(mine_or_covered(actor), membership__isnull=False)
    return Q(owner=actor.membership_id) | Q(owner__in=seats.values("membership"))


def action(actor: Actor, action_id: UUID) -> Action:
    """One open action that this hat may read: its own, or of a meeting it knows of."""
    readable = Action.objects.visible_to(actor).filter(pk=action_id)
    first = readable.select_related("item__meeting", "item__case", "guardian", "owner").first()
    if first is None or not (_is_own(actor, first) or _knows_of(actor, first.item.meeting_id)):
        raise NotVisible
    return first


def _is_own(actor: Actor, action: Action) -> bool:
    if actor.is_parent:
        return action.guardian is not None and action.guardian.person_id == actor.person_id
    return action.owner_id == actor.membership_id


def _knows_of(actor: Actor, meeting_id: UUID | None) -> bool:
    """Asked apart: two policies inside each other are too deep for the parser of SQLite."""
    known = Meeting.objects.visible_to(actor)
    return meeting_id is not None and known.filter(pk=meeting_id).exists()


@dataclass(frozen=True)
class Today:
    """What the page of today shows: the next meetings, and what this hat said it would do."""

    coming: list[Row]
    actions: list[Action]


def today(actor: Actor) -> Today:
    soon = mine(actor).filter(ends__gte=actor.at, held_at=None, begins__lt=actor.at + SOON)
    return Today(as_rows(actor, soon[:3]), list(open_actions(actor)[:8]))


# Rhythms ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rhythm:
    """A rhythm with its stretches, the latest first."""

    series: Series
    stretches: list[Stretch]

    @property
    def now(self) -> Stretch | None:
        return next((each for each in self.stretches if not each.over), None)

    @property
    def missed(self) -> int:
        return sum(each.missed for each in self.stretches)


def series(actor: Actor) -> QuerySet[Series]:
    """The rhythms of the own organisation that still run, by kind."""
    own = Series.objects.filter(organisation=actor.organisation_id).exclude(organisation=NOBODY)
    running = own.filter(Q(ends=None) | Q(ends__gt=actor.today))
    return running.select_related("location").order_by("kind", "starts", "pk")


def rhythms(found: Iterable[Series], day: date) -> list[Rhythm]:
    """Each with what was met and missed until a day; one query for any number."""
    rows = list(found)
    days: dict[UUID, tuple[list[date], list[date]]] = {each.pk: ([], []) for each in rows}
    about = Meeting.objects.unrestricted(reason="when meetings were, for their rhythm")
    for own, begins, held in about.filter(series__in=rows, cancelled_at=None).values_list(
        "series", "begins", "held_at"
    ):
        days[own][0 if held else 1].append(day_of(begins))
    return [_rhythm(each, *days[each.pk], day) for each in rows]


def _rhythm(each: Series, held: list[date], planned: list[date], day: date) -> Rhythm:
    ahead = [when for when in planned if when >= day]
    told = stretches(
        each.number, each.per, (each.starts, each.ends), held, today=day, planned=ahead
    )
    return Rhythm(each, told[::-1])


def places(actor: Actor) -> QuerySet[Location]:
    return Location.objects.filter(organisation=actor.organisation_id).order_by("name")
