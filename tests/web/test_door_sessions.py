"""Where one is signed in and ending that, and what its owner hears of an account."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from alert4you.organisations.models import Person, Session
from alert4you.organisations.tasks import forget_attempts
from alert4you.web.rules.sessions import browser_named
from tests.cast import NOW, Cast
from tests.web.test_door import WORDS, in_english, sign_in
from tests.web.test_door_proofs import prove, set_up_app, with_password

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"
PHONE = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/131.0.0.0 Mobile Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1"
)
SIGN_OUT = re.compile(r"/keys/there/\w+/")


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox, Windows"),
        (PHONE, "Chrome, Android"),
        (IPHONE, "Safari, iPhone"),
        ("<script>alert(1)</script>", ""),
        ("", ""),
    ],
)
def test_a_browser_is_called_as_people_call_it(agent: str, name: str) -> None:
    assert browser_named(agent) == name


def from_phone(cast: Cast, name: str) -> Client:
    """Somebody who knows the password comes in with a telephone, and gets no further."""
    phone = Client(headers={"User-Agent": PHONE})
    phone.cookies["django_language"] = "en"
    sign_in(phone, cast.people[name].person.email, WORDS)
    return phone


@pytest.fixture
def fatima(cast: Cast) -> Client:
    client = with_password(cast, "fatima")
    set_up_app(client)
    return client


def test_one_sees_where_one_is_signed_in_and_ends_one(cast: Cast, fatima: Client) -> None:
    phone, bystander = from_phone(cast, "fatima"), cast.client("lotte")
    page = fatima.get("/keys/").content.decode()
    assert "Chrome, Android" in page and "here, now" in page
    assert not any(each.session_key in page for each in Session.objects.all())
    (there,) = SIGN_OUT.findall(page)
    bystander.post(there)
    assert "_auth_user_id" in phone.session, "nobody ends the session of another"
    assert fatima.post(there).url == "/keys/"
    assert "_auth_user_id" not in phone.session
    assert "Chrome, Android" not in fatima.get("/keys/").content.decode()
    assert bystander.get("/children/").status_code == 200


def test_what_is_over_is_not_in_the_list(cast: Cast, fatima: Client) -> None:
    from_phone(cast, "fatima")
    cast.go_to(NOW + timedelta(minutes=119))
    assert len(SIGN_OUT.findall(fatima.get("/keys/").content.decode())) == 1
    cast.go_to(NOW + timedelta(minutes=121))
    assert SIGN_OUT.findall(fatima.get("/keys/").content.decode()) == []


def test_a_new_password_leaves_no_session_in_the_list(cast: Cast, fatima: Client) -> None:
    from_phone(cast, "fatima")
    person = cast.fatima.person
    person.set_password("iets heel anders, en nog langer")
    person.save()
    page = cast.client("fatima").get("/keys/").content.decode()
    assert SIGN_OUT.findall(page) == []


def test_who_may_not_sign_in_any_more_is_nobody_at_once(cast: Cast, fatima: Client) -> None:
    Person.objects.filter(pk=cast.fatima.person_id).update(is_active=False)
    assert fatima.get("/children/").url == "/login/?next=/children/"


def test_a_session_of_a_way_in_that_is_gone_is_nobodys(
    cast: Cast, fatima: Client, settings: Any
) -> None:
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.AllowAllUsersModelBackend"]
    assert fatima.get("/children/").url == "/login/?next=/children/"


def test_a_session_that_says_two_people_is_over(cast: Cast, fatima: Client) -> None:
    Session.objects.filter(person=cast.fatima.person_id).update(person=cast.lotte.person_id)
    assert fatima.get("/children/").url == "/login/?next=%2Fchildren%2F"


def test_sessions_that_are_over_are_forgotten(cast: Cast) -> None:
    cast.client("fatima")
    forget_attempts(NOW)
    assert Session.objects.filter(person=cast.fatima.person).exists()
    forget_attempts(Session.objects.get(person=cast.fatima.person).expire_date + timedelta(days=1))
    assert not Session.objects.exists()


# What the owner hears ----------------------------------------------------------------------------


def told(words: str) -> list[list[str]]:
    return [each.to for each in mail.outbox if words in each.body]


def test_a_browser_that_was_not_used_before_is_told_once(cast: Cast, fatima: Client) -> None:
    assert told("not used for it before") == [["fatima@example.org"]]
    fatima.post("/logout/")
    sign_in(fatima, "fatima@example.org", WORDS)
    assert len(told("not used for it before")) == 1, "the same browser is known"
    from_phone(cast, "fatima")
    assert len(told("not used for it before")) == 2


def test_a_browser_cannot_say_itself_that_it_is_known(cast: Cast, fatima: Client) -> None:
    other = in_english()
    other.cookies["known"] = fatima.cookies["known"].value.replace(":", ".x:", 1)
    sign_in(other, "fatima@example.org", WORDS)
    assert len(told("not used for it before")) == 2


def test_what_a_browser_keeps_tells_nobody_who_they_are(cast: Cast, fatima: Client) -> None:
    kept = fatima.cookies["known"].value
    assert cast.fatima.person.pk.hex not in kept and "fatima" not in kept
    assert fatima.cookies["known"]["httponly"]


def test_ten_wrong_passwords_are_told_once_and_only_to_who_is_known(cast: Cast) -> None:
    for email in ("fatima@example.org", "nobody@example.org"):
        for number in range(14):
            sign_in(in_english(), email, f"guess {number}")
    assert told("wrong ten times") == [["fatima@example.org"]]


def test_who_knows_the_password_and_guesses_the_second_proof_is_told(
    cast: Cast, fatima: Client
) -> None:
    thief = from_phone(cast, "fatima")
    for number in range(12):
        prove(thief, f"{number:06}")
    assert told("wrong ten times") == [["fatima@example.org"]]


def test_a_session_with_a_character_that_no_database_keeps_is_none(cast: Cast) -> None:
    answer = Client().get("/children/", headers={"cookie": 'sessionid="aaaaaaaa\\000bbbb"'})
    assert answer.status_code == 302
