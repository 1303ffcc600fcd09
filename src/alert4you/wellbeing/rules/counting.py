"""When a tag that one person taps with one child asks to look again: counted against its own beginning.

The rule is the one of low ratings, over notes: a note with the tag counts. It has no default: how often a
tag is tapped when nothing is the matter is different in every place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alert4you.wellbeing.models import TagWatch
from alert4you.wellbeing.rules.chain import chain_of
from alert4you.wellbeing.rules.noticing import LowRatings
from alert4you.wellbeing.rules.odds import LATER, SOON, Odds

WITH, WITHOUT = 1, 2
MOST = 6  # notes that are looked back at: all that a machine can remember stays small enough to compute


@dataclass(frozen=True)
class Counted:
    """``more`` notes with the tag among the last ``of`` than among the first ``of`` (``usual``)."""

    more: int
    of: int
    usual: int = 0

    @property
    def machine(self) -> LowRatings:
        return LowRatings(WITH, self.usual + self.more, self.of)


def counted(rule: Counted, tapped: Sequence[bool]) -> tuple[Counted, list[int]]:
    """The rule for this child, and at which of these notes, of one person and in order, it gives notice."""
    own = Counted(rule.more, rule.of, sum(tapped[: rule.of]))
    machine, found = own.machine, []
    state = machine.start
    for at in range(rule.of, len(tapped)):
        state, now = machine.after(state, WITH if tapped[at] else WITHOUT)
        if now:
            found.append(at)
    return own, found


@dataclass(frozen=True)
class ExpectedTaps:
    """As in ``TagWatch``; ``tags``: how many are counted."""

    usual: int
    changed: int
    a_year: int
    raters: int
    tags: int


def odds(rule: Counted, expected: ExpectedTaps) -> Odds:
    """Exact, for every beginning there can be; notes are taken as independent of each other.

    ``a_year``: all tags and raters together; ``soon`` and ``later``: one tag, the notes of one person.
    """
    well, low = _chances(expected.usual), _chances(expected.changed)
    rate = soon = later = 0.0
    for usual in range(rule.of + 1):
        weight = comb(rule.of, usual) * well[WITH] ** usual * well[WITHOUT] ** (rule.of - usual)
        machine = Counted(rule.more, rule.of, usual).machine
        before, after = chain_of(machine, well), chain_of(machine, low)
        begin = before.settled()
        rate += weight * before.rate()
        soon += weight * after.within(SOON, begin)
        later += weight * after.within(LATER, begin)
    return Odds(rate * expected.a_year * expected.raters * expected.tags, soon, later)


def _chances(of_hundred: int) -> dict[int, float]:
    return {WITH: of_hundred / 100, WITHOUT: 1 - of_hundred / 100}


def rule_of(watch: TagWatch) -> Counted:
    return Counted(watch.more, watch.of)


def odds_of(watch: TagWatch) -> Odds | None:
    """None while the organisation has not said what it expects to see."""
    told = (watch.usual, watch.changed, watch.a_year, watch.raters)
    if not watch.tags or any(each is None for each in told):
        return None
    usual, changed, a_year, raters = (each or 0 for each in told)
    return odds(rule_of(watch), ExpectedTaps(usual, changed, a_year, raters, len(watch.tags)))


def in_words(rule: Counted) -> str:
    """The whole rule, so that one could do it by hand."""
    return ngettext(
        "The first %(of)d notes of one person tell how often something is tapped with this child. When of "
        "the last %(of)d notes %(more)d more has it, we look again together, and the count begins anew.",
        "The first %(of)d notes of one person tell how often something is tapped with this child. When of "
        "the last %(of)d notes %(more)d more have it, we look again together, and the count begins anew.",
        rule.more,
    ) % {"of": rule.of, "more": rule.more}


def notice_text(rule: Counted) -> str:
    """What a notice says: the count, and what it is held against."""
    return _(
        "Tapped in %(n)d of the last %(of)d notes. In the first %(of)d notes of this person it was %(usual)d."
    ) % {"n": rule.usual + rule.more, "of": rule.of, "usual": rule.usual}
