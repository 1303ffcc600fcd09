"""The phrases of the language as a reader of Dutch says and writes them: `1 keer per week, 3 maanden lang`.

Word by word, so that what cannot be read stays recognisable: nothing that was typed is lost.
"""

import re

from django.utils.translation import get_language

_CHOSEN = re.compile(r"(<[^>]*>)")
_UNITS = {"day": "dag", "week": "week", "month": "maand", "year": "jaar"}
_MANY = {"day": "dagen", "week": "weken", "month": "maanden", "year": "jaar"}
_N = r"(\d+|\0)"

_TO_DUTCH = [
    (r"\bas needed\b", "zo vaak als nodig"),
    (r"\btapering\b", "steeds minder, volgens het plan"),
    (rf" for {_N} (\w+)$", r", \1 \2 lang"),
    (r"\bat least\b", "minstens"),
    (r"\bonce\b", "1 keer"),
    (r"\btwice\b", "2 keer"),
    (r"\btimes?\b", "keer"),
    (r"\bevery\b", "elke"),
    (r"\ba (day|week|month|year)\b", r"per \1"),
    (r"\b(until|to)\b", "tot"),
    *((rf"\b{unit}s\b", many) for unit, many in _MANY.items()),
    *((rf"\b{unit}\b", one) for unit, one in _UNITS.items()),
]
_FROM_DUTCH = [
    (r"\b(één|een|eenmaal) keer\b|\beenmaal\b", "1 keer"),
    (r"\btwee keer\b|\btweemaal\b", "2 keer"),
    (r"\b(zo vaak als nodig|naar behoefte|indien nodig)\b", "as needed"),
    (r"\bsteeds minder\b.*", "tapering"),
    (rf",? {_N} (\w+) lang$", r" for \1 \2"),
    (r"\b(minstens|minimaal|ten minste|tenminste)\b", "at least"),
    (r"\b(elke|iedere|om de)\b", "every"),
    (r"\bper (?=\d|\0)", "every "),
    (r"\bper\b", "a"),
    (r"\b(keren|keer)\b", "times"),
    (r"^tot\b", "until"),
    (r"\btot\b", "to"),
    (rf"(jaar) en {_N}", r"\1 \2"),
    (r"\bdag(en)?\b", r"days"),
    (r"\b(weken|week)\b", "weeks"),
    (r"\bmaand(en)?\b", "months"),
    (r"\bjaar\b", "years"),
    (r"\ba (day|week|month|year)s\b", r"a \1"),
]


def shown(phrase: str) -> str:
    """A phrase of the language in the words of the reader."""
    return phrase if _reads_english() else _replaced(phrase, _TO_DUTCH)


def understood(words: str) -> str:
    """What a reader typed, as a phrase of the language; English is always understood."""
    words = " ".join(words.split())
    return words if _reads_english() else _replaced(words.lower(), _FROM_DUTCH)


def _reads_english() -> bool:
    return (get_language() or "nl").startswith("en")


def _replaced(phrase: str, rules: list[tuple[str, str]]) -> str:
    """By these rules, in this order; `<name>` of a number that is chosen stays what it is."""
    names = _CHOSEN.findall(phrase)
    plain = _CHOSEN.sub("\0", phrase)
    for pattern, instead in rules:
        plain = re.sub(pattern, instead, plain)
    for name in names:
        plain = plain.replace("\0", name, 1)
    return plain
