"""What an organisation chose, and the words in which everybody reads it."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alert4you.wellbeing.models import EarlyRule, Ease
from alert4you.wellbeing.rules.noticing import POINTS, Rule
from alert4you.wellbeing.rules.odds import Expected, Odds, odds

DAYS = 28
FIRST_POINTS = {"relief": 1, "limit": 4, "run_in": 3}  # what stands there until somebody chooses


@dataclass(frozen=True)
class Chosen:
    """The rule, for how many days a notice stands, and what is expected (None: nobody said so yet)."""

    rule: Rule = Rule()
    days: int = DAYS
    expected: Expected | None = None

    @property
    def odds(self) -> Odds | None:
        return odds(self.rule, self.expected) if self.expected else None

    @property
    def words(self) -> str:
        return in_words(self.rule)


def chosen_of(row: EarlyRule | None) -> Chosen:
    """Without a choice: the rule of the documentation, and nothing is expected."""
    if row is None:
        return Chosen()
    rule = Rule(row.kind, row.level, row.needed, row.of, row.relief, row.limit, row.run_in)
    chosen = Chosen(rule, row.days)
    if not (row.well and row.low and row.a_year and row.raters):
        return chosen
    return replace(chosen, expected=Expected(row.well, row.low, row.a_year, row.raters))


def in_words(rule: Rule) -> str:
    """The whole rule, so that one could do it by hand."""
    if rule.learns:
        return _(
            "The first %(first)d times of one person tell what is usual for this child. After that every "
            "step below it counts %(points)d points, and after every time %(relief)d goes off. At "
            "%(limit)d points we look again together, and the count begins anew."
        ) % {"first": rule.learns, "points": POINTS, "relief": rule.relief, "limit": rule.limit}
    return ngettext(
        "Of the last %(of)d times that one person looked, %(needed)d was “%(level)s” or lower. Then we look "
        "again together, and the count begins anew.",
        "Of the last %(of)d times that one person looked, %(needed)d were “%(level)s” or lower. Then we look "
        "again together, and the count begins anew.",
        rule.needed,
    ) % {"of": rule.of, "needed": rule.needed, "level": Ease(rule.level).label}
