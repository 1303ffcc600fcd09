"""What a practice is, in words a reader of the YAML knows. Pure data: no Django models, no clock.

A `Practice` comes from `reading.read`. Numbers that the source does not give are `Chosen` until
`adopted` fills them.
"""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Literal, TypeAlias

from django.utils.translation import get_language

Unit: TypeAlias = Literal["days", "weeks", "months"]
OptionKind: TypeAlias = Literal["go", "adjust", "no-go", "end"]

ENDED = "ended"
REFERRAL = "referral"
PRACTICE = "practice:"
THE_CHILD = "child"
THE_GROUP = "group"


@dataclass(frozen=True)
class Words:
    """A text in both languages; as a string it is the one of the reader."""

    nl: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "nl").startswith("en") else self.nl


@dataclass(frozen=True)
class Chosen:
    """A number the source does not give: `key` names the `Choice` that an organisation makes at
    adoption.
    """

    key: str


Number: TypeAlias = int | Chosen


@dataclass(frozen=True)
class Choice:
    """A number left open by the source, with the question to ask at adoption and its bounds (both
    included).
    """

    key: str
    title: Words
    least: int = 1
    most: int = 520


@dataclass(frozen=True)
class Duration:
    """A stretch of time; a month is a calendar month, so 31 January + 1 month is the last day of
    February.
    """

    count: Number
    unit: Unit

    def after(self, day: date, repeats: int = 1) -> date:
        """The day that lies this long, `repeats` times over, after `day`. ValueError while the
        number is not chosen.
        """
        if isinstance(self.count, Chosen):
            raise ValueError(f"{self.count.key} has not been chosen")
        if self.unit == "months":
            return _months_after(day, self.count * repeats)
        return day + timedelta(days=self.count * repeats * (7 if self.unit == "weeks" else 1))


@dataclass(frozen=True)
class UntilAge:
    """As long as the child is younger than so many months: `until 4 years 9 months`."""

    months: int

    def after(self, born: date) -> date:
        """The day on which a child born on this day reaches the age."""
        return _months_after(born, self.months)


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Times:
    """Exactly so many: `3 times`. What is done beyond it is kept and called over."""

    count: Number


@dataclass(frozen=True)
class AtLeast:
    """So many or more: `at least 1 time`. `as needed` is at least 0."""

    count: Number


@dataclass(frozen=True)
class Rhythm:
    """`least` to `most` times in each window of `every`, for `lasting` (None: as long as the phase
    runs).
    """

    every: Duration
    lasting: Duration | None = None
    least: Number = 1
    most: Number = 1


@dataclass(frozen=True)
class Taper:
    """Less and less often: how many days in which week stands in the plan of the trajectory."""


Dose: TypeAlias = Times | AtLeast | Rhythm | Taper


@dataclass(frozen=True)
class Within:
    """A term: so long after the phase began, or after the activity `after` was complete."""

    duration: Duration
    after: str | None = None


@dataclass(frozen=True)
class Role:
    """A part in the practice and the hat (see `vocabulary.HATS`) of the person who may play it."""

    key: str
    title: Words
    hat: str


@dataclass(frozen=True)
class ConsentAsk:
    """What parents are asked: that `party` (a role) may know `categories` for `purpose`."""

    key: str
    title: Words
    purpose: str
    party: str
    categories: tuple[str, ...]


@dataclass(frozen=True)
class Money:
    """Who pays, and whether that covers the hours; "unknown" when the source is silent."""

    payers: tuple[str, ...]
    covered: Literal["yes", "no", "unknown"]
    note: Words | None = None


@dataclass(frozen=True)
class SafetyNet:
    """An indication that stays while the trajectory runs; who has the lead is told `warn` ahead of
    its end.
    """

    indication: str
    warn: Duration


@dataclass(frozen=True)
class Figure:
    """A number of the source that counts nothing in the route (4 fte, 10 places), kept with its
    unit.
    """

    key: str
    value: str
    title: Words


@dataclass(frozen=True)
class Activity:
    """Something that is done in a phase: by a role, with a role, "child" or "group", so often."""

    key: str
    title: Words
    kind: str
    by: str
    with_: tuple[str, ...]
    dose: Dose
    within: Within | None = None
    consent: str | None = None
    closing_question: Words | None = None


@dataclass(frozen=True)
class Phase:
    """A stretch of the route. `then` is the key of a gate or, if nothing is to be decided, of the
    next phase. While it is `considering` the parents think, and nobody asks them anything.
    """

    key: str
    title: Words
    activities: tuple[Activity, ...]
    then: str
    needs: tuple[str, ...] = ()
    needs_at_end: tuple[str, ...] = ()
    lasts: Duration | UntilAge | None = None
    considering: bool = False

    def activity(self, key: str) -> Activity | None:
        """The activity with this key, or None."""
        return next((each for each in self.activities if each.key == key), None)


@dataclass(frozen=True)
class Option:
    """One way out of a gate. `to`: a phase key, "ended", "referral" or "practice:<slug>"."""

    key: str
    kind: OptionKind
    title: Words
    to: str
    outcome: str

    @property
    def leaves(self) -> bool:
        """True when this choice ends the trajectory."""
        return self.to in (ENDED, REFERRAL) or self.to.startswith(PRACTICE)


@dataclass(frozen=True)
class Gate:
    """A dated decision by persons; `voices` are recorded apart."""

    key: str
    title: Words
    voices: tuple[str, ...]
    options: tuple[Option, ...]

    @property
    def choices(self) -> tuple[str, ...]:
        """The keys of the options."""
        return tuple(option.key for option in self.options)

    def option(self, key: str) -> Option:
        """The option with this key. KeyError when the gate has no such choice."""
        return {option.key: option for option in self.options}[key]


@dataclass(frozen=True)
class After:
    """What stays possible after the end: a question without a new file, for a time (None: without
    limit).
    """

    kind: Literal["question_without_file"]
    lasting: Duration | None


@dataclass(frozen=True)
class Practice:
    """One practice template. `ages` are months, [from, to); `needs` hold before the first phase
    begins; `offer_at` is the age in months at which somebody thinks of it for a child with a plan.
    """

    slug: str
    row: int
    title: Words
    summary: Words
    source: str
    about: Literal["child", "group"]
    roles: tuple[Role, ...]
    phases: tuple[Phase, ...]
    gates: tuple[Gate, ...]
    money: Money
    after: After
    ages: tuple[int, int] | None = None
    settings: tuple[str, ...] = ()
    indications: tuple[str, ...] = ()
    follows: str | None = None
    needs: tuple[str, ...] = ()
    asks: tuple[ConsentAsk, ...] = ()
    choices: tuple[Choice, ...] = ()
    figures: tuple[Figure, ...] = ()
    safety_net: SafetyNet | None = None
    offer_at: int | None = None

    def phase(self, key: str) -> Phase | None:
        """The phase with this key, or None."""
        return next((each for each in self.phases if each.key == key), None)

    def gate(self, key: str) -> Gate | None:
        """The gate with this key, or None."""
        return next((each for each in self.gates if each.key == key), None)

    def option(self, gate: str, choice: str) -> Option | None:
        """What can be chosen there, or None where this version does not have it."""
        found = self.gate(gate)
        options = found.options if found else ()
        return next((each for each in options if each.key == choice), None)

    def ask(self, key: str) -> ConsentAsk | None:
        """The consent with this key, or None."""
        return next((each for each in self.asks if each.key == key), None)

    def role(self, key: str) -> Role | None:
        """The role with this key, or None."""
        return next((each for each in self.roles if each.key == key), None)

    def gate_ahead(self, phase: Phase) -> Gate:
        """The gate a phase leads to, directly or through the next phases; reading makes sure there
        is one.
        """
        seen: set[str] = set()
        while (gate := self.gate(phase.then)) is None:
            following = self.phase(phase.then)
            if following is None or phase.key in seen:
                raise LookupError(f"{self.slug}: phase {phase.key} leads nowhere")
            seen.add(phase.key)
            phase = following
        return gate

    @cached_property
    def open_choices(self) -> tuple[Choice, ...]:
        """The choices whose number is not filled in yet."""
        used = chosen_in(self)
        return tuple(choice for choice in self.choices if choice.key in used)


def adopted(practice: Practice, chosen: Mapping[str, int]) -> Practice:
    """The practice with the numbers filled in that an organisation chose; others stay open.

    ValueError when a number lies outside the bounds of its choice; keys the practice does not know
    are ignored.
    """
    for choice in practice.choices:
        if choice.key in chosen and not choice.least <= chosen[choice.key] <= choice.most:
            raise ValueError(f"{choice.key} must be {choice.least} to {choice.most}")
    filled: Practice = _fill(practice, chosen)
    return filled


def _fill(value: Any, chosen: Mapping[str, int]) -> Any:
    if isinstance(value, Chosen):
        return chosen.get(value.key, value)
    if isinstance(value, tuple):
        return tuple(_fill(each, chosen) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{each.name: _fill(getattr(value, each.name), chosen) for each in fields(value)}
        )
    return value


def chosen_in(value: Any) -> frozenset[str]:
    """The keys of all numbers inside this part of a practice that still have to be chosen."""
    if isinstance(value, Chosen):
        return frozenset({value.key})
    if isinstance(value, tuple):
        return frozenset().union(*(chosen_in(each) for each in value))
    if is_dataclass(value) and not isinstance(value, type):
        return frozenset().union(*(chosen_in(getattr(value, each.name)) for each in fields(value)))
    return frozenset()
