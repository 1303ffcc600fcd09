"""An indication that outlives its trajectory: it holds it open, warns, lapses, is renewed or given back."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import alert4you.practices
from alert4you.practices.rules.language import adopted
from alert4you.practices.rules.reading import read
from alert4you.trajectories.rules import engine
from alert4you.trajectories.rules.facts import (
    ConsentChanged,
    Decided,
    Done,
    Fact,
    Indicated,
    ParentContact,
    PlanMade,
    Released,
    Started,
)

LIBRARY = Path(alert4you.practices.__file__).parent / "library"
RAW = read((LIBRARY / "lindenhout-variant-2.yaml").read_text("utf-8"))
PRACTICE = adopted(RAW, {"weeks-ahead": 4})
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 6, 1)


def indicated(ends: date, name: str = "one", what: str = "medical_daycare") -> Indicated:
    return Indicated(name, START, what, date(2026, 1, 1), ends)


def giving_up(*more: Fact) -> list[Fact]:
    """All is done that comes before the question whether the place may go."""
    steps = ("parents-release", "provider-release")
    return [
        ParentContact("contact", START),
        ConsentChanged("worker", START, "worker", "given"),
        Started("start", START),
        Done("look", START + timedelta(hours=1), "looking", "look-together"),
        PlanMade("plan", START + timedelta(hours=2), True, date(2026, 5, 1)),
        Decided("no", START + timedelta(days=30), "stay-or-go", "not-needed", "it goes well"),
        *(
            Done(each, START + timedelta(days=31, hours=n), "giving-up-the-place", each)
            for n, each in enumerate(steps)
        ),
        *more,
    ]


STANDINGS = [
    ([], "none", None),
    ([indicated(date(2026, 12, 1))], "holds", date(2026, 12, 1)),
    ([indicated(TODAY + timedelta(weeks=4, days=1))], "holds", TODAY + timedelta(weeks=4, days=1)),
    ([indicated(TODAY + timedelta(weeks=4))], "soon", TODAY + timedelta(weeks=4)),
    ([indicated(TODAY + timedelta(days=1))], "soon", TODAY + timedelta(days=1)),
    ([indicated(TODAY)], "expired", TODAY),
    ([indicated(TODAY), indicated(date(2026, 12, 1), "two")], "holds", date(2026, 12, 1)),
    ([indicated(date(2026, 12, 1), what="youth_care")], "none", None),
    ([indicated(date(2026, 12, 1)), Released("r", START, "one")], "released", date(2026, 12, 1)),
    ([indicated(date(2026, 12, 1)), Released("r", START, "two")], "holds", date(2026, 12, 1)),
]


@pytest.mark.parametrize(("facts", "standing", "ends"), STANDINGS)
def test_how_the_safety_net_stands_and_whether_the_trajectory_may_close(facts, standing, ends):
    told = giving_up(*facts)
    state = engine.state(PRACTICE, told, TODAY)
    assert state.net is not None
    assert (state.net.standing, state.net.ends) == (standing, ends)
    closing = engine.may_decide(PRACTICE, told, TODAY, "released", "released")
    spanned = standing in ("holds", "soon")
    assert bool(closing) is not spanned
    assert bool(str(closing.instead)) is spanned
    # keeping it, or going on with it, is always possible
    assert engine.may_decide(PRACTICE, told, TODAY, "released", "keep")


def test_going_on_to_the_place_itself_uses_it():
    told = [each for each in giving_up(indicated(date(2026, 12, 1))) if each.id != "no"]
    assert engine.may_decide(PRACTICE, told, TODAY, "stay-or-go", "mkd")


def test_before_it_ends_who_has_the_lead_is_told_with_the_last_day():
    def steps(ends: date, *more: Fact) -> list[tuple[str, date | None]]:
        state = engine.state(PRACTICE, giving_up(indicated(ends), *more), TODAY)
        return [(each.role, each.due) for each in state.steps if each.kind == "indication"]

    soon = TODAY + timedelta(weeks=3)
    assert steps(soon) == [("lead", soon - timedelta(days=1))]
    assert steps(soon, indicated(date(2027, 1, 1), "renewal")) == []
    assert steps(soon, Released("r", START, "one")) == []
    assert steps(TODAY) == []
    assert steps(date(2026, 12, 1)) == []


def test_the_warning_comes_before_all_that_has_a_later_day():
    state = engine.state(PRACTICE, giving_up(indicated(TODAY + timedelta(days=9))), TODAY)
    assert state.next.kind == "indication"


def test_the_number_of_weeks_is_chosen_at_adoption():
    assert [each.key for each in RAW.open_choices] == ["weeks-ahead"]
    assert not engine.may_start(RAW, [ParentContact("c", START)], TODAY)
