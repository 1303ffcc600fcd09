"""An answer about the ratio in words: which row, which rule, which version, which source."""

from datetime import date
from typing import assert_never

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alert4you.groups.rules.book import Level, Sure, Version
from alert4you.groups.rules.ratio import Ages, Answer, Lack


def lead(answer: Answer) -> str:
    """The answer itself, in one sentence."""
    if answer.lack is not None:
        return " ".join((_("No solution."), lacking(answer.lack, answer.rule)))
    staff = answer.staff or 0
    if staff == 0:
        return _("Nobody is needed: there are no children.")
    return ngettext(
        "%(n)s member of staff is needed.", "%(n)s members of staff are needed.", staff
    ) % {"n": staff}


def lacking(lack: Lack, rule: Version | None) -> str:
    """Why there is no number."""
    most = vars(rule) if rule else {}
    match lack:
        case Lack.NO_RULE:
            return _("We do not know the rule of this day.")
        case Lack.ONLY_BABIES:
            return _("A baby group has at most %(most_babies_only)s children.") % most
        case Lack.TOO_MANY:
            return _("A group has at most %(most_mixed)s children.") % most
        case Lack.TOO_MANY_BABIES:
            return _("A mixed group has at most %(most_babies_in_mixed)s babies.") % most
        case Lack.NO_CELL:
            return _("The table of base groups has no place for so many children.")
        case _:
            assert_never(lack)


def steps(answer: Answer) -> list[str]:
    """How it was found, rule by rule."""
    return [*_found(answer), *_caveats(answer), *version(answer.rule)]


def _found(answer: Answer) -> list[str]:
    told = []
    if answer.by_table is not None:
        told.append(
            _("Table, %(row)s: %(n)s.") % {"row": row_words(answer.row), "n": answer.by_table}
        )
    if answer.formula is not None:
        top, under = answer.formula
        exact = {"exact": number_format(round(top / under, 3)), "n": answer.by_formula}
        told.append(_("Formula: %(exact)s, rounded %(n)s.") % exact)
    if answer.raised_by is not None:
        told.append(
            _("Never fewer than a smaller group: %(ages)s alone need %(n)s.")
            % {"ages": ages_words(answer.raised_by), "n": answer.staff}
        )
    if answer.staff and answer.level is Level.LOCATION:
        told.append(_("It counts all children of the centre together, not per group."))
    return told


def _caveats(answer: Answer) -> list[str]:
    told = []
    if answer.undecided:
        told.append(
            _(
                "The rule can be read in two ways here; we take the one with more staff. Check 1ratio.nl."
            )
        )
    if answer.rule is not None and answer.rule.sure is not Sure.LAW:
        told.append(_("Not read in the text of the law itself: check it before you rely on it."))
    return told


def version(rule: Version | None) -> list[str]:
    """Which version of which rule, and where it was read."""
    if rule is None:
        return []
    since = _("Rule since %(day)s.") % {"day": _written(rule.starts)}
    until = [_("It ended on %(day)s.") % {"day": _written(rule.ends)}] if rule.ends else []
    name = getattr(rule, "name", {}).get((get_language() or "nl")[:2], "")
    source = _("Source: %(source)s.") % {"source": rule.source}
    return [f"{name}. {since}" if name else since, *until, source]


def row_words(row: tuple[int, int] | str) -> str:
    """A row of the table as a reader knows it: from the youngest until the oldest."""
    if isinstance(row, tuple):
        return _("children of %(low)s to %(high)s years") % {"low": row[0], "high": row[1] + 1}
    words = {
        "younger": _("children of 4 to 6 years"),
        "older": _("children of 7 and older"),
        "mixed": _("children of 4 and older"),
    }
    return words.get(row, "")


def ages_words(ages: Ages | tuple[int, ...]) -> str:
    """How many of each age: "2 of 0, 3 of 2 years"."""
    parts = [
        _("%(n)s of %(years)s") % {"n": number, "years": year}
        for year, number in enumerate(ages)
        if number
    ]
    return ", ".join(parts)


def _written(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"
