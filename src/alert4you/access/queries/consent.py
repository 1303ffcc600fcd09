"""The agreements around a child: how each stands today, and who said what when."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from alert4you.access import policy
from alert4you.access.models import Answer, Basis, Consent, ConsentRequest
from alert4you.access.queries.agreement import Agreement, Line, Said, Signed
from alert4you.access.queries.line import Known
from alert4you.access.rules.consent import (
    CHILD_ALONE_FROM,
    CHILD_SIGNS_FROM,
    THE_CHILD,
    TOLD_AHEAD,
    by_law_on,
    must_sign,
    standing_on,
    supervises,
    that_count,
)
from alert4you.children.models import Child, Guardian
from alert4you.kernel import reading
from alert4you.kernel.among import Among
from alert4you.kernel.clock import years_before
from alert4you.kernel.decision import NotVisible
from alert4you.kernel.kept import kept
from alert4you.organisations.models import Actor, Organisation

TOLD_AFTERWARDS = timedelta(days=14)
SAID = {
    # name here: where it is, seen from a consent
    "answer": "signatures__answer",
    "guardian": "signatures__guardian",
    "name": "signatures__guardian__person__name",
    "how": "signatures__how",
    "witness": "signatures__witness",
    "recorded_by": "signatures__recorded_by__name",
    "revisit_on": "signatures__revisit_on",
    "kind": "signatures__guardian__kind",
    "with_parents": "signatures__with_parents",
    "text_version": "signatures__text_version",
    "at": "signatures__at",
    "ended_at": "signatures__ended_at",
}
AS_COLUMN = {name: f"said_{name}" for name in SAID}


def agreements(actor: Actor, child: Child) -> list[Agreement]:
    """All requests about a child that this hat may know of, open ones first."""
    return _noted(_agreements(actor, _known_about(actor, child.pk)))


@kept
def _known_about(actor: Actor, child: UUID) -> QuerySet[Any]:
    return _lines(_known(actor, child__in=[child]))


def agreements_of(actor: Actor, known: Sequence[Known]) -> list[Agreement]:
    """All requests about these children, closed ones as well, open ones first; one query."""
    return known_of(actor, known, all_agreements_of(actor, known))


def all_agreements_of(actor: Actor, known: Sequence[Known]) -> list[Agreement]:
    """Also those this hat may not know of; for the engine, never for a page (see ``known_of``)."""
    guardians = [guardian for each in known for guardian in each.guardians]
    return _as_agreements(actor, _asked_about(actor, [each.child.pk for each in known]), guardians)


@kept
def _asked_about(_actor: Actor, children: Collection[UUID]) -> QuerySet[Any]:
    return _lines(ConsentRequest.objects.filter(child__in=children))


def known_of(
    actor: Actor, known: Iterable[Known], everything: Iterable[Agreement]
) -> list[Agreement]:
    """Those this hat may know of: of the parents and the own place all, of others only their own."""
    whole_file = {
        each.child.pk
        for each in known
        if actor.is_parent or each.ties.on_group or each.ties.on_team
    }
    shown = [
        each
        for each in everything
        if each.request.child_id in whole_file
        or each.request.organisation_id == actor.organisation_id
    ]
    reading.note(each.request for each in shown)
    return shown


def agreement(actor: Actor, request_id: UUID) -> Agreement:
    """One request that this hat may know of; NotVisible otherwise."""
    found = _noted(_agreements(actor, _known_one(actor, request_id)))
    if not found:
        raise NotVisible
    return found[0]


@kept
def _known_one(actor: Actor, request: UUID) -> QuerySet[Any]:
    return _lines(_known(actor, pk=request))


def coming(actor: Actor) -> list[Agreement]:
    """What asks for a talk within 30 days: it ends, or a birthday changes who decides; soonest first."""
    found = _noted(_agreements(actor, _soonest(actor)))
    near = [each for each in found if each.turn or each.ends_soon]
    return sorted(near, key=lambda each: each.turn.day if each.turn else each.request.ends)


@kept
def _soonest(actor: Actor) -> QuerySet[Any]:
    soon = actor.today + TOLD_AHEAD
    turning = [
        Q(
            child__born__gt=years_before(actor.today, age),
            child__born__lte=years_before(soon, age),
        )
        for age in (CHILD_SIGNS_FROM, CHILD_ALONE_FROM)
    ]
    asked = _known(actor, closed_at=None, ends__gt=actor.today)
    return _lines(asked.filter(turning[0] | turning[1] | Q(ends__lte=soon)))


@kept
def ended_for(actor: Actor) -> QuerySet[ConsentRequest]:
    """What ended in the last two weeks for this hat of another organisation; about whom is not told."""
    since = actor.at - TOLD_AFTERWARDS
    mine = policy.team(actor, "child").filter(purpose=OuterRef("purpose"))
    ended = ConsentRequest.objects.filter(
        Exists(mine),
        policy.hat_runs(actor),
        organisation=actor.organisation_id,
        stopped_at__gt=since,
        stopped_at__lte=actor.at,
    )
    return ended.order_by("-stopped_at")


def standing(
    actor: Actor, child: Child, organisation: Organisation, purpose: str
) -> Agreement | None:
    """The open agreement with one organisation for one purpose, if it was ever asked."""
    asked = ConsentRequest.objects.filter(
        child=child, organisation=organisation, purpose=purpose, closed_at=None
    )
    found = _noted(_agreements(actor, _lines(asked)))
    return next((each for each in found if each.running), found[-1] if found else None)


def _known(actor: Actor, **which: object) -> QuerySet[ConsentRequest]:
    """Requests this hat may know of: the parents, the child's own place, and who it is about."""
    free = ConsentRequest.objects.filter(**which).exclude(policy.forbidden(actor, "child"))
    if actor.is_parent:
        return free.filter(policy.with_authority(actor, "child"))
    own = policy.works_here(actor, "child")
    own |= Q(organisation=actor.organisation_id) & policy.consent_covers(actor)
    return free.filter(policy.hat_runs(actor) & own)


def _agreements(actor: Actor, lines: Iterable[Any]) -> list[Agreement]:
    """Two queries: every category with everything said about it, and who has authority today."""
    rows = list(lines)
    about = {row.request.child_id for row in rows}
    here = Guardian.objects.on(actor.today).filter(child__in=about)
    return _as_agreements(actor, rows, list(here.select_related("person")))


def _lines(requests: QuerySet[ConsentRequest]) -> QuerySet[Any]:
    """Every category that was asked for, once for everything said about it."""
    return (
        Consent.objects.filter(Among("request", requests.values("pk")))
        .select_related(
            "request__child",
            "request__organisation",
            "request__asked_by__person",
            "request__rests_on__person",
            "request__rests_on__organisation",
        )
        .annotate(**{AS_COLUMN[name]: F(path) for name, path in SAID.items()})
        .order_by(
            F("request__closed_at").asc(nulls_first=True),
            "request__asked_at",
            "request",
            "category",
            "signatures__at",
        )
    )


def _as_agreements(
    actor: Actor, rows: Iterable[Any], guardians: Sequence[Guardian]
) -> list[Agreement]:
    found: dict[UUID, dict[UUID, list[Consent]]] = {}
    for row in rows:
        found.setdefault(row.request_id, {}).setdefault(row.pk, []).append(row)
    requested = [next(iter(lines.values()))[0].request for lines in found.values()]
    return [_agreement(request, found[request.pk], guardians, actor.today) for request in requested]


def _noted(found: list[Agreement]) -> list[Agreement]:
    reading.note(each.request for each in found)
    return found


def _agreement(
    request: ConsentRequest,
    rows: dict[UUID, list[Consent]],
    everybody: Iterable[Guardian],
    day: date,
) -> Agreement:
    """Also who says no without a signature that is needed: it is kept, and stops nothing."""
    guardians = {g.pk: g for g in everybody if g.child_id == request.child_id}
    needed = _needed(request, guardians.values(), max(day, request.starts))
    supervised = supervises(request.organisation_id, guardians.values())
    lines: list[Line] = []
    objecting: dict[UUID, Said] = {}
    for same in rows.values():
        history = [_said(row) for row in same if row.said_answer is not None]  # type: ignore[attr-defined]
        said = {each.guardian: each for each in history if each.ended_at is None}
        stands = (
            by_law_on(request, supervised, day)
            if request.basis == Basis.LAW
            else standing_on(request, that_count(said, request.child.born, day), needed, day)
        )
        lines.append(Line(same[0], stands, said, history))
        objecting |= {key: said[key] for key in said if key in guardians and key not in needed}
    signers = [guardians.get(key) if key else THE_CHILD for key in needed]
    signers.sort(key=lambda signer: signer.person.name if signer else "~")
    return Agreement(
        request,
        lines,
        signers,
        [
            Signed(guardians[key], each.answer, each)
            for key, each in objecting.items()
            if each.answer == Answer.REFUSED
        ],
        day,
    )


def _needed(request: ConsentRequest, guardians: Iterable[Guardian], day: date) -> set[UUID | None]:
    if request.basis == Basis.LAW:
        return set()
    with_authority = [each.pk for each in guardians if each.has_authority]
    return must_sign(request.child.born, with_authority, day, request.exception)


def _said(row: Consent) -> Said:
    return Said(**{name: getattr(row, column) for name, column in AS_COLUMN.items()})
