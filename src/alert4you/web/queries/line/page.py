"""The page of one child's line: at most twelve queries, whatever the length of the line."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import ngettext

from alert4you.access.models import Entry, Kind
from alert4you.access.queries import consent
from alert4you.access.queries import line as lines
from alert4you.access.queries.agreement import Agreement
from alert4you.access.queries.line import Known
from alert4you.access.rules.consent import State
from alert4you.kernel.kept import kept
from alert4you.organisations.models import Actor, Role
from alert4you.trajectories.queries.caseload import Case, cases_of
from alert4you.trajectories.queries.titles import in_own_language
from alert4you.web.queries.line import ahead, items, places
from alert4you.web.queries.line.actions import Action, actions
from alert4you.web.queries.line.ahead import Ahead, Asked
from alert4you.web.queries.line.items import LOOK, Extended, Item, Month
from alert4you.web.queries.line.picture import Event, Picture, Stay, picture
from alert4you.web.queries.line.places import Place
from alert4you.web.queries.line.rows import DAY, TEAM, Row, beside, rows
from alert4you.web.queries.line.sharing import for_the_engine

PAGE = 12
SHOWN = {
    # what the chips show: the kinds of entries
    "group": (Kind.NOTE, Kind.PARENT_WORDS),
    "questions": (Kind.CHILD_QUESTION, Kind.QUESTION, Kind.ADVICE),
    "looking": (Kind.VISIT, Kind.OBSERVATION, Kind.SESSION, Kind.COACHING),
    "talks": (Kind.TALK, Kind.MEETING),
    "plan": (Kind.TRAJECTORY, Kind.PLAN, Kind.DECISION),
}


@dataclass(frozen=True)
class Member:
    """Somebody on the care team, with the reason that parents read."""

    name: str
    task: str
    organisation: str
    why: str


@dataclass(frozen=True)
class Line:
    """What the page of one child shows to one hat."""

    known: Known
    months: list[Month]
    ahead: list[Ahead]
    asked: list[Asked]
    cases: list[Case]
    older: str
    chips: list[str]
    counts: list[str]
    picture: Picture
    places: list[Place]
    team: list[Member]
    agreements: list[Agreement]
    actions: list[Action]
    is_empty: bool

    @property
    def running(self) -> list[Case]:
        return [each for each in self.cases if each.state.running]

    @property
    def next(self) -> Ahead | None:
        return self.ahead[0] if self.ahead else None

    @property
    def coming(self) -> list[Ahead]:
        """For the line, where time runs down: what is furthest away on top."""
        return self.ahead[::-1]

    @property
    def mentor(self) -> str:
        return next((each.mentor for each in self.places if each.mentor), "")

    @property
    def open_agreements(self) -> list[Agreement]:
        return [each for each in self.agreements if each.state is not State.ENDED]


@dataclass(frozen=True)
class NameOnly:
    """What a hat sees that knows only who is placed here: the name, the place, how to join."""

    known: Known
    places: list[Place]


def knows_only_the_name(actor: Actor, known: Known) -> bool:
    named_by_place = actor.role in (Role.CARE_COORDINATOR, Role.MANAGER)
    return named_by_place and not (known.ties.on_team or known.ties.on_group)


def name_only(actor: Actor, known: Known) -> NameOnly:
    around = rows(actor, [known.child.pk])
    return NameOnly(known, places.places(around, actor.today))


def line(actor: Actor, known: Known, shown: str = "", before: str = "") -> Line:
    """The line of a child from ``before`` (where a page ended) on; ``shown`` one of ``SHOWN``."""
    child, today = known.child, actor.today
    around = rows(actor, [child.pk])
    kinds = {row.kind for row in around if row.what == DAY}
    everything = consent.all_agreements_of(actor, [known])
    agreements = consent.known_of(actor, [known], everything)
    asked = for_the_engine(everything, [known])
    cases = cases_of(actor, child, asked) if Kind.TRAJECTORY in kinds else []
    entries, older = _page(actor, known, items.Extended.among(kinds), shown, before)
    replaced = items.older_plans(entries)
    told = [
        items.of_entry(actor, known.ties, each, beside(each), each.pk in replaced)
        for each in in_own_language(entries)
    ]
    if not shown:
        quiet = _quiet(known, agreements, around, today)
        told += [each for each in quiet if _on_this_page(each, entries, older, before)]
    coming = ahead.ahead(actor, cases, around, agreements)
    return Line(
        known,
        items.by_month(told),
        coming,
        ahead.asked(actor, cases, around, agreements),
        cases,
        older,
        [name for name, of in SHOWN.items() if kinds & set(of)],
        _counts(around),
        _picture(around, coming, today),
        places.places(around, today),
        _team(around),
        agreements,
        actions(actor, known, agreements),
        not entries and not before and not shown,
    )


def _page(
    actor: Actor, known: Known, extended: Extended, shown: str, before: str
) -> tuple[list[Entry], str]:
    """One page of entries, newest first, and where the next page begins ("" at the end)."""
    if cursor := _cursor(before):
        at, written_at, pk = cursor
        same_at = Q(at=at, written_at=written_at, pk__gt=pk) | Q(at=at, written_at__lt=written_at)
        further = _found(actor, known.child.pk, extended, shown).filter(Q(at__lt=at) | same_at)
        entries = list(further[: PAGE + 1])
    else:
        entries = _newest(actor, known.child.pk, extended, shown)
    if len(entries) <= PAGE:
        return entries, ""
    last = entries[PAGE - 1]
    return entries[:PAGE], f"{last.at.isoformat()}_{last.written_at.isoformat()}_{last.pk}"


@kept
def _newest(actor: Actor, child_id: UUID, extended: Extended, shown: str) -> QuerySet[Entry]:
    return _found(actor, child_id, extended, shown)[: PAGE + 1]


def _found(actor: Actor, child_id: UUID, extended: Extended, shown: str) -> QuerySet[Entry]:
    found = items.with_columns(actor, lines.line(actor, child_id), extended)
    return found.filter(kind__in=SHOWN[shown]) if shown in SHOWN else found


def _cursor(before: str) -> tuple[datetime, datetime, UUID] | None:
    try:
        at, written_at, pk = before.split("_")
        return datetime.fromisoformat(at), datetime.fromisoformat(written_at), UUID(pk)
    except ValueError:
        return None


def _quiet(
    known: Known, agreements: Iterable[Agreement], around: Sequence[Row], today: date
) -> list[Item]:
    moments = [items.of_moment(m) for agreement in agreements for m in agreement.moments]
    return moments + items.of_places(known.child, around, today)


def _on_this_page(item: Item, entries: Sequence[Entry], older: str, before: str) -> bool:
    """Quiet moments stand on the page of the entries around them."""
    cursor = _cursor(before)
    if cursor and item.at >= cursor[0]:
        return False
    return not older or item.at >= entries[-1].at


def _picture(around: Sequence[Row], coming: Iterable[Ahead], today: date) -> Picture:
    events = [
        Event(
            row.starts,
            LOOK[Kind(row.kind)][2],
            decision=row.kind == Kind.DECISION,
            count=row.number or 0,
        )
        for row in around
        if row.what == DAY and row.starts and row.starts <= today
    ]
    events += [
        Event(max(each.due, today + timedelta(days=1)), each.lane, True, each.decides)
        for each in coming
        if each.due
    ]
    stays = [Stay(each.group, each.starts, each.ends) for each in places.all_of(around)]
    return picture(events, stays, today)


def _counts(around: Iterable[Row]) -> list[str]:
    """The picture in numbers: how much of each kind there is."""
    of_kind: Counter[str] = Counter()
    for row in around:
        if row.what == DAY:
            of_kind[row.kind] += row.number or 0
    told = {name: sum(of_kind[kind] for kind in kinds) for name, kinds in SHOWN.items()}
    words = {
        "group": ngettext("%(n)d note", "%(n)d notes", told["group"]),
        "questions": ngettext(
            "%(n)d question or advice", "%(n)d questions and advices", told["questions"]
        ),
        "looking": ngettext(
            "%(n)d time looking along", "%(n)d times looking along", told["looking"]
        ),
        "talks": ngettext("%(n)d talk", "%(n)d talks", told["talks"]),
        "plan": ngettext("%(n)d step in the plan", "%(n)d steps in the plan", told["plan"]),
    }
    return [words[name] % {"n": count} for name, count in told.items() if count]


def _team(around: Iterable[Row]) -> list[Member]:
    """Everybody once, with all reasons."""
    labels = dict(Role.choices)
    people: dict[UUID | None, list[Row]] = {}
    for row in sorted(around, key=lambda each: (each.name, each.more)):
        if row.what == TEAM:
            people.setdefault(row.ref, []).append(row)
    return [
        Member(
            rows[0].name,
            str(labels.get(rows[0].kind, rows[0].kind)),
            rows[0].place,
            "; ".join(dict.fromkeys(row.more for row in rows)),
        )
        for rows in people.values()
    ]


def shown_kinds(value: Any) -> str:
    """A chip that exists, or none."""
    return value if value in SHOWN else ""
