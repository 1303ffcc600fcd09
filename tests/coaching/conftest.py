"""What the tests of coaching start from: a question about Mila, and consent for it."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from alert4you.access.commands.consent import answer_consent
from alert4you.access.commands.team import name_on_team
from alert4you.access.models import Answer, ConsentRequest
from alert4you.coaching.commands.questions import COACHING_NEEDS, ask_coach, ask_parents_about
from alert4you.coaching.models import About, Question
from tests.cast import Cast

ANONYMOUS = "Een peuter eet bijna niets. Wat helpt?"
OWN_WORDS = "Mila kijkt weg van tafel; volgens Anna helpt stilte."


@dataclass
class Told:
    """Short words for what people do."""

    cast: Cast

    def asks(self, text: str = ANONYMOUS, details: str = OWN_WORDS) -> Question:
        return ask_coach(
            self.cast.actor("fatima"),
            self.cast.location,
            About.CHILD,
            text,
            child=self.cast.mila,
            details=details,
        )

    def asks_in_general(
        self, text: str = "Hoe wordt het rustiger?", who: str = "fatima"
    ) -> Question:
        return ask_coach(self.cast.actor(who), self.cast.location, About.GROUP, text)

    def asks_parents(self, *more: str) -> ConsentRequest:
        return ask_parents_about(
            self.cast.actor("fatima"),
            self.cast.mila,
            self.cast.sanne,
            "Samen kijken naar eten",
            [*COACHING_NEEDS, *more],
        )

    def parents_say(self, answer: str = Answer.GIVEN, *who: str) -> None:
        request = ConsentRequest.objects.get(child=self.cast.mila)
        categories = request.consents.values_list("category", flat=True)
        for name in who or ("anna", "bram"):
            answer_consent(self.cast.actor(name), request, dict.fromkeys(categories, answer))

    def parents_agree(self, *more: str) -> None:
        self.asks_parents(*more)
        self.parents_say(Answer.GIVEN)

    def fatima_is_mentor(self) -> None:
        name_on_team(self.cast.actor("carla"), self.cast.mila, self.cast.fatima, "mentor")


@pytest.fixture
def told(cast: Cast) -> Told:
    return Told(cast)


@pytest.fixture
def queries() -> Callable[..., int]:
    """How many queries a page asks (savepoints are of the tests: they run in a transaction)."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def number(client, address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return sum("SAVEPOINT" not in query["sql"] for query in asked.captured_queries)

    return number
