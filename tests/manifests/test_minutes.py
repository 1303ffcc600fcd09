"""Whoever was invited from elsewhere and could not be there gets the minutes, as far as the parents agree."""

from datetime import timedelta

import pytest

from alert4you.manifests.models import Manifest, Way
from alert4you.meetings.commands.table import hold_meeting
from alert4you.meetings.models import Seat
from tests.cast import Cast
from tests.meetings.conftest import Table


@pytest.mark.parametrize(("answer", "sent"), [("given", 1), ("refused", 0)])
def test_minutes_for_who_was_not_there(cast: Cast, answer: str, sent: int) -> None:
    table = Table(cast)
    meeting = table.today(table.about_mila(), people=[cast.pieter, cast.fatima])
    table.asks()
    for name in ("anna", "bram"):
        table.says(name, answer)
    here = Seat.objects.filter(meeting=meeting).exclude(membership=cast.pieter)
    later = cast.actor("carla", hours=2)
    hold_meeting(later, meeting, [each for each in here if each.membership != cast.fatima])
    kept = Manifest.objects.unrestricted(reason="test").get()
    assert (kept.to, kept.name, kept.way) == (cast.school, "Pieter", Way.MINUTES)
    assert kept.at - later.at == timedelta(0)
    assert [(line.category, len(line.sent)) for line in kept.told] == [("development", sent)]
    assert [line.kept for line in kept.withheld] == ([] if sent else ["refused"])


def test_who_was_there_gets_none(cast: Cast) -> None:
    table = Table(cast)
    meeting = table.today(table.about_mila(), people=[cast.pieter])
    hold_meeting(cast.actor("carla", hours=2), meeting, list(Seat.objects.filter(meeting=meeting)))
    assert not Manifest.objects.unrestricted(reason="test").exists()
