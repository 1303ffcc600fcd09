"""Signing in, hats, and making a password."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from alert4you.kernel.models import AuditRecord
from alert4you.organisations.models import Membership, Role
from alert4you.web.rules.sessions import Door, Level
from tests.cast import NOW, TODAY, Cast

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
    assert "_auth_user_id" in client.session
    client.post("/logout/")
    assert "_auth_user_id" not in client.session


def test_a_colleague_is_led_to_a_second_proof_before_anything_opens(known: Cast) -> None:
    client = in_english()
    sign_in(client, "fatima@example.org", WORDS)
    for page in ("/", "/children/", f"/children/{known.mila.pk}/", "/keys/", "/admin/"):
        answer = client.get(page, follow=True)
        assert answer.resolver_match.view_name == "web:second", page
        assert "Mila" not in answer.content.decode()


@pytest.mark.django_db
def test_a_browser_that_keeps_no_cookies_hears_that_they_are_needed() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/login/", {"email": "fatima@example.org", "password": WORDS})
    assert answer.status_code == 403
    assert "Uw browser bewaart hier geen cookies" in answer.content.decode()
    client.cookies["django_language"] = "nl"
    late = client.post("/login/", {"email": "fatima@example.org", "password": WORDS})
    assert "de pagina stond te lang open" in late.content.decode()


@pytest.mark.django_db
def test_the_administrator_comes_in_by_the_same_door() -> None:
    assert Client().get("/admin/login/?next=/admin/").url == "/login/?next=/admin/"


def test_a_guessed_password_waits_after_ten_tries_known_or_not(known: Cast) -> None:
    for email in ("fatima@example.org", "nobody@example.org"):
        client = in_english()
        pages = [sign_in(client, email, f"guess {n}") for n in range(12)]
        assert all("do not belong together" in page for page in pages[:10])
        assert all("tried too often" in page for page in pages[10:])
        assert "tried too often" in sign_in(in_english(), email, WORDS)
    known.go_to(NOW + timedelta(minutes=16))
    assert sign_in(Client(), "fatima@example.org", WORDS) == "/"


def test_signing_in_gives_a_new_session_key(known: Cast) -> None:
    client = Client()
    client.get("/login/passkey/")
    before = client.session.session_key
    sign_in(client, "fatima@example.org", WORDS)
    assert before and client.session.session_key != before


def test_a_tampered_session_is_nobody(known: Cast) -> None:
    client = Client()
    sign_in(client, "fatima@example.org", WORDS)
    key = client.cookies["sessionid"].value
    client.cookies["sessionid"] = ("b" if key[0] == "a" else "a") + key[1:]
    assert client.get("/children/").url == "/login/?next=/children/"


def test_what_was_wanted_is_ours_or_forgotten(known: Cast) -> None:
    for wanted, to in (("/hats/", "/hats/"), ("https://evil.example/", "/"), ("//evil", "/")):
        told = {"email": "fatima@example.org", "password": WORDS, "next": wanted}
        assert Client().post("/login/", told).url == to


def test_the_trail_tells_who_came_in_and_who_was_refused_and_no_content(known: Cast) -> None:
    sign_in(Client(), "fatima@example.org", "wrong words")
    sign_in(Client(), "fatima@example.org", WORDS)
    told = AuditRecord.objects.filter(name="door.password").order_by("pk")
    assert [row.outcome for row in told] == [8, 0]
    assert told[1].person_id == known.fatima.person_id
    assert told[1].organisation_id == known.nursery.pk
    assert "wrong" not in str(list(AuditRecord.objects.values()))


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


def second_hat(cast: Cast) -> Membership:
    return Membership.objects.create(
        person=cast.fatima.person,
        organisation=cast.youthcare,
        role=Role.COACH,
        profession="jeugdhulpcoach",
        starts=TODAY,
    )


def test_one_hat_at_a_time(cast: Cast) -> None:
    second = second_hat(cast)
    client = cast.client("fatima")
    assert client.get("/").context["actor"].role == Role.GROUP_WORKER
    client.post("/hats/", {"hat": str(second.pk)})
    assert client.get("/").context["actor"].organisation_id == cast.youthcare.pk
    client.post("/hats/", {"hat": str(cast.carla.pk)})
    assert client.get("/").context["actor"].membership_id == second.pk, "not somebody else's hat"


def test_a_form_that_was_opened_in_one_hat_is_not_sent_in_another(cast: Cast) -> None:
    """Fatima has a child here as well: in another tab she became its parent meanwhile."""
    client, page = Client(enforce_csrf_checks=True), f"/children/{cast.mila.pk}/note/"
    client.cookies = cast.client("fatima").cookies
    hats = token_on(client, "/hats/")
    note = {"text": "Zij bouwde een toren", "category": "day", "readers": "parents"}
    note |= {"once": str(uuid4()), "csrfmiddlewaretoken": token_on(client, page)}
    client.post("/hats/", {"hat": Role.PARENT.value, "csrfmiddlewaretoken": hats})
    client.post(
        "/hats/", {"hat": str(cast.fatima.pk), "csrfmiddlewaretoken": token_on(client, "/hats/")}
    )
    assert client.post(page, note).status_code == 403
    written = client.post(page, {**note, "csrfmiddlewaretoken": token_on(client, page)})
    assert written.status_code == 302


def token_on(client: Client, page: str) -> str:
    told = client.get(page).content.decode()
    return re.search('name="csrfmiddlewaretoken" value="([^"]+)"', told).group(1)


@pytest.mark.parametrize("chosen", [False, True])
def test_with_the_end_of_a_hat_nobody_goes_on_in_another(known: Cast, chosen: bool) -> None:
    """Between the page and its form; the words are given back, and stand in no other name."""
    client, second = in_english(), second_hat(known)
    sign_in(client, "fatima@example.org", WORDS)
    session = client.session
    Door().opened(NOW, Level.CARE).keep(session)
    session.save()
    if chosen:
        client.post("/hats/", {"hat": str(second.pk)})
    worn = second if chosen else known.fatima
    assert client.get("/").context["actor"].membership_id == worn.pk
    Membership.objects.filter(pk=worn.pk).update(ends=TODAY)
    known.go_to(NOW + timedelta(minutes=1))
    words = "Zij bouwde een toren"
    told = client.post(f"/children/{known.mila.pk}/note/", {"text": words}).content.decode()
    assert all(each in told for each in (words, "Not saved yet", "has ended"))
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
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


@pytest.mark.django_db
def test_the_switch_is_remembered_on_this_device() -> None:
    client = Client()
    client.post("/language/", {"language": "en", "next": "/login/"})
    assert client.get("/login/")["Content-Language"] == "en"
