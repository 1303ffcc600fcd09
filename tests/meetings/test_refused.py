"""Whom the parents said no to sits at no table where their child is talked about."""

from collections.abc import Iterator

import pytest
from django.utils.translation import override

from alert4you.kernel.decision import Denied
from alert4you.meetings.commands.planning import invite, put_on_agenda
from alert4you.meetings.models import Meeting, Seat
from tests.meetings.conftest import Table

NO = "do not want this party"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Refusals are compared in the language of the source."""
    with override("en"):
        yield


@pytest.fixture
def refused(table: Table) -> Table:
    table.asks()
    table.says("anna", "refused")
    return table


def test_not_when_it_is_planned(refused: Table) -> None:
    with pytest.raises(Denied, match=NO):
        refused.about_mila_with_school()
    assert not Meeting.objects.unrestricted(reason="test").exists()


def test_not_invited_later(refused: Table) -> None:
    meeting = refused.plans(refused.about_mila())
    with pytest.raises(Denied, match=NO):
        invite(refused.cast.actor("carla"), meeting, refused.cast.pieter)
    assert not Seat.objects.filter(membership=refused.cast.pieter).exists()


def test_not_by_putting_the_child_on_the_agenda(refused: Table) -> None:
    meeting = refused.plans(people=[refused.cast.pieter])
    with pytest.raises(Denied, match=NO):
        put_on_agenda(refused.cast.actor("carla"), meeting, refused.about_mila())


def test_welcome_where_another_child_or_no_child_is_talked_about(refused: Table) -> None:
    meeting = refused.plans(people=[refused.cast.pieter])
    assert Seat.objects.filter(meeting=meeting, membership=refused.cast.pieter).exists()
