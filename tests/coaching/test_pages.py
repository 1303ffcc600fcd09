"""The pages of coaching: empty, filled, and as many queries for 1 row as for 3."""

from collections.abc import Callable

import pytest

from alert4you.access.models import Category, Kind
from alert4you.coaching.commands.contacts import Details, log_contact, plan_visit
from alert4you.coaching.commands.questions import answer_question
from alert4you.coaching.commands.talks import Card, prepare_talk
from tests.cast import TODAY, Cast
from tests.coaching.conftest import Told

MOST_QUERIES = 12
EMPTY = [
    ("fatima", "/questions/", "Je hebt nog niets gevraagd"),
    ("sanne", "/questions/", "Niemand wacht op jou"),
    ("sanne", "/questions/?show=answered", "Nog niets beantwoord"),
    ("carla", "/questions/?show=late", "Geen antwoord is te laat"),
    ("sanne", "/visits/", "Geen bezoeken deze week"),
    ("fatima", "/visits/", "Er is nog geen bezoek gepland"),
    ("koen", "/visits/plan/", "nog geen coach van een locatie"),
]


@pytest.mark.parametrize(("who", "address", "says"), EMPTY)
def test_an_empty_page_says_what_comes_there(cast: Cast, who: str, address: str, says: str) -> None:
    assert says in cast.client(who).get(address).content.decode()


@pytest.mark.parametrize("who", ["anna", "gemma"])
@pytest.mark.parametrize("address", ["/questions/", "/questions/ask/", "/visits/", "/visits/plan/"])
def test_who_neither_asks_nor_answers_has_no_such_page(cast: Cast, who: str, address: str) -> None:
    assert cast.client(who).get(address).status_code == 404


def test_asking_goes_by_taps(cast: Cast) -> None:
    client = cast.client("fatima")
    page = client.get("/questions/ask/").content.decode()
    assert page.count("a4-tile__more") == 5
    page = client.get("/questions/ask/?about=child").content.decode()
    assert f"child={cast.mila.pk}" in page
    page = client.get(f"/questions/ask/?about=child&child={cast.mila.pk}").content.decode()
    assert "over 4 dagen, dinsdag 24 november, om 17:00" in page
    assert "Sanne" in page
    for address in ("?about=child&child=x", "?about=child&child=" + str(cast.group.pk)):
        assert client.get(f"/questions/ask/{address}").status_code == 404


def test_a_child_question_leads_to_its_parents(cast: Cast, told: Told) -> None:
    asked = told.asks()
    page = cast.client("fatima").get(f"/questions/{asked.pk}/").content.decode()
    assert f"/children/{cast.mila.pk}/coach/?question={asked.pk}" in page
    told.asks_parents()
    page = cast.client("fatima").get(f"/questions/{asked.pk}/").content.decode()
    assert "/coach/" not in page
    assert "De ouders hebben je verzoek" in page


def fill(cast: Cast, told: Told, visit: object, number: int) -> list[str]:
    """One more of everything; the addresses of one of each."""
    fatima, sanne = cast.actor("fatima"), cast.actor("sanne")
    asked = told.asks(f"Een kind eet niet, {number}?")
    answered = told.asks_in_general(f"Hoe dan, {number}?")
    for _ in range(number):
        answer_question(sanne, answered, "Zo.")
    log_contact(sanne, Kind.VISIT, "Gekeken.", location=cast.location, details=Details(visit=visit))
    log_contact(sanne, Kind.OBSERVATION, "Gezien.", child=cast.mila, details=Details(visit=visit))
    card = Card("Boodschap", 2, 2)
    talk = prepare_talk(fatima, cast.mila, cast.fatima, TODAY, card)
    return [f"/questions/{asked.pk}/", f"/questions/{answered.pk}/", f"/talks/{talk.pk}/"]


def test_as_many_queries_for_1_row_as_for_3(
    cast: Cast, told: Told, queries: Callable[..., int]
) -> None:
    told.fatima_is_mentor()
    told.parents_agree(Category.TALK)
    visit = plan_visit(cast.actor("sanne"), cast.location, TODAY)
    child = f"/children/{cast.mila.pk}"
    counts = []
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            own = fill(cast, told, visit, number)
        pages = {
            "fatima": ["/", "/questions/", "/questions/ask/?about=child", "/visits/", *own],
            "sanne": ["/", "/questions/", "/questions/?show=answered", "/visits/", *own[:2]],
            "carla": ["/questions/?show=late"],
        }
        pages["sanne"] += [f"/visits/{visit.pk}/", f"{child}/contact/", "/visits/plan/"]
        pages["fatima"] += [
            f"{child}/talk/",
            f"{child}/coach/",
            f"/questions/ask/?about=child&child={cast.mila.pk}",
            "/questions/ask/?about=group",
        ]
        found = {
            (who, address.split("?")[0] if address in own else address): address
            for who, addresses in pages.items()
            for address in addresses
        }
        clients = {who: cast.client(who) for who in pages}
        counts.append([queries(clients[who], address) for (who, _), address in found.items()])
    assert counts[0] == counts[1], dict(zip(found, zip(*counts, strict=True), strict=True))
    assert max(counts[0]) <= MOST_QUERIES, dict(zip(found, counts[0], strict=True))
