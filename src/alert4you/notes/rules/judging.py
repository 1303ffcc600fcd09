"""Words that judge or label, and the question that brings one back to what was seen.

Pure, and the same in the page (``static/notes/aid.js``) as here: both use the patterns of one ``Aid``.
Nothing is forbidden and nothing leaves the page; who writes decides.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent.parent / "library" / "judging.yaml"
LETTER = "0-9A-Za-zÀ-ɏ_"
QUOTED = ['["“”„«][^"“”„«»]*["“”»]', rf"(?<![{LETTER}])['‘’][^'‘’]*['’](?![{LETTER}])"]
ENDS = {"nl": ("", "e", "er", "ere", "st", "ste", "s"), "en": ("", "s", "er", "est", "ly", "ness")}
GAP = r"(?:[^\s.!?]+\s+){0,3}"
SPOKEN = r"[^.!?\n]*"


@dataclass(frozen=True)
class Mark:
    """A pattern, and the question that goes with what it finds."""

    pattern: str
    ask: str


@dataclass(frozen=True)
class Aid:
    """What is looked for in one language, handed to the page as it is.

    Nothing is marked inside of what ``spared`` finds, nor after the first word of what ``denied`` finds.
    """

    marks: list[Mark]
    spared: list[str]
    denied: str
    names: list[str] = field(default_factory=list)

    @property
    def as_data(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Remark:
    """A word that stands in the text from ``start`` on, and what one could ask oneself."""

    start: int
    word: str
    ask: str


def remarks(text: str, aid: Aid) -> list[Remark]:
    """Every word that judges or labels, once, in the order of the text."""
    spared = [found.span() for each in aid.spared for found in _find(each, text)]
    spared += [(each.start() + 1, each.end()) for each in _find(aid.denied, text)]
    found: dict[str, Remark] = {}
    taken = -1
    for start, end, ask in sorted(_marked(text, aid), key=lambda each: (each[0], -each[1])):
        word = text[start:end]
        inside = any(left <= start and end <= right for left, right in spared)
        if start < taken or inside or _is_name(text, start, word, aid.names):
            continue
        taken = end
        found.setdefault(word.lower(), Remark(start, word, ask))
    return list(found.values())


def _marked(text: str, aid: Aid) -> Iterator[tuple[int, int, str]]:
    return ((*found.span(), mark.ask) for mark in aid.marks for found in _find(mark.pattern, text))


def _find(pattern: str, text: str) -> Iterator[re.Match[str]]:
    return _compiled(pattern).finditer(text)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _is_name(text: str, start: int, word: str, names: Iterable[str]) -> bool:
    """A name that was handed in, or a capital in the middle of a sentence."""
    before = text[:start].rstrip()
    begins = not before or before[-1] in ".!?:\n\"“„‘'"
    return word in names or (word[0].isupper() and not word.isupper() and not begins)


def aid(
    language: str,
    names: Sequence[str] = (),
    own: Sequence[tuple[str, str]] = (),
    off: Iterable[str] = (),
) -> Aid:
    """The aid of the product, with what an organisation adds (word, question) and leaves out."""
    default = _of(language)["marks"]["seen"]["ask"]
    marks = [Mark(_one_of([word], language), ask or default) for word, ask in own]
    marks += _marks(language)
    left_out = [_one_of([word], language) for word in off if word.strip()]
    return Aid(marks, [*_spared(language, names), *left_out], _denied(language), list(names))


@cache
def _marks(language: str) -> list[Mark]:
    data = _of(language)
    return [Mark(_one_of(each["words"], language), each["ask"]) for each in data["marks"].values()]


def kinds_of(language: str) -> list[tuple[str, list[str]]]:
    """The questions of the product, each with its words as people read them."""
    data = _of(language)
    return [
        (each["ask"], [word.replace("|", " / ").replace("..", "…") for word in each["words"]])
        for each in data["marks"].values()
    ]


@cache
def _denied(language: str) -> str:
    data = _of(language)
    denies, fillers = _either(data["not"]), _either(data["fillers"])
    return _whole(f"{denies}\\s+(?:{fillers}\\s+){{0,2}}[^\\s.!?,]+")


def _spared(language: str, names: Sequence[str]) -> list[str]:
    """Quotes, what others say, and ways of saying that judge nobody."""
    who = _either([*_of(language)["speakers"], *names])
    says, according, phrases = _said(language)
    spoken = [
        f"{who}\\s+(?:[^\\s.!?,]+\\s+){{0,2}}?{says}{SPOKEN}",
        f"{says}\\s+(?:[^\\s.!?,]+\\s+)?{who}\\s*[:,]{SPOKEN}",
        f"{according}\\s+(?:[^\\s.!?,]+\\s+)?{who}{SPOKEN}",
        f"{SPOKEN},\\s*{says}\\s+(?:[^\\s.!?,]+\\s+)?{who}",
    ]
    return QUOTED + [_whole(each) for each in [*spoken, phrases]]


@cache
def _said(language: str) -> tuple[str, str, str]:
    """How one says, how one quotes, and what is said without judging."""
    data = _of(language)
    phrases = "|".join(_pattern(each) for each in data["spared"])
    return _either(data["says"]), _either(data["according"]), phrases


def _one_of(entries: Iterable[str], language: str) -> str:
    forms = [form for entry in entries for form in _forms(entry.strip(), language)]
    return _whole("|".join(sorted(forms, key=len, reverse=True)))


def _forms(entry: str, language: str) -> list[str]:
    if " " in entry or "|" in entry:
        return [_pattern(entry)]
    return [_plain(each) for each in sorted(inflected(entry, language))]


def inflected(word: str, language: str) -> set[str]:
    """A word with its usual inflections; forms that nobody writes do no harm."""
    stems = {word}
    if language == "nl":
        if re.search(r"[^aeiou][aeiou][bdfgklmnprst]$", word):
            stems.add(word + word[-1])
        if open_syllable := re.search(r"(aa|ee|oo|uu)([bdfgklmnprst])$", word):
            last = {"f": "v", "s": "z"}.get(word[-1], word[-1])
            stems.add(word[: open_syllable.start() + 1] + last)
        elif word.endswith(("ief", "eus")):
            stems.add(word[:-1] + {"f": "v", "s": "z"}[word[-1]])
    elif word.endswith("y"):
        stems.add(word[:-1] + "i")
    return {stem + end for stem in stems for end in ENDS.get(language, ("",))}


def _pattern(entry: str) -> str:
    """``a|b`` is a or b, ``..`` a few words in between."""
    pattern = ""
    for slot in entry.split():
        pattern += GAP if slot == ".." else _either(slot.split("|")) + r"\s+"
    return pattern.removesuffix(r"\s+")


def _either(words: Iterable[str]) -> str:
    return "(?:" + "|".join(_plain(each) for each in words if each) + ")"


def _plain(words: str) -> str:
    """Literally, with escapes that the browser knows as well."""
    return re.sub(r"([.*+?^${}()|\[\]\\/])", r"\\\1", words).replace(" ", r"\s+")


def _whole(pattern: str) -> str:
    return f"(?<![{LETTER}])(?:{pattern})(?![{LETTER}])"


def _of(language: str) -> dict[str, Any]:
    return _library()[language if language in ENDS else "nl"]


@cache
def _library() -> dict[str, dict[str, Any]]:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))
