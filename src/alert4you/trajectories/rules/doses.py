"""Counting what was done against a dose. The last day of a window is the last day to be in time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from alert4you.practices.rules.language import Activity, AtLeast, Chosen, Rhythm, Times
from alert4you.trajectories.rules.facts import Done
from alert4you.trajectories.rules.states import Progress


@dataclass(frozen=True)
class Window:
    """A stretch [start, end) in which a rhythm asks for something."""

    start: date
    end: date


def progress(activity: Activity, dones: Sequence[Done], begun: date, today: date) -> Progress:
    """How far the activity is on `today`; `dones` are those of this round, in order, none after
    today.

    Consent is not looked at here, nor the plan of a taper (see `tapers`). ValueError while a number
    of the dose is not chosen.
    """
    own = [each for each in dones if each.activity == activity.key]
    if isinstance(activity.dose, Rhythm):
        return _in_windows(activity, activity.dose, own, begun, today)
    return _in_number(activity, own, begun)


def _minutes(own: list[Done]) -> int:
    return sum([each.minutes or 0 for each in own])


def _in_number(activity: Activity, own: list[Done], begun: date) -> Progress:
    dose = activity.dose
    needed = number(dose.count) if isinstance(dose, Times | AtLeast) else 0
    complete = len(own) >= needed
    beyond = own[needed:] if isinstance(dose, Times) else []
    return Progress(
        *(activity.key, activity.title, activity.by),
        done=len(own),
        needed=needed,
        over=len(beyond),
        extra=tuple(each.id for each in beyond),
        complete=complete,
        completed_on=(own[needed - 1].day if needed else begun) if complete else None,
        next_due=None if complete else _term(activity, begun),
        minutes=_minutes(own),
    )


def _term(activity: Activity, begun: date) -> date | None:
    if activity.within is None or activity.within.after is not None:
        return None
    return activity.within.duration.after(begun)


def due_after(activity: Activity, others: Sequence[Progress]) -> date | None:
    """The term of an activity that is due some time after another one was complete."""
    if activity.within is None:
        return None
    for other in others:
        if other.activity == activity.within.after and other.completed_on is not None:
            return activity.within.duration.after(other.completed_on)
    return None


def _in_windows(
    activity: Activity, rhythm: Rhythm, own: list[Done], begun: date, today: date
) -> Progress:
    least, most = number(rhythm.least), number(rhythm.most)
    frames = windows(rhythm, begun, today)
    inside = {
        frame: [each for each in own if frame.start <= each.day < frame.end] for frame in frames
    }
    fitting = {each.id for these in inside.values() for each in these[:most]}
    extra = tuple(each.id for each in own if each.id not in fitting)
    short = [frame for frame in frames if len(inside[frame]) < least]
    ahead = [frame for frame in short if frame.end > today]
    closed = rhythm.lasting is not None
    return Progress(
        *(activity.key, activity.title, activity.by),
        done=len(fitting),
        needed=least * len(frames) if closed else None,
        missed=tuple(frame.start for frame in short if frame.end <= today),
        over=len(extra),
        extra=extra,
        next_due=date.fromordinal(ahead[0].end.toordinal() - 1) if ahead else None,
        complete=closed and not ahead,
        completed_on=_completed_on(frames, own, bool(short)) if closed else None,
        minutes=_minutes(own),
    )


def _completed_on(frames: tuple[Window, ...], own: list[Done], some_short: bool) -> date:
    return frames[-1].end if some_short or not own else own[-1].day


def windows(rhythm: Rhythm, begun: date, today: date) -> tuple[Window, ...]:
    """All windows of a rhythm that ends; of an open-ended one those begun by today and the next.

    A last piece shorter than half a window is no window of its own: it lengthens the one before. So
    once a week for 3 months is 13 windows in every season.
    """
    if rhythm.lasting is None:
        return tuple(_open_windows(rhythm, begun, today))
    end = rhythm.lasting.after(begun)
    frames: list[Window] = []
    for frame in _endless(rhythm, begun):
        if frame.start >= end:
            break
        if frames and 2 * (end - frame.start) < frame.end - frame.start:
            frames[-1] = Window(frames[-1].start, end)
            break
        frames.append(Window(frame.start, min(frame.end, end)))
    return tuple(frames)


def _open_windows(rhythm: Rhythm, begun: date, today: date) -> Iterator[Window]:
    for frame in _endless(rhythm, begun):
        yield frame
        if frame.start > today:
            return


def _endless(rhythm: Rhythm, begun: date) -> Iterator[Window]:
    turn = 0
    while True:
        yield Window(rhythm.every.after(begun, turn), rhythm.every.after(begun, turn + 1))
        turn += 1


def ends_on(rhythm: Rhythm, begun: date) -> date | None:
    """The day a rhythm is over, or None when it goes on as long as its phase."""
    return None if rhythm.lasting is None else rhythm.lasting.after(begun)


def number(value: int | Chosen) -> int:
    """The number itself. ValueError when it has not been chosen."""
    if isinstance(value, Chosen):
        raise ValueError(f"{value.key} has not been chosen")
    return value
