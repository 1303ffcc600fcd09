"""The library as somebody looks through it: what is listed, what was chosen, and what is left. Pure."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from alert4you.practices.rules import tags
from alert4you.practices.rules.language import Practice, Words
from alert4you.practices.rules.search import Field, Index, Query
from alert4you.practices.rules.snippets import Part, Snippet, marked, snippet

ABOUT = "about"
SEARCH, PAGE = "q", "page"
LONGEST = 200  # letters of a question


@dataclass(frozen=True)
class Listed:
    """A practice as the library lists it: from its card, its template, or both.

    ``slug``: of the card; ``practice``: of the template; one of them may be empty.
    """

    slug: str
    practice: str
    title: Words
    summary: Words
    source: str
    described_by: str = ""
    year: int | None = None
    region: str = ""
    elements: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, Collection[str]] = field(default_factory=dict)

    @property
    def obstacles(self) -> list[Words]:
        """What it answers, in words."""
        values = [
            tags.facet(tags.OBSTACLE).value(each) for each in self.tags.get(tags.OBSTACLE, ())
        ]
        return [each.title for each in values if each]


def of_template(practice: Practice) -> Listed:
    """A template that has no card."""
    return Listed(
        slug="",
        practice=practice.slug,
        title=practice.title,
        summary=practice.summary,
        source=practice.source,
        tags={**tags.of_template(practice), ABOUT: [practice.about]},
    )


@dataclass(frozen=True)
class Chip:
    """One value to look at, with how many practices it leads to; `query` keeps what else was chosen."""

    key: str
    label: str
    query: str
    many: int
    chosen: bool


@dataclass(frozen=True)
class Filter:
    """A question with its chips, the chosen one first in `chosen`."""

    key: str
    title: str
    chips: tuple[Chip, ...]
    chosen: Chip | None
    all: str


@dataclass(frozen=True)
class Hit:
    """A practice that was found, with the words that were looked for marked."""

    listed: Listed
    title: tuple[Part, ...]
    snippet: Snippet | None


@dataclass(frozen=True)
class Shelf:
    """All that is listed, and the index to search it."""

    listed: Sequence[Listed]
    index: Index

    @classmethod
    def of(cls, listed: Sequence[Listed]) -> "Shelf":
        """A shelf with these, in this order."""
        texts = [_fields(each) for each in listed]
        return cls(listed, Index(texts, [each.tags.get(tags.OBSTACLE, ()) for each in listed]))

    def found(self, query: Query | None) -> list[Listed]:
        """What answers the question, best first; all, when nothing is asked."""
        if query is None:
            return list(self.listed)
        return [self.listed[place] for place in self.index.search(query)]


def _fields(listed: Listed) -> list[Field]:
    told = [
        Field(text, 3.0 if key == "obstacles" else 1.0) for key, text in listed.elements.items()
    ]
    return [
        Field(listed.title.nl, 5.0),
        Field(listed.summary.nl, 2.0),
        Field(f"{listed.described_by} {listed.region} {listed.source}", 2.0),
        *told,
        *_english(listed),
    ]


def _english(listed: Listed) -> list[Field]:
    """What an English reader sees of it, when that is something else."""
    if listed.title.en == listed.title.nl:
        return []
    return [Field(listed.title.en, 5.0, dutch=False), Field(listed.summary.en, 2.0, dutch=False)]


def wanted(given: Mapping[str, str]) -> dict[str, str]:
    """What of a query string is known; the rest is left out, so that an old link still shows something."""
    known = {each.key: {value.key for value in each.values} for each in _facets()}
    return {key: given[key] for key, values in known.items() if given.get(key) in values}


def fits(listed: Listed, chosen: Mapping[str, str]) -> bool:
    """Whether a practice has every value that was chosen."""
    return all(value in listed.tags.get(key, ()) for key, value in chosen.items())


def filters(found: Sequence[Listed], chosen: Mapping[str, str], asked: str) -> list[Filter]:
    """The questions with the values that lead to something, besides what is chosen; obstacles first."""
    keep = {SEARCH: asked} if asked else {}
    return [_filter(each, found, chosen, keep) for each in _facets()]


def _filter(
    facet: tags.Facet, found: Sequence[Listed], chosen: Mapping[str, str], keep: dict[str, str]
) -> Filter:
    rest = {key: value for key, value in chosen.items() if key != facet.key}
    left = [each for each in found if fits(each, rest)]
    many = Counter(value for each in left for value in set(each.tags.get(facet.key, ())))
    chips = tuple(
        Chip(
            value.key,
            str(value.title),
            query(keep | rest | {facet.key: value.key}),
            many[value.key],
            chosen.get(facet.key) == value.key,
        )
        for value in facet.values
        if many[value.key] or chosen.get(facet.key) == value.key
    )
    now = next((each for each in chips if each.chosen), None)
    return Filter(facet.key, str(facet.title), chips, now, query(keep | rest))


@dataclass(frozen=True)
class Label:
    """What a card is tagged with in one facet, as links into the library."""

    title: str
    values: tuple[tuple[str, str], ...]


def labels(of: Mapping[str, Collection[str]]) -> list[Label]:
    """The tags of a card in words, each with the query string of what else has it."""
    found = [
        Label(
            str(facet.title),
            tuple(
                (str(each.title), query({facet.key: each.key}))
                for each in facet.values
                if each.key in of.get(facet.key, ())
            ),
        )
        for facet in tags.facets()
    ]
    return [each for each in found if each.values]


def query(chosen: Mapping[str, str]) -> str:
    """A query string, to put in a link."""
    return f"?{urlencode(chosen)}"


def _facets() -> list[tags.Facet]:
    about = tags.Facet(
        ABOUT,
        Words("Voor wie?", "For whom?"),
        (),
        (
            tags.Value("child", Words("Voor één kind", "For one child"), ()),
            tags.Value("group", Words("Voor de hele groep", "For the whole group"), ()),
        ),
    )
    return [*tags.facets(), about]


def hit(listed: Listed, asked: Query | None) -> Hit:
    """A practice for the list, with why it was found."""
    if asked is None:
        return Hit(listed, (Part(str(listed.title)),), None)
    return Hit(
        listed,
        marked(str(listed.title), asked.terms),
        snippet(listed.elements, asked.terms),
    )


def did_you_mean(asked: Query) -> str:
    """What was read otherwise than it was typed, in words; "" when nothing was."""
    read = ", ".join(f"“{word}”" for word in asked.meant.values())
    return _("We looked for {words}.").format(words=read) if read else ""
