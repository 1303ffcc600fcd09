"""Today for parents: per child what is asked of them, what comes next, what happened on the group."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from alert4you.access.models import Kind
from alert4you.access.queries import consent
from alert4you.access.queries import line as lines
from alert4you.access.queries.agreement import Agreement
from alert4you.access.queries.line import Known
from alert4you.children.models import Child
from alert4you.organisations.models import Actor
from alert4you.trajectories.queries.caseload import Case, caseload
from alert4you.trajectories.queries.titles import in_own_language
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
    news = _news(actor, known)
    return Today(
        [
            _card(
                actor,
                each.child,
                around.get(each.child.pk, []),
                [a for a in agreements if a.request.child_id == each.child.pk],
                [case for case in cases if case.trajectory.child_id == each.child.pk],
                news.get(each.child.pk, []),
            )
            for each in known
        ]
    )


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


def _news(actor: Actor, known: Sequence[Known]) -> dict[UUID, list[Item]]:
    """The newest entries of each child, in one query."""
    rank = Window(RowNumber(), partition_by=F("child"), order_by=[F("at").desc(), F("pk").asc()])
    entries = lines.entries(actor).filter(
        child__in=[each.child.pk for each in known], kind__in=NEWS, at__lte=actor.at
    )
    found = items.with_columns(entries).annotate(rank=rank).filter(rank__lte=NEWEST)
    ties = {each.child.pk: each.ties for each in known}
    told: dict[UUID, list[Item]] = {}
    for entry in in_own_language(found):
        if entry.child_id is not None:
            item = items.of_entry(actor, ties[entry.child_id], entry)
            told.setdefault(entry.child_id, []).append(item)
    return told


def _by_child(found: Sequence[Row]) -> dict[UUID, list[Row]]:
    ordered = sorted(found, key=lambda row: str(row.child))
    return {child: list(of) for child, of in groupby(ordered, key=lambda row: row.child)}
