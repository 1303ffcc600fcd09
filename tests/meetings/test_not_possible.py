"""What must not be possible around a meeting."""

import pytest

from alert4you.access.commands.team import name_on_team
from alert4you.children.models import Guardian, Placement
from alert4you.kernel.decision import Denied
from alert4you.meetings.commands.planning import (
    cancel_meeting,
    move_meeting,
    put_on_agenda,
    set_rhythm,
)
from alert4you.meetings.commands.table import hold_meeting, name_option
from alert4you.meetings.rules.planning import Topic
from alert4you.organisations.models import Group, Location
from tests.cast import TODAY, Cast, make_child
from tests.meetings.conftest import TREND, Table


def test_a_moved_meeting_is_at_no_place_that_names_a_child(cast: Cast, table: Table) -> None:
    """The place is read by all who are invited, and in their calendars."""
    meeting = table.plans(table.about_mila(), people=[cast.sanne])
    for place in ("Thuis bij Mila", "Bij Anna Jansen"):
        with pytest.raises(Denied):
            move_meeting(cast.actor("carla"), meeting, meeting.begins, meeting.ends, place)
    meeting.refresh_from_db()
    assert meeting.place == "Lokaal 3"
    move_meeting(cast.actor("carla"), meeting, meeting.begins, meeting.ends, "Lokaal 4")


def test_a_guest_does_not_read_why_a_parent_is_not_invited(cast: Cast, table: Table) -> None:
    topic = table.without("bram", "danger", "Bram mag niet weten waar zij wonen.")
    meeting = table.plans(topic, people=[cast.pieter])
    table.agreed()
    name_on_team(cast.actor("carla"), cast.mila, cast.pieter, "leerkracht", "support")
    address = f"/meetings/items/{table.item(meeting).pk}/"
    assert "waar zij wonen" not in table.page("pieter", address)
    assert "waar zij wonen" not in table.page("bram", address)
    assert "waar zij wonen" in table.page("carla", address)


def test_minutes_name_no_child_of_another_location_that_is_talked_about(
    cast: Cast, table: Table
) -> None:
    other = Location.objects.create(
        organisation=cast.nursery, name="De Iep", setting="daycare", city="Hilversum"
    )
    group = Group.objects.create(location=other, name="Mussen")
    yusuf = make_child(cast, "Yusuf", "Demir", TODAY.replace(year=2023))
    Placement.objects.unrestricted(reason="test").filter(child=yusuf).update(group=group)
    parent = Guardian.objects.create(
        child=yusuf, person=cast.bram, kind="parent", has_authority=True, starts=yusuf.born
    )
    name_on_team(cast.actor("carla"), yusuf, cast.carla, "zorgcoördinator")
    about = Topic("case", "Hoe slaapt hij?", yusuf, guardians=[parent])
    trend = Topic("trend", TREND, theme="slapen")
    with pytest.raises(Denied):
        table.today(about, title="Overleg Yusuf")
    meeting = table.today(about, trend, people=[cast.sanne])
    item = meeting.items.unrestricted(reason="test").get(case=None)
    for say in (
        lambda: hold_meeting(cast.actor("carla", hours=2), meeting, [], "Yusuf slaapt slecht."),
        lambda: name_option(cast.actor("carla"), item, "Zoals bij Yusuf"),
        lambda: put_on_agenda(cast.actor("carla"), meeting, Topic("trend", "Als Yusuf")),
        lambda: cancel_meeting(cast.actor("carla"), meeting, "Yusuf is ziek"),
    ):
        with pytest.raises(Denied):
            say()
    hold_meeting(cast.actor("carla", hours=2), meeting, [], "Goed gesproken.")


def test_a_meeting_counts_for_no_rhythm_of_another_organisation(cast: Cast, table: Table) -> None:
    boss = cast.add("rosa", "manager", "elsewhere")
    theirs = set_rhythm(cast.actor("rosa"), "komeet", None, 4, "year", TODAY)
    assert theirs.set_by == boss
    with pytest.raises(Denied):
        table.plans(table.about_mila(), series=theirs)
