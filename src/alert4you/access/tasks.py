"""What is told without being asked, by mails without content; and the weekly list. Safe to repeat."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from alert4you.access.commands.consent import note_running
from alert4you.access.models import (
    CareTeamMember,
    ConsentRequest,
    LookQuestion,
    NegativeMark,
    Opening,
    Review,
    ReviewLine,
)
from alert4you.access.queries.findings import findings
from alert4you.access.rules.review import REVIEW_WITHIN, monday
from alert4you.children.models import Guardian
from alert4you.kernel.clock import day_of
from alert4you.kernel.mailing import Notice, announce
from alert4you.kernel.rhythm import nightly
from alert4you.organisations.models import Organisation, Role
from alert4you.organisations.queries import at_work, mail_to, system_actor

WEEK = timedelta(days=7)
SIGN_IN = _("Sign in to Alert4you to read it.")
A_SHARING_ENDED = Notice(_("Something that was shared with you in Alert4you has ended"), SIGN_IN)
A_FILE_WAS_OPENED = Notice(_("A file was opened in Alert4you"), SIGN_IN)
SAY_IF_RIGHT = Notice(_("Something in your name waits for you in Alert4you"), SIGN_IN)
LIST_WAITS = Notice(_("The weekly list in Alert4you waits too long"), SIGN_IN)
PARENTS_ASK = Notice(_("A parent asks something in Alert4you"), SIGN_IN)


def announce_openings(at: datetime) -> int:
    """Tell the care team and the privacy officer at once, and the parents from the agreed moment on."""
    sent = 0
    for opening in _opened(at).filter(staff_mailed_at=None):
        waits = _opened(at).filter(pk=opening.pk, staff_mailed_at=None)
        sent += announce(waits, A_FILE_WAS_OPENED, _staff(opening, at), at, staff_mailed_at=at)
    due = Q(parents_mailed_at=None, parents_told_at__lte=at)
    for opening in _opened(at).filter(due):
        waits = _opened(at).filter(due, pk=opening.pk)
        sent += announce(waits, A_FILE_WAS_OPENED, _parents(opening, at), at, parents_mailed_at=at)
    return sent


def announce_ended_consents(at: datetime) -> int:
    """Who could read hears that it ended, by whatever: an answer, a birthday, a date; each end once."""
    before = ConsentRequest.objects.filter(asked_at__lte=at, end_told_at=None)
    for request in before.filter(Q(ran_at=None) | Q(stopped_at=None)):
        note_running(system_actor(at), request)
    ended = before.filter(stopped_at__lte=at)
    sent = 0
    for request in ended:
        waits = ended.filter(pk=request.pk)
        sent += announce(waits, A_SHARING_ENDED, _receivers(request, at), at, end_told_at=at)
    return sent


def announce_to_confirm(at: datetime) -> int:
    """A professional hears that something was written down in her name; each time once."""
    waiting = ConsentRequest.objects.filter(
        rests_on__isnull=False, confirmed=None, closed_at=None, rests_told_at=None, asked_at__lte=at
    )
    sent = 0
    for request in waiting:
        one = waiting.filter(pk=request.pk)
        hat = at_work(at).filter(pk__in=one.values("rests_on"))
        emails = hat.values_list("person__email", flat=True)
        sent += announce(one, SAY_IF_RIGHT, emails, at, rests_told_at=at)
    return sent


def _receivers(request: ConsentRequest, at: datetime) -> Iterable[str | None]:
    """Who of the other organisation was named for it."""
    named = CareTeamMember.objects.on(day_of(at)).filter(
        child=request.child_id,
        purpose=request.purpose,
        membership__organisation=request.organisation_id,
    )
    hats = at_work(at).filter(pk__in=named.values("membership"))
    return hats.values_list("person__email", flat=True)


@nightly
def make_reviews(at: datetime) -> int:
    """The list of every week that is over, for every organisation, also of weeks that were missed."""
    made = 0
    this_week = monday(day_of(at))
    for organisation in Organisation.objects.order_by("pk"):
        last = Review.objects.filter(organisation=organisation).order_by("-week").first()
        week = last.week + WEEK if last else this_week - WEEK
        while week < this_week:
            with transaction.atomic():
                review, new = Review.objects.get_or_create(
                    organisation=organisation, week=week, defaults={"made_at": at}
                )
                if new:
                    lines = findings(organisation.pk, week)
                    for line in lines:
                        line.review = review
                    ReviewLine.objects.bulk_create(lines)
                    made += 1
            week += WEEK
    return made


def escalate_reviews(at: datetime) -> int:
    """Whoever runs the place hears that the list waits longer than two weeks; each line once."""
    late = ReviewLine.objects.filter(
        reviewed_at=None, escalated_at=None, review__made_at__lt=at - REVIEW_WITHIN
    )
    sent = 0
    owners = set(late.values_list("review__organisation", flat=True))
    for organisation in owners:
        of_one = late.filter(review__organisation=organisation)
        sent += announce(of_one, LIST_WAITS, mail_to(organisation, at), at, escalated_at=at)
    return sent


def announce_look_questions(at: datetime) -> int:
    """Who answers hears that a parent asks something; each question once."""
    waiting = LookQuestion.objects.unrestricted(reason="who must hear of it").filter(
        announced_at=None, answered_at=None, at__lte=at
    )
    sent = 0
    for question in waiting:
        to = mail_to(question.organisation_id, at, Role.PRIVACY_OFFICER, but=question.person_id)
        sent += announce(waiting.filter(pk=question.pk), PARENTS_ASK, to, at, announced_at=at)
    return sent


def _opened(at: datetime) -> QuerySet[Opening]:
    return Opening.objects.filter(at__lte=at).select_related("membership")


def _staff(opening: Opening, at: datetime) -> list[str | None]:
    """The own care team, and who looks after it; not who opened it, nor whom a mark shuts out."""
    team = CareTeamMember.objects.on(day_of(at)).filter(child=opening.child_id, purpose="")
    team = team.exclude(membership=opening.membership_id)
    out = NegativeMark.objects.on(day_of(at)).filter(child=opening.child_id, person__isnull=False)
    named = at_work(at).filter(pk__in=team.values("membership"))
    named = named.exclude(person__in=out.values("person"))
    emails = named.values_list("person__email", flat=True)
    return [*emails, *mail_to(opening.membership.organisation_id, at, Role.PRIVACY_OFFICER)]


def _parents(opening: Opening, at: datetime) -> Iterable[str | None]:
    """The guardians with authority, except whom a mark shuts out."""
    out = NegativeMark.objects.on(day_of(at)).filter(child=opening.child_id, person__isnull=False)
    deciding = Guardian.objects.on(day_of(at)).filter(child=opening.child_id, has_authority=True)
    told = deciding.exclude(person__in=out.filter(mark="restriction").values("person"))
    told = told.filter(person__is_active=True)
    return told.values_list("person__email", flat=True)
