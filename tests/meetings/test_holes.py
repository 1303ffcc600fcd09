"""What must not be possible around a meeting."""

import pytest

from alert4you.access.commands.team import name_on_team
from alert4you.kernel.decision import Denied
from alert4you.meetings.commands.planning import move_meeting
from tests.cast import Cast
from tests.meetings.conftest import Table


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
