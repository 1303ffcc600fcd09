"""A plus group: who is there, with which way back, how far from home; and who passes children on."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from alert4you.access import policy
from alert4you.access.models import Category
from alert4you.access.queries.line import placements
from alert4you.access.rules.relations import ties
from alert4you.children.models import Child, Placement, PlusAgreement, PlusPlace, Transport
from alert4you.children.rules import REGULAR
from alert4you.groups.models import WayBack
from alert4you.groups.rules.hiding import shown, shown_rate
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor, Group, Role, Setting
from alert4you.organisations.rules import RUNS_THE_PLACE

WITH_PLACE = "read together with its placement"
DECIDED = ("placement", "answer", "day")
COUNTED = "counts of children who went on to a plus group"


@dataclass(frozen=True)
class Row:
    """One child on a plus group. ``plus`` is None as long as nobody wrote down the way back.

    ``decided``: each answer with its day, newest first; ``answers`` are those whose words one may read.
    """

    placement: Placement
    plus: PlusPlace | None
    answers: Sequence[WayBack]
    decided: Sequence[tuple[str, date]]
    today: date

    @property
    def child(self) -> Child:
        return self.placement.child

    @property
    def complete(self) -> bool:
        return bool(self.plus and self.placement.purpose and self.placement.review_on)

    @property
    def late(self) -> bool:
        """The day to look again is over."""
        day = self.placement.review_on
        return day is not None and day < self.today


@dataclass(frozen=True)
class Environment:
    """How many children are near home, further away, or nobody wrote it down; and how they come."""

    near_km: int | None
    near: int
    further: int
    unknown: int
    transport: Sequence[tuple[str, int]]


def chosen(group: Group) -> PlusAgreement | None:
    """What the place chose for its plus group."""
    return PlusAgreement.objects.filter(group=group).first()


def rows(actor: Actor, group: Group) -> list[Row]:
    """The children who are on this plus group now, for whoever runs it; first those that ask something."""
    here = Placement.objects.visible_to(actor).on(actor.today).filter(group=group)
    found = here.select_related("child", "group__location").order_by("child__first_name", "pk")
    return sorted(_with_plus(actor, list(found)), key=lambda each: each.complete and not each.late)


def of_child(actor: Actor, child: Child) -> list[Row]:
    """The plus places of a child, with what was decided about them.

    For the parents, the care team of the own organisation, who runs the place, and for others as far as
    the parents agreed that they know the plan.
    """
    found = placements(actor, child).filter(group__location__setting=Setting.PLUS_GROUP)
    if not actor.is_parent:
        known = policy.consent_covers(actor, category=Category.PLAN)
        if actor.role in RUNS_THE_PLACE or ties(actor, child).on_team:
            known |= Q(group__location__organisation=actor.organisation_id)
        found = found.filter(known)
    return _with_plus(actor, list(found))


def _with_plus(actor: Actor, places: Sequence[Placement]) -> list[Row]:
    known = PlusPlace.objects.unrestricted(reason=WITH_PLACE).filter(placement__in=places)
    plus = {each.placement_id: each for each in known.select_related("from_group__location")}
    seen: dict[UUID, list[WayBack]] = {}
    for each in WayBack.objects.visible_to(actor).filter(placement__in=places).order_by("-at"):
        seen.setdefault(each.placement_id, []).append(each)
    decided: dict[UUID, list[tuple[str, date]]] = {}
    answers = WayBack.objects.unrestricted(reason="the answer and its day, without words")
    for row in answers.filter(placement__in=places).order_by("-at").values_list(*DECIDED):
        decided.setdefault(row[0], []).append((str(WayBack.Answer(row[1]).label), row[2]))
    return [
        Row(
            each,
            plus.get(each.pk),
            seen.get(each.pk, []),
            decided.get(each.pk, []),
            actor.today,
        )
        for each in places
    ]


def place(actor: Actor, placement_id: UUID) -> Placement:
    """A running plus place of the own organisation, for whoever runs it; NotVisible otherwise."""
    if actor.role not in RUNS_THE_PLACE:
        raise NotVisible
    here = (
        Placement.objects.visible_to(actor)
        .on(actor.today)
        .filter(
            pk=placement_id,
            group__location__organisation=actor.organisation_id,
            group__location__setting=Setting.PLUS_GROUP,
        )
    )
    found = here.select_related("child", "group__location").first()
    if found is None:
        raise NotVisible
    return found


def plus_of(placement: Placement) -> PlusPlace | None:
    """What was agreed about a place that this hat may know."""
    return PlusPlace.objects.unrestricted(reason=WITH_PLACE).filter(placement=placement).first()


def environment(agreed: PlusAgreement | None, found: Iterable[Row]) -> Environment:
    """Against the aim that a child is helped near home: counts, no names."""
    near_km = agreed.near_km if agreed else None
    bands, ways = Counter[str](), Counter[str]()
    for each in found:
        distance = each.plus.plus_home_km if each.plus else None
        if distance is None or near_km is None:
            bands["unknown"] += 1
        else:
            bands["near" if distance <= near_km else "further"] += 1
        ways[each.plus.transport if each.plus else ""] += 1
    named = [(str(Transport(way).label), number) for way, number in ways.most_common() if way]
    return Environment(near_km, bands["near"], bands["further"], bands["unknown"], named)


@dataclass(frozen=True)
class Passed:
    """From one group (None: all together) to a plus group; a number below ten is None.

    ``rate``: of those whose plus place ended, how many came back to a regular place, in tens of percents.
    """

    group: Group | None
    moved: int | None
    ended: int | None
    returned: int | None
    rate: int | None


def passed_on(actor: Actor) -> list[Passed]:
    """Per group of the own organisation; for a municipality all together, so nothing can be subtracted."""
    moves = _moves(actor.today)
    if actor.role == Role.MUNICIPALITY:
        return [_passed(None, list(moves))]
    return _per_group(moves.filter(from_group__location__organisation=actor.organisation_id))


def received(actor: Actor) -> list[Passed]:
    """From which groups children came to the plus groups of the own organisation."""
    here = Q(placement__group__location__organisation=actor.organisation_id)
    return _per_group(_moves(actor.today).filter(here))


def _moves(today: date) -> QuerySet[Any]:
    """Places on a plus group that a regular group sent a child to, who ends last stands last."""
    regular = Placement.objects.unrestricted(reason=COUNTED).filter(
        Q(ends=None) | Q(ends__gt=OuterRef("placement__ends")),
        child=OuterRef("placement__child"),
        group__location__setting__in=REGULAR,
    )
    sent = PlusPlace.objects.unrestricted(reason=COUNTED).filter(from_group__isnull=False)
    told = sent.annotate(
        child=F("placement__child"),
        over=Q(placement__ends__isnull=False, placement__ends__lte=today),
        back=Exists(regular),
    )
    by_end = F("placement__ends").asc(nulls_last=True)
    return told.select_related("from_group__location").order_by(by_end, "pk")


def _per_group(moves: Iterable[Any]) -> list[Passed]:
    by_group: dict[Group, list[Any]] = {}
    for each in moves:
        by_group.setdefault(each.from_group, []).append(each)
    found = [_passed(group, several) for group, several in by_group.items()]
    return sorted(found, key=lambda each: f"{each.group and each.group.location} {each.group}")


def _passed(group: Group | None, moves: Iterable[Any]) -> Passed:
    """Each child once: the place on a plus group that ends last says whether it is over."""
    last = {each.child: each for each in moves}
    ended = [each for each in last.values() if each.over]
    returned = sum(each.back for each in ended)
    return Passed(
        group,
        shown(len(last)),
        shown(len(ended)),
        shown(returned),
        shown_rate(returned, len(ended)),
    )
