"""What is told later is told to whoever may know it at that moment, once, and without what it is about."""

from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from alert4you.access import tasks as access
from alert4you.access.commands.marks import forbid
from alert4you.access.commands.openings import break_glass
from alert4you.access.commands.review import ask_about_look
from alert4you.access.models import Review, ReviewLine
from alert4you.children.models import Guardian
from alert4you.coaching import tasks as coaching
from alert4you.coaching.commands.questions import ask_coach
from alert4you.kernel import tasks as kernel
from alert4you.kernel.audit import append
from alert4you.kernel.models import AuditRecord, AuditRoot
from alert4you.meetings import tasks as meetings
from alert4you.operations.jobs import jobs
from alert4you.organisations.models import Membership, SignInCode
from alert4you.rights import tasks as rights
from alert4you.rights.commands.asking import ask
from alert4you.rights.commands.handling import extend_request, grant_request
from alert4you.rights.models import RightsRequest
from alert4you.rights.rules.asking import Asked
from tests.architecture.canaries import plant, posted, seen
from tests.architecture.world import CANARY, make_action, make_world
from tests.cast import NOW, TODAY, Cast

Queue = Callable[[Cast], object]
LATER = NOW + timedelta(minutes=30)


class Post(EmailBackend):
    """A post office: open, closed, or one that takes the mail and then the sender dies."""

    state = "open"

    def send_messages(self, messages: Any) -> int:
        if Post.state == "closed":
            raise SMTPServerDisconnected
        sent = super().send_messages(messages)
        if Post.state == "sender dies":
            raise SystemExit
        return sent


@pytest.fixture(autouse=True)
def post(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Post"
    monkeypatch.setattr(Post, "state", "open")


def a_meeting(cast: Cast) -> None:
    make_action(cast, (f"{CANARY}{number}" for number in range(9)))


def an_opening(cast: Cast) -> None:
    break_glass(cast.actor("lotte"), cast.mila, f"{CANARY}: wij moeten weten wat zij slikt")


def a_late_list(cast: Cast) -> None:
    review = Review.objects.create(
        organisation=cast.nursery, week=TODAY, made_at=NOW - timedelta(weeks=3)
    )
    about = {"person": cast.lotte.person, "role": "group_worker", "first_at": NOW}
    ReviewLine.objects.create(review=review, finding="emergency", child=cast.mila, **about)


def a_question(cast: Cast) -> None:
    ask_coach(cast.actor("fatima"), cast.location, "group", f"{CANARY}1", None, f"{CANARY}2")


def a_look(cast: Cast) -> None:
    read = AuditRecord.of(cast.actor("fatima"), "R", "web:line", cast.mila.pk, {"day": ["1"]})
    append([read])
    ask_about_look(cast.actor("anna"), cast.mila, cast.fatima.person, read, f"{CANARY}1")


def a_request(cast: Cast) -> RightsRequest:
    return ask(cast.actor("anna"), cast.mila, Asked("access", cast.nursery, f"{CANARY}1"))


def an_answer(cast: Cast) -> None:
    grant_request(cast.actor("carla"), a_request(cast), f"{CANARY}2")


CHANNELS: list[tuple[Queue, Callable[[datetime], int], set[str]]] = [
    (a_meeting, meetings.announce_meetings, {"carla", "fatima", "pieter", "anna", "bram"}),
    (an_opening, access.announce_openings, {"carla", "olga", "anna", "bram"}),
    (a_late_list, access.escalate_reviews, {"carla", "marit"}),
    (a_look, access.announce_look_questions, {"olga"}),
    (a_question, coaching.announce_questions, {"sanne"}),
    (a_request, rights.announce_requests, {"carla", "olga"}),
    (an_answer, rights.announce_answers, {"anna"}),
]
each_channel = pytest.mark.parametrize(("queue", "job", "told"), CHANNELS)


def who_got_mail() -> set[str]:
    return {each.to[0].partition("@")[0] for each in mail.outbox}


@pytest.fixture
def queued(cast: Cast, queue: Queue) -> Cast:
    queue(cast)
    mail.outbox.clear()
    return cast


def leaves(cast: Cast, name: str) -> None:
    """The membership ends today; of a parent the authority."""
    who = cast.people[name]
    if isinstance(who, Membership):
        Membership.objects.filter(pk=who.pk).update(ends=TODAY)
    else:
        Guardian.objects.filter(person=who).update(has_authority=False)


@each_channel
def test_who_is_told_and_once(queued: Cast, job: Any, told: set[str]) -> None:
    assert job(LATER) == len(told)
    assert who_got_mail() == told
    assert job(LATER) == 0


@each_channel
def test_who_left_between_queueing_and_sending_is_told_nothing(
    queued: Cast, job: Any, told: set[str]
) -> None:
    for name in told:
        leaves(queued, name)
    job(LATER)
    assert who_got_mail() & told == set()


@each_channel
def test_who_may_not_sign_in_any_more_is_told_nothing(
    queued: Cast, job: Any, told: set[str]
) -> None:
    for name in told:
        who = queued.people[name]
        person = who.person if isinstance(who, Membership) else who
        person.is_active = False
        person.save()
    job(LATER)
    assert who_got_mail() & told == set()


@pytest.mark.parametrize(("queue", "job", "told"), CHANNELS[:2])
def test_whom_a_new_mark_shuts_out_is_told_nothing(queued: Cast, job: Any, told: set[str]) -> None:
    carla, marit = queued.actor("carla"), queued.actor("marit")
    forbid(carla, queued.mila, queued.bram, "restriction", "een besluit van de rechter")
    forbid(marit, queued.mila, queued.carla.person, "conflict_of_interest", "tante van Mila")
    job(LATER)
    assert "bram" not in who_got_mail()
    if job is access.announce_openings:
        assert "carla" not in who_got_mail()


@each_channel
def test_an_address_that_changed_is_asked_when_sending(
    queued: Cast, job: Any, told: set[str]
) -> None:
    for name in told:
        who = queued.people[name]
        person = who.person if isinstance(who, Membership) else who
        person.email = f"new.{name}@example.org"
        person.save()
    job(LATER)
    assert who_got_mail() == {f"new.{name}" for name in told}


@each_channel
def test_a_sender_that_dies_after_sending_sends_one_mail(
    queued: Cast, job: Any, told: set[str]
) -> None:
    """It cannot know that the mail went, so it goes again, as the same mail."""
    Post.state = "sender dies"
    with pytest.raises(SystemExit):
        job(LATER)
    Post.state = "open"
    assert job(LATER) == len(told) - 1, "the other worker may still be sending this one"
    assert job(LATER + timedelta(minutes=11)) == 1
    messages = {(each.to[0], each.message()["Message-ID"]) for each in mail.outbox}
    assert len(mail.outbox) == len(told) + 1 and len(messages) == len(told)


@each_channel
def test_while_mail_is_down_nothing_is_lost(queued: Cast, job: Any, told: set[str]) -> None:
    Post.state = "closed"
    with pytest.raises(SMTPServerDisconnected):
        job(LATER)
    Post.state = "open"
    assert job(LATER + timedelta(minutes=5)) == len(told)
    assert who_got_mail() == told


def test_that_it_takes_longer_and_the_answer_are_two_mails(cast: Cast) -> None:
    request = extend_request(cast.actor("carla"), a_request(cast), "veel om op te zoeken")
    assert (rights.announce_answers(LATER), rights.announce_answers(LATER)) == (1, 0)
    grant_request(cast.actor("carla", minutes=20), request, f"{CANARY}2")
    assert (rights.announce_answers(LATER), rights.announce_answers(LATER)) == (1, 0)


def test_whom_a_mark_shuts_out_hears_of_no_answer(cast: Cast) -> None:
    an_answer(cast)
    forbid(cast.actor("carla"), cast.mila, cast.anna, "restriction", "een besluit van de rechter")
    assert rights.announce_answers(LATER) == 0


def test_a_code_is_not_sent_after_the_outage(cast: Cast) -> None:
    Post.state = "closed"
    cast.client("nobody").post("/login/code/", {"email": "anna@example.org"})
    Post.state = "open"
    assert SignInCode.objects.filter(person=cast.anna).exists()
    for __, job in jobs().items():
        job(LATER)
    assert "anna" not in who_got_mail()


def test_the_roots_of_the_trail_go_when_mail_is_back(cast: Cast, settings: Any) -> None:
    settings.AUDIT_MAIL = ["keeper@example.org"]
    kernel.sign_audit_root(NOW)
    Post.state = "closed"
    with pytest.raises(SMTPServerDisconnected):
        kernel.send_audit_roots(NOW)
    Post.state = "open"
    later = NOW + timedelta(hours=30)
    assert (kernel.send_audit_roots(later), kernel.send_audit_roots(later)) == (1, 0)
    assert AuditRoot.objects.get().root in mail.outbox[0].body


def test_no_mail_says_anything_of_what_it_is_about(cast: Cast, settings: Any) -> None:
    """Every text of every row is a canary; none of them is in a mail of any job."""
    settings.AUDIT_MAIL = ["keeper@example.org"]
    make_world(cast)
    plant(CANARY)
    mail.outbox.clear()
    for __, job in jobs().items():
        job(LATER + timedelta(days=2))
    assert len(mail.outbox) > 5
    assert seen(posted(mail.outbox)) == set()
    assert CANARY not in posted(mail.outbox)
