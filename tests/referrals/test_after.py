"""A question to whoever helped before: without a new file, in time, else what one can do instead."""

from datetime import date, timedelta

import pytest

from alert4you.access.commands.team import post_coach
from alert4you.coaching.models import ChildQuestion, Question
from alert4you.kernel.decision import Denied
from alert4you.referrals.commands.after import ask_former_worker
from alert4you.referrals.queries.after import afterwards
from alert4you.referrals.rules.after import in_time
from alert4you.trajectories.models import Trajectory
from tests.cast import NOW, TODAY
from tests.referrals.conftest import Way

TEXT = "Een kind eet weer niet. Wat hielp?"


def ended(way: Way, observer: str = "koen") -> Trajectory:
    way.talk()
    parts = {"observer": way.cast.people[observer], "group-worker": way.cast.fatima}
    found = way.start("lindenhout-variant-3", parts=parts)
    way.agree("refused", "anna")
    way.cast.go_to(NOW + timedelta(minutes=5))
    way.decide(found, "conclusion", "no-action", minutes=6)
    way.cast.go_to(NOW + timedelta(minutes=9))
    return Trajectory.objects.unrestricted(reason="test").get(pk=found.pk)


def asked(way: Way, trajectory: Trajectory, who: str = "fatima") -> Question:
    found: Question = ask_former_worker(way.cast.actor(who), trajectory, TEXT, "Mila eet niet.")
    return found


def test_it_goes_to_who_helped_when_she_still_comes_here(way: Way) -> None:
    trajectory = ended(way)
    post_coach(way.cast.actor("marit"), way.cast.koen, way.cast.location)
    question = asked(way, trajectory)
    assert question.to == way.cast.koen
    assert question.child_id is None
    about = ChildQuestion.objects.unrestricted(reason="test").get(question=question)
    assert about.child == way.cast.mila
    assert Trajectory.objects.unrestricted(reason="test").count() == 1


def test_else_to_who_answers_questions_there(way: Way) -> None:
    trajectory = ended(way)
    assert afterwards(way.cast.actor("fatima"), trajectory).helped == way.cast.koen
    assert asked(way, trajectory).to == way.cast.sanne


def test_not_while_it_runs_and_not_by_others(way: Way) -> None:
    way.talk()
    running = way.start("samsam")
    with pytest.raises(Denied, match="not ended yet"):
        asked(way, running)
    with pytest.raises(Denied, match="Only staff of the place"):
        asked(way, running, "sanne")


@pytest.mark.parametrize(
    ("until", "may"),
    [(None, True), (TODAY, True), (TODAY + timedelta(days=1), True), (date(2026, 11, 19), False)],
)
def test_the_term_of_the_practice(until: date | None, may: bool) -> None:
    decision = in_time(until, TODAY)
    assert bool(decision) is may
    if not may:
        assert "19 November" in str(decision.reason)
        assert decision.instead
