"""Asking for money, what was decided, a term that stands still, and the end."""

from datetime import date

from django.utils.text import capfirst
from django.utils.translation import override

from alert4you.access.models import Category
from alert4you.funding.models import MoneyLine, Pause, State
from alert4you.funding.rules import lines
from alert4you.funding.rules.beside import pauses
from alert4you.funding.rules.known import agreements, asker, place_of
from alert4you.funding.rules.lines import Answer, Wanted
from alert4you.funding.rules.streams import ASKERS, Stream, streams
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor, Organisation
from alert4you.trajectories.models import Trajectory


@command(lines.may_write_line)
def write_line(actor: Actor, trajectory: Trajectory, wanted: Wanted) -> MoneyLine:
    """It stands on the line of the child; own money and no money need nobody's yes."""
    stream = streams()[wanted.stream]
    day = wanted.asked_on or actor.today
    granted = wanted.granted or not stream.is_decided_elsewhere
    with override("nl"):
        told = {
            "title": capfirst(str(stream.title)),
            "decider": wanted.decider or str(stream.decider),
            "ground": wanted.ground or str(stream.ground),
            "applicant": _applicant(actor, stream),
        }
    return MoneyLine.by(
        actor,
        day=day,
        child=trajectory.child,
        location=trajectory.location,
        organisation_id=trajectory.organisation_id,
        category=Category.PLAN,
        trajectory=trajectory,
        stream=wanted.stream,
        work=wanted.work,
        reference=wanted.reference,
        named=wanted.named,
        state=State.GRANTED if granted else State.ASKED,
        starts=wanted.starts,
        ends=wanted.ends,
        hours=wanted.hours,
        euros=wanted.euros,
        weeks=_weeks(actor, trajectory, stream, day),
        decided_on=day if granted else None,
        **told,
    )


def _applicant(actor: Actor, stream: Stream) -> str:
    """Who asks: the own organisation when it can, else who must."""
    if asker(actor) in stream.applicants:
        return Organisation.objects.get(pk=actor.organisation_id).name
    return str(ASKERS[stream.applicants[0]])


def _weeks(actor: Actor, trajectory: Trajectory, stream: Stream, day: date) -> int | None:
    """The term of the law, else that which the municipality wrote down with its agreement."""
    term = stream.term(day)
    if term is not None:
        return term.weeks
    location, __ = place_of(trajectory, actor.today)
    agreed = (each for each in agreements(location, day) if each.stream == stream.key)
    return next((each.weeks for each in agreed), None)


@command(lines.may_decide)
def decide_line(actor: Actor, line: MoneyLine, answer: Answer) -> MoneyLine:
    """Who decides said yes or no; what it says about the period and the ceiling takes over."""
    line.state = State.GRANTED if answer.granted else State.REFUSED
    line.decided_on, line.why = answer.on, answer.why
    line.ends = answer.ends or line.ends
    line.hours = answer.hours or line.hours
    line.euros = answer.euros or line.euros
    line.reference = answer.reference or line.reference
    line.save()
    pauses(line).filter(ends=None).update(ends=answer.on)
    return line


@command(lines.may_pause)
def pause_line(actor: Actor, line: MoneyLine, on: date, waits_for: str) -> Pause:
    """The term stands still while who decides waits (Awb 4:15)."""
    return Pause.objects.create(line=line, starts=on, waits_for=waits_for)


@command(lines.may_resume)
def resume_line(actor: Actor, line: MoneyLine, on: date) -> MoneyLine:
    pauses(line).filter(ends=None).update(ends=on)
    return line


@command(lines.may_put_off)
def put_off_line(actor: Actor, line: MoneyLine, weeks: int) -> MoneyLine:
    """Who decides told that it takes so many weeks longer (Awb 4:14)."""
    line.extra_weeks += weeks
    line.save(update_fields=["extra_weeks"])
    return line


@command(lines.may_end)
def end_line(actor: Actor, line: MoneyLine, on: date, why: str) -> MoneyLine:
    """From ``on`` this money pays no more; ``on`` is the first day without."""
    line.state, line.ends, line.why = State.ENDED, on, why
    line.save(update_fields=["state", "ends", "why"])
    return line
