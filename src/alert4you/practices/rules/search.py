"""Searching the library in Dutch: what is asked, which practices answer it, in which order. Pure.

A word counts where it stands (a title more than an obstacle, an obstacle more than the rest) and by
how few practices have it. Words that mean the same and parts of compounds count for less; a word that
nobody knows is read as the nearest one that is known.
"""

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from alert4you.practices.rules import dutch, tags
from alert4you.practices.rules.dutch import Stems, Word

Weights = dict[str, float]

SAME_MEANING, PART_OF_WORD = 0.6, 0.4
TAGGED = 4.0
BEGINS_WITH, ENDS_WITH = 4, 5  # letters that a part of a compound has at least


@dataclass(frozen=True)
class Field:
    """A piece of text to search, and how much a word in it counts; `dutch` words may mend a slip."""

    text: str
    weight: float
    dutch: bool = True


@dataclass(frozen=True)
class Asked:
    """One thing that is asked for: the terms that answer it, each with how well (1: exactly)."""

    terms: Weights
    counts: bool = True


@dataclass(frozen=True)
class Query:
    """What somebody typed, as it is understood; `meant`: what was typed -> the word it was read as."""

    asked: tuple[Asked, ...]
    meant: Mapping[str, str]

    @cached_property
    def terms(self) -> frozenset[str]:
        """Every term that answers something."""
        return frozenset(term for each in self.asked for term in each.terms)


@dataclass
class Index:
    """Which texts have which terms. `texts`: the fields of each; `tagged`: their obstacles."""

    texts: Sequence[Sequence[Field]]
    tagged: Sequence[Iterable[str]]
    _found: dict[str, dict[int, float]] = field(init=False)
    _shapes: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        found: dict[str, dict[int, float]] = defaultdict(dict)
        self._shapes = {}
        for place, fields in enumerate(self.texts):
            for each in fields:
                for term in self._terms(each):
                    found[term][place] = found[term].get(place, 0.0) + each.weight
            for value in self.tagged[place]:
                found[_tag(value)][place] = TAGGED
        self._found = dict(found)

    def _terms(self, told: Field) -> set[str]:
        spoken = [each for each in dutch.words(told.text) if each.stem not in dutch.SILENT]
        if told.dutch:
            self._shapes |= {each.plain: each.stem for each in spoken}
        stems = [each.stem for each in spoken]
        return {*stems, *(_joined(phrase) for phrase, __ in _phrases_in(stems))}

    def search(self, query: Query) -> list[int]:
        """The texts that answer at least two thirds of what is asked, or as much as any does; best first."""
        score: dict[int, float] = defaultdict(float)
        answered: dict[int, int] = defaultdict(int)
        for asked in query.asked:
            for place, weight in self._answering(asked).items():
                score[place] += weight
                answered[place] += asked.counts
        most = max(answered.values(), default=0)
        enough = min(most, math.ceil(sum(each.counts for each in query.asked) * 2 / 3))
        places = [each for each in score if answered[each] >= max(enough, 1)]
        return sorted(places, key=lambda each: (-answered[each], -score[each], each))

    def _answering(self, asked: Asked) -> dict[int, float]:
        """Each text that answers with how well it does, by the best of the terms."""
        best: dict[int, float] = defaultdict(float)
        for term, how_well in asked.terms.items():
            for place, weight in self._found.get(term, {}).items():
                best[place] = max(best[place], weight * how_well)
        rare = math.log(1 + len(self.texts) / (len(best) + 0.5))
        return {place: weight * rare for place, weight in best.items()}

    def understood(self, text: str) -> Query:
        """What these words ask for."""
        words = dutch.words(text)
        meant = self._meant(words)
        words = [_read_as(each, meant) for each in words]
        whole, obstacles = _obstacles([each.stem for each in words])
        left = [
            each
            for place, each in enumerate(words)
            if each.stem not in dutch.SILENT and place not in whole
        ]
        asked = [Asked({_tag(each): 1.0 for each in obstacles})] if obstacles else []
        asked += [
            Asked({words[place].stem: 0.5}, counts=False)
            for place in sorted(whole)
            if words[place].stem not in dutch.SILENT
        ]
        return Query((*asked, *self._asked(left)), meant)

    def _asked(self, words: Sequence[Word]) -> list[Asked]:
        """Phrases first, then each word that is left."""
        asked, stems = [], [each.stem for each in words]
        for phrase, begins in _phrases_in(stems):
            if all(stems[begins : begins + len(phrase)]):
                asked.append(Asked(_alike(phrase)))
                stems[begins : begins + len(phrase)] = [""] * len(phrase)
        left = {each.stem: each for each in words if each.stem in stems}
        return asked + [Asked(self._terms_for(each)) for each in left.values()]

    def _terms_for(self, word: Word) -> Weights:
        alike = _alike((word.stem,))
        parts = self._compounds(word)
        if not parts and not self._found.keys() & alike.keys():
            parts = self._parts(word.plain)
        terms = dict.fromkeys(parts, PART_OF_WORD) | alike
        return terms | {_tag(value): 1.0 for value in _obstacle_signs().get(word.stem, ())}

    def _compounds(self, word: Word) -> list[str]:
        """Longer words that begin or end with this one, as it is written or by its stem."""
        longer = []
        for part in {word.plain, word.stem}:
            if len(part) >= BEGINS_WITH:
                longer += _beginning(self._sorted, part)
            if len(part) >= ENDS_WITH:
                longer += [each[::-1] for each in _beginning(self._reversed, part[::-1])]
        return [each for each in longer if each != word.stem]

    def _parts(self, word: str) -> list[str]:
        """The stems of shorter words that this one begins or ends with."""
        sizes = range(BEGINS_WITH, len(word))
        parts = [dutch.stem(part) for size in sizes for part in (word[:size], word[-size:])]
        return [each for each in parts if each in self._found]

    def _meant(self, words: Sequence[Word]) -> dict[str, str]:
        near = {each.plain: self._nearest(each) for each in words if not self._knows(each)}
        return {typed: word for typed, word in near.items() if word}

    def _knows(self, word: Word) -> bool:
        return (
            len(word.plain) < 4
            or any(each.isdigit() for each in word.plain)
            or word.plain in dutch.RIGHT
            or word.stem in dutch.SILENT
            or word.stem in self._found
            or word.stem in _table_words().values()
            or bool(self._compounds(word))
        )

    def _nearest(self, typed: Word) -> str:
        """The known word with the fewest slips of the finger between, or "" when none is near enough."""
        likely = [
            (slips, sorted(shape) != sorted(said), -self._times(shape), self._shown[shape])
            for said in {typed.plain, typed.stem if len(typed.stem) > 6 else typed.plain}
            for shape, slips, __ in process.extract(
                said, self._shown.keys(), scorer=OSA.distance, score_cutoff=_slips(said), limit=8
            )
            if _is_slip(said, shape)
        ]
        return min(likely)[-1] if likely else ""

    def _times(self, word: str) -> int:
        """How many texts have it."""
        return len(self._found.get(dutch.stem(word), ()))

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(each for each in self._found if each.isalpha())

    @cached_property
    def _reversed(self) -> list[str]:
        return sorted(each[::-1] for each in self._sorted)

    @cached_property
    def _shown(self) -> dict[str, str]:
        """Words as they are written, and their stems, with the word to show."""
        known = {**_table_words(), **self._shapes}
        shortest = sorted((each for each in known if len(each) > 3), key=len, reverse=True)
        return {known[each]: each for each in shortest} | {each: each for each in shortest}


def _tag(value: str) -> str:
    return f"#{value}"


def _joined(phrase: Stems) -> str:
    return " ".join(phrase)


def _read_as(word: Word, meant: Mapping[str, str]) -> Word:
    if word.plain not in meant:
        return word
    plain = meant[word.plain]
    return Word(word.begins, word.ends, plain, dutch.stem(plain))


def _slips(said: str) -> int:
    """How many slips of the finger a word of this length may have."""
    return 1 if len(said) < 10 else 2


def _is_slip(said: str, meant: str) -> bool:
    """Whether one is a slip of the other: in a short word letters change places, or one is too many or
    too few; another letter makes another word."""
    if said[0] != meant[0]:
        return False
    shortest = min(len(said), len(meant))
    if sorted(said) == sorted(meant):
        return shortest > 3
    return shortest > 7 or (shortest > 4 and len(said) != len(meant))


def _beginning(words: list[str], part: str) -> list[str]:
    """Those of the sorted words that begin with this part."""
    return words[bisect_left(words, part) : bisect_right(words, part + "\uffff")]


def _phrases_in(stems: Sequence[str]) -> list[tuple[Stems, int]]:
    """The phrases of the table of words that mean the same, with where each begins; longest first."""
    found = [
        (phrase, begins)
        for begins, first in enumerate(stems)
        for phrase in _phrases().get(first, ())
        if tuple(stems[begins : begins + len(phrase)]) == phrase
    ]
    return sorted(found, key=lambda each: -len(each[0]))


def _alike(phrase: Stems) -> Weights:
    """This word or phrase, and those that mean the same."""
    others = {_joined(each) for group in _groups().get(phrase, ()) for each in group}
    return {each: SAME_MEANING for each in others} | {_joined(phrase): 1.0}


def _obstacles(stems: Sequence[str]) -> tuple[set[int], list[str]]:
    """The obstacles that are asked for in more than one word, and the places of those words.

    Who says more is understood better: `not know` gives way to `not know what the child needs`.
    """
    said = {
        frozenset(sign): value.key
        for value in tags.facet(tags.OBSTACLE).values
        for sign in tags.signs(value)
        if len(sign) > 1 and set(sign) <= set(stems)
    }
    most = {sign: key for sign, key in said.items() if not any(sign < other for other in said)}
    spoken = frozenset().union(*most)
    places = {place for place, stem in enumerate(stems) if stem in spoken}
    return places, list(dict.fromkeys(most.values()))


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[Stems]]:
    """Phrases of more than one word that mean the same as something else, by their first stem."""
    found: dict[str, list[Stems]] = defaultdict(list)
    for phrase in _groups():
        if len(phrase) > 1:
            found[phrase[0]].append(phrase)
    return dict(found)


@lru_cache(maxsize=1)
def _groups() -> dict[Stems, list[tuple[Stems, ...]]]:
    """The groups of words that mean the same, by each word or phrase in them."""
    found: dict[Stems, list[tuple[Stems, ...]]] = defaultdict(list)
    for group in dutch.same():
        for phrase in group:
            found[phrase].append(group)
    return dict(found)


@lru_cache(maxsize=1)
def _obstacle_signs() -> dict[str, list[str]]:
    """The obstacles that one word is enough for, by its stem."""
    found: dict[str, list[str]] = defaultdict(list)
    for value in tags.facet(tags.OBSTACLE).values:
        for sign in tags.signs(value):
            if len(sign) == 1:
                found[sign[0]].append(value.key)
    return dict(found)


@lru_cache(maxsize=1)
def _table_words() -> dict[str, str]:
    """The words of both tables that say something, as they are written, with their stem."""
    values = tags.facet(tags.OBSTACLE).values
    told = [*(each for group in dutch.SAME for each in group)]
    told += [each for value in values for each in value.words]
    return {
        word.plain: word.stem
        for each in told
        for word in dutch.words(each)
        if word.stem not in dutch.SILENT
    }
