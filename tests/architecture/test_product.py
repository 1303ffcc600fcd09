"""Every page x hat x method x own, sibling's, another organisation's and nothing's ids.

Every text of every row is a word of its own (``canaries``); what comes out, whatever the form, is at most
what the policy lets this hat read (``readers``).
"""

import re
from collections.abc import Iterator, Mapping, Sequence

import pytest
from django.core import mail
from django.db import transaction
from django.http import HttpResponse

from alert4you.organisations.models import Membership
from tests.architecture.canaries import seen, texts, told
from tests.architecture.crawl import ALL, HATS, PAGES, TABLE, House, changed, tables
from tests.architecture.filling import plausible
from tests.architecture.readers import without_reader
from tests.architecture.worst import WORST, Words
from tests.cast import TODAY

pytestmark = pytest.mark.django_db
ELSEWHERE = re.compile(
    r"""(?:\s(?:src|srcset|action|formaction|poster|data|hx-\w+)|<link[^>]*\shref)=["']?\s*(?:https?:)?//"""
)
INSIDE = {200, 302, 403}
WHOSE = {"own", "sibling", "other"}
OTHER_METHODS = ("put", "patch", "delete", "options", "trace")


NUMBERS, CODES_ONLY = "numbers and dates", "codes of choices and names of fields"
WITHOUT_WORDS = {
    "manifests.Manifest.lines": CODES_ONLY,
    "manifests.Signed.refused": CODES_ONLY,
    "wellbeing.Notice.rule": NUMBERS,
    "wellbeing.EarlyRule.well": NUMBERS,
    "wellbeing.EarlyRule.low": NUMBERS,
    "groups.Presence.weekdays": NUMBERS,
    "groups.RoomSlot.weekdays": NUMBERS,
    "groups.WaitingPlace.wanted": NUMBERS,
    "groups.CardFact.points": NUMBERS,
    "children.Hold.wanted": NUMBERS,
    "planning.Profile.has": CODES_ONLY,
    "practices.PracticeCard.elements": "of the library, which everybody reads",
    "practices.PracticeCard.tags": "of the library, which everybody reads",
    "practices.Adoption.chosen": CODES_ONLY,
    "practices.ImportedDocument.corrections": "the other words of ImportedDocument.found",
    "practices.ImportedDocument.saved": CODES_ONLY,
    "trajectories.Trajectory.chosen": CODES_ONLY,
    "trajectories.Plan.taper": NUMBERS,
    "api.Application.scopes": CODES_ONLY,
    "api.Token.scopes": CODES_ONLY,
    "api.Webhook.trouble": CODES_ONLY,
    "operations.Job.name": CODES_ONLY,
    "operations.Job.trouble": CODES_ONLY,
    "imports.Import.columns": NUMBERS,
    "imports.Import.counts": NUMBERS,
    "retention.Erasure.lines": NUMBERS,
    "retention.Erasure.chosen": CODES_ONLY,
}
# The same for whoever holds the device: the names on a shared tablet, and what is there without a network.
WITHOUT_A_NAME = {"web:tablet", "offline:page"}
NOT_FOR_PEOPLE = {  # other systems also PUT, and show a token
    "api:nothing": {404},
    **{
        f"api:{name}": {401}
        for name in ("group", "save_group", "child", "save_child", "save_placement")
    },
}
MADE_WHEN_ASKED = {"offline:key": {"offline_sealingkey"}}  # the first time, for the organisation
# Before one is in: at whose door one stands, and whom an invitation is for.
SHOWN_AT_THE_DOOR = {
    "web:work": {"organisations.Organisation.name"},
    "web:invited": {"organisations.Organisation.name", "organisations.Person.name"},
}


@pytest.mark.parametrize(("what", "words", "never"), WORST)
def test_the_worst_is_there_and_the_policy_keeps_it(
    house: House, what: str, words: Words, never: str
) -> None:
    worst = words(house.planted)
    assert worst & house.readable["carla"], "somebody must see it, or this shows nothing"
    assert {hat for hat in never.split() if worst & house.readable[hat]} == set()


@pytest.mark.parametrize("hat", HATS)
def test_of_another_house_the_policy_gives_nothing(house: House, hat: str) -> None:
    assert {house.planted[token].where for token in house.readable[hat] & house.never[hat]} == set()


@pytest.fixture(scope="module", params=PAGES)
def page(request: pytest.FixtureRequest, house: House) -> str:
    """All tests of a page after each other, so that they share what was seen of it."""
    house.looks.clear()
    return request.param


def leaks(house: House, hat: str, words: str) -> set[str]:
    allowed = house.readable[hat] - house.never[hat]
    shown = seen(words) & house.planted.keys()  # a token of a form may hold such a word by chance
    return {house.planted[token].where for token in shown - allowed}


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


def test_every_text_is_held_by_a_word_of_its_own(house: House) -> None:
    """A new model with words gets a row in the world, or a reason here why it has none."""
    every = {f"{model._meta.label}.{field.name}" for model, field in texts()}
    assert every - {canary.where for canary in house.planted.values()} == set(WITHOUT_WORDS)


def test_what_a_page_answers_to_each_hat(house: House, page: str) -> None:
    url = house.addresses(page)["own"]
    found = {hat: house.answer(hat, page, url).status_code for hat in HATS}
    assert found == dict(zip(HATS, PAGES[page]["answers"], strict=True))
    assert changed(house.tables, tables()) <= MADE_WHEN_ASKED.get(page, set())


def test_what_is_not_there_and_what_is_not_yours_look_the_same(house: House, page: str) -> None:
    """Existence is not told: the answer to a stranger equals the answer about nothing."""
    addresses = house.addresses(page)
    if 404 not in PAGES[page]["answers"] or "junk" not in addresses:
        return
    first, second = (house.answer("stranger", page, addresses[kind]) for kind in ("own", "junk"))
    assert first.status_code == second.status_code == 404
    assert first.content == second.content


def test_what_a_page_shows(house: House, page: str) -> None:
    """Only what the hat may read; nothing stays in a cache; looking changes nothing."""
    found = []
    addresses = house.addresses(page)
    inside = {hat for hat in HATS if house.look(hat, addresses["own"]).status_code in INSIDE}
    for kind, url in addresses.items():
        for hat in HATS if kind in WHOSE else inside - {"nobody"}:
            answer = house.look(hat, url)
            about = faults(house, page, hat, answer)
            if kind == "junk" and answer.status_code == 200:
                about.add("shows what is not there")
            if page not in WITHOUT_A_NAME and has_no_way_out(answer):
                about.add("has no way out")
            found += [(hat, kind, answer.status_code, fault) for fault in sorted(about)]
    assert found == []
    assert changed(house.tables, tables()) <= MADE_WHEN_ASKED.get(page, set())
    assert mail.outbox == []


def test_what_a_page_does(house: House, page: str) -> None:
    """With nothing filled in, and as its own form would: no more comes out, and no other file changes.

    With an id of another house, of a sibling or of nothing, only who gets in with the own, and for whom the
    sibling's page is there: the others see the same door.
    """
    found = []
    addresses = house.addresses(page)
    bodies = bodies_of(house, page, addresses["own"])
    sibling = addresses.get("sibling", addresses["own"])
    there = {hat for hat in HATS if house.look(hat, sibling).status_code != 404}
    statuses: dict[str, int] = {}
    for kind, url in addresses.items():
        for hat, body in asked(kind, statuses, there, bodies):
            answer = house.ask(hat, "post", url, body) if body else house.send_nothing(hat, url)
            if (kind, body) == ("own", {}):
                statuses[hat] = answer.status_code
            about = faults(house, page, hat, answer)
            about |= {f"mails {where}" for where in leaks(house, "nobody", answer.mailed)}
            found += [(hat, kind, answer.status_code, fault) for fault in sorted(about)]
    assert found == []


def has_no_way_out(answer: HttpResponse) -> bool:
    """A page for somebody who is signed in, on which one cannot sign out."""
    page = answer.get("Content-Type", "").startswith("text/html") and answer.status_code == 200
    inside = answer.wsgi_request.user.is_authenticated
    return page and inside and b"/logout/" not in answer.content


def asked(
    kind: str, statuses: Mapping[str, int], there: set[str], bodies: Sequence[dict[str, str]]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Everybody sends everything about the own child, unless the page takes nothing at all."""
    takes = set(statuses.values()) - {405}
    for hat in HATS:
        if kind == "own":
            yield hat, {}
            if statuses[hat] != 405:
                yield from ((hat, body) for body in bodies if body)
        elif takes and (
            (kind == "sibling" and hat in there) or (statuses[hat] in INSIDE and hat != "nobody")
        ):
            yield from ((hat, body) for body in [body for body in bodies if body] or bodies)


def bodies_of(house: House, page: str, url: str) -> list[dict[str, str]]:
    """Nothing, and what the forms of the page would send for whoever is shown them."""
    bodies: dict[tuple[str, ...], dict[str, str]] = {(): {}}
    for hat in HATS:
        answer = house.look(hat, url)
        if answer.status_code == 200:
            for body in plausible(answer.content.decode(errors="replace"), url):
                bodies.setdefault(tuple(body), body)
    return list(bodies.values())


def test_head_gives_what_get_gives_without_the_page(house: House, page: str) -> None:
    """And changes as little: a scanner that opens every link does nothing."""
    url = house.addresses(page)["own"]
    for hat in ("carla", "anna", "nobody"):
        whole, head = house.look(hat, url), house.browser(hat).head(url)
        assert (head.status_code, head.content) == (whole.status_code, b"")
        assert set(head.headers) == set(whole.headers)
    assert changed(house.tables, tables()) <= MADE_WHEN_ASKED.get(page, set())


def test_what_is_not_asked_of_a_page_it_does_not_do(house: House, page: str) -> None:
    url = house.addresses(page)["own"]
    for hat in ("carla", "nobody"):
        for method in OTHER_METHODS:
            refused = {405, *NOT_FOR_PEOPLE.get(page, ())}
            assert house.ask(hat, method, url).status_code in refused, (hat, method)


def test_a_hat_that_ended_reads_nothing_about_anybody(house: House) -> None:
    """Still signed in, with all addresses at hand; the library of practices is for everybody."""
    own = ("organisations.Person", house.cast.carla.person_id)
    ours = {word for word, each in house.planted.items() if each.row != own}
    pages = set(ALL) - set(TABLE["open_to_all"])
    read = {}
    with transaction.atomic():
        Membership.objects.filter(pk=house.cast.carla.pk).update(ends=TODAY)
        for page in pages:
            asked = ALL[page].pattern.converters and not page.startswith("practices:")
            if asked and PAGES[page].get("method") != "post":
                url = house.addresses(page)["own"]
                read[page] = seen(told(house.ask("carla", "get", url))) & ours
        transaction.set_rollback(True)
    found = {(page, house.planted[word].where) for page, words in read.items() for word in words}
    assert found == set()
