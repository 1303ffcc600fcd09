"""The facts of a round at a location, in numbers that tell of no child.

It stands here and not with coaching, because a child that needs more is one with a trajectory or an
indication.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alert4you.children.models import Child, Placement, PlusPlace
from alert4you.coaching.models import Contact, Leaving, MonitorRound, TurnedAway, WhyLeft
from alert4you.coaching.queries.places import rounds as visits
from alert4you.coaching.queries.places import visited_days, ways_of_working
from alert4you.coaching.rules.places import Round
from alert4you.groups.queries.places import groups
from alert4you.groups.rules.hiding import shown
from alert4you.kernel.among import Among
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor, Location, Setting
from alert4you.organisations.rules import STAFF_OF_THE_PLACE
from alert4you.trajectories.models import Indication, Trajectory

COUNTED = "counts of a round, without names"


@dataclass(frozen=True)
class Numbers:
    """About ``[starts, until)``. Numbers of children are rounded, or None when below ten.

    ``present``: children that need more and were here; ``stayed`` and ``left`` are of those who were
    here at the beginning. ``reasons``: why children left, as far as it was written down. ``met`` and
    ``missed``: rounds of the rhythm of the coach; ``effects``: how often it was said what helped the group.
    """

    starts: date
    until: date
    present: int | None
    refused: int | None
    moved: int | None
    stayed: int | None
    left: int | None
    reasons: list[tuple[str, int | None]]
    weeks_between: int | None
    met: int
    missed: int
    effects: int


def location(actor: Actor, location_id: UUID) -> Location:
    """A location where this hat works or that it runs; NotVisible otherwise."""
    own = Location.objects.filter(pk=location_id, pk__in=groups(actor).values("location"))
    found = own.filter(organisation=actor.organisation_id).select_related("organisation").first()
    if found is None or actor.role not in STAFF_OF_THE_PLACE:
        raise NotVisible
    return found


def locations(actor: Actor) -> list[Location]:
    """The out-of-school care where this hat can look at rounds."""
    here = Location.objects.filter(
        pk__in=groups(actor).values("location"), setting=Setting.AFTER_SCHOOL_CARE
    )
    return list(here.filter(organisation=actor.organisation_id).order_by("name"))


def held(place: Location) -> QuerySet[MonitorRound]:
    """The rounds of a location, the newest first."""
    return MonitorRound.objects.filter(location=place).order_by("-held_on")


def numbers(actor: Actor, place: Location, starts: date, until: date) -> Numbers:
    """Counts only: who may open the location may see them."""
    here = Placement.objects.unrestricted(reason=COUNTED).filter(
        Q(ends=None) | Q(ends__gt=starts), group__location=place, starts__lt=until
    )
    present = _need_more(starts, until).filter(Among("pk", here.order_by().values("child")))
    at_start = set(present.filter(_on(here, starts)).values_list("pk", flat=True))
    at_end = set(present.filter(_on(here, until)).values_list("pk", flat=True))
    way = ways_of_working(actor, [place]).first()
    rhythm = [
        each.how for each in visits(way, visited_days([place]).get(place.pk, set()), actor.today)
    ]
    return Numbers(
        starts,
        until,
        shown(present.count()),
        shown(_refused(place, starts, until)),
        shown(_moved(place, starts, until)),
        shown(len(at_start & at_end)),
        shown(len(at_start - at_end)),
        _reasons(place, at_start - at_end, until),
        way.weeks_between if way else None,
        rhythm.count(Round.MET),
        rhythm.count(Round.MISSED),
        _effects(place, starts, until),
    )


def _need_more(starts: date, until: date) -> QuerySet[Child]:
    """Children with an indication or a trajectory at some time in this period."""
    indicated = Indication.objects.unrestricted(reason=COUNTED).filter(
        child=OuterRef("pk"), starts__lt=until, ends__gt=starts
    )
    going = Q(ended_on=None) | Q(ended_on__gt=starts)
    followed = Trajectory.objects.unrestricted(reason=COUNTED).filter(
        going, child=OuterRef("pk"), day__lt=until
    )
    return Child.objects.unrestricted(reason=COUNTED).filter(Exists(indicated) | Exists(followed))


def _on(here: QuerySet[Placement], day: date) -> Exists:
    running = Q(ends=None) | Q(ends__gt=day)
    return Exists(here.filter(running, child=OuterRef("pk"), starts__lte=day))


def _refused(place: Location, starts: date, until: date) -> int:
    return TurnedAway.objects.filter(location=place, day__gte=starts, day__lt=until).count()


def _moved(place: Location, starts: date, until: date) -> int:
    moves = PlusPlace.objects.unrestricted(reason=COUNTED).filter(
        from_group__location=place, placement__starts__gte=starts, placement__starts__lt=until
    )
    return moves.values("placement__child").distinct().count()


def _reasons(place: Location, gone: set[UUID], until: date) -> list[tuple[str, int | None]]:
    """Why those who left did, most first; a reason few had is named without its number."""
    told = Leaving.objects.unrestricted(reason=COUNTED).filter(
        child__in=gone, location=place, placement__ends__lte=until
    )
    found = Counter(told.values_list("why", flat=True))
    return [(str(WhyLeft(why).label), shown(number)) for why, number in found.most_common()]


def _effects(place: Location, starts: date, until: date) -> int:
    said = Contact.objects.unrestricted(reason="a number").filter(
        location=place, day__gte=starts, day__lt=until
    )
    return said.exclude(helps_others="").count()
