"""Adopting: who, with which numbers, where it was seen, and how a practice spread."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from alert4you.kernel.decision import Denied
from alert4you.organisations.models import Membership, Organisation
from alert4you.organisations.queries import system_actor
from alert4you.practices.commands.adopting import adopt_practice, stop_practice
from alert4you.practices.commands.changing import begin_draft, change_part, publish_draft
from alert4you.practices.commands.publishing import load_library
from alert4you.practices.models import Adoption
from alert4you.practices.queries import adopting
from alert4you.practices.queries.templates import template
from alert4you.practices.rules import editing
from alert4you.practices.rules.drafts import tree_of
from alert4you.practices.rules.spreading import WIDTH, Adopter, stain
from tests.cast import LONG_AGO, NOW, TODAY

NUMBERS = {"weeks-between-visits": 6, "months-until-review": 3}


@pytest.fixture(autouse=True)
def library(cast):
    load_library(system_actor(NOW))


@pytest.fixture
def boss(cast):
    """The care coordinator of the other organisation."""
    cast.people["boss"] = Membership.objects.create(
        person=cast.stranger.person,
        organisation=cast.elsewhere,
        role="care_coordinator",
        starts=LONG_AGO,
    )
    return cast.actor("boss")


ADOPTERS = [
    ("carla", True),
    ("marit", True),
    ("fatima", False),
    ("sanne", False),
    ("pieter", False),
    ("gemma", False),
    ("anna", False),
]


@pytest.mark.parametrize(("who", "may"), ADOPTERS)
def test_who_administers_the_organisation_adopts(cast, who, may):
    if may:
        assert (
            adopt_practice(cast.actor(who), template("samsam"), {}).adopted_by == cast.people[who]
        )
    else:
        with pytest.raises(Denied, match=r".+"):
            adopt_practice(cast.actor(who), template("samsam"), {})
        assert not Adoption.objects.exists()


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"weeks-between-visits": 6},
        {**NUMBERS, "weeks-between-visits": 0},
        {**NUMBERS, "weeks-between-visits": 27},
    ],
)
def test_no_number_is_left_open_or_out_of_bounds(cast, chosen):
    with pytest.raises(Denied):
        adopt_practice(cast.actor("carla"), template("structural-coaching"), chosen)
    assert not Adoption.objects.exists()


def test_adopting_again_ends_the_first_and_forgets_numbers_nobody_asked(cast):
    first = adopt_practice(cast.actor("carla"), template("structural-coaching"), NUMBERS)
    chosen = {**NUMBERS, "weeks-between-visits": 4, "made-up": 3}
    second = adopt_practice(cast.actor("marit", hours=1), template("structural-coaching"), chosen)
    first.refresh_from_db()
    assert first.ended_at == second.adopted_at
    assert second.chosen == {**NUMBERS, "weeks-between-visits": 4}
    assert adopting.adoption(cast.nursery.pk, "structural-coaching") == second
    with pytest.raises(IntegrityError), transaction.atomic():
        Adoption.objects.filter(pk=first.pk).update(ended_at=None)


def test_stopping_is_for_the_own_organisation(cast, boss):
    here = adopt_practice(cast.actor("carla"), template("samsam"), {})
    with pytest.raises(Denied):
        stop_practice(boss, here)
    stop_practice(cast.actor("marit"), here)
    assert adopting.adoption(cast.nursery.pk, "samsam") is None


def test_three_steps_from_the_practice_to_working_with_it(cast):
    carla = cast.client("carla")
    page = carla.get("/practices/structural-coaching/").content.decode()
    assert "/practices/structural-coaching/adopt/" in page
    page = carla.get("/practices/structural-coaching/adopt/").content.decode()
    numbers = re.search(r'href="(\?version=[^"]+step=numbers)"', page)[1].replace("&amp;", "&")
    page = carla.get(f"/practices/structural-coaching/adopt/{numbers}").content.decode()
    assert "Om de hoeveel weken komt de coach op de groep?" in page
    assert "1 tot en met 26" in page
    picture = "/practices/structural-coaching/adopt/?step=picture&"
    page = carla.get(f"{picture}weeks-between-visits=40&months-until-review=3").content.decode()
    assert "40" in page
    assert "adopt" not in re.findall(r'<form[^>]+method="post"[^>]*>', page)
    chosen = "&".join(f"{key}={number}" for key, number in NUMBERS.items())
    page = carla.get(f"{picture}{chosen}").content.decode()
    assert "per 6 weken" in page
    answer = carla.post("/practices/structural-coaching/adopt/", NUMBERS, follow=True)
    assert "per 6 weken" in answer.content.decode()
    assert adopting.adoption(cast.nursery.pk, "structural-coaching").chosen == NUMBERS


def test_a_practice_without_open_numbers_skips_that_step(cast):
    page = cast.client("carla").get("/practices/samsam/adopt/").content.decode()
    assert "Stap 1 van 2" in page
    assert "step=picture" in page


def test_who_may_not_adopt_reads_why(cast):
    answer = cast.client("fatima").get("/practices/samsam/adopt/")
    assert answer.status_code == 403
    assert "/adopt/" not in cast.client("fatima").get("/practices/samsam/").content.decode()


@pytest.mark.parametrize("which", ["seen", "version"])
@pytest.mark.parametrize("given", ["broken", "00000000-0000-0000-0000-000000000000"])
def test_what_is_not_there_cannot_be_adopted(cast, which, given):
    assert cast.client("carla").get(f"/practices/samsam/adopt/?{which}={given}").status_code == 404


def changed_samsam(actor):
    """An own version of Samsam with another name."""
    draft = begin_draft(actor, template("samsam"))
    tree = editing.own(tree_of(draft.text), ())
    now = {**tree, "title": {"nl": "Samsam Plus", "en": "Samsam Plus"}}
    return publish_draft(actor, change_part(actor, draft, (), now, editing.mark(tree)))


def test_a_practice_is_followed_from_organisation_to_organisation(cast, boss):
    carla = cast.actor("carla")
    adopt_practice(carla, template("samsam"), {})
    own = changed_samsam(carla)
    theirs = adopt_practice(carla, own, {})
    adopt_practice(boss.later(NOW + timedelta(days=1)), own, {}, came_from=theirs)
    first, second = adopting.adopters("samsam")
    assert (first.name, first.changed, first.seen_at) == ("nursery organisation", True, None)
    assert (second.name, second.changed) == ("elsewhere organisation", False)
    assert second.seen_at == cast.nursery.pk
    page = cast.client("anna").get("/practices/samsam/spread/").content.decode()
    assert "gezien bij nursery organisation" in page
    assert "Bink" in page


def test_seen_at_another_their_version_and_their_numbers_are_shown(cast, boss):
    theirs = adopt_practice(cast.actor("carla"), template("structural-coaching"), NUMBERS)
    client = cast.client("stranger")
    client.post("/hats/", {"hat": str(cast.boss.pk)})
    offer = adopting.offer(boss, "structural-coaching", theirs.pk, None)
    assert offer.template == theirs.template
    assert "6" in offer.hints["weeks-between-visits"]


def test_a_card_page_costs_the_same_for_one_and_for_many_adopters(cast):
    adopt_practice(cast.actor("carla"), template("samsam"), {})
    client = cast.client("carla")
    counts = {}
    for page in ("/practices/samsam/spread/", "/practices/samsam/", "/practices/ours/"):
        with CaptureQueriesContext(connection) as one:
            client.get(page)
        counts[page] = len(one)
    for number in range(3):
        other = Organisation.objects.create(name=f"Other {number}", kind="childcare")
        Adoption.objects.create(
            organisation=other,
            template=template("samsam"),
            slug="samsam",
            adopted_at=NOW,
            adopted_by=cast.carla,
        )
    for slug in ("auris", "domino"):
        adopt_practice(cast.actor("carla"), template(slug), {})
    for page, number in counts.items():
        with CaptureQueriesContext(connection) as many:
            client.get(page)
        assert len(many) == number <= 12


def adopters(parents: list[int | None]) -> list[Adopter]:
    ids = [Organisation().pk for _ in parents]
    return [
        Adopter(ids[i], f"organisation {i}", TODAY, None if parent is None else ids[parent])
        for i, parent in enumerate(parents)
    ]


STAINS = [[], [None], [None] * 12, [None, 0, 0, 1, 1, 1], [None, 0, 1, 2, 3, 4, 5]]


@pytest.mark.parametrize("parents", STAINS)
def test_every_drop_lies_inside_the_picture_and_none_on_another(parents):
    drawn = stain(adopters(parents))
    assert len(drawn.drops) == len(parents)
    places = [(each.x, each.y) for each in drawn.drops]
    assert all(18 <= number <= WIDTH - 18 for place in places for number in place)
    for i, (x, y) in enumerate(places):
        assert all((x - a) ** 2 + (y - b) ** 2 >= 13**2 for a, b in places[:i])
    for drop, parent in zip(drawn.drops, parents, strict=True):
        start = (WIDTH // 2, WIDTH // 2) if parent is None else places[parent]
        assert (drop.from_x, drop.from_y) == start
        assert drop.ring == (1 if parent is None else drawn.drops[parent].ring + 1)
