"""Money around Mila: short words for what people do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils.translation import override

from alert4you.access.models import Entry
from alert4you.coaching.commands.contacts import Details
from alert4you.funding.commands.lines import decide_line, write_line
from alert4you.funding.models import MoneyLine
from alert4you.funding.queries.money import Money, money
from alert4you.funding.rules.lines import Answer, Wanted
from alert4you.organisations.queries import system_actor
from alert4you.practices.commands.publishing import load_library
from alert4you.referrals.commands.hours import log_guidance
from alert4you.referrals.rules.hours import Route
from alert4you.trajectories.commands.running import do_activity
from alert4you.trajectories.models import Trajectory
from tests.cast import NOW, TODAY, Cast
from tests.trajectories.story import Story


@dataclass
class Purse(Story):
    """Bink's observations for Mila, and who pays them."""

    def running(self) -> Trajectory:
        trajectory = self.begun()
        self.agree()
        return trajectory

    def spend(self, trajectory: Trajectory, minutes: int = 60) -> UUID:
        """An observation of today, with minutes."""
        carla = self.cast.actor("carla", minutes=2)
        entry = do_activity(carla, trajectory, "observation", "Gezien.", Details(minutes=minutes))
        found: UUID = entry.pk
        return found

    def guide(self, trajectory: Trajectory, minutes: int = 30) -> UUID:
        carla, spent = self.cast.actor("carla"), Details(minutes=minutes)
        route = Route(trajectory=trajectory)
        told = log_guidance(carla, self.cast.mila, "forms", "Ingevuld.", route, spent)
        found: UUID = told.contact_id
        return found

    def line(self, trajectory: Trajectory, stream: str = "own_means", **given: Any) -> MoneyLine:
        told = {"work": "child", "starts": date(2026, 1, 1)} | given
        written: MoneyLine = write_line(
            self.cast.actor("carla"), trajectory, Wanted(stream, **told)
        )
        return written

    def granted(self, trajectory: Trajectory, **given: Any) -> MoneyLine:
        """Money of a decision for Mila, granted today."""
        line = self.line(trajectory, "youth_individual", **given)
        found: MoneyLine = decide_line(self.cast.actor("carla"), line, Answer(True, TODAY))
        return found

    def money(self, trajectory: Trajectory, who: str = "carla") -> Money:
        return money(self.cast.actor(who), trajectory.pk)

    def days(self, entry: UUID, number: int) -> None:
        rows = Entry.objects.unrestricted(reason="test").filter(pk=entry)
        rows.update(day=TODAY + timedelta(days=number))


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Refusals are compared in the language of the source."""
    with override("en"):
        yield


@pytest.fixture
def purse(cast: Cast) -> Purse:
    load_library(system_actor(NOW))
    return Purse(cast)
