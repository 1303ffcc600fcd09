"""Rounds at a location: words without a child, and numbers too small are hidden."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import ForeignKey
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from alert4you.access.commands.team import name_on_team
from alert4you.children.commands import end_placement
from alert4you.children.models import Child, Placement
from alert4you.coaching.commands.leaving import tell_why_left
from alert4you.coaching.commands.rounds import hold_round, turn_away
from alert4you.coaching.models import MonitorRound, TurnedAway
from alert4you.coaching.rules.rounds import Told
from alert4you.kernel.decision import Denied
from alert4you.trajectories.commands.indications import record_indication
from alert4you.trajectories.queries.rounds import numbers
from alert4you.trajectories.rules.indications import Granted
from tests.cast import LONG_AGO, TODAY, Cast, make_child

SINCE = TODAY - timedelta(weeks=26)
TOLD = Told("Het kan hier bijna altijd.", "Als een kind de hele middag bang is.")


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.mark.parametrize("model", [MonitorRound, TurnedAway])
def test_there_is_no_place_for_a_child_in_it(model: Any) -> None:
    related = {each.related_model for each in model._meta.fields if isinstance(each, ForeignKey)}
    assert related
    assert not related & {Child, Placement}


@pytest.mark.parametrize(
    ("who", "told", "since", "why"),
    [
        ("sanne", TOLD, SINCE, "Only staff"),
        ("stranger", TOLD, SINCE, "Only staff"),
        ("fatima", Told("Ja", " "), SINCE, "Answer both"),
        ("fatima", Told("Voor Mila was het zoeken.", "De drukte"), SINCE, "Mila"),
        ("fatima", Told("Ja", "De drukte", "Rust sinds Jansen weg is"), SINCE, "Jansen"),
        ("fatima", TOLD, TODAY, "before today"),
    ],
)
def test_what_a_round_refuses(cast: Cast, who: str, told: Told, since: Any, why: str) -> None:
    with pytest.raises(Denied, match=why):
        hold_round(cast.actor(who), cast.location, told, since)


def test_a_round_begins_where_the_last_was_held(cast: Cast) -> None:
    hold_round(cast.actor("fatima"), cast.location, TOLD, SINCE)
    with pytest.raises(Denied, match="after the last one"):
        hold_round(cast.actor("fatima", days=9), cast.location, TOLD, SINCE)
    assert hold_round(cast.actor("fatima", days=9), cast.location, TOLD, TODAY)


def test_who_stayed_who_left_and_why(cast: Cast) -> None:
    carla, marit = cast.actor("carla"), cast.actor("marit")
    for number in range(12):
        child = make_child(cast, f"Kind{number}", "Vos", LONG_AGO)
        name_on_team(carla, child, cast.carla, "zorgcoördinator")
        granted = Granted("youth_care", "wijkteam", SINCE, TODAY + timedelta(weeks=9))
        record_indication(carla, child, granted)
    leaves = Placement.objects.unrestricted(reason="test").get(child=child)
    tell_why_left(marit, end_placement(marit, leaves, TODAY), "costs")
    for __ in range(10):
        turn_away(marit, cast.location, "too_busy")
    later = cast.actor("marit", days=1)
    found = numbers(later, cast.location, SINCE, later.today)
    assert (found.present, found.stayed, found.left) == (10, 10, None)
    assert (found.refused, found.moved) == (10, None)
    assert [number for __, number in found.reasons] == [None]
    before = numbers(later, cast.location, SINCE, TODAY)
    assert before.refused is None


def test_the_pages_of_rounds(cast: Cast) -> None:
    client, at = cast.client("fatima"), [cast.location.pk]
    url = reverse("trajectories:hold_round", args=at)
    told = {"answer": "Ja, bijna.", "limit": "De drukte", "since": SINCE}
    refused = client.post(url, told | {"answer": "Voor Mila niet"})
    assert refused.status_code == 200
    assert "Voor Mila niet" in refused.content.decode()
    assert client.post(url, told).status_code == 302
    counted = reverse("trajectories:turned_away", args=at)
    assert client.post(counted, {"why": "too_busy"}).status_code == 403
    assert cast.client("marit").post(counted, {"why": "too_busy"}).status_code == 302
    held = MonitorRound.objects.get()
    page = client.get(reverse("trajectories:round", args=[*at, held.pk])).content.decode()
    assert "De drukte" in page
    assert "Mila" not in page


def test_the_page_asks_the_same_number_of_questions_for_many_rounds(cast: Cast) -> None:
    client, url = cast.client("marit"), reverse("trajectories:rounds", args=[cast.location.pk])
    counts = []
    for turn in range(2):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
        for week in range(3):
            MonitorRound.objects.create(
                location=cast.location,
                starts=SINCE,
                held_on=SINCE + timedelta(weeks=3 * turn + week + 1),
                held_by=cast.fatima,
                answer="Ja",
                limit="De drukte",
            )
    assert counts[0] == counts[1] <= 22, counts
