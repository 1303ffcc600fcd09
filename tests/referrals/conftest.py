"""Mila on her way to other help: short words for what people do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from alert4you.access.commands.consent import answer_consent
from alert4you.access.models import ConsentRequest
from alert4you.children.models import Child
from alert4you.coaching.commands.contacts import Details
from alert4you.organisations.models import Membership
from alert4you.organisations.queries import system_actor
from alert4you.practices.commands.publishing import load_library
from alert4you.practices.queries.templates import template
from alert4you.referrals.commands.ways import ask_party, start_referral
from alert4you.referrals.models import Referral
from alert4you.referrals.rules.ways import Ask, Receiver
from alert4you.trajectories.commands.running import Setup, do_activity, start_trajectory
from alert4you.trajectories.models import Trajectory
from tests.cast import NOW, TODAY, Cast
from tests.trajectories.story import Story

AGAIN = TODAY + timedelta(weeks=3)


@dataclass
class Way(Story):
    """The story of the trajectories, and the way to the school of Pieter."""

    def follow(self, slug: str, **parts: Membership) -> Trajectory:
        """A practice for Mila, with who plays which role (``_`` for a hyphen)."""
        self.talk()
        cast, played = self.cast, {role.replace("_", "-"): who for role, who in parts.items()}
        carla, people = cast.actor("carla"), (cast.carla, cast.marit)
        found: Trajectory = start_trajectory(
            carla, cast.mila, template(slug), *people, Setup(played)
        )
        return found

    def work(self, trajectory: Trajectory, activity: str, minutes: int) -> None:
        carla, spent = self.cast.actor("carla"), Details(minutes=minutes)
        do_activity(carla, trajectory, activity, "Gedaan.", spent)

    def refer(self, child: Child | None = None, **given: Any) -> Referral:
        told = {"words": "", "categories": ["plan", "development"], "trajectory": None} | given
        receiver = Receiver(words=told["words"])
        if not told["words"]:
            receiver = Receiver(self.cast.school, contact=self.cast.pieter)
        ask = Ask(
            "Kijken hoe Mila leert.", told["categories"], "Lotte leest voor.", told["trajectory"]
        )
        carla = self.cast.actor("carla")
        found: Referral = start_referral(
            carla, child or self.cast.mila, receiver, ask, self.cast.carla, self.cast.marit
        )
        return found

    def says(self, answer: str, *people: str, child: Child | None = None) -> None:
        """The parents answer what they were asked about the school."""
        about = {"child": child or self.cast.mila, "organisation": self.cast.school}
        request = ConsentRequest.objects.get(**about, purpose="handover")
        answers = dict.fromkeys(request.consents.values_list("category", flat=True), answer)
        for who in people or ("anna", "bram"):
            answer_consent(self.cast.actor(who), request, answers)

    def asked(self, child: Child | None = None, **given: Any) -> Referral:
        """The parents agreed and the school was asked today."""
        referral = self.refer(child, **given)
        self.says("given", *([f"parent_of_{child}"] if child else ()), child=child)
        found: Referral = ask_party(self.cast.actor("carla"), referral, TODAY, AGAIN)
        return found


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Refusals are compared in the language of the source."""
    with override("en"):
        yield


@pytest.fixture
def way(cast: Cast) -> Way:
    load_library(system_actor(NOW))
    return Way(cast)


@pytest.fixture
def queries() -> Callable[[Client, str], int]:
    """How many queries a page asks (savepoints are of the tests: they run in a transaction)."""

    def number(client: Client, address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return sum("SAVEPOINT" not in query["sql"] for query in asked.captured_queries)

    return number
