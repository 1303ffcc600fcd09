"""At the table: options with both sides, decisions, actions that begin at once; and what it becomes."""

from datetime import timedelta

import pytest

from alert4you.access.models import Entry, Kind
from alert4you.coaching.models import Contact
from alert4you.kernel.decision import Denied
from alert4you.meetings.commands.table import (
    Counts,
    agree_on_action,
    decide,
    finish_action,
    hold_meeting,
    name_option,
    report_item,
    speak,
    weigh,
)
from alert4you.meetings.models import Action, Meeting, Seat
from alert4you.meetings.queries.lists import open_actions
from alert4you.meetings.rules.planning import Topic
from alert4you.organisations.queries import system_actor
from alert4you.practices.commands.publishing import load_library
from alert4you.practices.queries.templates import template
from alert4you.trajectories.commands.running import Setup, start_trajectory
from alert4you.trajectories.models import Step
from tests.cast import NOW, TODAY, Cast
from tests.meetings.conftest import QUESTION, TREND, Table


@pytest.fixture
def meeting(table: Table) -> Meeting:
    return table.today(table.about_mila())


@pytest.mark.parametrize("sides", [[], [True], [False], [True, True]])
def test_an_option_needs_a_plus_and_a_minus_before_it_is_chosen(
    cast: Cast, table: Table, meeting: Meeting, sides: list[bool]
) -> None:
    carla, item = cast.actor("carla"), table.item(meeting)
    option = name_option(carla, item, "Logopedie aanvragen")
    for side in sides:
        weigh(carla, option, "zegt iemand", side)
    with pytest.raises(Denied, match="Logopedie aanvragen"):
        decide(carla, item, "", option)
    with pytest.raises(Denied):
        decide(carla, item, "Toch maar.")
    weigh(carla, option, "voor", True)
    weigh(carla, option, "tegen", False)
    assert decide(carla, item, "", option).chosen == option


def test_nothing_is_decided_before_the_meeting(cast: Cast, table: Table) -> None:
    item = table.item(table.plans(table.about_mila()))
    name_option(cast.actor("carla"), item, "mag al wel")
    with pytest.raises(Denied):
        decide(cast.actor("carla"), table.item(table.plans(table.about_mila())), "Nu al")
    with pytest.raises(Denied, match="still to come"):
        agree_on_action(cast.actor("carla"), item, "bellen", cast.carla, TODAY)


def test_parents_add_their_own_words_beforehand_and_only_their_own(
    cast: Cast, table: Table, meeting: Meeting
) -> None:
    item = table.item(meeting)
    speak(cast.actor("anna"), item, "Wat kan ik thuis doen?", table.guardian("anna"))
    with pytest.raises(Denied, match="somebody else"):
        speak(cast.actor("anna"), item, "Namens Bram", table.guardian("bram"))
    with pytest.raises(Denied):
        speak(cast.actor("oscar"), item, "Ik ook", table.guardian("oscar"))
    assert "Wat kan ik thuis doen?" in table.page("carla", f"/meetings/items/{item.pk}/")


def test_parents_own_an_action_that_begins_at_once_and_stands_on_their_page(
    cast: Cast, table: Table, meeting: Meeting
) -> None:
    item, carla = table.item(meeting), cast.actor("carla")
    anna = table.guardian("anna")
    action = agree_on_action(carla, item, "Elke avond voorlezen", anna, TODAY, at_once=True)
    assert action.begun_at == NOW
    assert "Elke avond voorlezen" in table.page("anna", "/agenda/")
    assert "Elke avond voorlezen" not in table.page("bram", "/agenda/")
    with pytest.raises(Denied, match="Only whoever has this action"):
        finish_action(cast.actor("bram"), action)
    answer = cast.client("anna").post(f"/meetings/actions/{action.pk}/done/")
    assert answer.status_code == 302
    assert not open_actions(cast.actor("anna"))


@pytest.mark.parametrize("who", ["fatima", "pieter"])
def test_only_who_is_at_the_table_gets_an_action(
    cast: Cast, table: Table, meeting: Meeting, who: str
) -> None:
    with pytest.raises(Denied):
        agree_on_action(cast.actor("carla"), table.item(meeting), "bellen", cast.people[who], TODAY)


def test_an_action_is_due_on_a_day_that_comes(cast: Cast, table: Table, meeting: Meeting) -> None:
    yesterday = TODAY - timedelta(days=1)
    with pytest.raises(Denied, match="has passed"):
        agree_on_action(cast.actor("carla"), table.item(meeting), "x", cast.carla, yesterday)


def test_words_with_a_trend_name_nobody(cast: Cast, table: Table) -> None:
    meeting = table.today(Topic("trend", TREND))
    item = table.item(meeting)
    for write in (name_option, decide):
        with pytest.raises(Denied, match="“Mila”"):
            write(cast.actor("carla"), item, "Mila eerder naar bed")
    with pytest.raises(Denied, match="“Mila”"):
        hold_meeting(cast.actor("carla"), meeting, [], "Mila sliep slecht.")


def test_what_was_held_stands_on_the_line_as_a_contact_with_the_parents(
    cast: Cast, table: Table, meeting: Meeting
) -> None:
    carla, item = cast.actor("carla"), table.item(meeting)
    decide(carla, item, "We vragen logopedie aan.", outcome="next_step")
    agree_on_action(carla, item, "Bellen", cast.carla, TODAY)
    here = Seat.objects.filter(meeting=meeting, guardian__person=cast.anna)
    hold_meeting(carla, meeting, list(here))
    told = Entry.objects.unrestricted(reason="test").get(child=cast.mila, kind=Kind.MEETING)
    assert QUESTION in told.text
    assert "We vragen logopedie aan." in told.text
    assert "Bellen (Carla, 20-11-2026)" in told.text
    seen = Contact.objects.visible_to(cast.actor("anna")).filter(parents_present=True)
    assert [each.pk for each in seen] == [told.pk]
    present = dict(
        Seat.objects.filter(meeting=meeting).values_list("guardian__person__name", "present")
    )
    assert present == {"Anna Jansen": True, "Bram Jansen": False, None: False}


def test_without_parents_it_is_no_talk_with_them(
    cast: Cast, table: Table, meeting: Meeting
) -> None:
    hold_meeting(cast.actor("carla"), meeting, [])
    assert not Contact.objects.visible_to(cast.actor("anna")).get().parents_present


def test_it_counts_for_a_trajectory_that_runs(cast: Cast, table: Table) -> None:
    load_library(system_actor(NOW))
    carla = cast.actor("carla")
    hold_meeting(carla, first := table.today(table.about_mila()), list(first.seats.all()))
    trajectory = start_trajectory(
        carla, cast.mila, template("komeetoverleg"), cast.carla, cast.marit, Setup()
    )
    meeting = table.today(table.about_mila())
    counted = [Counts(trajectory, "parent-talk")]
    hold_meeting(carla, meeting, list(meeting.seats.all()), "", counted)
    step = Step.objects.get(trajectory=trajectory)
    assert (step.activity, step.entry_id) == ("parent-talk", table.item(meeting).case_id)


def test_when_it_cannot_count_nothing_is_written(cast: Cast, table: Table) -> None:
    load_library(system_actor(NOW))
    carla = cast.actor("carla")
    hold_meeting(carla, first := table.today(table.about_mila()), list(first.seats.all()))
    trajectory = start_trajectory(
        carla, cast.mila, template("komeetoverleg"), cast.carla, cast.marit, Setup()
    )
    meeting = table.today(table.about_mila())
    with pytest.raises(Denied):
        hold_meeting(carla, meeting, [], "", [Counts(trajectory, "komeet")])
    assert Meeting.objects.unrestricted(reason="test").get(pk=meeting.pk).held_at is None


def test_a_trend_stands_on_the_line_of_the_place(cast: Cast, table: Table) -> None:
    meeting = table.today(Topic("trend", TREND), table.about_mila())
    hold_meeting(cast.actor("carla"), meeting, [], "In mei weer.")
    told = Entry.objects.unrestricted(reason="test").get(child=None, kind=Kind.MEETING)
    assert told.text == f"{TREND}\nIn mei weer."


def test_what_is_over_stays_as_it_is(cast: Cast, table: Table, meeting: Meeting) -> None:
    carla, item = cast.actor("carla"), table.item(meeting)
    hold_meeting(carla, meeting, [])
    item = table.item(meeting)
    for late in (
        lambda: hold_meeting(carla, Meeting.objects.unrestricted(reason="test").get(), []),
        lambda: name_option(carla, item, "nog iets"),
        lambda: speak(cast.actor("anna"), item, "nog iets", table.guardian("anna")),
    ):
        with pytest.raises(Denied, match="is over"):
            late()


def test_only_points_without_a_child_go_to_the_municipality(cast: Cast, table: Table) -> None:
    meeting = table.today(table.about_mila(), Topic("care", "Er is geen logopedie in de buurt."))
    named, care = meeting.items.unrestricted(reason="test").order_by("number")
    with pytest.raises(Denied):
        report_item(cast.actor("carla"), named)
    report_item(cast.actor("carla"), care)
    page = table.page("gemma", "/meetings/report/")
    assert "Er is geen logopedie in de buurt." in page
    assert "Mila" not in page


def test_a_double_click_writes_once(cast: Cast, table: Table, meeting: Meeting) -> None:
    item, client = table.item(meeting), cast.client("carla")
    address = f"/meetings/items/{item.pk}/"
    once = "11111111-1111-4111-8111-111111111111"
    for _ in range(2):
        assert client.post(address, {"words": "Logopedie", "once": once}).status_code == 302
    assert item.options.unrestricted(reason="test").count() == 1
    assert not Action.objects.unrestricted(reason="test").exists()
