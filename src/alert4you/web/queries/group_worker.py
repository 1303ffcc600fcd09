"""Today for whoever works on a group: the children, what came in, what is hers to do."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet

from alert4you.access.models import Entry
from alert4you.access.queries.line import children
from alert4you.children.models import Child, DayPart
from alert4you.coaching.models import Question, TalkPreparation, Visit
from alert4you.coaching.queries import contacts, questions, talks
from alert4you.coaching.queries.questions import Asked
from alert4you.groups.queries.moving import where_instead
from alert4you.kernel.kept import kept
from alert4you.organisations.models import Actor, Group, running
from alert4you.organisations.queries import groups_today
from alert4you.wellbeing.queries.pages import asks_to_look

QUESTIONS = 20
ANSWER_IS_NEWS = timedelta(days=14)
MUST_KNOW = 50


@dataclass(frozen=True)
class Present:
    """A child that comes today; ``part`` if not the whole day; ``look``: a rule asks to look again.

    ``elsewhere``: the group where it is today instead of on its own.
    """

    child: Child
    part: str = ""
    look: bool = False
    elsewhere: str | None = None


@dataclass(frozen=True)
class Known:
    """What must be known about a child; ``more`` of it stands on its page."""

    entry: Entry
    more: int


@dataclass(frozen=True)
class OnGroup:
    group: Group
    children: list[Present]


@dataclass(frozen=True)
class Today:
    """``answers`` came in on her questions and were not thanked for yet; ``open`` ones wait."""

    groups: list[OnGroup]
    answers: list[Asked]
    open: list[Asked]
    talks: list[TalkPreparation]
    must_know: list[Known]
    visit: Visit | None

    @property
    def look_again(self) -> list[Present]:
        """By name: no list ranks children. What was noticed she reads after her own view."""
        return [each for group in self.groups for each in group.children if each.look]

    @property
    def name(self) -> str:
        return ", ".join(each.group.name for each in self.groups)

    @property
    def places(self) -> str:
        return ", ".join(dict.fromkeys(each.group.location.name for each in self.groups))

    @property
    def number(self) -> int:
        return sum(not each.elsewhere for group in self.groups for each in group.children)


_groups, _talks = kept(groups_today), kept(talks.my_talks_to_hold)


def today(actor: Actor) -> Today:
    groups = _groups(actor)
    here = _present(actor, groups)
    asked = questions.as_seen(actor, _asked(actor))
    coming = _coming_visit(actor, {group.location_id for group in groups})
    return Today(
        groups=[OnGroup(group, here.get(group.pk, [])) for group in groups],
        answers=[each for each in asked if _is_news(actor, each)],
        open=[each for each in asked if each.question.answered_at is None],
        talks=_talks(actor),
        must_know=_must_know(actor, here.values()),
        visit=next(iter(coming), None),
    )


@kept
def _asked(actor: Actor) -> QuerySet[Question]:
    return questions.asked_by(actor)[:QUESTIONS]


@kept
def _coming_visit(actor: Actor, locations: Collection[UUID]) -> QuerySet[Visit]:
    return contacts.coming_visits(actor, locations)[:1]


def _present(actor: Actor, groups: list[Group]) -> dict[UUID, list[Present]]:
    """Who comes today, by group: one query for all groups together."""
    found: dict[UUID, list[Present]] = {}
    coming = _coming(actor, [group.pk for group in groups])
    for child in coming:
        part = str(DayPart(child.only_part).label) if child.parts == 1 else ""
        found.setdefault(child.on_group, []).append(
            Present(child, part, child.look, child.elsewhere)
        )
    return found


@kept
def _coming(actor: Actor, groups: Collection[UUID]) -> QuerySet[Any]:
    weekday = actor.today.weekday()
    coming = running(actor.today, "placements__") & Q(
        placements__group__in=groups, placements__days__weekday=weekday
    )
    return (
        children(actor)
        .filter(coming)
        .annotate(
            on_group=F("placements__group"),
            parts=Count("placements__days__part", distinct=True),
            only_part=Min("placements__days__part"),
            look=asks_to_look(actor),
            elsewhere=where_instead(actor.today, "pk", "placements__group"),
        )
    )


def _is_news(actor: Actor, asked: Asked) -> bool:
    answered, thanked = asked.question.answered_at, asked.question.thanked_at
    return bool(answered and not thanked and answered > actor.at - ANSWER_IS_NEWS)


def _must_know(actor: Actor, present: Iterable[list[Present]]) -> list[Known]:
    """The newest thing to know about each child that is here, and how much more there is."""
    here = [each.child.pk for group in present for each in group]
    about: dict[UUID | None, list[Entry]] = {}
    for entry in _newest(actor, here):
        about.setdefault(entry.child_id, []).append(entry)
    return [Known(found[0], len(found) - 1) for found in about.values()]


@kept
def _newest(actor: Actor, children: Collection[UUID]) -> QuerySet[Entry]:
    return contacts.must_know(actor, children)[:MUST_KNOW]
