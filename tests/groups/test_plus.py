"""Plus places: refused without a purpose, a day and a way back; who reads what; counts without names."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from alert4you.access.commands.places import place_child
from alert4you.access.queries.line import entries
from alert4you.children.commands import end_placement, register_child
from alert4you.children.models import Child, Placement, PlusPlace, PlusTerms, Terms
from alert4you.children.rules import came_from
from alert4you.groups.commands.plus import (
    agree_plus,
    agree_way_back,
    decide_way_back,
)
from alert4you.groups.queries import plus
from alert4you.groups.rules.hiding import shown, shown_rate
from alert4you.kernel.decision import Denied
from alert4you.organisations.models import Group, Location
from tests.cast import LONG_AGO, TODAY, Cast, make_child

SOON = TODAY + timedelta(weeks=8)
BACK = PlusTerms("Terug naar de Vlinders", ("Een rustige hoek",))
WORDS = ("Hij speelt nog alleen.", "Nog even, dan graag terug.")


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def there(cast: Cast) -> Cast:
    """A plus group of the same organisation; nobody is on it yet."""
    place = Location.objects.create(
        organisation=cast.nursery, name="De Plus", setting="plus_group", city="Hilversum"
    )
    cast.people["plus"] = Group.objects.create(location=place, name="Uilen", places=40)
    return cast


def terms(**more: Any) -> Terms:
    return Terms(**{"days": [], "purpose": "Rust", "review_on": SOON, "plus": BACK} | more)


def placed(cast: Cast, child: Child | None = None, **more: Any) -> Placement:
    about = child or cast.mila
    return place_child(cast.actor("marit"), about, cast.plus, TODAY, None, terms(**more))


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"purpose": " "}, "has a purpose"),
        ({"review_on": None}, "is for a time"),
        ({"review_on": TODAY}, "is for a time"),
        ({"plus": None}, "has a way back"),
        ({"plus": PlusTerms(" ", ("Iets",))}, "has a way back"),
        ({"plus": PlusTerms("Terug")}, "what did Vlinders try already"),
        ({"plus": PlusTerms("Terug", (" ",))}, "what did Vlinders try already"),
    ],
)
def test_what_a_plus_place_lacks_is_said(there: Cast, more: dict[str, Any], why: str) -> None:
    with pytest.raises(Denied, match=why):
        placed(there, **more)
    assert not PlusPlace.objects.unrestricted(reason="test").exists()


def test_anywhere_else_nothing_of_it_is_asked(there: Cast) -> None:
    other = Group.objects.create(location=there.location, name="Bijen")
    plain = place_child(there.actor("marit"), there.mila, other, TODAY, None, Terms([]))
    assert plain.purpose == ""


def test_a_new_child_on_a_plus_group_has_its_way_back_too(there: Cast) -> None:
    given = (there.actor("marit"), ("Bo", "Vos"), LONG_AGO, there.plus, TODAY)
    with pytest.raises(Denied, match="has a way back"):
        register_child(*given, terms(plus=None))
    bo = register_child(*given, terms(plus=PlusTerms("Naar de BSO van school")))
    kept = PlusPlace.objects.unrestricted(reason="test").get(placement__child=bo)
    assert (kept.from_group, kept.tried) == (None, [])


def test_the_database_keeps_it_too(there: Cast) -> None:
    place = placed(there)
    for wrong in ({"way_back": ""}, {"tried": []}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows = PlusPlace.objects.unrestricted(reason="test").filter(placement=place)
            rows.update(**wrong)


def test_the_place_chooses_its_own_numbers(there: Cast) -> None:
    with pytest.raises(Denied):
        agree_plus(there.actor("fatima"), there.plus, 5, 6)
    with pytest.raises(Denied, match="not a plus group"):
        agree_plus(there.actor("marit"), there.group, 5, 6)
    agree_plus(there.actor("marit"), there.plus, 5, 6, by_design=True)
    with pytest.raises(Denied, match="within 6 months"):
        placed(there, review_on=TODAY + timedelta(days=200))
    with pytest.raises(Denied, match="entry ground"):
        placed(there)
    ground = PlusTerms("Terug", ("Iets",), "special_school", plus_home_km=6, transport="bus")
    placed(there, plus=ground)
    agreed = plus.chosen(there.plus)
    found = plus.environment(agreed, plus.rows(there.actor("marit"), there.plus))
    assert (found.near, found.further, found.unknown) == (0, 1, 0)


def test_the_group_a_child_comes_from_is_the_running_one_before_the_last(there: Cast) -> None:
    assert came_from(there.mila, TODAY) == there.group
    assert came_from(there.mila, LONG_AGO - timedelta(days=1)) is None
    other = Group.objects.create(location=there.location, name="Bijen")
    Placement.objects.create(
        child=there.mila,
        group=other,
        basis="contract",
        starts=LONG_AGO + timedelta(days=1),
        ends=TODAY,
    )
    assert came_from(there.mila, TODAY) == there.group


@pytest.mark.parametrize(
    ("answer", "on", "words", "why"),
    [
        ("not_yet", SOON, ("", "Ja"), "Write why"),
        ("not_yet", SOON, ("Ja", " "), "parents are in this decision"),
        ("not_yet", None, WORDS, "is for a time"),
        ("other_help", TODAY, WORDS, "is for a time"),
        ("goes", TODAY - timedelta(days=1), WORDS, "from which day"),
    ],
)
def test_a_decision_about_the_way_back_is_whole(
    there: Cast, answer: str, on: Any, words: tuple[str, str], why: str
) -> None:
    place = placed(there)
    with pytest.raises(Denied, match=why):
        decide_way_back(there.actor("marit"), place, answer, on, words)
    with pytest.raises(Denied):
        decide_way_back(there.actor("fatima"), place, "goes", SOON, WORDS)


def test_the_parents_read_the_decision_and_the_manager_its_day(there: Cast) -> None:
    place = placed(there)
    decided = decide_way_back(
        there.actor("marit"), place, "not_yet", SOON + timedelta(weeks=2), WORDS
    )
    reads = {name: entries(there.actor(name)).filter(pk=decided.pk).exists() for name in READS}
    assert reads == READS
    place.refresh_from_db()
    assert place.review_on == SOON + timedelta(weeks=2)
    row = plus.of_child(there.actor("marit"), there.mila)[0]
    assert (row.answers, len(row.decided)) == ([], 1)
    assert plus.of_child(there.actor("fatima"), there.mila) == []
    assert plus.of_child(there.actor("anna"), there.mila)[0].answers == [decided]


READS = {"anna": True, "carla": True, "marit": False, "fatima": False, "sanne": False}


def test_a_child_that_was_there_already_gets_its_way_back(there: Cast) -> None:
    place = Placement.objects.create(
        child=there.mila, group=there.plus, basis="contract", starts=LONG_AGO
    )
    marit = there.actor("marit")
    assert not plus.rows(marit, there.plus)[0].complete
    with pytest.raises(Denied, match="has a way back"):
        agree_way_back(marit, place, terms(plus=None))
    with pytest.raises(Denied):
        agree_way_back(there.actor("fatima"), place, terms())
    agree_way_back(marit, place, terms())
    agree_way_back(marit, place, terms(purpose="Samen spelen"))
    row = plus.rows(marit, there.plus)[0]
    assert (row.complete, row.placement.purpose) == (True, "Samen spelen")
    assert PlusPlace.objects.unrestricted(reason="test").count() == 1


@pytest.mark.parametrize(("number", "said"), [(0, None), (9, None), (10, 10), (12, 10), (13, 15)])
def test_small_numbers_are_not_shown(number: int, said: int | None) -> None:
    assert shown(number) == said


@pytest.mark.parametrize(
    ("part", "whole", "said"), [(9, 30, None), (10, 11, 90), (11, 11, 100), (10, 30, 30)]
)
def test_a_share_is_in_tens(part: int, whole: int, said: int | None) -> None:
    assert shown_rate(part, whole) == said


def test_who_passes_on_is_counted_without_names(there: Cast) -> None:
    marit = there.actor("marit")
    children = [make_child(there, f"Kind{n}", "Vos", LONG_AGO) for n in range(13)]
    places = [placed(there, each) for each in children]
    for each in places[:12]:
        end_placement(marit, each, TODAY + timedelta(days=7))
    gone = Placement.objects.unrestricted(reason="test").get(child=children[0], group=there.group)
    end_placement(marit, gone, TODAY + timedelta(days=7))
    now = plus.passed_on(marit)[0]
    assert (now.group, now.moved, now.ended, now.rate) == (there.group, 15, None, None)
    later = plus.passed_on(there.actor("marit", days=7))[0]
    assert (later.moved, later.ended, later.returned, later.rate) == (15, 10, 10, 90)
    assert plus.received(there.actor("marit", days=7)) == [later]
    together = plus.passed_on(there.actor("gemma", days=7))
    assert [(each.group, each.moved, each.rate) for each in together] == [(None, 15, 90)]
    assert plus.passed_on(there.actor("stranger")) == []


def test_of_several_plus_places_the_one_that_ends_last_decides(there: Cast) -> None:
    marit = there.actor("marit")
    children = [make_child(there, f"Kind{n}", "Vos", LONG_AGO) for n in range(10)]
    for each in children:
        end_placement(marit, placed(there, each), TODAY + timedelta(days=7))
    later = there.actor("marit", days=7)
    assert plus.passed_on(later)[0].returned == 10
    soon = terms(review_on=later.today + timedelta(weeks=8))
    again = place_child(later, children[0], there.plus, TODAY, None, soon)
    running = plus.passed_on(later)[0]
    assert (running.moved, running.ended, running.returned) == (10, None, None)
    end_placement(later, again, TODAY + timedelta(days=14))
    regular = Placement.objects.unrestricted(reason="test")
    gone = regular.get(child=children[0], group=there.group)
    end_placement(later, gone, TODAY + timedelta(days=14))
    at_last = plus.passed_on(there.actor("marit", days=14))[0]
    assert (at_last.ended, at_last.returned) == (10, None)


def test_the_pages_ask_the_same_number_of_questions_for_many_children(there: Cast) -> None:
    placed(there)
    client = there.client("marit")
    urls = [
        reverse("groups:plus", args=[there.plus.pk]),
        reverse("groups:plus_child", args=[there.mila.pk]),
        reverse("groups:passed_on"),
    ]
    counts: list[list[int]] = []
    for _ in range(2):
        counts.append([])
        for url in urls:
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            counts[-1].append(len(queries))
        for number in range(3):
            placed(there, make_child(there, f"Kind{number}", "Vos", LONG_AGO))
        placed(there)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 18, counts
