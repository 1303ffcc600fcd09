"""Rhythms met and missed, what the municipality reads of them, and signals that become training."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from alert4you.kernel.decision import Denied
from alert4you.meetings.commands.planning import set_rhythm
from alert4you.meetings.commands.signals import arrange_training, write_signal
from alert4you.meetings.commands.table import hold_meeting
from alert4you.meetings.models import Action, Item, Series
from alert4you.meetings.queries.lists import rhythms
from alert4you.meetings.queries.report import HIDDEN_BELOW, report
from alert4you.meetings.queries.signals import signals, themes
from alert4you.meetings.rules.planning import Topic
from alert4you.meetings.rules.rhythm import stretches
from alert4you.organisations.models import Location
from tests.cast import NOW, TODAY, Cast, make_child
from tests.meetings.conftest import TREND, Table

JAN = date(2026, 1, 5)


def told(number: int, per: str, days: Collection[date], today: date) -> list[tuple[int, int, int]]:
    found = stretches(number, per, (JAN, None), days, today=today)
    return [(each.held, each.missed, each.to_plan) for each in found]


@pytest.mark.parametrize(
    ("number", "per", "days", "today", "expected"),
    [
        (2, "year", [], date(2026, 3, 1), [(0, 0, 2)]),
        (2, "year", [date(2026, 2, 1)], date(2026, 12, 31), [(1, 0, 1)]),
        (2, "year", [date(2026, 2, 1), date(2026, 3, 1)], date(2026, 12, 31), [(2, 0, 0)]),
        (2, "year", [date(2026, 2, 1)], date(2027, 1, 5), [(1, 1, 0), (0, 0, 2)]),
        (6, "weeks", [JAN, date(2026, 2, 16)], date(2026, 2, 20), [(1, 0, 0), (1, 0, 0)]),
        (6, "weeks", [JAN], date(2026, 4, 1), [(1, 0, 0), (0, 1, 0), (0, 0, 1)]),
        (1, "year", [JAN - timedelta(days=1)], JAN, [(0, 0, 1)]),
    ],
)
def test_what_is_met_and_missed(
    number: int,
    per: str,
    days: list[date],
    today: date,
    expected: list[tuple[int, int, int]],
) -> None:
    assert told(number, per, days, today) == expected


def test_what_is_planned_is_not_to_be_planned_again() -> None:
    found = stretches(2, "year", (JAN, None), [], today=JAN, planned=[date(2026, 6, 1)])
    assert (found[0].planned, found[0].to_plan) == (1, 1)


@pytest.mark.parametrize(
    ("who", "number"), [("fatima", 2), ("sanne", 2), ("carla", 0), ("carla", 53)]
)
def test_who_runs_the_place_chooses_a_number(cast: Cast, who: str, number: int) -> None:
    with pytest.raises(Denied):
        set_rhythm(cast.actor(who), "health_talk", cast.location, number, "year", TODAY)


def twice_a_year(cast: Cast, starts: date = TODAY) -> Series:
    return set_rhythm(cast.actor("carla"), "health_talk", cast.location, 2, "year", starts)


def test_a_rhythm_counts_its_own_meetings(cast: Cast, table: Table) -> None:
    series = twice_a_year(cast)
    first = table.today(Topic("trend", TREND), series=series)
    table.plans(Topic("trend", TREND))
    hold_meeting(cast.actor("carla"), first, [])
    table.plans(Topic("trend", TREND), series=series)
    now = rhythms([series], TODAY)[0].now
    assert now is not None
    assert (now.held, now.planned, now.needed) == (1, 1, 2)
    assert "1 van 2" in table.page("carla", "/meetings/?show=rhythms")
    cast.go_to(timezone.make_aware(datetime(2027, 11, 22, 10)))
    assert rhythms([series], cast.actor("carla").today)[0].missed == 1


def test_the_municipality_reads_no_names_and_no_small_numbers(cast: Cast, table: Table) -> None:
    series = twice_a_year(cast)
    meeting = table.today(table.about_mila(), series=series)
    hold_meeting(cast.actor("carla"), meeting, [])
    gemma = cast.actor("gemma")
    found = {each.kind: each for each in report(gemma).kinds}
    assert found["komeet"].held == 1
    assert found["komeet"].children is None
    page = table.page("gemma", "/meetings/report/")
    assert f"minder dan {HIDDEN_BELOW}" in page
    assert "Mila" not in page
    assert cast.client("fatima").get("/meetings/report/").status_code == 404


def test_ten_children_are_a_number(cast: Cast, table: Table) -> None:
    from alert4you.access.commands.team import name_on_team
    from alert4you.children.models import Guardian

    topics = []
    for number in range(HIDDEN_BELOW):
        child = make_child(cast, f"Kind{number}", "Voorbeeld", date(2023, 5, 1))
        guardian = Guardian.objects.create(
            child=child, person=cast.anna, kind="parent", has_authority=True, starts=child.born
        )
        name_on_team(cast.actor("carla"), child, cast.carla, "zorgcoördinator")
        topics.append(Topic("case", "Hoe gaat het?", child, guardians=[guardian]))
    hold_meeting(cast.actor("carla"), table.today(*topics), [])
    assert report(cast.actor("gemma")).kinds[0].children == HIDDEN_BELOW


def places(cast: Cast) -> list[Location]:
    other = Location.objects.create(organisation=cast.nursery, name="De Egel", setting="daycare")
    return [cast.location, other]


def test_signals_of_more_places_come_together_and_become_a_training(
    cast: Cast, table: Table
) -> None:
    here, there = places(cast)
    write_signal(cast.actor("fatima"), here, "Overgangen", "Voor het eten is het druk.")
    write_signal(cast.actor("carla"), there, "overgangen", "Bij het naar buiten gaan ook.")
    theme = themes(signals(cast.actor("carla")))[0]
    assert sorted(theme.places) == ["De Egel", "De Zonnebloem"]
    training = arrange_training(
        cast.actor("carla"), theme.signals, "Rustige overgangen", cast.carla, TODAY
    )
    assert themes(signals(cast.actor("carla"))) == []
    assert training.signals.unrestricted(reason="test").count() == 2
    assert "Rustige overgangen" in table.page("carla", "/agenda/")
    cast.client("carla").post(f"/meetings/actions/{training.pk}/done/")
    assert Action.objects.unrestricted(reason="test").get().done_at == NOW


def test_a_signal_names_nobody_and_holds_no_child(cast: Cast) -> None:
    with pytest.raises(Denied, match="“Mila”"):
        write_signal(cast.actor("fatima"), cast.location, "Eten", "Mila eet slecht.")
    write_signal(cast.actor("fatima"), cast.location, "Eten", "Er wordt weinig gegeten.")
    assert Item.objects.unrestricted(reason="test").get().case is None


def test_a_trend_of_a_meeting_is_a_signal_as_well(cast: Cast, table: Table) -> None:
    table.plans(Topic("trend", TREND, theme="Slapen"), table.about_mila())
    assert [each.name for each in themes(signals(cast.actor("marit")))] == ["Slapen"]


@pytest.mark.parametrize("who", ["fatima", "stranger", "sanne"])
def test_who_looks_after_the_organisation_arranges_training(cast: Cast, who: str) -> None:
    signal = write_signal(cast.actor("fatima"), cast.location, "Eten", "Er wordt weinig gegeten.")
    with pytest.raises(Denied):
        arrange_training(cast.actor(who), [signal], "Eten", cast.people[who], TODAY)


def test_another_organisation_reads_no_signals(cast: Cast) -> None:
    write_signal(cast.actor("fatima"), cast.location, "Eten", "Er wordt weinig gegeten.")
    assert not signals(cast.actor("stranger"))
