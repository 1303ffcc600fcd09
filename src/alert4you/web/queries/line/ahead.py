"""What is still to come for a child, and what of it is asked of this hat."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from alert4you.access.models import Kind
from alert4you.access.queries.agreement import Agreement
from alert4you.access.rules.consent import State
from alert4you.organisations.models import Actor
from alert4you.trajectories.models import VoiceOf
from alert4you.trajectories.queries.caseload import Case
from alert4you.ui.addresses import address
from alert4you.web.queries.line.rows import ENTRY, TALK, VOICE, Row

Text = str | Promise | Any
MOST_AHEAD = 6
ENDS_SOON = timedelta(days=30)
VOICE_ASKED = timedelta(days=21)


@dataclass(frozen=True)
class Ahead:
    """Something to come: what, who has it, by when; ``lane`` and ``decides`` for the picture."""

    what: Text
    who: str = ""
    task: str = ""
    due: date | None = None
    late: bool = False
    mine: bool = False
    url: str = ""
    icon: str = "clock"
    lane: str = "look"
    decides: bool = False


@dataclass(frozen=True)
class Asked:
    """Something this hat is asked to do or to decide now."""

    what: Text
    more: Text
    url: str
    icon: str
    label: Text
    due: date | None = None


def ahead(
    actor: Actor,
    cases: Iterable[Case],
    around: Sequence[Row],
    agreements: Iterable[Agreement],
) -> list[Ahead]:
    """Soonest first, what has no date last; not more than a person can oversee."""
    coming = [
        *_steps(actor, cases),
        *_dates(actor, around),
        *_ending(actor, agreements),
    ]
    coming.sort(key=lambda each: (each.due is None, each.due or date.max))
    return coming[:MOST_AHEAD]


def asked(
    actor: Actor,
    cases: Sequence[Case],
    around: Sequence[Row],
    agreements: Iterable[Agreement],
) -> list[Asked]:
    """Most urgent first; of the parents: consents, plans and decisions; of staff: their steps."""
    if actor.is_parent:
        return [
            *_consents(actor, agreements),
            *_plans(cases, around),
            *_coming_decisions(actor, cases, around),
        ]
    return list(_own_steps(actor, cases))


def _steps(actor: Actor, cases: Iterable[Case]) -> Iterator[Ahead]:
    for case in cases:
        for step in case.state.steps:
            owner = case.owner(step)
            yield Ahead(
                step.title,
                owner.person.name if owner else _("the parents"),
                owner.task if owner else "",
                step.due,
                step.due is not None and step.due < actor.today,
                actor.is_parent if owner is None else owner.pk == actor.membership_id,
                address("trajectories:trajectory", case.trajectory.pk),
                {"decision": "decision", "need": "flag"}.get(step.kind, "eye"),
                "plan" if step.kind != "activity" else "look",
                step.kind == "decision",
            )


def _dates(actor: Actor, around: Iterable[Row]) -> Iterator[Ahead]:
    """Talks that are planned, and days on which people agreed to look again."""
    for row in around:
        if row.what not in (ENTRY, TALK) or row.ends is None or row.ends < actor.today:
            continue
        is_talk = row.what == TALK or row.kind == Kind.TALK
        url = address("coaching:talk", row.ref) if _is_own_talk(actor, row) else ""
        yield Ahead(
            _("Talk with the parents") if is_talk else _("Look at it again together"),
            row.name,
            due=row.ends,
            url=url,
            icon="talk" if is_talk else "calendar",
            lane="talk",
        )


def _is_own_talk(actor: Actor, row: Row) -> bool:
    return row.what == ENTRY and row.kind == Kind.TALK and bool(row.name) and not actor.is_parent


def _ending(actor: Actor, agreements: Iterable[Agreement]) -> Iterator[Ahead]:
    for each in agreements:
        if each.turn is not None:
            what = _("%(child)s turns %(age)s: ask about %(organisation)s")
            yield Ahead(
                what
                % {
                    "child": each.request.child,
                    "age": each.turn.age,
                    "organisation": each.request.organisation,
                },
                due=each.turn.last_day,
                url=address("access:agreement", each.request.pk),
                icon="calendar",
                lane="plan",
            )
        if each.state is State.RUNS and each.request.ends <= actor.today + ENDS_SOON:
            what = _("Sharing with %(organisation)s ends")
            yield Ahead(
                what % {"organisation": each.request.organisation},
                due=each.request.last_day,
                url=address("access:agreement", each.request.pk),
                icon="share",
                lane="plan",
            )


def _consents(actor: Actor, agreements: Iterable[Agreement]) -> Iterator[Asked]:
    for each in agreements:
        if each.waits_for(each.signer(actor), actor.today):
            what = _("May %(organisation)s read along?")
            yield Asked(
                what % {"organisation": each.request.organisation},
                each.request.why,
                address("access:agreement", each.request.pk),
                "share",
                _("Give your answer"),
            )


def _plans(cases: Iterable[Case], around: Iterable[Row]) -> Iterator[Asked]:
    """The newest version of the plan of what runs, as long as this parent said nothing about it."""
    newest: dict[object, Row] = {}
    for row in around:
        if row.what == ENTRY and row.kind == Kind.PLAN and row.owner:
            known = newest.get(row.owner)
            if known is None or (row.number or 0) > (known.number or 0):
                newest[row.owner] = row
    spoken = {row.ref for row in around if row.what == VOICE}
    for case in cases:
        plan = newest.get(case.trajectory.pk)
        asks = case.state.running and not case.state.considering
        if asks and plan and plan.ref not in spoken:
            yield Asked(
                _("What do you think of the plan?"),
                str(case.practice.title),
                address("trajectories:plan", case.trajectory.pk),
                "plan",
                _("Read the plan"),
            )


def _coming_decisions(
    actor: Actor, cases: Iterable[Case], around: Iterable[Row]
) -> Iterator[Asked]:
    """A decision that is near and asks the voice of the parents, when this parent was not heard."""
    spoken = {(row.owner, row.kind) for row in around if row.what == VOICE and row.kind}
    for case in cases:
        decision = None if case.state.considering else case.state.decision
        if decision is None or (case.trajectory.pk, decision.gate) in spoken:
            continue
        gate = case.practice.gate(decision.gate)
        near = decision.ready or (decision.due and decision.due <= actor.today + VOICE_ASKED)
        if gate and near and VoiceOf.PARENTS in gate.voices:
            yield Asked(
                _("A decision is coming: what do you think?"),
                str(decision.title),
                address("trajectories:trajectory", case.trajectory.pk),
                "decision",
                _("Give your view"),
                decision.due,
            )


def _own_steps(actor: Actor, cases: Iterable[Case]) -> Iterator[Asked]:
    for case in cases:
        step = case.state.next
        if step is not None and case.is_asked_of(actor):
            yield Asked(
                step.title,
                str(case.practice.title),
                address("trajectories:trajectory", case.trajectory.pk),
                "decision" if step.kind == "decision" else "flag",
                _("To the trajectory"),
                step.due,
            )
