"""Every page x hat x method x own, sibling's, another organisation's and nothing's ids.

Every text of every row is a word of its own (``canaries``); what comes out, whatever the form, is at most
what the policy lets this hat read (``readers``).
"""

import re

import pytest
from django.core import mail
from django.http import HttpResponse

from tests.architecture.canaries import posted, seen, told
from tests.architecture.crawl import HATS, PAGES, House, changed, tables
from tests.architecture.filling import plausible
from tests.architecture.readers import without_reader

pytestmark = pytest.mark.django_db
ELSEWHERE = re.compile(
    r"""(?:\s(?:src|srcset|action|formaction|poster|data|hx-\w+)|<link[^>]*\shref)=["']?\s*(?:https?:)?//"""
)
OTHER_METHODS = ("put", "patch", "delete", "options", "trace")


# Before one is in: at whose door one stands, and whom an invitation is for.
SHOWN_AT_THE_DOOR = {
    "web:work": {"organisations.Organisation.name"},
    "web:invited": {"organisations.Organisation.name", "organisations.Person.name"},
}


def leaks(house: House, hat: str, words: str) -> set[str]:
    return {house.planted[token].where for token in seen(words) - house.readable[hat]}


def faults(house: House, page: str, hat: str, answer: HttpResponse) -> set[str]:
    """What is wrong with an answer, whatever was asked."""
    words = told(answer)
    shown = leaks(house, hat, words) - SHOWN_AT_THE_DOOR.get(page, set())
    found = {f"shows {where}" for where in shown}
    if answer.status_code >= 500:
        found.add("breaks")
    if "no-store" not in answer.get("Cache-Control", ""):
        found.add("may be kept")
    if ELSEWHERE.search(words):
        found.add("asks something elsewhere")
    return found


def test_somebody_said_of_every_text_who_reads_it(house: House) -> None:
    assert without_reader({canary.model for canary in house.planted.values()}) == set()


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_shows(house: House, page: str) -> None:
    """Only what the hat may read; nothing stays in a cache; looking changes nothing."""
    before, found = tables(), []
    for kind, url in house.addresses(page).items():
        for hat in HATS:
            answer = house.browser(hat).get(url)
            about = faults(house, page, hat, answer)
            if kind == "junk" and answer.status_code == 200:
                about.add("shows what is not there")
            found += [(hat, kind, answer.status_code, fault) for fault in sorted(about)]
    assert found == []
    assert changed(before, tables()) == set()
    assert mail.outbox == []


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_does(house: House, page: str) -> None:
    """With nothing filled in, and as its own form would: no more comes out, and no other file changes."""
    found = []
    addresses = house.addresses(page)
    bodies = bodies_of(house, page, addresses["own"])
    for kind, url in addresses.items():
        for hat in HATS:
            for body in bodies:
                mail.outbox.clear()
                answer = house.ask(hat, "post", url, body)
                about = faults(house, page, hat, answer)
                about |= {f"mails {where}" for where in leaks(house, "nobody", posted(mail.outbox))}
                found += [(hat, kind, answer.status_code, fault) for fault in sorted(about)]
    assert found == []


def bodies_of(house: House, page: str, url: str) -> list[dict[str, str]]:
    """Nothing, and what the forms of the page would send for whoever is shown them."""
    bodies: dict[tuple[str, ...], dict[str, str]] = {(): {}}
    for hat in HATS:
        answer = house.ask(hat, "get", url)
        if answer.status_code == 200:
            for body in plausible(answer.content.decode(errors="replace"), url):
                bodies.setdefault(tuple(body), body)
    return list(bodies.values())


@pytest.mark.parametrize("page", PAGES)
def test_head_gives_what_get_gives_without_the_page(house: House, page: str) -> None:
    url = house.addresses(page)["own"]
    for hat in ("carla", "anna", "nobody"):
        whole, head = house.ask(hat, "get", url), house.ask(hat, "head", url)
        assert (head.status_code, head.content) == (whole.status_code, b"")
        assert set(head.headers) == set(whole.headers)


@pytest.mark.parametrize("page", PAGES)
def test_what_is_not_asked_of_a_page_it_does_not_do(house: House, page: str) -> None:
    url = house.addresses(page)["own"]
    for hat in ("carla", "anna", "nobody"):
        for method in OTHER_METHODS:
            assert house.ask(hat, method, url).status_code == 405, (hat, method)
