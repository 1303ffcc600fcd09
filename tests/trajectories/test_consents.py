"""How a consent stood through time, from all that was ever answered."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from alert4you.practices.rules.language import ConsentAsk, Words
from alert4you.trajectories.rules.consents import Authority, Confirmed, Request, Said, changes

ASK = ConsentAsk("look", Words("Kijken", "Look"), "support", "observer", ("day", "development"))
ANNA, BRAM = uuid4(), uuid4()
BORN = date(2023, 5, 1)


def at(day: int, month: int = 11) -> datetime:
    return timezone.make_aware(datetime(2026, month, day, 10))


def said(who: object, answer: str, day: int, until: int | None = None, of: str = "both") -> list:
    ended = at(until) if until else None
    categories = ASK.categories if of == "both" else (of,)
    return [Said(each, who, answer, at(day), ended) for each in categories]


def request(*answers: list, **other: object) -> Request:
    fields = {
        "asked_at": at(1),
        "starts": day(1),
        "ends": date(2027, 2, 1),
        "closed_at": None,
        "born": BORN,
        "by_law": False,
        "guardians": frozenset({Authority(ANNA, BORN, None), Authority(BRAM, BORN, None)}),
        "said": frozenset(each for some in answers for each in some),
    }
    return Request(**(fields | other))


def told(*requests: Request, until: datetime | None = None) -> list[tuple[str, date]]:
    found = changes(ASK, requests, until or at(30))
    assert len({each.id for each in found}) == len(found)
    return [(each.state, each.day) for each in found]


def day(number: int) -> date:
    return date(2026, 11, number)


ANSWERS = {
    "nobody answered": ([], [("asked", 1)]),
    "one of two": ([said(ANNA, "given", 3)], [("asked", 1)]),
    "both": ([said(ANNA, "given", 3), said(BRAM, "given", 5)], [("asked", 1), ("given", 5)]),
    "one category lacks": (
        [said(ANNA, "given", 3), said(BRAM, "given", 5, of="day")],
        [("asked", 1)],
    ),
    "one refuses": (
        [said(ANNA, "given", 3), said(BRAM, "refused", 5, of="day")],
        [("asked", 1), ("refused", 5)],
    ),
    "not now": (
        [said(ANNA, "given", 3), said(BRAM, "later", 5)],
        [("asked", 1), ("later", 5)],
    ),
    "a no weighs more than a not now": (
        [said(ANNA, "refused", 3), said(BRAM, "later", 5)],
        [("asked", 1), ("refused", 3)],
    ),
    "taken back": (
        [
            said(ANNA, "given", 3),
            said(BRAM, "given", 5, until=9),
            said(BRAM, "refused", 9),
        ],
        [("asked", 1), ("given", 5), ("withdrawn", 9)],
    ),
    "given after all": (
        [
            said(ANNA, "given", 3),
            said(BRAM, "refused", 5, until=9),
            said(BRAM, "given", 9),
        ],
        [("asked", 1), ("refused", 5), ("given", 9)],
    ),
    "a stranger's signature is none": (
        [said(ANNA, "given", 3), said(uuid4(), "given", 4)],
        [("asked", 1)],
    ),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_answers(case: str) -> None:
    answers, expected = ANSWERS[case]
    assert told(request(*answers)) == [(state, day(number)) for state, number in expected]


BOTH = (said(ANNA, "given", 3), said(BRAM, "given", 5))


def test_the_end_of_the_period_ends_it() -> None:
    assert told(request(*BOTH, ends=day(20))) == [
        ("asked", day(1)),
        ("given", day(5)),
        ("expired", day(20)),
    ]
    assert told(request(*BOTH, ends=day(20)), until=at(19))[-1] == ("given", day(5))


def test_closing_ends_it_and_asking_again_begins_anew() -> None:
    first = request(*BOTH, closed_at=at(10))
    again = request(asked_at=at(12))
    assert told(first, again)[-2:] == [("expired", day(10)), ("asked", day(12))]
    answered = request(said(ANNA, "given", 14), said(BRAM, "given", 15), asked_at=at(12))
    assert told(first, answered)[-2:] == [("asked", day(12)), ("given", day(15))]


def test_not_now_is_left_alone_until_the_day_that_was_chosen() -> None:
    later = [Said(each, BRAM, "later", at(5), None, day(12)) for each in ASK.categories]
    states = [("asked", day(1)), ("later", day(5)), ("asked", day(12))]
    assert told(request(said(ANNA, "given", 3), later)) == states
    # the question itself ended in between: still nobody asks before that day
    over = [("asked", day(1)), ("later", day(5)), ("expired", day(12))]
    assert told(request(said(ANNA, "given", 3), later, ends=day(8))) == over
    assert told(request(said(ANNA, "given", 3), later, closed_at=at(8))) == over


def test_a_no_does_not_become_a_question_again_because_time_passes() -> None:
    refused = request(said(ANNA, "refused", 3), ends=day(20))
    assert told(refused) == [("asked", day(1)), ("refused", day(3))]
    back = [*BOTH[:1], said(BRAM, "given", 5, until=9), said(BRAM, "refused", 9)]
    assert told(request(*back, ends=day(20)))[-1] == ("withdrawn", day(9))


def test_a_question_that_ended_without_an_answer_must_be_asked_again() -> None:
    assert told(request(ends=day(20))) == [("asked", day(1)), ("expired", day(20))]


def test_a_second_guardian_must_sign_from_the_day_of_the_authority() -> None:
    guardians = frozenset({Authority(ANNA, BORN, None), Authority(BRAM, day(10), None)})
    states = told(request(said(ANNA, "given", 3), guardians=guardians))
    assert states == [("asked", day(1)), ("given", day(3)), ("asked", day(10))]


def test_authority_that_ends_is_not_waited_for() -> None:
    guardians = frozenset({Authority(ANNA, BORN, None), Authority(BRAM, BORN, day(10))})
    states = told(request(said(ANNA, "given", 3), guardians=guardians))
    assert states == [("asked", day(1)), ("given", day(10))]


def test_the_child_signs_from_twelve() -> None:
    twelve = day(10).replace(year=2014)
    assert told(request(*BOTH, born=twelve)) == [
        ("asked", day(1)),
        ("given", day(5)),
        ("asked", day(10)),
    ]
    assert told(request(*BOTH, said(None, "given", 12), born=twelve))[-1] == ("given", day(12))


def test_by_law_needs_no_signature_only_the_supervision() -> None:
    supervises = frozenset({Authority(uuid4(), BORN, day(9))})
    needed = Confirmed("", at(3))
    asked = request(by_law=True, supervisors=supervises, confirmed=needed)
    assert told(asked) == [("asked", day(1)), ("given", day(3)), ("expired", day(9))]
    waits = request(by_law=True, supervisors=supervises)
    assert told(waits) == [("asked", day(1)), ("expired", day(9))]
    assert told(request(by_law=True)) == [("expired", day(1))]


def test_asked_anew_it_goes_on_without_a_gap() -> None:
    first = request(*BOTH, ends=day(20))
    anew = request(asked_at=at(15), starts=day(20))
    told_before = [("asked", day(1)), ("given", day(5))]
    assert told(first, anew) == [*told_before, ("asked", day(20))]
    again = [said(ANNA, "given", 16), said(BRAM, "given", 16)]
    agreed = request(*again, asked_at=at(15), starts=day(20))
    assert told(first, agreed) == told_before


def test_from_sixteen_the_young_person_says_it_anew() -> None:
    sixteen = date(2010, 11, 12)
    alone = said(None, "given", 4)
    assert told(request(*BOTH, alone, born=sixteen))[-1] == ("given", day(5))
    as_child = [replace(each, with_parents=True) for each in alone]
    assert told(request(*BOTH, as_child, born=sixteen))[-1] == ("asked", day(12))


def test_a_child_that_keeps_wishing_needs_no_parents_from_then_on() -> None:
    thirteen = date(2013, 11, 1)
    voices = [said(ANNA, "refused", 2), said(None, "given", 2)]
    wish = Confirmed("wish", at(6))
    assert told(request(*voices, born=thirteen, confirmed=wish))[-1] == ("given", day(6))


def test_what_lies_ahead_is_not_told() -> None:
    assert told(request(*BOTH), until=at(4)) == [("asked", day(1))]
    assert told(request(*BOTH), until=at(1) - timedelta(hours=1)) == []
