"""A question finds who answers, and tells which child it is about only when the parents agree."""

from datetime import timedelta

import pytest

from alert4you.access.commands.consent import withdraw_consent
from alert4you.access.models import Answer, CoachPost, ConsentRequest
from alert4you.coaching.commands.contacts import plan_visit
from alert4you.coaching.commands.questions import (
    answer_question,
    ask_coach,
    ask_parents_about,
    pass_question,
    take_question,
    thank_for_answer,
)
from alert4you.coaching.models import About, ChildQuestion, Question
from alert4you.coaching.queries import questions as queries
from alert4you.kernel.decision import Denied, NotVisible
from alert4you.organisations.commands import report_absence
from alert4you.organisations.models import Membership, Role
from tests.cast import NOW, TODAY, Cast
from tests.coaching.conftest import ANONYMOUS, OWN_WORDS, Told

WEEK = timedelta(days=7)


def as_seen(cast: Cast, who: str) -> list[queries.Asked]:
    actor = cast.actor(who)
    return queries.as_seen(actor, queries.waiting_for(actor))


def child_questions_of(cast: Cast, who: str) -> list[str]:
    return [each.text for each in ChildQuestion.objects.visible_to(cast.actor(who))]


# Without the child, until the parents agree -------------------------------------------------------


def test_the_coach_reads_the_question_without_the_child(cast: Cast, told: Told) -> None:
    told.asks()
    assert ChildQuestion.objects.unrestricted(reason="it exists").get().text == OWN_WORDS
    (asked,) = as_seen(cast, "sanne")
    assert (asked.words, asked.opened, asked.who, asked.place) == (
        ANONYMOUS,
        None,
        "pedagogisch medewerker",
        "De Zonnebloem",
    )
    assert child_questions_of(cast, "sanne") == []


def test_nothing_on_the_coach_pages_tells_who_it_is(cast: Cast, told: Told) -> None:
    asked = told.asks()
    for address in ("/", "/questions/", f"/questions/{asked.pk}/"):
        page = cast.client("sanne").get(address).content.decode()
        assert ANONYMOUS in page
        for word in ("Mila", "Jansen", "Anna", "Vlinders", "Fatima", str(cast.mila.pk)):
            assert word not in page


def test_it_opens_when_both_parents_agree_and_closes_when_one_withdraws(
    cast: Cast, told: Told
) -> None:
    told.asks()
    request = told.asks_parents()
    assert child_questions_of(cast, "sanne") == []
    told.parents_say(Answer.GIVEN, "anna")
    assert child_questions_of(cast, "sanne") == []
    told.parents_say(Answer.GIVEN, "bram")
    (asked,) = as_seen(cast, "sanne")
    assert (asked.words, asked.who) == (OWN_WORDS, "Fatima")
    assert asked.opened and asked.opened.child == cast.mila
    withdraw_consent(cast.actor("bram"), request)
    (asked,) = as_seen(cast, "sanne")
    assert (asked.words, asked.opened) == (ANONYMOUS, None)


@pytest.mark.parametrize("answer", [Answer.REFUSED, Answer.LATER])
def test_a_no_leaves_the_question_without_the_child(cast: Cast, told: Told, answer: str) -> None:
    told.asks()
    told.asks_parents()
    told.parents_say(Answer.GIVEN, "anna")
    told.parents_say(answer, "bram")
    (asked,) = as_seen(cast, "sanne")
    assert (asked.words, asked.opened) == (ANONYMOUS, None)
    page = cast.client("fatima").get(f"/questions/{asked.question.pk}/").content.decode()
    assert ("liever niet" if answer == Answer.REFUSED else "nu niet") in page


@pytest.mark.parametrize(
    "word", ["Mila", "mila", "Jansen", "Anna", "bram", "1 mei 2023", "01-05-2023"]
)
def test_what_the_coach_reads_at_once_tells_nothing(cast: Cast, word: str) -> None:
    address = f"/questions/ask/?about=child&child={cast.mila.pk}"
    text = f"Wat doen we met {word}?"
    page = cast.client("fatima").post(address, {"text": text, "details": OWN_WORDS})
    assert page.status_code == 200
    for kept in (f"“{word}”".lower(), text.lower(), OWN_WORDS.lower()):
        assert kept in page.content.decode().lower()
    assert not Question.objects.unrestricted(reason="test").exists()


@pytest.mark.parametrize("about", [About.GROUP, About.OWN_HANDLING, About.CHILD_IN_GROUP])
def test_a_general_question_names_no_child_and_carries_none(cast: Cast, about: str) -> None:
    fatima = cast.actor("fatima")
    with pytest.raises(Denied, match="Mila"):
        ask_coach(fatima, cast.location, about, "Mila huilt veel")
    with pytest.raises(Denied):
        ask_coach(fatima, cast.location, about, "Een kind huilt veel", child=cast.mila)
    asked = ask_coach(fatima, cast.location, about, "Een kind huilt veel")
    assert (asked.child, asked.group) == (None, cast.group if about == About.GROUP else None)


def test_with_consent_the_words_are_only_with_the_child(cast: Cast, told: Told) -> None:
    told.parents_agree()
    address = f"/questions/ask/?about=child&child={cast.mila.pk}"
    client = cast.client("fatima")
    assert 'name="text"' not in client.get(address).content.decode()
    client.post(address, {"details": OWN_WORDS})
    (asked,) = as_seen(cast, "sanne")
    assert (asked.question.text, asked.words) == ("", OWN_WORDS)
    withdraw_consent(cast.actor("anna"), ConsentRequest.objects.get())
    page = cast.client("sanne").get(f"/questions/{asked.question.pk}/").content.decode()
    assert "gaan open als de ouders toestemming geven" in page
    assert OWN_WORDS not in page


# Who answers, by when -----------------------------------------------------------------------------


def test_the_coach_of_the_location_answers_else_the_own_experts(cast: Cast, told: Told) -> None:
    fatima = cast.actor("fatima")
    assert queries.who_answers(fatima, cast.location) == cast.sanne
    CoachPost.objects.all().delete()
    assert queries.who_answers(fatima, cast.location) == cast.carla
    pedagogue = Membership.objects.create(
        person=cast.koen.person, organisation=cast.nursery, role=Role.PEDAGOGUE, starts=TODAY
    )
    assert queries.who_answers(fatima, cast.location) == pedagogue


def test_nobody_answers_oneself(cast: Cast) -> None:
    CoachPost.objects.all().delete()
    with pytest.raises(Denied):
        ask_coach(cast.actor("carla"), cast.location, About.GROUP, "Wat nu?")
    assert cast.client("carla").get("/questions/ask/?about=group").status_code == 403


def test_the_cover_answers_while_the_coach_is_away(cast: Cast, told: Told) -> None:
    before = told.asks_in_general("Voor het verlof gevraagd?")
    report_absence(cast.actor("sanne"), cast.sanne, cast.koen, TODAY, TODAY + WEEK)
    during = told.asks_in_general("Tijdens het verlof gevraagd?")
    assert (before.to, during.to) == (cast.sanne, cast.koen)
    waiting = {each.question: each.clock for each in as_seen(cast, "koen")}
    assert set(waiting) == {before, during}
    clock = waiting[before]
    assert (clock.who, clock.instead_of, clock.is_mine) == ("Koen", "Sanne", True)
    answer_question(cast.actor("koen"), before, "Zing een liedje.")
    page = cast.client("fatima").get(f"/questions/{before.pk}/").content.decode()
    assert "Zing een liedje." in page


def test_who_will_be_away_has_a_cover_on_the_clock(cast: Cast, told: Told) -> None:
    report_absence(
        cast.actor("sanne"), cast.sanne, cast.koen, TODAY + timedelta(days=3), TODAY + WEEK
    )
    told.asks_in_general()
    fatima = cast.actor("fatima")
    (asked,) = queries.as_seen(fatima, queries.asked_by(fatima))
    assert (asked.clock.who, asked.clock.cover, asked.clock.instead_of) == ("Sanne", "Koen", "")
    assert list(queries.waiting_for(cast.actor("koen"))) == []


@pytest.mark.parametrize(
    ("hours", "state"), [(0, "calm"), (78, "calm"), (80, "soon"), (102, "soon"), (104, "late")]
)
def test_the_clock_gets_urgent(cast: Cast, told: Told, hours: int, state: str) -> None:
    told.asks_in_general()  # Friday 10:00, due on Tuesday at 17:00
    actor = cast.actor("fatima", hours=hours)
    (asked,) = queries.as_seen(actor, queries.asked_by(actor))
    assert asked.clock.state == state


def test_late_answers_are_known_to_who_keeps_hold(cast: Cast, told: Told) -> None:
    late = told.asks_in_general()
    assert queries.past_the_clock(cast.actor("carla"), 8) == []
    cast.go_to(NOW + WEEK)
    told.asks_in_general("Nog een vraag?")
    assert queries.past_the_clock(cast.actor("carla"), 8) == [late]
    page = cast.client("carla").get("/questions/?show=late").content.decode()
    assert late.text in page
    assert "Nog een vraag?" not in page


def test_what_is_late_is_found_behind_what_one_may_not_see(cast: Cast, told: Told) -> None:
    for number in range(2):
        told.asks_in_general(f"Vraag {number}", who="carla")
    mine = told.asks_in_general()
    cast.go_to(NOW + WEEK)
    assert queries.past_the_clock(cast.actor("fatima"), 1) == [mine]


def test_open_questions_come_first_then_the_latest_answers(cast: Cast, told: Told) -> None:
    asked = []
    for hours in range(4):
        cast.go_to(NOW + timedelta(hours=hours))
        asked.append(told.asks_in_general(f"Vraag {hours}"))
    answer_question(cast.actor("sanne", hours=1), asked[0], "Eerst")
    answer_question(cast.actor("sanne", hours=2), asked[1], "Later")
    Question.objects.unrestricted(reason="test").filter(pk=asked[3].pk).update(due_at=NOW)
    found = list(queries.asked_by(cast.actor("fatima")))
    assert found == [asked[3], asked[2], asked[1], asked[0]]


# Answering ----------------------------------------------------------------------------------------


def test_an_answer_without_consent_is_about_nobody(cast: Cast, told: Told) -> None:
    asked = told.asks()
    answer = answer_question(cast.actor("sanne"), asked, "Kleine porties.", "Voor allen goed.")
    assert (answer.child, answer.must_know) == (None, False)
    page = cast.client("fatima").get(f"/questions/{asked.pk}/").content.decode()
    assert "Kleine porties." in page
    assert "Voor allen goed." in page
    assert cast.client("anna").get(f"/questions/{asked.pk}/").status_code == 404


def test_an_answer_with_consent_is_for_everybody_on_the_group(cast: Cast, told: Told) -> None:
    asked = told.asks()
    told.parents_agree()
    answer = answer_question(cast.actor("sanne"), asked, "Geef Mila kleine porties.")
    assert (answer.child, answer.must_know) == (cast.mila, True)
    assert "Geef Mila kleine porties." in cast.client("lotte").get("/").content.decode()


def test_an_answer_names_no_child_without_consent_and_keeps_its_words(
    cast: Cast, told: Told
) -> None:
    asked = told.asks()
    typed = {"text": "Geef Mila kleine porties.", "helps_others": "Rust aan tafel."}
    page = cast.client("sanne").post(f"/questions/{asked.pk}/", typed).content.decode()
    assert "“Mila”" in page
    assert typed["text"] in page
    assert typed["helps_others"] in page
    asked.refresh_from_db()
    assert asked.answered_at is None


@pytest.mark.parametrize("who", ["lotte", "carla", "koen", "stranger", "anna"])
def test_only_who_it_was_asked_to_answers(cast: Cast, told: Told, who: str) -> None:
    asked = told.asks_in_general()
    with pytest.raises(Denied):
        answer_question(cast.actor(who), asked, "Ik weet het wel.")
    answer = cast.client(who).post(f"/questions/{asked.pk}/", {"text": "Ik weet het wel."})
    assert answer.status_code in (200, 404)
    asked.refresh_from_db()
    assert asked.answered_at is None


def test_a_double_click_asks_and_answers_once(cast: Cast) -> None:
    once = "6f0d3a52-3c7e-4e0e-9a3b-0c8a3c1c0002"
    fatima, sanne = cast.client("fatima"), cast.client("sanne")
    for _ in range(2):
        fatima.post("/questions/ask/?about=group", {"text": "Hoe nu?", "once": once})
    asked = Question.objects.unrestricted(reason="test").get()
    for _ in range(2):
        sanne.post(f"/questions/{asked.pk}/", {"text": "Zo.", "once": once})
    assert asked.answers.unrestricted(reason="test").count() == 1


def test_who_asked_says_that_it_helped(cast: Cast, told: Told) -> None:
    asked = told.asks_in_general()
    with pytest.raises(Denied):
        thank_for_answer(cast.actor("fatima"), asked)
    answer_question(cast.actor("sanne"), asked, "Zo.")
    assert "Je kreeg antwoord" in cast.client("fatima").get("/").content.decode()
    cast.client("fatima").post(f"/questions/{asked.pk}/thanks/")
    assert "Je kreeg antwoord" not in cast.client("fatima").get("/").content.decode()
    assert "Dit hielp" in cast.client("sanne").get("/").content.decode()
    with pytest.raises(Denied):
        thank_for_answer(cast.actor("lotte"), asked)


def test_a_question_is_passed_on_to_somebody_who_works_here(cast: Cast, told: Told) -> None:
    asked = told.asks_in_general()
    with pytest.raises(Denied):
        pass_question(cast.actor("sanne"), asked, cast.koen)
    with pytest.raises(Denied):
        pass_question(cast.actor("lotte"), asked, cast.carla)
    address = f"/questions/{asked.pk}/pass/"
    cast.client("sanne").post(address, {"to": str(cast.carla.pk)})
    asked.refresh_from_db()
    assert asked.to == cast.carla
    assert list(queries.waiting_for(cast.actor("carla"))) == [asked]
    assert list(queries.waiting_for(cast.actor("sanne"))) == []


# Asking the parents -------------------------------------------------------------------------------


def test_the_parents_are_asked_for_what_the_coach_needs(cast: Cast, told: Told) -> None:
    asked = told.asks()
    address = f"/children/{cast.mila.pk}/coach/?question={asked.pk}"
    typed = {"coach": str(cast.sanne.pk), "why": "", "talks": "on"}
    page = cast.client("fatima").post(address, typed).content.decode()
    assert "Nog niet opgeslagen" in page
    answer = cast.client("fatima").post(address, {**typed, "why": "Om Mila te helpen eten"})
    assert answer.url == f"/questions/{asked.pk}/"
    request = ConsentRequest.objects.get()
    assert (request.child, request.organisation) == (cast.mila, cast.youthcare)
    assert set(request.consents.values_list("category", flat=True)) == {
        "day",
        "development",
        "talk",
    }
    page = cast.client("fatima").get(answer.url).content.decode()
    assert "Anna Jansen" in page
    assert "Bram Jansen" in page


def test_only_own_staff_of_the_child_asks_its_parents(cast: Cast, told: Told) -> None:
    for who in ("marit", "sanne", "stranger", "anna"):
        with pytest.raises(Denied):
            ask_parents_about(cast.actor(who), cast.mila, cast.sanne, "Daarom")
    with pytest.raises(Denied):
        ask_parents_about(cast.actor("fatima"), cast.mila, cast.carla, "Eigen collega")


# In passing, during a visit -----------------------------------------------------------------------


def test_another_question_during_a_visit_has_no_child(cast: Cast) -> None:
    sanne = cast.actor("sanne")
    visit = plan_visit(sanne, cast.location, TODAY)
    with pytest.raises(Denied):
        take_question(sanne, visit, "Mila bijt. Wat doen we?")
    with pytest.raises(Denied):
        take_question(cast.actor("koen"), visit, "Een kind bijt. Wat doen we?")
    address = f"/visits/{visit.pk}/"
    typed = {"send": "another", "another-text": "Een kind bijt.", "another-answer": ""}
    cast.client("sanne").post(address, typed)
    (open_one,) = queries.waiting_for(sanne)
    assert (open_one.text, open_one.child, open_one.group) == ("Een kind bijt.", None, None)
    answered = take_question(sanne, visit, "Een kind huilt.", "Troost op ooghoogte.")
    assert queries.answers(cast.actor("fatima"), answered).get().text == "Troost op ooghoogte."


def test_a_question_that_is_not_there_or_not_for_you_is_the_same(cast: Cast, told: Told) -> None:
    asked = told.asks_in_general()
    for who in ("stranger", "koen", "anna", "pieter", "gemma", "marit"):
        with pytest.raises(NotVisible):
            queries.question(cast.actor(who), asked.pk)
        assert cast.client(who).get(f"/questions/{asked.pk}/").status_code == 404
