"""Signing in, hats, and making a password."""

import re

import pytest
from django.core import mail
from django.test import Client

from alert4you.organisations.models import Membership, Role
from tests.cast import TODAY, Cast

WORDS = "een lang geheim van Fatima"


@pytest.fixture
def known(cast: Cast) -> Cast:
    cast.fatima.person.set_password(WORDS)
    cast.fatima.person.save()
    return cast


def in_english() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def sign_in(client: Client, email: str, password: str) -> str:
    answer = client.post("/login/", {"email": email, "password": password})
    return answer.headers.get("Location", "") or answer.content.decode()


def test_sign_in_and_out(known: Cast) -> None:
    client = Client()
    assert sign_in(client, "Fatima@example.org", WORDS) == "/"
    assert "Fatima" in client.get("/").content.decode()
    client.post("/logout/")
    assert client.get("/children/").status_code == 302


@pytest.mark.parametrize(
    ("email", "password"), [("fatima@example.org", "wrong"), ("nobody@example.org", WORDS)]
)
def test_the_same_words_whatever_was_wrong(known: Cast, email: str, password: str) -> None:
    page = sign_in(in_english(), email, password)
    assert "do not belong together" in page
    assert email in page


def test_a_link_makes_a_password_once(cast: Cast) -> None:
    client = Client()
    client.post("/password/", {"email": "anna@example.org"})
    (sent,) = mail.outbox
    link = re.search(r"/password/\S+/\S+/", sent.body).group()
    form = client.get(link, follow=True)
    chosen = {"new_password1": WORDS, "new_password2": WORDS}
    answer = client.post(form.redirect_chain[-1][0], chosen)
    assert answer.status_code == 302
    assert sign_in(Client(), "anna@example.org", WORDS) == "/"
    again = in_english().get(link, follow=True)
    assert "has been used" in again.content.decode()


def test_an_unknown_address_gets_the_same_page_and_no_mail(cast: Cast) -> None:
    answer = Client().post("/password/", {"email": "who@example.org"})
    assert answer.url == "/password/sent/"
    assert mail.outbox == []


def test_one_hat_at_a_time(cast: Cast) -> None:
    second = Membership.objects.create(
        person=cast.fatima.person,
        organisation=cast.youthcare,
        role=Role.COACH,
        profession="jeugdhulpcoach",
        starts=TODAY,
    )
    client = cast.client("fatima")
    assert client.get("/").context["actor"].role == Role.GROUP_WORKER
    client.post("/hats/", {"hat": str(second.pk)})
    assert client.get("/").context["actor"].organisation_id == cast.youthcare.pk
    client.post("/hats/", {"hat": str(cast.carla.pk)})
    assert client.get("/").context["actor"].membership_id == second.pk, "not somebody else's hat"


@pytest.mark.parametrize(
    ("chosen", "browser", "spoken"),
    [("", "en-US", "nl"), ("", "", "nl"), ("en", "nl", "en"), ("xx", "en", "nl")],
)
def test_dutch_unless_somebody_chose_otherwise(chosen: str, browser: str, spoken: str) -> None:
    client = Client()
    if chosen:
        client.cookies["django_language"] = chosen
    answer = client.get("/login/", headers={"Accept-Language": browser})
    assert answer["Content-Language"] == spoken
    assert f'<html lang="{spoken}">' in answer.content.decode()


def test_the_switch_is_remembered_on_this_device() -> None:
    client = Client()
    client.post("/language/", {"language": "en", "next": "/login/"})
    assert client.get("/login/")["Content-Language"] == "en"
