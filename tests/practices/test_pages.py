"""The pages: everybody who is signed in may read about practices; queries do not grow with them."""

import re
from urllib.parse import parse_qsl

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alert4you.organisations.queries import system_actor
from alert4you.practices.commands.publishing import load_library, publish_practice
from alert4you.practices.queries import templates
from alert4you.practices.queries.library import LIBRARY
from alert4you.practices.rules import finding
from tests.cast import NOW


@pytest.mark.parametrize("hat", ["fatima", "sanne", "marit", "pieter", "gemma", "anna", "stranger"])
def test_everybody_signed_in_reads_the_practices(cast, hat):
    load_library(system_actor(NOW))
    client = cast.client(hat)
    page = client.get("/practices/").content.decode()
    for practice in ("Kansen voor Kleintjes", "Samsam", "Meekijken en adviseren"):
        assert practice in page
    assert "2 keer" in page
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


def titles(cast, query: str) -> list[str]:
    page = cast.client("fatima").get(f"/practices/{query}").content.decode()
    return re.findall(r'<h3[^>]*><a href="/practices/([a-z0-9-]+)/">', page)


# query string, some that must be found, some that must not, how many of all
FOUND = [
    ("", {"samsam", "duo-team"}, set()),
    ("?about=child", {"samsam", "domino"}, {"duo-team", "structural-coaching"}),
    ("?about=group", {"duo-team", "jggv-talks"}, {"samsam"}),
    ("?setting=after_school_care", {"landing-room", "komeetoverleg"}, {"samsam", "auris"}),
    ("?payer=education_disadvantage_policy", {"kleine-kapitein"}, {"samsam"}),
    ("?about=group&payer=subsidy", {"kober-jgz-talks"}, {"ko-morgen", "duo-team"}),
    ("?about=moon&setting=&other=x", {"samsam", "duo-team"}, set()),
]


@pytest.mark.parametrize(("query", "there", "absent"), FOUND)
def test_the_chips_narrow_down_what_is_shown(cast, query, there, absent):
    load_library(system_actor(NOW))
    found = titles(cast, query)
    assert there <= set(found)
    assert not absent & set(found)
    assert len(found) == len(set(found))


def test_every_chip_leads_to_a_practice_and_keeps_what_was_chosen(cast):
    load_library(system_actor(NOW))
    practices = templates.current_practices()
    for first in chips(practices, {}):
        for second in chips(practices, first):
            assert any(finding.fits(each, second) for each in practices), second


def chips(practices, chosen) -> list[dict[str, str]]:
    offered = [chip for each in finding.filters(practices, chosen) for chip in each.chips]
    return [finding.wanted(dict(parse_qsl(chip.query[1:]))) for chip in offered]


def test_what_was_chosen_is_marked_and_the_payers_stay_open(cast):
    load_library(system_actor(NOW))
    page = cast.client("fatima").get("/practices/?about=child&payer=municipality").content.decode()
    assert 'href="?about=child&amp;payer=municipality" aria-current="true">Gemeente' in page
    assert '<details class="a4-more" open>' in page
    plain = cast.client("fatima").get("/practices/").content.decode()
    assert '<details class="a4-more" open>' not in plain


def test_the_page_of_a_practice_shows_the_figures_of_its_source(cast):
    load_library(system_actor(NOW))
    page = cast.client("anna").get("/practices/peuterleerplek-plus/").content.decode()
    assert "Peuters op de groep, hoogstens: 10" in page
    assert "tot de leeftijd van 4 jaar 9 maanden" in page
