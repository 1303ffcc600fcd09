"""The rules of coaching as tables."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from alert4you.coaching.models import Level, TalkForm
from alert4you.coaching.rules.questions import answer_due, identifying_words, written_birth_dates
from alert4you.coaching.rules.talks import suggested_form, why_suggested
from tests.cast import Cast

LITTLE, SOME, MUCH = Level.LITTLE, Level.SOME, Level.MUCH


@pytest.mark.parametrize(
    ("complexity", "wants_to_learn", "form"),
    [
        (LITTLE, LITTLE, TalkForm.TOGETHER),
        (LITTLE, SOME, TalkForm.WORKER_LEADS),
        (LITTLE, MUCH, TalkForm.WORKER_LEADS),
        (SOME, LITTLE, TalkForm.TOGETHER),
        (SOME, SOME, TalkForm.TOGETHER),
        (SOME, MUCH, TalkForm.TOGETHER),
        (MUCH, LITTLE, TalkForm.COACH_LEADS),
        (MUCH, SOME, TalkForm.COACH_LEADS),
        (MUCH, MUCH, TalkForm.TOGETHER),
    ],
)
def test_which_form_a_talk_gets(complexity: int, wants_to_learn: int, form: str) -> None:
    assert suggested_form(complexity, wants_to_learn) == form


def test_the_reason_fits_the_form() -> None:
    reasons: dict[str, set[str]] = {}
    for complexity in Level:
        for wants in Level:
            reason = str(why_suggested(complexity, wants))
            reasons.setdefault(reason, set()).add(suggested_form(complexity, wants))
    assert all(len(forms) == 1 for forms in reasons.values())


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("2026-11-16 08:00", "2026-11-18 17:00"),  # Monday
        ("2026-11-18 16:59", "2026-11-20 17:00"),  # Wednesday
        ("2026-11-19 23:30", "2026-11-23 17:00"),  # Thursday, over the weekend
        ("2026-11-20 10:00", "2026-11-24 17:00"),  # Friday
        ("2026-11-21 10:00", "2026-11-24 17:00"),  # Saturday
        ("2026-11-22 23:59", "2026-11-24 17:00"),  # Sunday
        ("2026-03-27 10:00", "2026-03-31 17:00"),  # over the start of summer time
    ],
)
def test_an_answer_is_due_two_working_days_later(asked: str, due: str) -> None:
    moment = timezone.make_aware(datetime.fromisoformat(asked))
    assert answer_due(moment) == timezone.make_aware(datetime.fromisoformat(due))


def test_how_a_birth_date_can_be_written() -> None:
    assert written_birth_dates(date(2023, 5, 1)) == [
        "1 mei 2023",
        "2023-05-01",
        "01-05-2023",
        "01/05/2023",
        "01.05.2023",
        "1-5-2023",
        "1/5/2023",
        "1.5.2023",
    ]


def test_the_names_of_the_parents_tell_who_the_child_is(cast: Cast) -> None:
    cast.anna.name = "Anna van den Berg"
    cast.anna.save()
    words = identifying_words(cast.actor("fatima"), cast.mila)
    assert {"Mila", "Jansen", "Anna", "Berg", "Bram", "Oscar"} <= set(words)
    assert not {"van", "den"} & set(words)
