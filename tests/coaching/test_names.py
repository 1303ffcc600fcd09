"""No name of a child or its parents reaches the coach in words about a location."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from alert4you.coaching.commands.contacts import (
    Details,
    add_what_helps_others,
    give_advice,
    log_contact,
    plan_visit,
)
from alert4you.coaching.commands.questions import answer_question, ask_coach
from alert4you.coaching.models import About, Contact
from alert4you.kernel.decision import Denied
from tests.cast import TODAY, Cast, make_child
from tests.coaching.conftest import Told

NAMES = ("Mila eet niet", "het kind van Jansen", "volgens de vader, Bram")
EVERYDAY = "Een ouder zei: een jong kind speelt graag bakker, de zwarte beer is een vos."


def visit(cast: Cast, words: str) -> Any:
    return plan_visit(cast.actor("sanne"), cast.location, TODAY, words)


def contact(cast: Cast, words: str = "Samen gegeten", **details: Any) -> Contact:
    return log_contact(
        cast.actor("sanne"), "visit", words, location=cast.location, details=Details(**details)
    )


def advice(cast: Cast, words: str) -> Any:
    return give_advice(cast.actor("sanne"), "Eet samen", location=cast.location, helps_others=words)


def answer(cast: Cast, words: str) -> Any:
    asked = ask_coach(cast.actor("fatima"), cast.location, About.GROUP, "Hoe wordt het rustiger?")
    return answer_question(cast.actor("sanne"), asked, "Eet samen", words)


WAYS: dict[str, Callable[[Cast, str], Any]] = {
    "what a visit is for": visit,
    "a contact": contact,
    "its title": lambda cast, words: contact(cast, title=words),
    "what helps the others": lambda cast, words: contact(cast, helps_others=words),
    "that, afterwards": lambda cast, words: add_what_helps_others(
        cast.actor("sanne"), contact(cast), words
    ),
    "what helps the others, in advice": advice,
    "what helps the others, in an answer": answer,
    "a question": lambda cast, words: ask_coach(
        cast.actor("fatima"), cast.location, About.GROUP, words
    ),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", NAMES)
def test_words_about_a_location_name_nobody(cast: Cast, way: str, name: str) -> None:
    with pytest.raises(Denied, match="welk kind"):
        WAYS[way](cast, name)


@pytest.mark.parametrize("way", WAYS)
def test_everyday_words_block_nothing(cast: Cast, way: str) -> None:
    for born, name in enumerate(("Vos", "Bakker", "de Beer", "Zwart"), start=1):
        make_child(cast, "Roos", name, date(2023, 1, born))
    assert WAYS[way](cast, EVERYDAY)


def test_a_question_about_one_child_does_not_name_another(cast: Cast, told: Told) -> None:
    make_child(cast, "Noor", "Vos", date(2023, 1, 1))
    for text in ("Een kind slaat Noor steeds", "Een kind slaat dat van Vos"):
        with pytest.raises(Denied, match="welk kind"):
            told.asks(text)
    assert told.asks(details="Mila slaat Noor; volgens Anna komt het door de drukte.")
