"""What is told without being asked, by mails without content; and the weekly list. Safe to repeat."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

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
from alert4you.organisations.models import Membership, Organisation, Role
from alert4you.organisations.rules import RUNS_THE_PLACE

WEEK = timedelta(days=7)
SIGN_IN = _("Sign in to Alert4you to read it.")
A_SHARING_ENDED = _("Something that was shared with you in Alert4you has ended")
A_FILE_WAS_OPENED = _("A file was opened in Alert4you")
LIST_WAITS = _("The weekly list in Alert4you waits too long")
PARENTS_ASK = _("A parent asks something in Alert4you")


def announce_openings(at: datetime) -> int:
    """Tell the care team and the privacy officer at once, and the parents from the agreed moment on."""
    sent = 0
    for opening in _opened(at).filter(staff_mailed_at=None):
        if _opened(at).filter(pk=opening.pk, staff_mailed_at=None).update(staff_mailed_at=at):
            sent += _mail(A_FILE_WAS_OPENED, _staff(opening, at))
    due = Q(parents_mailed_at=None, parents_told_at__lte=at)
    for opening in _opened(at).filter(due):
        if _opened(at).filter(due, pk=opening.pk).update(parents_mailed_at=at):
            sent += _mail(A_FILE_WAS_OPENED, _parents(opening, at))
    return sent


def announce_ended_consents(at: datetime) -> int:
    """Who could read hears that it ended, by whatever: an answer, a birthday, a date; each end once."""
    before = ConsentRequest.objects.filter(asked_at__lte=at, end_told_at=None)
    for request in before.filter(Q(ran_at=None) | Q(stopped_at=None)):
        note_running(request, at)
    ended = before.filter(stopped_at__lte=at)
    sent = 0
    for request in ended:
        if ended.filter(pk=request.pk).update(end_told_at=at):
            sent += _mail(A_SHARING_ENDED, _receivers(request, at))
    return sent


def _receivers(request: ConsentRequest, at: datetime) -> Iterable[str | None]:
    """Who of the other organisation was named for it."""
    named = CareTeamMember.objects.on(day_of(at)).filter(
        child=request.child_id,
        purpose=request.purpose,
        membership__organisation=request.organisation_id,
    )
    return named.values_list("membership__person__email", flat=True)


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
    """Who runs the place hears that the list waits longer than two weeks; each line once."""
    late = ReviewLine.objects.filter(
        reviewed_at=None, escalated_at=None, review__made_at__lt=at - REVIEW_WITHIN
    )
    sent = 0
    owners = set(late.values_list("review__organisation", flat=True))
    for organisation in owners:
        of_one = late.filter(review__organisation=organisation)
        if of_one.update(escalated_at=at):
            sent += _mail(LIST_WAITS, _hats(organisation, at, *RUNS_THE_PLACE))
    return sent


def announce_look_questions(at: datetime) -> int:
    """Who answers hears that a parent asks something; each question once."""
    waiting = LookQuestion.objects.filter(announced_at=None, answered_at=None, at__lte=at)
    sent = 0
    for question in waiting:
        if waiting.filter(pk=question.pk).update(announced_at=at):
            sent += _mail(PARENTS_ASK, _officers(question.organisation_id, at))
    return sent


def _opened(at: datetime) -> QuerySet[Opening]:
    return Opening.objects.filter(at__lte=at).select_related("membership")


def _staff(opening: Opening, at: datetime) -> list[str | None]:
    """The own care team, and who looks after it; not who opened it."""
    team = CareTeamMember.objects.on(day_of(at)).filter(child=opening.child_id, purpose="")
    team = team.exclude(membership=opening.membership_id)
    named = team.values_list("membership__person__email", flat=True)
    return [*named, *_officers(opening.membership.organisation_id, at)]


def _parents(opening: Opening, at: datetime) -> Iterable[str | None]:
    """The guardians with authority, except whom a mark shuts out."""
    out = NegativeMark.objects.on(day_of(at)).filter(child=opening.child_id, person__isnull=False)
    deciding = Guardian.objects.on(day_of(at)).filter(child=opening.child_id, has_authority=True)
    told = deciding.exclude(person__in=out.filter(mark="restriction").values("person"))
    return told.values_list("person__email", flat=True)


def _officers(organisation: UUID, at: datetime) -> list[str | None]:
    officers = _hats(organisation, at, Role.PRIVACY_OFFICER)
    return officers or _hats(organisation, at, *RUNS_THE_PLACE)


def _hats(organisation: UUID, at: datetime, *roles: str) -> list[str | None]:
    hats = Membership.objects.on(day_of(at)).filter(organisation=organisation, role__in=roles)
    return list(hats.values_list("person__email", flat=True))


def _mail(subject: str | Promise, addresses: Iterable[str | None]) -> int:
    """A mail without a name, a child or a reason in it; one per address."""
    there = sorted({each for each in addresses if each})
    with override("nl"):
        for address in there:
            send_mail(str(subject), str(SIGN_IN), None, [address])
    return len(there)
