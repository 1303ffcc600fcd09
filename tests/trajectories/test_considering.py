"""Parents who think are left alone; who waits is supported; and practices somebody should think of."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.urls import reverse

import alert4you.practices
from alert4you.kernel.decision import Denied
from alert4you.practices.queries.templates import template
from alert4you.practices.rules.reading import read
from alert4you.trajectories.commands.running import Setup, do_activity, start_trajectory
from alert4you.trajectories.models import Step, Trajectory
from alert4you.trajectories.queries.offering import to_think_of
from alert4you.trajectories.rules import engine
from alert4you.trajectories.rules.facts import ConsentChanged, ParentContact, Started
from tests.cast import NOW, TODAY
from tests.trajectories.story import Story

LIBRARY = Path(alert4you.practices.__file__).parent / "library"
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
WAIT = {"parents": "Wij willen nadenken.", "group_worker": "Wij wachten."}


@pytest.fixture
def thinking(story: Story) -> Trajectory:
    """Mila's parents think until in three weeks."""
    story.talk()
    parts = {"group-worker": story.cast.fatima, "coach": story.cast.sanne}
    lead = (story.cast.carla, story.cast.marit)
    practice = template("parents-need-time")
    carla = story.cast.actor("carla")
    begun = start_trajectory(carla, story.cast.mila, practice, *lead, Setup(parts))
    do_activity(story.cast.actor("fatima", minutes=2), begun, "when-again", "Over drie weken.")
    when = TODAY + timedelta(weeks=3)
    story.decide(begun, "how-on", "wait", voices=WAIT, next_on=when)
    story.plan(begun, evaluation_on=when)
    return begun


@pytest.mark.parametrize("days", [0, 10, 20, 21, 30])
def test_nothing_on_the_page_of_the_parents_asks_them(
    story: Story, thinking: Trajectory, days: int
) -> None:
    """Not before the day they chose, and not after it: who has the lead comes to them."""
    story.cast.go_to(NOW + timedelta(days=days, minutes=20))
    shown = story.cast.client("anna").get(reverse("web:today"))
    assert [card.asked for card in shown.context["page"].cards] == [[]]
    state = story.case(thinking, days=days, minutes=20).state
    assert state.considering
    assert all(each.role != "parents" for each in state.steps)
    assert mail.outbox == []


def test_when_they_do_not_think_the_parents_are_asked(story: Story) -> None:
    """The same plan in a trajectory that does not wait for them: then it is asked."""
    story.plan(story.begun())
    story.cast.go_to(NOW + timedelta(minutes=20))
    shown = story.cast.client("anna").get(reverse("web:today"))
    assert [len(card.asked) for card in shown.context["page"].cards] != [0]


def test_the_page_says_when_what_the_group_does_and_how_the_worker_is_supported(
    story: Story, thinking: Trajectory
) -> None:
    story.cast.go_to(NOW + timedelta(minutes=20))
    address = reverse("trajectories:trajectory", args=[thinking.pk])
    fatima = story.cast.client("fatima").get(address).content.decode()
    assert "De ouders denken na" in fatima
    assert "Doen wat de groep gewoon zelf kan doen" in fatima
    assert "Wat heb jij nodig om rustig te wachten?" in fatima
    assert "about=own_handling" in fatima
    anna = story.cast.client("anna").get(address).content.decode()
    assert "U neemt de tijd" in anna
    assert "rustig te wachten" not in anna
    ask = reverse("coaching:ask") + "?about=own_handling&text=Wat+heb+ik+nodig"
    assert "Wat heb ik nodig" in story.cast.client("fatima").get(ask).content.decode()


SAID = [
    ("asked", "parents", True, True),
    ("later", "parents", False, False),
    ("expired", "lead", True, True),
    ("refused", "parents", False, False),
]


@pytest.mark.parametrize(("state", "who", "asks", "step"), SAID)
def test_what_each_answer_asks_of_whom(state: str, who: str, asks: bool, step: bool) -> None:
    practice = read((LIBRARY / "kansen-voor-kleintjes.yaml").read_text("utf-8"))
    (ask,) = practice.asks
    told = [
        ParentContact("contact", START),
        Started("start", START),
        ConsentChanged("answer", START + timedelta(hours=1), ask.key, state),
    ]
    seen = engine.state(practice, told, date(2026, 3, 9))
    block = next(each for each in seen.blocks if each.requirement == f"consent:{ask.key}")
    assert (block.who, block.asks) == (who, asks)
    assert any(each.key == f"consent:{ask.key}" for each in seen.steps) is step
    assert not engine.may_log(practice, told, date(2026, 3, 9), "observation")


def test_while_the_parents_think_a_question_to_them_rests_too() -> None:
    practice = read((LIBRARY / "kansen-voor-kleintjes.yaml").read_text("utf-8"))
    phases = tuple(replace(each, considering=True) for each in practice.phases)
    told = [
        ParentContact("contact", START),
        Started("start", START),
        ConsentChanged("answer", START + timedelta(hours=1), practice.asks[0].key, "asked"),
    ]
    seen = engine.state(replace(practice, phases=phases), told, date(2026, 3, 9))
    assert seen.considering
    assert [each.asks for each in seen.blocks] == [False]
    assert [each.kind for each in seen.steps] == ["decision"]


AGES = [
    (date(2023, 11, 21), False),  # three tomorrow
    (date(2023, 11, 20), True),  # three today
    (date(2022, 11, 21), True),
    (date(2022, 11, 20), False),  # four today
]


@pytest.mark.parametrize(("born", "thought"), AGES)
def test_at_three_with_a_plan_somebody_thinks_of_looking_along(
    story: Story, born: date, thought: bool
) -> None:
    begun, mila = story.begun(), story.cast.mila
    mila.born = born
    mila.save()
    assert to_think_of(story.cast.actor("carla")) == []
    story.plan(begun)
    found = to_think_of(story.cast.actor("carla", minutes=9))
    assert [each.slug for each in found] == (["observation-at-three"] if thought else [])
    assert Trajectory.objects.unrestricted(reason="test").count() == 1
    for who in ("anna", "sanne", "koen", "stranger", "gemma"):
        assert to_think_of(story.cast.actor(who, minutes=9)) == []
    story.cast.go_to(NOW + timedelta(minutes=20))
    today = story.cast.client("carla").get(reverse("web:agenda")).content.decode()
    assert ("Meekijken voor de stap naar school" in today) is thought


def test_parents_log_what_they_do_themselves_and_staff_what_they_told(story: Story) -> None:
    story.talk()
    lead = (story.cast.carla, story.cast.marit)
    parts = {"unita": story.cast.pieter, "group-worker": story.cast.fatima}
    carla = story.cast.actor("carla")
    begun = start_trajectory(
        carla, story.cast.mila, template("growth-document"), *lead, Setup(parts)
    )
    anna = story.cast.actor("anna", minutes=2)
    own = do_activity(anna, begun, "parents-approve", "Wij hebben het gelezen.")
    assert (own.kind, own.author) == ("parent_words", story.cast.anna)
    assert not Step.objects.get(entry=own).told
    told = do_activity(
        story.cast.actor("fatima", minutes=3), begun, "parents-approve", "Zij zeiden ja."
    )
    assert Step.objects.get(entry=told).told
    with pytest.raises(Denied):
        do_activity(anna, begun, "fill-in", "Dat is niet van mij.")
    for who in ("oscar", "koen"):
        with pytest.raises(Denied):
            do_activity(story.cast.actor(who), begun, "parents-approve", "Ik ook.")
    done = {each.activity: each.done for each in story.case(begun).state.progress}
    assert done["parents-approve"] == 2
    client, args = story.cast.client("anna"), [begun.pk, "parents-approve"]
    story.cast.go_to(NOW + timedelta(minutes=20))
    page = client.get(reverse("trajectories:trajectory", args=[begun.pk])).content.decode()
    assert reverse("trajectories:activity", args=args) in page
    given = {"text": "Nog een keer gelezen.", "day": TODAY.isoformat()}
    assert client.post(reverse("trajectories:activity", args=args), given).status_code == 302


def test_a_reader_of_english_sees_the_names_of_the_practice_in_english(story: Story) -> None:
    begun = story.begun()
    story.agree()
    story.do(begun, "observation")
    story.cast.go_to(NOW + timedelta(minutes=20))
    address = reverse("web:line", args=[story.cast.mila.pk])
    english = story.cast.client("carla", language="en").get(address).content.decode()
    dutch = story.cast.client("carla").get(address).content.decode()
    assert "Observatie op de groep" in dutch
    assert "Observation on the group" in english
    assert "Observatie op de groep" not in english
