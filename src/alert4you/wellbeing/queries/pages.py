"""The pages: one child, the round of a group, what asks to look again today."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import cached_property

from alert4you.access.models import Entry, Kind
from alert4you.access.queries.line import children_today, entries
from alert4you.children.models import Child
from alert4you.kernel.decision import NotVisible
from alert4you.notes.queries import noting_words
from alert4you.notes.rules.tagging import tags
from alert4you.organisations.models import Actor, Group
from alert4you.organisations.queries import groups_today
from alert4you.wellbeing.models import EarlyRule, Notice, Rating, TagWatch
from alert4you.wellbeing.queries.picture import Series, series
from alert4you.wellbeing.rules import counting
from alert4you.wellbeing.rules.choosing import Chosen, chosen_of, in_words
from alert4you.wellbeing.rules.counting import Counted, notice_text
from alert4you.wellbeing.rules.noticing import Rule
from alert4you.wellbeing.rules.odds import Odds


@dataclass(frozen=True)
class Asked:
    """A notice with who rated, and how it stands today."""

    notice: Notice
    today: date

    @property
    def rule(self) -> str:
        if self.notice.tag:
            return notice_text(Counted(**self.notice.rule))
        return in_words(Rule(**self.notice.rule))

    @property
    def rater(self) -> str:
        return self.notice.author.name

    @property
    def open(self) -> bool:
        return not self.notice.outcome and self.today < self.notice.lapses_on


@dataclass(frozen=True)
class Counting:
    """Which tags are counted with each child, and how often that is wrong; without a watch: none."""

    watch: TagWatch | None

    @property
    def tags(self) -> list[str]:
        return self.watch.tags if self.watch else []

    @property
    def rule(self) -> str:
        return counting.in_words(counting.rule_of(self.watch)) if self.watch else ""

    @cached_property
    def odds(self) -> Odds | None:
        return counting.odds_of(self.watch) if self.watch else None


@dataclass(frozen=True)
class Page:
    """How it is going with one child, the same for parents and staff.

    ``first_look``: this person has yet to write what she sees herself; the rest comes after it.
    """

    child: Child
    ratings: list[Rating]
    asked: list[Asked]
    views: list[Entry]
    chosen: Chosen
    counting: Counting
    first_look: bool = False

    @property
    def open(self) -> list[Asked]:
        return [each for each in self.asked if each.open]

    @property
    def past(self) -> list[Asked]:
        return [each for each in self.asked if not each.open]

    @property
    def rule(self) -> str:
        return in_words(self.chosen.rule)

    @cached_property
    def odds(self) -> Odds | None:
        return self.chosen.odds

    @property
    def series(self) -> list[Series]:
        return series(self.ratings, [each.notice for each in self.asked], self.chosen.rule)


def page(actor: Actor, child: Child) -> Page:
    seen = Rating.objects.visible_to(actor).filter(child=child)
    ratings = list(seen.select_related("author", "hat").order_by("at", "pk"))
    asked = [Asked(each, actor.today) for each in _notices(actor).filter(child=child)]
    views = list(entries(actor).filter(child=child, kind=Kind.VIEW))
    seen_at = [*reversed(ratings), *(each.notice for each in asked)]
    place = next((each.organisation_id for each in seen_at), actor.organisation_id)
    first = not actor.is_parent and _looks_first(actor, asked, views)
    return Page(child, ratings, asked, views, chosen(place), counting_of(place), first)


def notice(actor: Actor, notice_id: UUID) -> Asked:
    found = _notices(actor).select_related("child").filter(pk=notice_id).first()
    if found is None:
        raise NotVisible
    return Asked(found, actor.today)


def looks_first(actor: Actor, asked: Asked) -> bool:
    """Whether this person has yet to write an own view about the child of a notice."""
    views = entries(actor).filter(child=asked.notice.child_id, kind=Kind.VIEW)
    return _looks_first(actor, [asked], list(views))


def chosen(organisation_id: UUID | None) -> Chosen:
    """What an organisation chose."""
    return chosen_of(EarlyRule.objects.filter(organisation=organisation_id).first())


def counting_of(organisation_id: UUID | None) -> Counting:
    """What an organisation counts."""
    return Counting(TagWatch.objects.filter(organisation=organisation_id).first())


def what_can_be_tapped(actor: Actor) -> list[str]:
    """With a child, at this organisation."""
    return tags(noting_words(actor), "child")


def asks_to_look(actor: Actor, child: str = "pk") -> Exists:
    """A column beside a child: whether a notice about it still waits for an answer."""
    waiting = Notice.objects.visible_to(actor).filter(outcome="", lapses_on__gt=actor.today)
    return Exists(waiting.filter(child=OuterRef(child)))


@dataclass(frozen=True)
class Turn:
    """One child in the round; ``rating``: what this person chose today."""

    child: Child
    rating: Rating | None


@dataclass(frozen=True)
class Round:
    """All children of a group today, by name, for one person; ``now``: who is in front."""

    group: Group
    turns: list[Turn]
    now: Turn | None = None
    rest: list[Turn] = field(default_factory=list)

    @property
    def done(self) -> int:
        return sum(1 for each in self.turns if each.rating)


def round_of(actor: Actor, group_id: UUID, chosen_child: str = "") -> Round:
    """The round of a group where this person works today; else it is not there."""
    group = next((each for each in groups_today(actor) if each.pk == group_id), None)
    if group is None:
        raise NotVisible
    rated = {each.child_id: each for each in _mine_today(actor)}
    turns = [Turn(each, rated.get(each.pk)) for each in children_today(actor, group)]
    wanted = [each for each in turns if str(each.child.pk) == chosen_child]
    waiting = [each for each in turns if each.rating is None]
    now = next(iter([*wanted, *waiting]), None)
    return Round(group, turns, now, [each for each in turns if each is not now])


def after(found: Round) -> UUID | None:
    """The next child without a rating, in the order of the names, beginning behind who is in front."""
    at = found.turns.index(found.now) if found.now else 0
    order = [*found.turns[at + 1 :], *found.turns[:at]]
    return next((each.child.pk for each in order if each.rating is None), None)


def mine_today(actor: Actor, child: Child) -> Rating | None:
    return next((each for each in _mine_today(actor) if each.child_id == child.pk), None)


def _mine_today(actor: Actor) -> list[Rating]:
    seen = Rating.objects.visible_to(actor)
    return list(seen.filter(author=actor.person_id, day=actor.today))


def _notices(actor: Actor) -> QuerySet[Notice]:
    """Newest first."""
    seen = Notice.objects.visible_to(actor)
    return seen.select_related("author", "rating", "decided_by__person").order_by("-at", "aspect")


def _looks_first(actor: Actor, asked: list[Asked], views: list[Entry]) -> bool:
    came: list[datetime] = [each.notice.written_at for each in asked if each.open]
    mine = [each.written_at for each in views if each.author_id == actor.person_id]
    return bool(came) and (not mine or max(mine) < max(came))
