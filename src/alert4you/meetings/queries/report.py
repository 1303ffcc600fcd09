"""For the municipality: how often people met, and what they ask for; no names, and no small numbers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from alert4you.groups.rules.hiding import HIDDEN_BELOW, shown
from alert4you.meetings.models import Item, Meeting, MeetingKind, Series
from alert4you.meetings.queries.lists import Rhythm, rhythms
from alert4you.organisations.models import Actor, Role

COUNTS = "counts of meetings, without names"


@dataclass(frozen=True)
class Kind:
    """One kind of meeting: how many rhythms, what was met and missed, how many children (rounded)."""

    kind: MeetingKind
    rhythms: int
    held: int
    needed: int
    missed: int
    children: int | None


@dataclass(frozen=True)
class Report:
    kinds: list[Kind]
    points: list[Item]
    hidden_below: int = HIDDEN_BELOW


def report(actor: Actor) -> Report:
    """All places for a municipality; the own organisation for whoever runs it."""
    own = Q() if actor.role == Role.MUNICIPALITY else Q(organisation=actor.organisation_id)
    found = rhythms(Series.objects.filter(own).order_by("kind", "pk"), actor.today)
    children, held = _children(own), _held(own)
    passed_on = Item.objects.visible_to(actor).filter(own, reported=True, case=None)
    points = passed_on.select_related("organisation")
    kinds = [_kind(each, found, held, children) for each in MeetingKind]
    return Report(
        [each for each in kinds if each.rhythms or each.held], list(points.order_by("-at"))
    )


def _kind(kind: MeetingKind, found: Iterable[Rhythm], held: Counter, children: Counter) -> Kind:
    own = [each for each in found if each.series.kind == kind]
    over = [stretch for each in own for stretch in each.stretches if stretch.over]
    return Kind(
        kind,
        len(own),
        held[kind],
        sum(each.needed for each in over),
        sum(each.missed for each in over),
        shown(children[kind]),
    )


def _held(own: Q) -> Counter:
    rows = _meetings(own).order_by().values("kind").annotate(number=Count("pk"))
    return Counter({row["kind"]: row["number"] for row in rows})


def _children(own: Q) -> Counter:
    """How many children were discussed by name, per kind of meeting."""
    about = _meetings(own).filter(items__case__isnull=False).order_by().values("kind")
    rows = about.annotate(number=Count("items__case__child", distinct=True))
    return Counter({row["kind"]: row["number"] for row in rows})


def _meetings(own: Q) -> QuerySet[Meeting]:
    return Meeting.objects.unrestricted(reason=COUNTS).filter(own, held_at__isnull=False)
