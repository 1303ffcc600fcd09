"""Parents come in with a code by mail: it opens the day messages, once, here, for ten minutes."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from alert4you.access.models import Category
from alert4you.notes.commands.writing import write_note
from alert4you.organisations.models import SignInCode
from tests.cast import NOW, Cast


@pytest.fixture
def browser() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def ask(client: Client, email: str = "anna@example.org") -> str:
    """The code from the newest mail, or "" when none came."""
    mail.outbox.clear()
    answer = client.post("/login/code/", {"email": email})
    assert answer.status_code in (200, 302)
    return re.search(r"\d{4} \d{4}", mail.outbox[0].body).group() if mail.outbox else ""


def type_in(client: Client, code: str) -> object:
    return client.post("/login/code/type/", {"code": code})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_code_opens_the_day_and_nothing_else(cast: Cast, browser: Client) -> None:
    write_note(cast.actor("fatima"), cast.mila, "Mila bouwde een toren")
    write_note(cast.actor("carla"), cast.mila, "Iets over de zorg", Category.CARE)
    assert type_in(browser, ask(browser)).url == "/"
    today = browser.get("/").content.decode()
    assert "Mila bouwde een toren" in today
    assert "Iets over de zorg" not in today
    for page in (f"/children/{cast.mila.pk}/", "/sharing/", "/children/", "/keys/"):
        answer = browser.get(page, follow=True)
        assert answer.resolver_match.view_name == "web:step_up", page
        assert "zorg" not in answer.content.decode()


def test_day_messages_are_what_authority_opens(cast: Cast, browser: Client) -> None:
    write_note(cast.actor("fatima"), cast.mila, "Mila bouwde een toren")
    type_in(browser, ask(browser, "oscar@example.org"))
    assert "toren" not in browser.get("/").content.decode()


def test_a_code_works_once(cast: Cast, browser: Client) -> None:
    code = ask(browser)
    type_in(browser, code)
    browser.post("/logout/")
    again = type_in(browser, code)
    assert again.status_code == 403
    assert not is_in(browser)


def test_a_double_click_is_no_harm(cast: Cast, browser: Client) -> None:
    code = ask(browser)
    type_in(browser, code)
    assert type_in(browser, code).status_code == 403
    assert is_in(browser)


def test_a_code_belongs_to_the_browser_that_asked(cast: Cast, browser: Client) -> None:
    code, other = ask(browser), Client()
    other.cookies["django_language"] = "en"
    answer = type_in(other, code)
    assert answer.status_code == 403
    assert "does not work any more" in answer.content.decode()
    assert not is_in(other)


@pytest.mark.parametrize(("minutes", "comes_in"), [(9, True), (10, False)])
def test_ten_minutes(cast: Cast, browser: Client, minutes: int, comes_in: bool) -> None:
    code = ask(browser)
    cast.go_to(NOW + timedelta(minutes=minutes))
    type_in(browser, code)
    assert is_in(browser) is comes_in


def test_a_slip_in_a_code_is_told_as_one(cast: Cast, browser: Client) -> None:
    ask(browser)
    page = type_in(browser, "00000000").content.decode()
    assert "This is not the code" in page
    assert "Please look at this" in page
    assert "Not saved" not in page, "a code at the door saves nothing"


def test_a_code_guessed_a_thousand_times(cast: Cast, browser: Client) -> None:
    code = ask(browser)
    wrong = f"{(int(code.replace(' ', '')) + 1) % 10**8:08}"
    answers = [type_in(browser, wrong).status_code for _ in range(1000)]
    assert answers[:5] == [200] * 5
    assert set(answers[5:]) == {403}
    assert type_in(browser, code).status_code == 403, "the right one is too late"
    assert not is_in(browser)
    assert SignInCode.objects.get().tries == 5


def test_five_mails_in_a_quarter_of_an_hour(cast: Cast) -> None:
    sent = [bool(ask(Client())) for _ in range(7)]
    assert sent == [True] * 5 + [False] * 2


def test_an_unknown_address_sees_the_same(cast: Cast) -> None:
    pages = []
    for email in ("anna@example.org", "who@example.org"):
        client = Client()
        ask(client, email)
        first = client.get("/login/code/type/")
        wrong = type_in(client, "00000000")
        told = [each.content.decode() for each in (first, wrong)]
        pages.append([re.sub(r'value="[^"]{30,}"|"x-csrftoken": "[^"]+"', "", p) for p in told])
    assert pages[0] == pages[1]


def test_the_code_is_not_in_the_database_nor_in_a_link(cast: Cast, browser: Client) -> None:
    code = ask(browser)
    assert code.replace(" ", "") not in str(SignInCode.objects.values())
    assert "http" not in mail.outbox[0].body
    assert "Mila" not in mail.outbox[0].body + mail.outbox[0].subject


def test_a_get_does_nothing(cast: Cast, browser: Client) -> None:
    code = ask(browser)
    browser.get("/login/code/type/", {"code": code})
    assert not is_in(browser)
    assert SignInCode.objects.get().tries == 0


def test_a_colleague_with_only_a_code_by_mail_sets_up_nothing(cast: Cast, browser: Client) -> None:
    type_in(browser, ask(browser, "fatima@example.org"))
    assert browser.get("/", follow=True).resolver_match.view_name == "web:step_up"
    for page in ("/login/second/", "/login/second/app/", "/login/second/passkey/"):
        assert browser.get(page, follow=True).resolver_match.view_name == "web:step_up"
