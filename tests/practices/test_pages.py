"""The pages: everybody who is signed in may read about practices; queries do not grow with them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alert4you.organisations.queries import system_actor
from alert4you.practices.commands.publishing import load_library, publish_practice
from alert4you.practices.queries.library import LIBRARY
from tests.cast import NOW


@pytest.mark.parametrize("hat", ["fatima", "sanne", "marit", "pieter", "gemma", "anna", "stranger"])
def test_everybody_signed_in_reads_the_practices(cast, hat):
    load_library(system_actor(NOW))
    client = cast.client(hat)
    page = client.get("/practices/?q=bink").content.decode()
    for practice in ("Kansen voor Kleintjes", "Samsam", "Het groeidocument"):
        assert practice in page
    page = client.get("/practices/samsam/").content.decode()
    assert 'role="img"' in page
    assert "één keer per week, 3 maanden lang" in page
    assert "Bink, Hilversum" in page


def test_nobody_is_asked_to_sign_in(cast):
    assert cast.client("nobody").get("/practices/").status_code == 302


def test_an_unknown_practice_is_not_found(cast):
    assert cast.client("fatima").get("/practices/nothing/").status_code == 404


def test_without_practices_the_page_says_so(cast):
    assert "Nog geen werkwijzen" in cast.client("fatima").get("/practices/").content.decode()


def test_one_practice_costs_as_many_queries_as_all(cast):
    client = cast.client("fatima")
    publish_practice(system_actor(NOW), (LIBRARY / "samsam.yaml").read_text("utf-8"))
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get("/practices/")
    load_library(system_actor(NOW))
    with CaptureQueriesContext(connection) as many:
        client.get("/practices/")
    assert len(one) == len(many) <= 12


def test_the_page_of_a_practice_shows_the_figures_of_its_source(cast):
    load_library(system_actor(NOW))
    page = cast.client("anna").get("/practices/peuterleerplek-plus/").content.decode()
    assert "Peuters op de groep, hoogstens: 10" in page
    assert "tot de leeftijd van 4 jaar 9 maanden" in page
