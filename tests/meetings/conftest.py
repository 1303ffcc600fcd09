"""What the tests of meetings start from: short words for planning one, and for what parents answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from alert4you.access.commands.consent import answer_consent, ask_consent, withdraw_consent
from alert4you.access.models import Answer, ConsentRequest
from alert4you.access.rules.consent import Terms as Asked
from alert4you.children.models import Guardian
from alert4you.meetings.commands.planning import plan_meeting
from alert4you.meetings.models import Item, Meeting
from alert4you.meetings.rules.planning import Reason, Terms, Topic
from alert4you.organisations.models import Membership
from tests.cast import NOW, Cast

QUESTION = "Mila praat weinig; Anna wil weten wat logopedie kan doen."
TREND = "Kinderen slapen korter dan vorig jaar."


@dataclass
class Table:
    """Short words for what people do around a meeting."""

    cast: Cast

    def guardian(self, name: str) -> Guardian:
        return Guardian.objects.get(child=self.cast.mila, person=self.cast.people[name])

    def about_mila(self, *invited: str, **more: Any) -> Topic:
        guardians = [self.guardian(name) for name in invited or ("anna", "bram")]
        return Topic("case", QUESTION, self.cast.mila, guardians=guardians, **more)

    def without(self, name: str, ground: str = "court", words: str = "Vonnis gezien") -> Topic:
        others = [each for each in ("anna", "bram") if each != name]
        left_out = {self.guardian(name): Reason(ground, words)}
        return self.about_mila(*others, left_out=left_out)

    def plans(
        self,
        *topics: Topic,
        people: Sequence[Membership] = (),
        begins: datetime = NOW + timedelta(days=3),
        who: str = "carla",
        **more: Any,
    ) -> Meeting:
        title = more.pop("title", "Komeetoverleg")
        terms = Terms(
            "komeet",
            title,
            begins,
            begins + timedelta(hours=1),
            self.cast.people[who],
            self.cast.location,
            "Lokaal 3",
        )
        return plan_meeting(self.cast.actor(who), terms, people, topics, **more)

    def about_mila_with_school(self, **more: Any) -> Meeting:
        return self.plans(self.about_mila(), people=[self.cast.pieter], **more)

    def today(self, *topics: Topic, **more: Any) -> Meeting:
        """One that begins an hour from now, so that it can be held today."""
        return self.plans(*topics, begins=NOW + timedelta(hours=1), **more)

    def asks(self, party: str = "school", who: str = "pieter") -> ConsentRequest:
        return ask_consent(
            self.cast.actor("carla"),
            self.cast.mila,
            self.cast.people[party],
            "support",
            Asked(["development"], "Samen aan tafel"),
            self.cast.people[who],
        )

    def says(self, name: str, answer: str = Answer.GIVEN) -> None:
        request = ConsentRequest.objects.get(child=self.cast.mila)
        answer_consent(self.cast.actor(name), request, {"development": answer})

    def agreed(self) -> None:
        self.asks()
        for name in ("anna", "bram"):
            self.says(name)

    def takes_back(self, name: str) -> None:
        withdraw_consent(self.cast.actor(name), ConsentRequest.objects.get(child=self.cast.mila))

    def item(self, meeting: Meeting) -> Item:
        return (
            Item.objects.unrestricted(reason="test").filter(meeting=meeting).order_by("number")[0]
        )

    def page(self, name: str, address: str) -> str:
        answer = self.cast.client(name).get(address)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()


@pytest.fixture
def table(cast: Cast) -> Table:
    return Table(cast)


@pytest.fixture
def queries() -> Callable[..., int]:
    """How many queries a page asks (savepoints are of the tests: they run in a transaction)."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def number(client: Any, address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return sum("SAVEPOINT" not in query["sql"] for query in asked.captured_queries)

    return number


@pytest.fixture(autouse=True)
def in_english() -> Any:
    """Refusals in the language of the source; pages are asked for in Dutch by the browser."""
    from django.utils.translation import override

    with override("en"):
        yield
