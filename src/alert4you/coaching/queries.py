"""What waits for whom: questions with their clock, visits, talks, contacts that still owe an answer."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alert4you.access.models import Entry
from alert4you.access.queries.line import coach_posts, posted_locations
from alert4you.children.models import Child
from alert4you.coaching.models import Advice, ChildQuestion, Contact, Question, TalkPreparation, Visit
from alert4you.kernel.decision import Decision, Denied, NotVisible
from alert4you.organisations.models import Absence, Actor, Location, Membership, Role
from alert4you.organisations.queries import colleagues, stands_in
from django.utils.translation import gettext_lazy as _


def who_answers(actor: Actor, location: Location) -> Membership:
    """Exactly one person: the coach of the location, else the own pedagogue or care coordinator.

    Whoever is away today is replaced by the cover. Denied when nobody is there to ask.
    """
    post = coach_posts(actor, location).first()
    first = (
        post.membership
        if post
        else colleagues(actor, Role.PEDAGOGUE).first()
        or colleagues(actor, Role.CARE_COORDINATOR).first()
    )
    if first is None:
        raise Denied(
            Decision(
                _("Nobody answers questions at this location yet."),
                _("Ask your location manager to bring in a coach."),
            )
        )
    today = stands_in(first.pk, actor.today)
    return first if today == first.pk else _membership(today)


def _membership(pk: UUID) -> Membership:
    return Membership.objects.select_related("person", "organisation").get(pk=pk)


def questions(actor: Actor) -> QuerySet[Question]:
    """Questions this hat may see, the most urgent first."""
    seen = Question.objects.visible_to(actor).select_related(
        "author", "hat__organisation", "to__person", "to__organisation", "location", "group"
    )
    return seen.order_by("due_at", "pk")


def waiting_for(actor: Actor) -> QuerySet[Question]:
    """Unanswered questions to this hat, or to those whom it stands in for today."""
    covered = Absence.objects.on(actor.today).filter(cover=actor.membership_id)
    mine = Q(to=actor.membership_id) | Q(to__in=covered.values("membership"))
    return questions(actor).filter(mine, answered_at=None)


def asked_by(actor: Actor) -> QuerySet[Question]:
    """What this hat asked, the open ones first, then the latest answers."""
    mine = questions(actor).filter(hat=actor.membership_id)
    return mine.prefetch_related(None).order_by("-answered_at", "due_at")


def past_the_clock(actor: Actor) -> QuerySet[Question]:
    """Questions at the own organisation whose answer is late: for who keeps hold of it."""
    return questions(actor).filter(
        organisation=actor.organisation_id, answered_at=None, due_at__lt=actor.at
    )


def question(actor: Actor, question_id: UUID) -> Question:
    found = questions(actor).filter(pk=question_id).first()
    if found is None:
        raise NotVisible
    return found


def about_children(actor: Actor, asked: list[Question]) -> dict[UUID, ChildQuestion]:
    """For those questions that this hat may connect to a child: question id -> what was asked."""
    known = ChildQuestion.objects.visible_to(actor).filter(question__in=[q.pk for q in asked])
    return {each.question_id: each for each in known.select_related("child")}


def answers(actor: Actor, asked: Question) -> QuerySet[Advice]:
    """The answers to a question that this hat may see, oldest first."""
    seen = Advice.objects.visible_to(actor).filter(question=asked)
    return seen.select_related("author", "hat__organisation").order_by("at")


def visits(actor: Actor, first: date, last: date) -> QuerySet[Visit]:
    """Planned visits of this hat and of whom it stands in for, both days included."""
    covered = Absence.objects.on(actor.today).filter(cover=actor.membership_id)
    mine = Q(coach=actor.membership_id) | Q(coach__in=covered.values("membership"))
    planned = Visit.objects.filter(mine, day__range=(first, last), cancelled_at=None)
    return planned.select_related("location__organisation", "coach__person").order_by("day", "pk")


def visits_of_week(actor: Actor) -> QuerySet[Visit]:
    """Monday to Sunday of the actor's week."""
    monday = actor.today - timedelta(days=actor.today.weekday())
    return visits(actor, monday, monday + timedelta(days=6))


def next_visits(actor: Actor, location: Location) -> QuerySet[Visit]:
    """When a coach comes to a location, from today on."""
    coming = Visit.objects.filter(location=location, day__gte=actor.today, cancelled_at=None)
    return coming.select_related("coach__person", "location").order_by("day")


def visit(actor: Actor, visit_id: UUID) -> Visit:
    found = Visit.objects.filter(pk=visit_id, location__in=posted_locations(actor)).first()
    if found is None:
        raise NotVisible
    return found


def owes_generalising(actor: Actor) -> QuerySet[Contact]:
    """Own contacts that do not yet say what helps the other children too."""
    mine = Contact.objects.visible_to(actor).filter(
        hat=actor.membership_id, helps_others="", parents_present=False
    )
    return mine.select_related("child", "location").order_by("at")


def contact(actor: Actor, contact_id: UUID) -> Contact:
    seen = Contact.objects.visible_to(actor).select_related("child", "location")
    found = seen.filter(pk=contact_id).first()
    if found is None:
        raise NotVisible
    return found


def parent_contacts(actor: Actor, child: Child) -> QuerySet[Contact]:
    """Talks at which the parents were present, oldest first."""
    seen = Contact.objects.visible_to(actor).filter(child=child, parents_present=True)
    return seen.order_by("at")


def talks_to_hold(actor: Actor) -> QuerySet[TalkPreparation]:
    """Prepared talks that were not held yet, soonest first."""
    held = Contact.objects.filter(preparation=OuterRef("pk"))
    prepared = TalkPreparation.objects.visible_to(actor).filter(~Exists(held))
    return prepared.select_related("child", "worker__person").order_by("planned_on", "pk")


def talk_preparation(actor: Actor, preparation_id: UUID) -> TalkPreparation:
    seen = TalkPreparation.objects.visible_to(actor).select_related(
        "child", "worker__person", "author"
    )
    found = seen.filter(pk=preparation_id).first()
    if found is None:
        raise NotVisible
    return found


def held_talk(actor: Actor, preparation: TalkPreparation) -> Contact | None:
    return Contact.objects.visible_to(actor).filter(preparation=preparation).first()


def group_entries(actor: Actor) -> QuerySet[Entry]:
    """What was written about the groups without a child, newest first."""
    seen = Entry.objects.visible_to(actor).filter(child=None)
    return seen.select_related("author", "hat__organisation", "group", "location").order_by("-at")


def unannounced(at: datetime) -> QuerySet[Question]:
    """Questions whose answerer has not had a mail yet (for the sweep)."""
    new = Question.objects.unrestricted(reason="mail without content to who answers")
    return new.filter(announced_at=None, at__lte=at).select_related("to__person")
