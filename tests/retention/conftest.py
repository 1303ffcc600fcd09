"""A child who left long ago, and what the job and the people of the place do about it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from alert4you.children.models import Placement
from alert4you.retention import tasks
from alert4you.retention.commands import approve_erasure
from alert4you.retention.models import Erasure
from tests.cast import Cast

LEFT = timezone.datetime(2026, 11, 30).date()
DUE = timezone.make_aware(datetime(2028, 11, 30, 3))


class Place:
    """The cast, with what happens at its place over the years."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def leaves(self, child: Any) -> None:
        """The last day of the child here is 30 November 2026."""
        rows = Placement.objects.unrestricted(reason="test").filter(child=child)
        rows.filter(ends=None).update(ends=LEFT + timedelta(days=1))

    def night(self, moment: datetime = DUE) -> None:
        """The jobs of a night."""
        self.cast.go_to(moment)
        tasks.erase_approved(moment)
        tasks.show_what_is_due(moment)
        tasks.announce_due(moment)

    @property
    def erasures(self) -> list[Erasure]:
        rows = Erasure.objects.unrestricted(reason="test")
        return list(rows.order_by("found_at", "pk"))

    @property
    def listed(self) -> list[Erasure]:
        return [each for each in self.erasures if each.is_open]

    def two_say_yes(self, erasure: Erasure) -> None:
        """The two of the place, as far as they did not yet."""
        said = set(erasure.approvals.values_list("membership", flat=True))
        for name in ("olga", "carla"):
            if self.cast.people[name].pk not in said:
                approve_erasure(self.cast.actor(name), erasure)

    def goes(self, moment: datetime = DUE) -> None:
        """Shown, approved by two, gone the same night; and the next one what it freed."""
        for night in (moment, moment + timedelta(days=1)):
            self.night(night)
            for erasure in self.listed:
                self.two_say_yes(erasure)
            tasks.erase_approved(night)


@pytest.fixture
def place(cast: Cast) -> Place:
    return Place(cast)
