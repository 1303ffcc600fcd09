"""From stored rows to the facts the engine reads: the same few queries for one or a thousand trajectories.

Facts are not cut to what one viewer may see: where a trajectory stands is the same for all who may see it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet

from alert4you.access.models import Basis, Consent, Entry
from alert4you.children.models import Child, GuardianKind
from alert4you.coaching.models import Contact
from alert4you.kernel.kept import kept
from alert4you.organisations.models import Actor
from alert4you.practices.rules.language import ConsentAsk, Practice, UntilAge
from alert4you.trajectories.models import Decision, Indication, Move, Part, Plan, Step, Trajectory
from alert4you.trajectories.rules.consents import Authority, Confirmed, Request, Said, changes
from alert4you.trajectories.rules.facts import (
    HERE,
    Born,
    ConsentChanged,
    Decided,
    Done,
    Fact,
    Indicated,
    Moved,
    ParentContact,
    PlanMade,
    Released,
    Started,
)
from alert4you.trajectories.rules.tapers import taper_of

JUST_AFTER, AT_ONCE = timedelta(microseconds=1), timedelta(milliseconds=1)
FOR_THE_ENGINE = "facts of the engine"
Party = tuple[UUID, str]
Key = tuple[UUID | None, UUID, str]
AskedBefore = Mapping[Key, list[Request]] | None


def facts_of(
    actor: Actor,
    trajectories: Sequence[Trajectory],
    practices: Mapping[UUID, Practice],
    parties: Mapping[Party, UUID] | None = None,
    asked: AskedBefore = None,
) -> dict[UUID, list[Fact]]:
    """All facts of each trajectory, by its id; ``practices`` by trajectory id, adopted.

    ``parties``: which organisation plays a role, (trajectory, role) -> organisation, where known already.
    ``asked``: all that was ever asked about sharing, where a page has read it already.
    """
    told: dict[UUID, list[Fact]] = {
        each.pk: [
            *_birth(each, practices[each.pk]),
            Started(id=str(each.pk), at=each.at),
        ]
        for each in trajectories
    }
    _add_what_happened(actor, trajectories, told)
    _add_indications(trajectories, practices, told)
    asking = [each for each in trajectories if each.child_id and practices[each.pk].asks]
    if not asking:
        return told
    if parties is None:
        parties = _parties([each.pk for each in asking])
    if asked is None:
        asked = _requests(actor, {each.child_id for each in asking if each.child_id})
    for each in asking:
        for ask in practices[each.pk].asks:
            party = parties.get((each.pk, ask.party))
            told[each.pk] += _consent_facts(actor, each, ask, party, asked)
    return told


def _birth(trajectory: Trajectory, practice: Practice) -> Iterator[Born]:
    """When the child was born, for a practice in which a phase lasts until an age."""
    asks = any(isinstance(phase.lasts, UntilAge) for phase in practice.phases)
    if asks and trajectory.child is not None:
        yield Born(f"born-{trajectory.pk}", datetime.combine(trajectory.child.born, time(), HERE))


def facts_before(child: Child | None) -> list[Fact]:
    """What is already true of a child before a trajectory starts: the talks with its parents, and its
    indications, whoever may know the decision itself.
    """
    if child is None:
        return []
    told: list[Fact] = [ParentContact(str(pk), at) for pk, at in _talks_about(None, child.pk)]
    return [*told, *(fact for __, fact in _indications([child.pk]))]


def _indications(children: Iterable[UUID | None]) -> Iterator[tuple[UUID | None, Fact]]:
    """Each indication of these children, and whether its place was given back."""
    for each in _indications_of(None, [*filter(None, children)]):
        name = str(each.pk)
        yield each.child_id, Indicated(name, each.written_at, each.what, each.starts, each.ends)
        if each.released_at:
            yield each.child_id, Released(f"released-{name}", each.released_at, name)


@kept
def _indications_of(_nobody: None, children: Collection[UUID]) -> QuerySet[Indication]:
    rows = Indication.objects.unrestricted(reason=FOR_THE_ENGINE).filter(child__in=children)
    return rows.order_by("written_at", "pk")


@kept
def _talks_about(_nobody: None, child_id: UUID) -> QuerySet[Any, tuple[UUID, datetime]]:
    return _talks([child_id]).values_list("pk", "at")


def _talks(children: Iterable[UUID | None]) -> QuerySet[Contact]:
    return _with_parents().filter(child__in=children)


def _with_parents() -> QuerySet[Contact]:
    return Contact.objects.unrestricted(reason=FOR_THE_ENGINE).filter(parents_present=True)


def _add_what_happened(
    actor: Actor, trajectories: Sequence[Trajectory], told: dict[UUID, list[Fact]]
) -> None:
    """Activities, plans, decisions and talks with the parents, in one query."""
    by_child: dict[UUID, list[UUID]] = defaultdict(list)
    started = {each.pk: each.at for each in trajectories}
    for each in trajectories:
        if each.child_id:
            by_child[each.child_id].append(each.pk)
    for row in _entries(actor, list(started), list(by_child)):
        for trajectory, fact in _facts_in(row, started):
            if trajectory in told:
                told[trajectory].append(_after_the_last(told[trajectory][-1], fact))
        if row.met_parents:
            for trajectory in by_child[row.child_id]:
                told[trajectory].append(ParentContact(str(row.pk), row.at, row.prepared))


def _add_indications(
    trajectories: Sequence[Trajectory],
    practices: Mapping[UUID, Practice],
    told: dict[UUID, list[Fact]],
) -> None:
    """For the practices that have one as their safety net."""
    netted = [each for each in trajectories if practices[each.pk].safety_net]
    if not netted:
        return
    found = list(_indications({each.child_id for each in netted}))
    for each in netted:
        told[each.pk] += [fact for child, fact in found if child == each.child_id]


def _facts_in(row: Any, started: Mapping[UUID, datetime]) -> Iterator[tuple[UUID, Fact]]:
    """What one entry is to which trajectory: an activity that counts, a plan, a decision."""
    name, counted = str(row.pk), row.counted_as__trajectory
    if counted in started:
        at = _not_before_the_start(row.at, started[counted])
        what = (row.counted_as__phase, row.counted_as__activity, row.counted_as__minutes)
        yield counted, Done(f"step-{name}", at, *what)
    if row.as_plan__trajectory:
        told = (bool(row.as_plan__end_goal), row.as_plan__evaluation_on)
        yield row.as_plan__trajectory, PlanMade(name, row.at, *told, taper_of(row.as_plan__taper))
    if row.as_move__phase:
        yield row.as_move__trajectory, Moved(name, row.at, row.as_move__phase)
    if row.as_decision__trajectory:
        choice = (row.as_decision__gate, row.as_decision__choice)
        why = (row.as_decision__early_reason, row.as_decision__next_on)
        yield row.as_decision__trajectory, Decided(name, row.at, *choice, *why)


def _after_the_last(last: Fact, fact: Fact) -> Fact:
    """Two things told of one moment happened in the order in which they were written down."""
    same_moment = timedelta() <= last.at - fact.at < AT_ONCE
    return replace(fact, at=last.at + JUST_AFTER) if same_moment else fact


@kept
def _entries(
    _actor: Actor, trajectories: Collection[UUID], children: Collection[UUID]
) -> QuerySet[Entry, Any]:
    about = {"trajectory__in": trajectories}
    plans = Plan.objects.unrestricted(reason=FOR_THE_ENGINE).filter(**about).values("pk")
    decisions = Decision.objects.unrestricted(reason=FOR_THE_ENGINE).filter(**about).values("pk")
    moves = Move.objects.unrestricted(reason=FOR_THE_ENGINE).filter(**about).values("pk")
    steps = Step.objects.filter(**about).values("entry")
    told = steps.union(plans, decisions, moves, _talks(children).values("pk"))
    rows = Entry.objects.unrestricted(reason=FOR_THE_ENGINE).filter(pk__in=told)
    talks = _with_parents().filter(pk=OuterRef("pk"))
    met = {"met_parents": Exists(talks), "prepared": Exists(talks.exclude(preparation=None))}
    in_order = rows.order_by("at", "written_at", "counted_as__pk", "as_plan__number")
    return in_order.annotate(**met).values_list(
        *("pk", "at", "child_id", "met_parents", "prepared"),
        *("counted_as__trajectory", "counted_as__phase"),
        *("counted_as__activity", "counted_as__minutes"),
        *("as_plan__trajectory", "as_plan__end_goal"),
        *("as_plan__evaluation_on", "as_plan__taper"),
        *("as_decision__trajectory", "as_decision__gate", "as_decision__choice"),
        *("as_decision__early_reason", "as_decision__next_on"),
        *("as_move__trajectory", "as_move__phase"),
        named=True,
    )


def _not_before_the_start(at: datetime, start: datetime) -> datetime:
    """What is only known by its day counts on the day of the start too, whatever its hour."""
    same_day = at.astimezone(HERE).date() == start.astimezone(HERE).date()
    return max(at, start) if same_day else at


def _parties(trajectories: list[UUID]) -> dict[Party, UUID]:
    rows = _played(None, trajectories)
    return {(trajectory, role): organisation for trajectory, role, organisation in rows}


@kept
def _played(_nobody: None, trajectories: Collection[UUID]) -> QuerySet[Part, Any]:
    parts = Part.objects.filter(trajectory__in=trajectories)
    return parts.values_list("trajectory", "role", "membership__organisation")


def _consent_facts(
    actor: Actor,
    trajectory: Trajectory,
    ask: ConsentAsk,
    party: UUID | None,
    asked: Mapping[Key, list[Request]],
) -> list[ConsentChanged]:
    """How this consent stood through time. Within the own organisation nothing needs to be asked."""
    if party == trajectory.organisation_id:
        return [ConsentChanged(f"consent-{ask.key}", trajectory.at, ask.key, "given")]
    if party is None:
        return []
    return changes(ask, asked.get((trajectory.child_id, party, ask.purpose), []), actor.at)


def _requests(actor: Actor, children: Collection[UUID]) -> dict[Key, list[Request]]:
    """Per (child, organisation, purpose) what was asked, and every answer ever given, in one query."""
    together: dict[UUID, list[Any]] = defaultdict(list)
    for row in _answers(actor, children):
        together[row.request].append(row)
    asked: dict[Key, list[Request]] = defaultdict(list)
    for joined in together.values():
        first = joined[0]
        key = (first.request__child, first.request__organisation, first.request__purpose)
        asked[key].append(_request(joined))
    return asked


@kept
def _answers(_actor: Actor, children: Collection[UUID]) -> QuerySet[Consent, Any]:
    """Each answer comes once per guardian (the join); sets make them one again."""
    guardian = Q(request__child__guardians__has_authority=True)
    guardian |= Q(request__child__guardians__kind=GuardianKind.SUPERVISOR)
    return (
        Consent.objects.filter(request__child__in=children)
        .annotate(guardian=FilteredRelation("request__child__guardians", condition=guardian))
        .values_list(
            *("request", "request__child", "request__organisation", "request__purpose"),
            *("request__asked_at", "request__ends", "request__closed_at", "request__basis"),
            *("request__starts", "request__exempt", "request__confirmed"),
            "request__confirmed_at",
            *("request__child__born", "category", "signatures__guardian", "signatures__answer"),
            *("signatures__at", "signatures__ended_at", "signatures__revisit_on"),
            *("signatures__with_parents", "guardian__has_authority", "guardian__organisation"),
            *("guardian__pk", "guardian__starts", "guardian__ends"),
            named=True,
        )
    )


def _request(rows: list[Any]) -> Request:
    first = rows[0]
    return Request(
        asked_at=first.request__asked_at,
        starts=first.request__starts,
        ends=first.request__ends,
        closed_at=first.request__closed_at,
        born=first.request__child__born,
        by_law=first.request__basis == Basis.LAW,
        guardians=_guardians(row for row in rows if row.guardian__has_authority),
        supervisors=_guardians(
            row
            for row in rows
            if not row.guardian__has_authority
            and row.guardian__organisation == row.request__organisation
        ),
        confirmed=Confirmed(first.request__exempt, first.request__confirmed_at)
        if first.request__confirmed
        else None,
        said=frozenset(
            Said(
                row.category,
                row.signatures__guardian,
                row.signatures__answer,
                row.signatures__at,
                row.signatures__ended_at,
                row.signatures__revisit_on,
                row.signatures__with_parents,
            )
            for row in rows
            if row.signatures__at
        ),
    )


def _guardians(rows: Iterable[Any]) -> frozenset[Authority]:
    return frozenset(
        Authority(row.guardian__pk, row.guardian__starts, row.guardian__ends)
        for row in rows
        if row.guardian__pk
    )
