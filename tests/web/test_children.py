"""The children a hat knows, in one list: who is there today, found by name, and how old they are."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alert4you.web.queries.children import age_in_words
from tests.cast import NOW, TODAY, Cast, make_child

MOST_QUERIES = 12


def queries(cast: Cast, who: str) -> int:
    client = cast.client(who)
    client.get("/children/")
    with CaptureQueriesContext(connection) as run:
        assert client.get("/children/").status_code == 200
    return len(run)


def test_staff_see_who_is_there_today(cast: Cast) -> None:
    shown = cast.client("fatima").get("/children/").content.decode()
    assert "Vandaag op Vlinders" in shown
    assert "Mila Jansen" in shown
    cast.go_to(NOW + timedelta(days=1))
    assert "Vandaag geen kinderen" in cast.client("fatima").get("/children/").content.decode()


def test_who_keeps_the_overview_searches(cast: Cast) -> None:
    make_child(cast, "Noor", "van Dam", TODAY.replace(year=2024))
    both = cast.client("marit").get("/children/").content.decode()
    assert "Mila Jansen" in both
    assert "Noor van Dam" in both
    one = cast.client("marit").get("/children/?q=dam+noör").content.decode()
    assert "Mila" not in one
    assert "Noor van Dam" in one
    none = cast.client("marit").get("/children/?q=zzz").content.decode()
    assert "Niemand gevonden" in none


def test_others_know_nobody(cast: Cast) -> None:
    for who in ("pieter", "sanne", "stranger", "gemma", "oscar"):
        shown = cast.client(who).get("/children/").content.decode()
        assert "Mila" not in shown, who


@pytest.mark.parametrize(
    ("born", "words"),
    [
        (TODAY - timedelta(days=10), "0 maanden"),
        (TODAY.replace(month=10), "1 maand"),
        (TODAY.replace(year=2025, month=2), "21 maanden"),
        (TODAY.replace(year=2024), "2 jaar"),
        (TODAY.replace(year=2023, month=5), "3 jaar en 6 maanden"),
        (TODAY.replace(year=2020, month=5), "6 jaar"),
    ],
)
def test_age_in_words(cast: Cast, settings: Any, born: Any, words: str) -> None:
    child = make_child(cast, "Noor", "van Dam", born)
    assert age_in_words(child, TODAY) == words


@pytest.mark.parametrize("who", ["fatima", "marit", "anna", "pieter"])
def test_as_many_queries_for_one_child_as_for_three(cast: Cast, who: str) -> None:
    few = queries(cast, who)
    for name in ("Noor", "Sem"):
        make_child(cast, name, "van Dam", TODAY.replace(year=2024))
    assert queries(cast, who) == few
    assert few <= MOST_QUERIES
