"""How far an activity is, as a row of beads: what was done, what was missed, what is ahead."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from alert4you.practices.rules.language import Activity, Rhythm, Taper
from alert4you.trajectories.rules.doses import Window, windows
from alert4you.trajectories.rules.states import Progress

MOST = 16
Mark: TypeAlias = Literal["done", "missed", "next", "ahead", "over"]


@dataclass(frozen=True)
class Bead:
    """One time (``of`` empty), or one window of a rhythm that starts ``of``."""

    mark: Mark
    of: date | None = None


def beads(activity: Activity, told: Progress, begun: date | None, today: date) -> tuple[Bead, ...]:
    """At most ``MOST`` beads, the latest when there are more; none before the phase has begun.

    A taper has a picture of its own (``chart``).
    """
    if begun is None or isinstance(activity.dose, Taper):
        return ()
    if told.blocked_by:
        return tuple(
            replace(each, mark="ahead") if each.mark == "next" else each
            for each in beads(activity, replace(told, blocked_by=None), begun, today)
        )
    if isinstance(activity.dose, Rhythm):
        row = [
            Bead(_mark(frame, told, today), frame.start)
            for frame in windows(activity.dose, begun, today)
        ]
        first = next((i for i, each in enumerate(row) if each.mark in ("next", "ahead")), len(row))
        start = max(0, min(first - MOST + 4, len(row) - MOST))
        return tuple(row[start : start + MOST])
    return _times(told)


def _times(told: Progress) -> tuple[Bead, ...]:
    needed = told.needed or 0
    done = [Bead("done")] * (told.done - told.over)
    ahead = [Bead("ahead")] * max(0, needed - told.done)
    over = [Bead("over")] * told.over
    if ahead:
        ahead[0] = Bead("next")
    return tuple([*done, *ahead, *over][-MOST:])


def _mark(frame: Window, told: Progress, today: date) -> Mark:
    if frame.start in told.missed:
        return "missed"
    if frame.end <= today:
        return "done"
    if frame.start > today:
        return "ahead"
    waits = told.next_due is not None and told.next_due < frame.end
    return "next" if waits else "done"
