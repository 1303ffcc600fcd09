"""What waits for whom: questions with their clock, who answers, and who else can."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Category, CoachPost, Kind
from alert4you.children.models import Child, Placement
from alert4you.coaching.models import (
    Advice,
    ChildQuestion,
    CoachingHere,
    Question,
)
from alert4you.coaching.rules import questions as rules
from alert4you.kernel.among import Among
from alert4you.kernel.clock import day_of
from alert4you.kernel.decision import Decision, Denied, NotVisible
from alert4you.kernel.kept import kept
from alert4you.organisations.models import (
    Absence,
    Actor,
    Location,
    Membership,
    Role,
    Roster,
)
from alert4you.organisations.queries import actor_of, colleagues, locations_of

SOON = timedelta(days=1)
NOBODY_ANSWERS = Decision(
    _("Nobody answers questions at this location yet."),
    _("Ask your location manager to bring in a coach."),
)


# Asking -----------------------------------------------------------------------------------------


def who_answers(actor: Actor, location: Location) -> Membership:
    """Exactly one person: the coach of the location, else the own pedagogue or care coordinator.

    Where that was agreed the own pedagogue comes first. Whoever is away today is replaced by the
    cover. Denied when nobody is there to ask.
    """
    found = answerers(actor, [location]).get(location.pk)
    if found is None:
        raise Denied(NOBODY_ANSWERS)
    return found


def answerers(actor: Actor, locations: Collection[Location]) -> dict[UUID, Membership]:
    """``who_answers`` for several locations (location id -> who), where there is somebody."""
    return {place: people[0] for place, people in addresses(actor, locations).items()}


def addresses(actor: Actor, locations: Collection[Location]) -> dict[UUID, list[Membership]]:
    """Who answers at each location, and after that who else can be asked, without whom is away.

    Never the manager: asking for help does not go past whom one works for.
    """
    experts = colleagues(actor, Role.PEDAGOGUE, Role.CARE_COORDINATOR)
    own = list(experts.exclude(pk=actor.membership_id).order_by("-role", "person__name", "pk"))
    posts = CoachPost.objects.on(actor.today).filter(location__in=locations)
    coaches = posts.select_related("membership__person", "membership__organisation")
    found: dict[UUID, list[Membership]] = {location.pk: [] for location in locations}
    for post in coaches.order_by("starts", "pk"):
        found[post.location_id].append(post.membership)
    pedagogues = [each for each in own if each.role == Role.PEDAGOGUE]
    for place in _pedagogue_first(actor, locations) if pedagogues else []:
        found[place] = pedagogues[:1] + found[place]
    everybody = {place: [*people, *own] for place, people in found.items()}
    covers = _covers(actor, {each.pk for people in everybody.values() for each in people})
    there = {
        place: list({(now := covers.get(each.pk, each)).pk: now for each in people}.values())
        for place, people in everybody.items()
    }
    return {place: people for place, people in there.items() if people}


def _covers(actor: Actor, people: Collection[UUID]) -> dict[UUID, Membership]:
    """Who stands in for those of these people who are away today."""
    away = Absence.objects.on(actor.today).filter(membership__in=people)
    rows = away.select_related("cover__person", "cover__organisation")
    return {each.membership_id: each.cover for each in rows}


def _pedagogue_first(actor: Actor, locations: Collection[Location]) -> list[UUID]:
    """Where it was agreed that the own pedagogue answers first."""
    agreed = CoachingHere.objects.on(actor.today).filter(
        location__in=locations, pedagogue_first=True
    )
    return list(agreed.values_list("location", flat=True))


def places_to_ask_for(actor: Actor, child: Child | None = None) -> list[Location]:
    """Where a question of this hat can be about: where the child is, where one works, else all."""
    own = locations_of(actor)
    if child is not None:
        placed = (
            Placement.objects.on(actor.today).alongside(reason="where to ask").filter(child=child)
        )
        return list(own.filter(pk__in=placed.values("group__location")))
    rosters = Roster.objects.on(actor.today).filter(membership=actor.membership_id)
    works_at = list(own.filter(pk__in=rosters.values("group__location")))
    hat = Membership.objects.filter(pk=actor.membership_id)
    return works_at or list(own.filter(pk__in=hat.values("location"))) or list(own)


def may_be_told(actor: Actor, to: Membership, child: Child) -> bool:
    """Whether a question about the child opens at once to whoever answers it."""
    return rules.reads(actor_of(to, actor.at), child, Category.DEVELOPMENT)


def coaches_for(actor: Actor, child: Child) -> QuerySet[Membership]:
    """Coaches of other organisations at the places of the actor's organisation where the child is."""
    placed = (
        Placement.objects.on(actor.today)
        .alongside(reason="which coach")
        .filter(child=child, group__location__organisation=actor.organisation_id)
    )
    posts = CoachPost.objects.on(actor.today).filter(location__in=placed.values("group__location"))
    people = Membership.objects.filter(pk__in=posts.values("membership"))
    others = people.exclude(organisation=actor.organisation_id)
    return others.select_related("person", "organisation").order_by("person__name", "pk")


# Questions --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Clock:
    """Who answers, at the latest when; ``instead_of`` is away, ``cover`` comes when ``who`` will be.

    ``state`` is "calm", "soon" or "late"; ``is_mine``: it is for whoever looks.
    """

    who: str
    due: datetime
    state: str
    cover: str = ""
    instead_of: str = ""
    is_mine: bool = False


@dataclass(frozen=True)
class Asked:
    """A question as one hat may see it: with the child behind it where the parents agreed."""

    question: Question
    opened: ChildQuestion | None
    clock: Clock
    tells_who: bool
    is_mine: bool

    @property
    def who(self) -> str:
        """Who asked; only the task where the person would tell which child it is about."""
        return self.question.author.name if self.tells_who else self.question.author_task

    @property
    def place(self) -> str:
        group, location = self.question.group, self.question.location
        return f"{group}, {location}" if group and self.tells_who else str(location)

    @property
    def words(self) -> str:
        return (self.opened.text if self.opened else "") or self.question.text


def questions(actor: Actor) -> QuerySet[Question]:
    """Questions this hat may see, the most urgent first, with who stands in for whoever answers."""
    away = Absence.objects.filter(membership=OuterRef("to"), ends__gt=actor.today)
    next_away = away.order_by("starts", "pk")
    seen = Question.objects.visible_to(actor).select_related(
        "author", "hat", "to__person", "to__organisation", "location", "group"
    )
    seen = seen.annotate(
        away_from=Subquery(next_away.values("starts")[:1]),
        cover_id=Subquery(next_away.values("cover")[:1], output_field=UUIDField()),
        cover_name=Subquery(next_away.values("cover__person__name")[:1]),
    )
    return seen.order_by("due_at", "pk")


def waiting_for(actor: Actor) -> QuerySet[Question]:
    """Unanswered questions to this hat, or to those whom it stands in for today."""
    return questions(actor).filter(_to_me(actor), answered_at=None)


def answered_by(actor: Actor) -> QuerySet[Question]:
    """Questions to this hat, or to those whom it stands in for, the latest answers first."""
    return (
        questions(actor).filter(_to_me(actor), answered_at__isnull=False).order_by("-answered_at")
    )


def asked_by(actor: Actor) -> QuerySet[Question]:
    """What this hat asked: the open ones by due date, then the latest answers first."""
    mine = questions(actor).filter(hat=actor.membership_id)
    return mine.order_by(F("answered_at").desc(nulls_first=True), "due_at", "pk")


def past_the_clock(actor: Actor, most: int) -> list[Question]:
    """Late questions at the own organisation, the longest late first: for whoever keeps hold of them.

    The policy is asked about the first of them; about all only when it lets too few through.
    """
    late = _late(actor)
    first = late[: 2 * most]
    found = _first_of(actor, first, most) if first else []
    enough = len(found) == most or len(first) == len(late)
    return found if enough else _first_of(actor, late, most)


@kept
def _late(actor: Actor) -> QuerySet[Any, Any]:
    """The policy is asked about these only: to ask it about every question first takes longer."""
    here = Question.objects.unrestricted(reason="whom the policy is asked about").filter(
        organisation=actor.organisation_id, kind=Kind.QUESTION
    )
    late = here.filter(answered_at=None, due_at__lt=actor.at).order_by("due_at", "pk")
    return late.values_list("pk", flat=True)


@kept
def _first_of(actor: Actor, asked: Collection[UUID], most: int) -> QuerySet[Question]:
    return questions(actor).filter(pk__in=asked)[:most]


def question(actor: Actor, question_id: UUID) -> Question:
    found = questions(actor).filter(pk=question_id).first()
    if found is None:
        raise NotVisible
    return found


def as_seen(actor: Actor, found: Iterable[Question]) -> list[Asked]:
    """Questions from ``questions`` for a page; one more query for any number of them."""
    rows = list(found)
    opened = about_children(actor, rows)
    return [_as_seen(actor, each, opened.get(each.pk)) for each in rows]


def about_children(actor: Actor, asked: list[Question]) -> dict[UUID, ChildQuestion]:
    """For those questions that this hat may connect to a child: question id -> what was asked."""
    known = _about_children(actor, [question.pk for question in asked])
    return {each.question_id: each for each in known}


@kept
def _about_children(actor: Actor, asked: Collection[UUID]) -> QuerySet[ChildQuestion]:
    known = ChildQuestion.objects.visible_to(actor).filter(question__in=asked)
    return known.select_related("child")


def answers(actor: Actor, asked: Question) -> QuerySet[Advice]:
    """The answers to a question that this hat may see, oldest first."""
    seen = Advice.objects.visible_to(actor).filter(question=asked)
    return seen.select_related("author", "hat__organisation").order_by("at")


def who_else_answers(actor: Actor, asked: Question) -> QuerySet[Membership]:
    """To whom a question can be passed on: the other coaches there, and the place's own experts."""
    posts = CoachPost.objects.on(actor.today).filter(location=asked.location)
    experts = Q(
        role__in=(Role.PEDAGOGUE, Role.CARE_COORDINATOR), organisation=asked.organisation_id
    )
    others = Membership.objects.on(actor.today).filter(
        experts | Q(pk__in=posts.values("membership"))
    )
    people = others.exclude(pk=asked.to_id).select_related("person", "organisation")
    return people.order_by("organisation__name", "person__name", "pk")


def unannounced(at: datetime) -> QuerySet[Question]:
    """Questions whose answerer has not had a mail yet (for the worker)."""
    new = Question.objects.unrestricted(reason="mail without content to who answers")
    return new.filter(announced_at=None, at__lte=at).select_related("to__person")


def still_to_answer(question: Question, at: datetime) -> bool:
    """Whether who was asked may read the question at this moment."""
    hat = actor_of(question.to, at)
    asked = Question.objects.visible_to(hat).filter(pk=question.pk)
    return question.to.person.is_active and asked.exists()


def _to_me(actor: Actor) -> Q:
    covered = Absence.objects.on(actor.today).filter(cover=actor.membership_id)
    me = Membership.objects.filter(pk=actor.membership_id).values("pk")
    return Q(Among("to", me.union(covered.values("membership"))))


def _as_seen(actor: Actor, asked: Question, opened: ChildQuestion | None) -> Asked:
    own = asked.organisation_id == actor.organisation_id
    tells_who = own or opened is not None or asked.about not in rules.WITH_A_CHILD
    return Asked(
        asked, opened, _clock(actor, asked), tells_who, asked.hat_id == actor.membership_id
    )


def _clock(actor: Actor, asked: Question) -> Clock:
    late, soon = asked.due_at < actor.at, asked.due_at < actor.at + SOON
    state = "late" if late else "soon" if soon else "calm"
    answers, cover = asked.to.person.name, getattr(asked, "cover_name", None) or ""
    away_from: date | None = getattr(asked, "away_from", None)
    if away_from and away_from <= actor.today:
        mine = getattr(asked, "cover_id", None) == actor.membership_id
        return Clock(cover, asked.due_at, state, instead_of=answers, is_mine=mine)
    mine = asked.to_id == actor.membership_id
    away = away_from is not None and away_from <= day_of(asked.due_at)
    return Clock(answers, asked.due_at, state, cover=cover if away else "", is_mine=mine)
