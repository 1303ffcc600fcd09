"""By what one finds a practice: the facets, their values, and the Dutch words by which a value is known
(tags.yaml).

A card carries its tags itself. `suggested` proposes them for a card that came from a document.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from alert4you.practices.rules import dutch
from alert4you.practices.rules.dutch import Stems
from alert4you.practices.rules.language import Practice, Words

Tags = Mapping[str, Iterable[str]]

OBSTACLE = "obstacle"
_TABLE = Path(__file__).with_suffix(".yaml")
_SENTENCE = re.compile(r"[.!?;\n]+")


@dataclass(frozen=True)
class Value:
    """A value of a facet; it is known by each of `words`: a word, or some that stand close together."""

    key: str
    title: Words
    words: tuple[str, ...]


@dataclass(frozen=True)
class Facet:
    """A question with its values; `elements` are those of a card that tell about it (all, when empty)."""

    key: str
    title: Words
    elements: tuple[str, ...]
    values: tuple[Value, ...]

    def value(self, key: str) -> Value | None:
        """The value with this key, or None."""
        return next((each for each in self.values if each.key == key), None)


@lru_cache(maxsize=1)
def facets() -> tuple[Facet, ...]:
    """The facets of tags.yaml, in its order."""
    table = yaml.safe_load(_TABLE.read_text("utf-8"))
    return tuple(_facet(key, told) for key, told in table.items())


def _facet(key: str, told: dict[str, Any]) -> Facet:
    values = tuple(
        Value(each, Words(**value["title"]), tuple(value["words"].split(", ")))
        for each, value in told["values"].items()
    )
    return Facet(key, Words(**told["title"]), tuple(told.get("reads", ())), values)


def facet(key: str) -> Facet:
    """The facet with this key. KeyError when there is none."""
    return {each.key: each for each in facets()}[key]


def known(tags: Tags) -> dict[str, list[str]]:
    """These tags without facets and values that do not exist; facets and values in their order."""
    found = {
        each.key: [value.key for value in each.values if value.key in tags.get(each.key, ())]
        for each in facets()
    }
    return {key: values for key, values in found.items() if values}


def suggested(elements: Mapping[str, str]) -> dict[str, list[str]]:
    """The tags that the text of a card points to, by the words of each value. For a person to check.

    ``elements``: {key of ``rules.elements.ELEMENTS``: text}; other keys are read for the region only.
    """
    return {
        each.key: values
        for each in facets()
        if (values := meant(each, _text_of(elements, each.elements)))
    }


def _text_of(elements: Mapping[str, str], which: Iterable[str]) -> str:
    return "\n".join(elements.get(key, "") for key in (which or elements))


def meant(facet: Facet, text: str) -> list[str]:
    """The values of a facet of which the words stand close together in this text."""
    sentences = [dutch.stems(each) for each in _SENTENCE.split(text)]
    return [
        each.key
        for each in facet.values
        if any(_near(said, sentence) for said in signs(each) for sentence in sentences)
    ]


def _near(said: Stems, sentence: Stems) -> bool:
    """Whether these stems stand together, in any order: two words with one between them, more with two."""
    wanted = set(said)
    if not wanted <= set(sentence):
        return False
    size = min(len(said) + min(len(said) - 1, 2), len(sentence))
    places = range(len(sentence) - size + 1)
    return any(wanted <= set(sentence[begins : begins + size]) for begins in places)


@lru_cache(maxsize=256)
def signs(value: Value) -> tuple[Stems, ...]:
    """The words by which a value is known, as stems."""
    return tuple(dutch.stems(each) for each in value.words)


PAYERS = {
    "municipality": "municipality",
    "operator": "own_means",
    "own_means": "own_means",
    "subsidy": "subsidy",
    "education_disadvantage_policy": "education_disadvantage",
    "early_education": "education_disadvantage",
    "youth_act": "youth_act",
    "social_medical_indication": "social_medical",
    "indication": "youth_act",
    "school": "school",
    "parents": "parents",
    "nobody": "nobody",
}
_AGES = (("before_birth", -9, 0), ("from_0", 0, 24), ("from_2", 24, 48), ("from_4", 48, 156))
_AGE_OF_SETTING = {
    "daycare": ("from_0", "from_2"),
    "medical_daycare": ("from_0", "from_2"),
    "preschool": ("from_2",),
    "after_school_care": ("from_4",),
    "plus_group": ("from_4",),
    "school": ("from_4",),
}


def of_template(practice: Practice) -> dict[str, list[str]]:
    """What a template itself tells: who pays, and how old the children are."""
    payers = [PAYERS[each] for each in practice.money.payers if each in PAYERS]
    return known({"funding": payers, "age": _ages(practice)})


def _ages(practice: Practice) -> list[str]:
    if practice.ages:
        begins, ends = practice.ages
        return [key for key, low, high in _AGES if begins < high and ends > low]
    return [age for each in practice.settings for age in _AGE_OF_SETTING.get(each, ())]
