"""Looking through many practices: by whom they are about, where they are done and who pays. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from alert4you.practices.rules import wording
from alert4you.practices.rules.language import Practice
from alert4you.practices.rules.vocabulary import ABOUT, PAYERS, SETTINGS, code

Wanted = Mapping[str, str]


@dataclass(frozen=True)
class Chip:
    """One value to look at; `query` also keeps what was chosen besides it."""

    label: str
    query: str
    chosen: bool


@dataclass(frozen=True)
class Filter:
    """A question with its chips."""

    key: str
    title: str
    chips: tuple[Chip, ...]


def fits(practice: Practice, wanted: Wanted) -> bool:
    """Whether a practice is what somebody looks for; without a setting it can be done anywhere."""
    return all(_ASKS[key](practice, value) for key, value in wanted.items())


_ASKS: dict[str, Callable[[Practice, str], bool]] = {
    "about": lambda practice, value: practice.about == value,
    "setting": lambda practice, value: not practice.settings or value in practice.settings,
    "payer": lambda practice, value: value in practice.money.payers,
}
_WORDS = {"about": ABOUT, "setting": SETTINGS, "payer": PAYERS}


def wanted(given: Wanted) -> dict[str, str]:
    """What of a query string is known; the rest is left out, so that an old link still shows something."""
    known = {key: {code(word) for word in words} for key, words in _WORDS.items()}
    return {key: given[key] for key in known if given.get(key) in known[key]}


def filters(practices: Sequence[Practice], now: Wanted) -> tuple[Filter, ...]:
    """The questions with the values that lead to at least one practice, besides what is chosen."""
    titles = {"about": _("For whom"), "setting": _("Where"), "payer": _("Who pays")}
    return tuple(_filter(key, title, practices, now) for key, title in titles.items())


def _filter(key: str, title: str, practices: Sequence[Practice], now: Wanted) -> Filter:
    rest = {other: value for other, value in now.items() if other != key}
    left = [each for each in practices if fits(each, rest)]
    values = [code(word) for word in _WORDS[key]]
    chips = [Chip(_("All"), _query(rest), key not in now)]
    chips += [
        Chip(_label(key, value), _query({**rest, key: value}), now.get(key) == value)
        for value in values
        if now.get(key) == value or any(_ASKS[key](each, value) for each in left)
    ]
    return Filter(key, title, tuple(chips))


def _query(chosen: Wanted) -> str:
    return f"?{urlencode(chosen)}"


def _label(key: str, value: str) -> str:
    if key == "about":
        return {"child": _("One child"), "group": _("The whole group")}[value]
    label = wording.word(value)
    return label[:1].upper() + label[1:]
