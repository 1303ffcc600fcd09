"""Why a practice was found: the piece of its text where the words stand, with those words marked. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from alert4you.practices.rules import dutch
from alert4you.practices.rules.dutch import Word

AROUND = 70  # letters before the first word that was found
LENGTH = 190
FIRST = ("obstacles", "success_factors", "form", "organisation")


@dataclass(frozen=True)
class Part:
    """A piece of text; `found` when it is what was looked for."""

    text: str
    found: bool = False


@dataclass(frozen=True)
class Snippet:
    """A piece of one element of a card."""

    element: str
    parts: tuple[Part, ...]


def marked(text: str, terms: Collection[str]) -> tuple[Part, ...]:
    """The text in pieces, those that answer one of the terms (stems, or stems parted by a space) apart."""
    parts, upto = [], 0
    for begins, ends in _spans(text, terms):
        parts += [Part(text[upto:begins]), Part(text[begins:ends], found=True)]
        upto = ends
    return tuple(each for each in (*parts, Part(text[upto:])) if each.text)


def snippet(elements: Mapping[str, str], terms: Collection[str]) -> Snippet | None:
    """The piece of a card that says most about the terms, obstacles first; None when no element does."""
    order = sorted(elements, key=lambda key: FIRST.index(key) if key in FIRST else len(FIRST))
    spans = {key: _spans(elements[key], terms) for key in order}
    best = max(order, key=lambda key: len({elements[key][a:b] for a, b in spans[key]}), default="")
    if not best or not spans[best]:
        return None
    return Snippet(best, marked(_cut(elements[best], spans[best][0][0]), terms))


def _cut(text: str, at: int) -> str:
    """Some words around a place, with dots where the text goes on."""
    begins = 0 if at <= AROUND else text.find(" ", at - AROUND) + 1
    if len(text) <= begins + LENGTH:
        return ("… " if begins else "") + text[begins:]
    ends = text.rfind(" ", begins, begins + LENGTH)
    ends = ends if ends > at else begins + LENGTH
    return ("… " if begins else "") + text[begins:ends].rstrip(" ,;:") + " …"


def _spans(text: str, terms: Collection[str]) -> list[tuple[int, int]]:
    """Where the terms stand, [begins, ends), without overlap."""
    words = dutch.words(text)
    spoken = [each for each in words if each.stem not in dutch.SILENT]
    spans = [(each.begins, each.ends) for each in words if each.stem in terms]
    for phrase in (tuple(each.split()) for each in terms if " " in each):
        spans += _runs(spoken, phrase)
    return _without_overlap(sorted(spans))


def _runs(words: list[Word], phrase: tuple[str, ...]) -> list[tuple[int, int]]:
    size = len(phrase)
    return [
        (words[at].begins, words[at + size - 1].ends)
        for at in range(len(words) - size + 1)
        if tuple(each.stem for each in words[at : at + size]) == phrase
    ]


def _without_overlap(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for begins, ends in spans:
        if found and begins < found[-1][1]:
            found[-1] = (found[-1][0], max(ends, found[-1][1]))
        else:
            found.append((begins, ends))
    return found
