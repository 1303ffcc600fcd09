"""Deciding: when it is open, who is heard, where it leads."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from alert4you.kernel.decision import Denied
from alert4you.trajectories.commands.deciding import Why, decide, speak_about_decision
from alert4you.trajectories.models import Decision, Trajectory, Voice
from alert4you.trajectories.queries.overview import overview
from tests.cast import NOW, TODAY
from tests.trajectories.story import VOICES, Story

GATE = "enough"


def decisions() -> list[Decision]:
    return list(Decision.objects.unrestricted(reason="test").order_by("at"))


@pytest.fixture
def ready(story: Story) -> Trajectory:
    """All was done: it can be decided."""
    begun = story.begun()
    story.agree()
    for minute, activity in enumerate(
        ("observation", "observation", "tips-group-worker", "tips-parents"), start=2
    ):
        story.do(begun, activity, minutes=minute)
    story.cast.go_to(NOW + timedelta(hours=1))
    return begun


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"reasons": " "}, "Schrijf op waarom"),
        ({"voices": {}}, "Nog niet iedereen is gehoord."),
        ({"voices": VOICES | {"parents": "  "}}, "Nog niet iedereen is gehoord."),
        ({"gate": "review"}, "Dit besluit is nu niet aan de orde"),
        ({"choice": "nonsense"}, "Is dit genoeg?"),
    ],
)
def test_refused(story: Story, ready: Trajectory, given: dict, words: str) -> None:
    gate, choice = given.pop("gate", GATE), given.pop("choice", "enough")
    with pytest.raises(Denied) as refused:
        story.decide(ready, gate, choice, **given)
    assert words in str(refused.value.decision.reason)
    assert decisions() == []
    assert Voice.objects.unrestricted(reason="test").count() == 0


@pytest.mark.parametrize("who", ["fatima", "sanne", "anna"])
def test_only_the_lead_or_the_cover_records(story: Story, ready: Trajectory, who: str) -> None:
    with pytest.raises(Denied):
        decide(story.cast.actor(who), ready, GATE, "enough", Why("Samen besproken.", VOICES))
    decide(story.cast.actor("marit"), ready, GATE, "enough", Why("Samen besproken.", VOICES))
    assert len(decisions()) == 1


def test_early_asks_why(story: Story) -> None:
    begun = story.begun()
    with pytest.raises(Denied) as refused:
        story.decide(begun, GATE, "enough")
    assert decisions() == []
    assert refused.value.decision.instead
    decided = story.decide(begun, GATE, "enough", early_reason="De ouders willen niet wachten.")
    assert decided.early_reason == "De ouders willen niet wachten."


def test_an_end_has_an_outcome_and_an_after(story: Story, ready: Trajectory) -> None:
    story.decide(ready, GATE, "enough")
    case = overview(story.cast.actor("carla", minutes=9), ready.pk).case
    assert (case.outcome, case.state.ended.on) == ("Ja, dit is genoeg", TODAY)
    ready.refresh_from_db()
    assert (ready.ended_on, ready.phase, ready.next_due) == (TODAY, "", None)
    shown = story.cast.client("anna").get(page(ready)).content.decode()
    assert "Een vraag stellen kan altijd, zonder nieuw dossier." in shown
    ended = story.cast.client("carla").get(reverse("trajectories:caseload"), {"show": "ended"})
    assert "Ja, dit is genoeg" in ended.content.decode()


def test_on_to_the_next_practice(story: Story, ready: Trajectory) -> None:
    decided = story.decide(ready, GATE, "samsam")
    assert decided.leads_to == "practice:samsam"
    start = f"{reverse('trajectories:start')}?child={story.cast.mila.pk}&amp;practice=samsam"
    assert start in story.cast.client("carla").get(page(ready)).content.decode()
    assert start not in story.cast.client("anna").get(page(ready)).content.decode()
    story.start("samsam")
    after = story.cast.client("carla").get(page(ready)).content.decode()
    assert start not in after
    assert "Dat is gestart." in after


def test_a_no_go_leads_somewhere(story: Story, ready: Trajectory) -> None:
    decided = story.decide(ready, GATE, "else")
    assert decided.leads_to == "referral"
    shown = story.cast.client("anna").get(page(ready)).content.decode()
    assert "Het besluit leidt naar: verwijzing naar andere hulp" in shown
    assert "draagt het kind persoonlijk over" in shown


def test_voices_given_before_stay_with_their_decision(story: Story, ready: Trajectory) -> None:
    speak_about_decision(story.cast.actor("anna"), ready, GATE, "Het gaat goed.", True)
    speak_about_decision(story.cast.actor("bram"), ready, GATE, "Ik twijfel.", False)
    speak_about_decision(story.cast.actor("fatima"), ready, GATE, "Ze eet mee.")
    decided = story.decide(ready, GATE, "enough", voices={"care": "Voldoende."})
    told = {
        (each.of, each.person and each.person.name, each.words, each.agrees)
        for each in Voice.objects.unrestricted(reason="test").filter(decision=decided)
    }
    assert told == {
        ("parents", "Anna Jansen", "Het gaat goed.", True),
        ("parents", "Bram Jansen", "Ik twijfel.", False),
        ("group_worker", "Fatima", "Ze eet mee.", None),
        ("care", None, "Voldoende.", None),
    }


def test_a_double_click_decides_once(story: Story, ready: Trajectory) -> None:
    once, carla = uuid4(), story.cast.actor("carla")
    for _click in range(2):
        decide(carla, ready, GATE, "enough", Why("Samen besproken.", VOICES), once=once)
    assert len(decisions()) == 1


def test_nothing_is_decided_after_the_end(story: Story, ready: Trajectory) -> None:
    story.decide(ready, GATE, "enough")
    with pytest.raises(Denied):
        story.decide(ready, GATE, "samsam", minutes=6)
    assert [each.choice for each in decisions()] == ["enough"]


# The page ---------------------------------------------------------------------------------------


def page(trajectory: Trajectory) -> str:
    return reverse("trajectories:trajectory", args=[trajectory.pk])


def url(trajectory: Trajectory) -> str:
    return reverse("trajectories:decide", args=[trajectory.pk])


def filled(**other: str) -> dict[str, str]:
    voices = {f"voice_{of}": words for of, words in VOICES.items()}
    return voices | {"choice": "enough", "reasons": "Besproken", "gate": GATE, "round": "1"} | other


def test_the_page_asks_only_for_who_was_not_heard(story: Story, ready: Trajectory) -> None:
    speak_about_decision(story.cast.actor("anna"), ready, GATE, "Het gaat goed.", True)
    shown = story.cast.client("carla").get(url(ready))
    form = shown.context["form"]
    assert [each.name for each in form.voice_fields] == ["voice_group_worker", "voice_care"]
    assert "early_reason" not in form.fields
    words = shown.content.decode()
    assert "Het gaat goed." in words
    assert "→ verder met Samsam" in words
    assert "→ verwijzing naar andere hulp" in words


def test_decided_on_the_page(story: Story, ready: Trajectory) -> None:
    answer = story.cast.client("carla").post(url(ready), filled())
    assert answer.url == page(ready)
    (decided,) = decisions()
    assert (decided.choice, decided.text) == ("enough", "Besproken")
    assert set(Voice.objects.unrestricted(reason="test").values_list("of", flat=True)) == set(
        VOICES
    )


def test_what_is_missing_is_asked_and_no_word_is_lost(story: Story, ready: Trajectory) -> None:
    shown = story.cast.client("carla").post(url(ready), filled(voice_care="", choice=""))
    form = shown.context["form"]
    assert set(form.errors) == {"voice_care", "choice"}
    assert form["voice_parents"].value() == VOICES["parents"]
    assert decisions() == []


def test_early_on_the_page(story: Story) -> None:
    begun = story.begun()
    carla = story.cast.client("carla")
    assert set(carla.post(url(begun), filled()).context["form"].errors) == {"early_reason"}
    assert decisions() == []
    carla.post(url(begun), filled(early_reason="Verhuizing"))
    assert [each.early_reason for each in decisions()] == ["Verhuizing"]


def test_who_comes_second_does_not_decide_the_next_round(story: Story) -> None:
    """The lead and the cover both have the page open at a gate that leads back to its own phase."""
    begun = story.begun("samsam")
    story.do(begun, "goal-talk-parents", by="fatima", minutes=1)
    story.agree()
    story.do(begun, "goal-talk-group-worker", minutes=2)
    story.plan(begun)
    story.cast.go_to(NOW + timedelta(minutes=10))
    again = filled(gate="review", choice="adjust", early_reason="Het lukt zo niet")
    carla, marit = story.cast.client("carla"), story.cast.client("marit")
    for client in (carla, marit):
        assert client.get(url(begun)).status_code == 200
    assert carla.post(url(begun), again).status_code == 302
    shown = marit.post(url(begun), again)
    assert "Iemand anders heeft intussen al besloten." in shown.content.decode()
    assert len(decisions()) == 1
    assert story.case(begun, minutes=20).state.round == 2


@pytest.mark.parametrize(
    ("who", "status"),
    [("carla", 200), ("marit", 200), ("fatima", 403), ("anna", 403), ("koen", 404)],
)
def test_who_sees_the_form(story: Story, ready: Trajectory, who: str, status: int) -> None:
    assert story.cast.client(who).get(url(ready)).status_code == status


def test_a_view_on_the_page(story: Story, ready: Trajectory) -> None:
    speak = reverse("trajectories:speak", args=[ready.pk]) + "?about=decision"
    anna = story.cast.client("anna")
    assert anna.post(speak, {"agrees": "", "words": " "}).context["form"].errors
    answer = anna.post(speak, {"agrees": "no", "words": "Nog niet klaar"})
    assert answer.url == page(ready)
    said = Voice.objects.unrestricted(reason="test").get()
    assert (said.of, said.agrees, said.gate, said.decision) == ("parents", False, GATE, None)
    assert "Nog niet klaar" in story.cast.client("fatima").get(page(ready)).content.decode()


def test_a_guest_without_consent_for_the_plan_reads_no_voices(
    story: Story, ready: Trajectory
) -> None:
    speak_about_decision(story.cast.actor("anna"), ready, GATE, "Alleen voor de groep.", True)
    sanne = story.cast.client("sanne")
    assert "Alleen voor de groep." not in sanne.get(page(ready)).content.decode()
    story.decide(ready, GATE, "enough", reasons="Reden voor de groep.")
    assert "Reden voor de groep." not in sanne.get(page(ready)).content.decode()
    assert "Reden voor de groep." in story.cast.client("anna").get(page(ready)).content.decode()
