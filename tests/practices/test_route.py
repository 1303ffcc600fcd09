"""The picture tells what the words tell, and stays inside its frame."""

import re
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from alert4you.practices.queries.library import library
from alert4you.practices.rules.cards import card
from alert4you.practices.rules.route import WIDTH, route

every_practice = pytest.mark.parametrize("practice", library(), ids=lambda each: each.slug)


@every_practice
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_phase_decision_and_option_is_in_the_picture(practice, language):
    with override(language):
        drawn = route(practice)
        words = " ".join(line.words for line in drawn.lines)
        for stop in drawn.stops:
            assert stop.title in words
            assert all(deed.what in words and deed.often in words for deed in stop.deeds)
            assert all(way.title in words and way.leads_to in words for way in stop.ways)
    shapes = [station.shape for station in drawn.stations]
    assert shapes.count("phase") == len(practice.phases)
    assert shapes.count("decision") == len(practice.gates)
    assert shapes.count("exit") == sum(len(gate.options) for gate in practice.gates)


@every_practice
def test_nothing_is_drawn_outside_the_frame_or_over_another_line(practice):
    drawn = route(practice)
    assert all(0 < line.x < WIDTH and 0 < line.y <= drawn.height for line in drawn.lines)
    assert all(line.x + len(line.words) * 6.4 <= WIDTH for line in drawn.lines)
    heights = [line.y for line in drawn.lines]
    assert heights == sorted(set(heights))
    numbers = [int(number) for track in drawn.tracks for number in re.findall(r"-?\d+", track.d)]
    assert min(numbers) >= 0


@every_practice
def test_the_svg_is_well_formed_named_and_without_inline_style(practice):
    svg = render_to_string("practices/route.svg", {"route": route(practice), "id": "x"})
    tree = ElementTree.fromstring(svg)
    assert tree.get("role") == "img"
    assert tree.get("aria-labelledby") == "x-title x-desc"
    titles = [each.get("id") for each in tree.iter() if each.get("id")]
    assert titles == ["x-title", "x-desc"]
    assert "style=" not in svg


def test_the_picture_shows_where_a_trajectory_is():
    practice = next(each for each in library() if each.slug == "samsam")
    drawn = route(practice, here="one-to-one", done={"end-goal"})
    marks = [each.mark for each in drawn.stations if each.shape != "exit"]
    assert marks == ["done", "here", "ahead"]
    with override("en"):
        assert "One to one (now here)" in route(practice, here="one-to-one").description


def test_a_card_says_what_one_wants_to_know():
    practice = next(each for each in library() if each.slug == "kansen-voor-kleintjes")
    with override("nl"):
        told = card(practice)
    assert told.whom == ("2 tot 4 jaar", "peuteropvang")
    assert told.payers == "gemeente"
    assert told.numbers == ("Observatie op de groep: 2 keer",)
    assert told.needs == ("een gesprek met de ouders",)
