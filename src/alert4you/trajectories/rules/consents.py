"""How a consent stood through time, from every signature ever given.

What was agreed once stays agreed for the time it was: a withdrawal stops what comes, it does not undo what
was done.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from alert4you.access.rules import consent
from alert4you.practices.rules.language import ConsentAsk
from alert4you.trajectories.rules.facts import HERE, ConsentChanged, ConsentState


@dataclass(frozen=True)
class Authority:
    """A guardian with authority (or a family supervisor) during ``[starts, ends)``."""

    guardian: UUID
    starts: date
    ends: date | None

    def holds(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)


@dataclass(frozen=True)
class Said:
    """What one signer (None: the child) answered to one category; it stood until ``ended_at``.

    After "not now" nobody asks before ``revisit_on``. ``with_parents``: said by a child under 16.
    """

    category: str
    signer: UUID | None
    answer: str
    at: datetime
    ended_at: datetime | None
    revisit_on: date | None = None
    with_parents: bool = False


@dataclass(frozen=True)
class Confirmed:
    """From a moment on a professional stands behind it: that the law allows it, or ``what`` exemption."""

    what: str
    at: datetime


@dataclass(frozen=True)
class Request:
    """One request with all that was ever answered to it, for ``[starts, ends)``.

    ``by_law``: once ``confirmed`` it holds as long as one of ``supervisors`` does, without any answer.
    """

    asked_at: datetime
    starts: date
    ends: date
    closed_at: datetime | None
    born: date
    by_law: bool
    guardians: frozenset[Authority]
    said: frozenset[Said]
    supervisors: frozenset[Authority] = frozenset()
    confirmed: Confirmed | None = None


def changes(
    ask: ConsentAsk, requests: Collection[Request], until: datetime
) -> list[ConsentChanged]:
    """Each moment up to ``until`` at which this consent came to stand differently, oldest first."""
    told: list[ConsentChanged] = []
    moments = {
        moment for each in requests for moment in _moments(each) if each.asked_at <= moment <= until
    }
    for moment in sorted(moments):
        state = _state(ask, requests, moment)
        if state == "refused" and any(each.state == "given" for each in told):
            state = "withdrawn"
        if state == "expired" and told and told[-1].state in ("refused", "withdrawn"):
            continue
        if not told or told[-1].state != state:
            told.append(ConsentChanged(f"consent-{ask.key}-{len(told)}", moment, ask.key, state))
    return told


def _moments(request: Request) -> Iterator[datetime]:
    yield request.asked_at
    yield _midnight(request.starts)
    yield _midnight(request.ends)
    if request.confirmed:
        yield request.confirmed.at
    if request.closed_at:
        yield request.closed_at
    for years in (consent.CHILD_SIGNS_FROM, consent.CHILD_ALONE_FROM):
        yield _midnight(consent.birthday(request.born, years))
    for each in request.guardians | request.supervisors:
        yield from (_midnight(day) for day in (each.starts, each.ends) if day)
    for said in request.said:
        yield from (moment for moment in (said.at, said.ended_at) if moment)
        if said.revisit_on:
            yield _midnight(said.revisit_on)


def _state(ask: ConsentAsk, requests: Collection[Request], moment: datetime) -> ConsentState:
    asked = [each for each in requests if each.asked_at <= moment]
    running = [each for each in asked if each.closed_at is None or moment < each.closed_at]
    if not running:
        last = max(asked, key=lambda each: each.asked_at)
        return _left_alone(last, ask.categories, moment) or "expired"
    day = moment.astimezone(HERE).date()
    started = [each for each in running if each.starts <= day] or running
    newest = max(started, key=lambda each: each.asked_at)
    states = _standings(newest, ask.categories, moment)
    if states & {consent.State.REFUSED, consent.State.DISPUTED}:
        return "refused"
    if consent.State.RUNS in states and len(states) == 1:
        return "given"
    over = consent.State.ENDED in states
    return _left_alone(newest, ask.categories, moment) or ("expired" if over else "asked")


def _left_alone(
    request: Request, categories: Collection[str], moment: datetime
) -> ConsentState | None:
    """ "later" as long as somebody said "not now" and the day to look again is still to come."""
    day = moment.astimezone(HERE).date()
    said_later = any(
        said.answer == consent.State.LATER
        and said.category in categories
        and said.at <= moment
        and (said.ended_at is None or moment < said.ended_at)
        and (said.revisit_on is None or day < said.revisit_on)
        for said in request.said
    )
    return "later" if said_later else None


def _standings(
    request: Request, categories: Collection[str], moment: datetime
) -> set[consent.State]:
    """How it stood for each of these categories at a moment."""
    day = moment.astimezone(HERE).date()
    confirmed = request.confirmed if request.confirmed and request.confirmed.at <= moment else None
    if request.by_law:
        holds = day < request.ends and any(each.holds(day) for each in request.supervisors)
        stands = consent.State.RUNS if confirmed else consent.State.WAITS
        return {stands if holds else consent.State.ENDED}
    exempt = confirmed.what if confirmed else ""
    with_authority = (each.guardian for each in request.guardians if each.holds(day))
    needed = consent.must_sign(request.born, with_authority, day, exempt)
    said: dict[str, dict[UUID | None, Said]] = {category: {} for category in categories}
    for each in request.said:
        stood = each.at <= moment and (each.ended_at is None or moment < each.ended_at)
        if stood and each.category in said:
            said[each.category][each.signer] = each
    answers = (consent.that_count(each, request.born, day) for each in said.values())
    return {consent.standing_of(needed, each, request.ends, day).state for each in answers}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), HERE)
