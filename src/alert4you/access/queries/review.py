"""The weekly list for whoever looks after it, what is late, and what parents ask about who looked."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from alert4you.access.models import Finding, LookQuestion, Review, ReviewLine, ReviewSetting
from alert4you.access.models.review import CHILDREN_AN_HOUR
from alert4you.access.queries.findings import role_of
from alert4you.access.queries.openings import file_number
from alert4you.access.rules.officers import looks_after, officers
from alert4you.access.rules.review import REVIEW_WITHIN
from alert4you.kernel.decision import NotVisible
from alert4you.kernel.kept import kept
from alert4you.organisations.models import Actor, Membership, Role
from alert4you.organisations.rules import RUNS_THE_PLACE

WEEKS = 13
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Found:
    """One line of the list in words; ``file`` is the number of the file, never a name."""

    line: ReviewLine
    task: str
    file: str
    is_late: bool
    mine: bool

    @property
    def counts_children(self) -> bool:
        return self.line.finding == Finding.MANY


@dataclass(frozen=True)
class ReviewPage:
    """What waits, the weeks that were done, and from how many children in an hour on it is many."""

    waiting: list[Found]
    weeks: list[Review]
    children_an_hour: int


def officer_only(actor: Actor) -> None:
    """The officer, and who runs the place when something is about the only officer herself."""
    if looks_after(actor, actor.organisation_id):
        return
    if not (waiting(actor).exists() or questions(actor).exists()):
        raise NotVisible


def lines(actor: Actor) -> QuerySet[ReviewLine]:
    """Those this hat looks after, see ``rules.officers``."""
    own = ReviewLine.objects.filter(review__organisation=actor.organisation_id)
    if actor.role == Role.PRIVACY_OFFICER:
        return own
    if actor.role not in RUNS_THE_PLACE:
        return own.none()
    others = officers(actor, actor.organisation_id).exclude(person=OuterRef("person"))
    return own.filter(~Exists(others))


def page(actor: Actor) -> ReviewPage:
    """The same number of queries for one line or a thousand."""
    officer_only(actor)
    setting = ReviewSetting.objects.filter(organisation=actor.organisation_id).first()
    weeks = Review.objects.filter(organisation=actor.organisation_id).annotate(
        found=Count("lines"), open=Count("lines", filter=Q(lines__reviewed_at=None))
    )
    return ReviewPage(
        _found(actor, waiting(actor)),
        list(weeks.order_by("-week")[:WEEKS]),
        setting.children_an_hour if setting else CHILDREN_AN_HOUR,
    )


def waiting(actor: Actor) -> QuerySet[ReviewLine]:
    """Lines nobody looked at yet, the oldest first."""
    return (
        lines(actor)
        .filter(reviewed_at=None)
        .select_related("review", "person", "opening")
        .order_by("review__week", "first_at", "pk")
    )


def week(actor: Actor, review_id: UUID) -> tuple[Review, list[Found]]:
    """One week with every line, done or not."""
    officer_only(actor)
    review = Review.objects.filter(pk=review_id, organisation=actor.organisation_id).first()
    if review is None:
        raise NotVisible
    rows = lines(actor).filter(review=review).order_by("first_at", "pk")
    rows = rows.select_related("person", "opening", "review", "reviewed_by__person")
    return review, _found(actor, rows)


def line(actor: Actor, line_id: UUID) -> Found:
    officer_only(actor)
    rows = lines(actor).filter(pk=line_id)
    found = _found(actor, rows.select_related("review", "person", "opening"))
    if not found:
        raise NotVisible
    return found[0]


def how_many(actor: Actor) -> tuple[int, int]:
    """How many lines wait, and how many of those longer than two weeks."""
    late = Q(review__made_at__lt=actor.at - REVIEW_WITHIN)
    rows = ReviewLine.objects.filter(review__organisation=actor.organisation_id, reviewed_at=None)
    found = rows.aggregate(all=Count("pk"), late=Count("pk", filter=late))
    return found["all"], found["late"]


def escalated(actor: Actor) -> tuple[int, int]:
    """For whoever runs the place: how many wait longer than two weeks, and how many for this hat."""
    return next(iter(_escalated(actor)), (0, 0)) if actor.role in RUNS_THE_PLACE else (0, 0)


@kept
def _escalated(actor: Actor) -> QuerySet[ReviewLine, Any]:
    late = Q(review__made_at__lt=actor.at - REVIEW_WITHIN)
    open_now = ReviewLine.objects.filter(
        review__organisation=actor.organisation_id, reviewed_at=None
    )
    own = Q(pk__in=lines(actor).values("pk"))
    counted = open_now.order_by().values("review__organisation")
    found = counted.annotate(late=Count("pk", filter=late), own=Count("pk", filter=own))
    return found.values_list("late", "own")


def _found(actor: Actor, rows: QuerySet[ReviewLine]) -> list[Found]:
    found = list(rows)
    people = {each.person_id for each in found}
    mine = Membership.objects.filter(person__in=people, organisation=actor.organisation_id)
    hats = {(each.person_id, each.role): each for each in mine.order_by("starts")}
    return [
        Found(
            each,
            role_of(each, hats),
            file_number(each.child_id),
            each.reviewed_at is None and each.review.made_at < actor.at - REVIEW_WITHIN,
            each.person_id == actor.person_id,
        )
        for each in found
    ]


# What parents ask about who looked ---------------------------------------------------------------


def questions(actor: Actor) -> QuerySet[LookQuestion]:
    """What was asked of the own organisation, for whoever looks after it: unanswered first, by date."""
    own = LookQuestion.objects.visible_to(actor).filter(organisation=actor.organisation_id)
    return own.select_related("asked_by", "person").order_by(
        F("answered_at").desc(nulls_first=True), "due_at", "pk"
    )


def question(actor: Actor, question_id: UUID) -> LookQuestion:
    found = questions(actor).filter(pk=question_id).first()
    if found is None:
        raise NotVisible
    return found


def asked_by_parents(actor: Actor, children: list) -> QuerySet[LookQuestion]:
    """What these parents asked themselves, with the answer, newest first."""
    mine = LookQuestion.objects.visible_to(actor).filter(
        asked_by=actor.person_id, child__in=children
    )
    return mine.select_related("person", "organisation", "answered_by__person").order_by(
        "-at", "pk"
    )
