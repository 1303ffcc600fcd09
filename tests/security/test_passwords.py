"""Passwords, and the other secrets that open a door."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, hotp_value
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from alert4you.organisations.commands import make_code
from alert4you.organisations.models import Person
from alert4you.organisations.queries import system_actor
from tests.cast import NOW, Cast

SENTENCE = "  Elke Kikker springt 3x hoger  "


@pytest.mark.parametrize(
    ("password", "good"),
    [
        ("elfletters1", False),
        ("elke kikker springt", True),
        ("alleenkleineletters", True),
        ("日本語のとても長い秘密の文です", True),
        ("een heel lange zin " * 6, True),
        ("123456789012", False),
        ("qwertyuiop123", False),
        ("fatima.fatima@example.org", False),
        ("Alert4you2026!", False),
        ("kinderopvang2027", False),
        ("Wachtwoord1234", False),
        ("zorgcoordinator!!!!", False),
        ("de kinderopvang op de berg is blauw", True),
    ],
)
def test_what_makes_a_password(password: str, good: bool) -> None:
    person = Person(name="Fatima", email="fatima.fatima@example.org")
    if good:
        validate_password(password, person)
        return
    with pytest.raises(ValidationError):
        validate_password(password, person)


@pytest.fixture
def fatima(cast: Cast) -> Person:
    person = cast.fatima.person
    person.set_password(SENTENCE)
    person.save()
    return person


def sign_in(email: str, password: str) -> Client:
    client = Client()
    client.post("/login/", {"email": email, "password": password})
    return client


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.django_db
def test_the_field_hides_and_lets_paste() -> None:
    page = Client().get("/login/").content.decode()
    field = re.search(r"<input[^>]*name=\"password\"[^>]*>", page).group()
    assert 'type="password"' in field
    assert 'autocomplete="current-password"' in field
    assert "onpaste" not in page


@pytest.mark.parametrize(
    ("typed", "opens"),
    [
        (SENTENCE, True),
        (SENTENCE.strip(), False),
        (SENTENCE.lower(), False),
        (SENTENCE[:20], False),
    ],
)
def test_what_was_typed_is_compared_as_it_is(fatima: Person, typed: str, opens: bool) -> None:
    assert is_in(sign_in(fatima.email, typed)) is opens


def test_a_password_does_not_grow_old(cast: Cast, fatima: Person) -> None:
    cast.go_to(NOW + timedelta(days=3 * 365))
    assert is_in(sign_in(fatima.email, SENTENCE))


def test_a_new_installation_has_no_accounts(db: None) -> None:
    assert not Person.objects.exists()


def new_password(person: Person, password: str) -> Client:
    client = Client()
    client.post("/password/", {"email": person.email})
    link = re.search(r"/password/\S+", mail.outbox[-1].body).group()
    page = client.get(link, follow=True).request["PATH_INFO"]
    answer = client.post(page, {"new_password1": password, "new_password2": password})
    assert answer.status_code == 302
    return client


def test_a_new_password_is_told_by_mail(fatima: Person) -> None:
    new_password(fatima, "een nieuwe zin om te onthouden")
    told = mail.outbox[-1]
    assert told.to == [fatima.email]
    assert "/" not in told.body


def test_a_new_password_does_not_replace_the_second_proof(cast: Cast, fatima: Person) -> None:
    TOTP.activate(fatima, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    client = new_password(fatima, "een nieuwe zin om te onthouden")
    answer = client.get(f"/children/{cast.mila.pk}/", follow=True)
    assert answer.resolver_match.view_name == "web:step_up"


def test_a_new_password_ends_other_sessions(cast: Cast, fatima: Person) -> None:
    other = cast.client("fatima")
    assert other.get("/children/").status_code == 200
    new_password(fatima, "een nieuwe zin om te onthouden")
    assert not other.get("/children/", follow=True).context["user"].is_authenticated


def test_secrets_come_from_the_secure_source(cast: Cast, fatima: Person) -> None:
    """Long enough, and never the same; where they come from is looked up in `test_supply`."""
    codes = {make_code(system_actor(NOW), f"{n}@example.org")[1] for n in range(50)}
    assert len(codes) == 50
    assert {len(code) for code in codes} == {8}  # 26 bits, five tries
    keys = {sign_in(fatima.email, SENTENCE).session.session_key for _ in range(5)}
    assert len(keys) == 5
    assert {len(key) for key in keys} == {32}  # of 36 signs: 165 bits


@pytest.mark.parametrize(("late", "good"), [(0, True), (30, True), (90, False), (600, False)])
def test_a_code_of_the_app_ends(cast: Cast, late: int, good: bool) -> None:
    """Thirty seconds, and the period before it for whoever types slowly."""
    import time

    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    authenticator = TOTP.activate(cast.fatima.person, secret)
    counter = int(time.time()) // 30 - late // 30
    assert authenticator.validate_code(f"{hotp_value(secret, counter):06}") is good
    assert settings.MFA_TOTP_TOLERANCE == 1
