"""Today for parents: per child what is asked of them, what comes next, what happened on the group."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from alert4you.access.models import Kind
from alert4you.access.queries import consent
from alert4you.access.queries import line as lines
from alert4you.access.queries.agreement import Agreement
from alert4you.access.queries.line import Known
from alert4you.children.models import Child
from alert4you.kernel.kept import kept
from alert4you.notes.queries import asks_the_parents
from alert4you.organisations.models import Actor
from alert4you.trajectories.queries.caseload import Case, caseload
from alert4you.trajectories.queries.titles import in_own_language
from alert4you.ui.addresses import address
from alert4you.web.queries.line import ahead, items, places
from alert4you.web.queries.line.ahead import Ahead, Asked
from alert4you.web.queries.line.items import Item
from alert4you.web.queries.line.places import Place
from alert4you.web.queries.line.rows import OPENED, Row, rows
from alert4you.web.queries.line.sharing import for_the_engine

NEWEST = 3
NEWS = (Kind.NOTE, Kind.VISIT, Kind.OBSERVATION, Kind.SESSION, Kind.TALK, Kind.MEETING, Kind.ADVICE)


@dataclass(frozen=True)
class Card:
    """One child on the page."""

    child: Child
    asked: list[Asked]
    ahead: list[Ahead]
    news: list[Item]
    cases: list[Case]
    places: list[Place]
    opened: list[Row]

    @property
    def next(self) -> Ahead | None:
        """The first thing that comes, unless it is among what is asked already."""
        return next((each for each in self.ahead if not (each.mine and self.asked)), None)

    @property
    def mentor(self) -> str:
        return next((each.mentor for each in self.places if each.mentor), "")


@dataclass(frozen=True)
class Today:
    """What the page shows."""

    cards: list[Card]

    @property
    def asked(self) -> int:
        return sum(len(card.asked) for card in self.cards)


def today(actor: Actor) -> Today:
    """The same number of queries for one child or several."""
    known = lines.known_children(actor)
    ids = [each.child.pk for each in known]
    around = _by_child(rows(actor, ids)) if ids else {}
    agreements = consent.agreements_of(actor, known)
    cases = caseload(actor, for_the_engine(agreements, known))
    newest = _newest(actor, known)
    cards = [
        _card(
            actor,
            each.child,
            around.get(each.child.pk, []),
            [a for a in agreements if a.request.child_id == each.child.pk],
            [case for case in cases if case.trajectory.child_id == each.child.pk],
            _news(actor, each, newest),
        )
        for each in known
    ]
    for card in cards:
        card.asked.extend(_to_write(card.child, newest))
    return Today(cards)


def _card(
    actor: Actor,
    child: Child,
    around: Sequence[Row],
    agreements: Sequence[Agreement],
    cases: list[Case],
    news: list[Item],
) -> Card:
    return Card(
        child,
        ahead.asked(actor, cases, around, agreements),
        ahead.ahead(actor, cases, around, agreements),
        news,
        cases,
        places.places(around, actor.today),
        [row for row in around if row.what == OPENED],
    )


def _to_write(child: Child, newest: Iterable[Any]) -> Iterator[Asked]:
    """The last thing that somebody asks in the notebook, and that the parents did not answer yet."""
    url = address("notes:notebook", child.pk)
    asked = (each for each in newest if each.child_id == child.pk and each.asks_the_parents)
    for each in islice(asked, 1):
        what = _("%(who)s asks you something") % {"who": each.author.name}
        yield Asked(what, each.text, url, "book", _("Write in the notebook"))


def _news(actor: Actor, known: Known, newest: Iterable[Any]) -> list[Item]:
    of_child = [each for each in newest if each.child_id == known.child.pk]
    return [items.of_entry(actor, known.ties, each) for each in of_child if each.rank <= NEWEST]


def _newest(actor: Actor, known: Sequence[Known]) -> list[Any]:
    """The newest entries of each child, and what asks the parents to write: in one query."""
    return in_own_language(_lately(actor, [each.child.pk for each in known]))


@kept
def _lately(actor: Actor, children: Collection[UUID]) -> QuerySet[Any]:
    rank = Window(RowNumber(), partition_by=F("child"), order_by=[F("at").desc(), F("pk").asc()])
    entries = lines.entries(actor).filter(child__in=children, kind__in=NEWS, at__lte=actor.at)
    found = items.with_columns(actor, entries, items.Extended.among(NEWS)).annotate(
        rank=rank, asks_the_parents=asks_the_parents()
    )
    return found.filter(Q(rank__lte=NEWEST) | Q(asks_the_parents=True))


def _by_child(found: Sequence[Row]) -> dict[UUID, list[Row]]:
    ordered = sorted(found, key=lambda row: str(row.child))
    return {child: list(of) for child, of in groupby(ordered, key=lambda row: row.child)}
