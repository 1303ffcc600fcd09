"""Today of a coach: who waits, where she goes, whom she may know."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from alert4you.access.commands.consent import answer_consent, withdraw_consent
from alert4you.access.models import Category, Kind
from alert4you.coaching.commands.contacts import Details, log_contact, plan_visit
from alert4you.coaching.commands.questions import (
    COACHING_NEEDS,
    answer_question,
    ask_coach,
    ask_parents_about,
    thank_for_answer,
)
from alert4you.coaching.models import About, Question
from alert4you.organisations.models import Membership, Role
from alert4you.web.queries.coach import A_WEEK, Today, today
from tests.cast import NOW, TODAY, Cast


def of(cast: Cast, who: str = "sanne") -> Today:
    return today(cast.actor(who))


def page(cast: Cast, who: str = "sanne") -> str:
    return cast.client(who).get("/").content.decode()


def asks(cast: Cast, text: str = "Hoe nu?") -> Question:
    return ask_coach(cast.actor("fatima"), cast.location, About.GROUP, text)


def test_the_most_urgent_question_comes_first(cast: Cast) -> None:
    cast.go_to(NOW + timedelta(days=3))
    later = asks(cast, "Later")
    cast.go_to(NOW)
    first = asks(cast, "Eerst")
    assert [each.question for each in of(cast).waiting] == [first, later]
    shown = page(cast)
    assert "Er wachten 2 vragen op je" in shown
    assert "<strong>Jij</strong> antwoordt uiterlijk" in shown
    answer_question(cast.actor("sanne"), first, "Zo.")
    assert [each.question for each in of(cast).waiting] == [later]


def test_a_late_answer_is_said(cast: Cast) -> None:
    asks(cast)
    cast.go_to(NOW + timedelta(days=5))
    assert "Je antwoord is te laat" in page(cast)


def test_a_colleague_at_another_location_sees_nothing_of_it(cast: Cast) -> None:
    asks(cast)
    plan_visit(cast.actor("sanne"), cast.location, TODAY)
    log_contact(cast.actor("sanne"), Kind.VISIT, "Gekeken.", location=cast.location)
    hers = of(cast, "koen")
    assert (hers.waiting, hers.visits, hers.owed, hers.children) == ([], [], [], [])
    assert "Niemand wacht op jou" in page(cast, "koen")


def test_children_appear_with_consent_and_go_with_it(cast: Cast) -> None:
    assert of(cast).children == []
    request = ask_parents_about(cast.actor("fatima"), cast.mila, cast.sanne, "Eten")
    for who in ("anna", "bram"):
        answer_consent(cast.actor(who), request, dict.fromkeys(COACHING_NEEDS, "given"))
    assert of(cast).children == [cast.mila]
    assert f"/children/{cast.mila.pk}/" in page(cast)
    withdraw_consent(cast.actor("anna"), request)
    assert of(cast).children == []
    assert "Mila" not in page(cast)


def test_visits_of_this_week_and_contacts_that_owe_an_answer(cast: Cast) -> None:
    plan_visit(cast.actor("sanne"), cast.location, TODAY, "Lunch")
    plan_visit(cast.actor("sanne"), cast.location, TODAY + A_WEEK, "Volgende week")
    log_contact(cast.actor("sanne"), Kind.VISIT, "Meegegeten.", location=cast.location)
    shown = page(cast)
    assert "Lunch" in shown
    assert "Meegegeten." in shown
    assert "Volgende week" not in shown


def test_thanks_are_shown_for_a_week(cast: Cast) -> None:
    asked = asks(cast)
    answer_question(cast.actor("sanne"), asked, "Zo.")
    assert of(cast).helped == []
    thank_for_answer(cast.actor("fatima"), asked)
    assert of(cast).helped == [asked]
    cast.go_to(NOW + A_WEEK)
    assert of(cast).helped == []


def test_the_own_pedagogue_has_the_same_page(cast: Cast) -> None:
    Membership.objects.create(
        person=cast.gemma.person, organisation=cast.nursery, role=Role.PEDAGOGUE, starts=TODAY
    )
    Membership.objects.filter(pk=cast.gemma.pk).update(ends=TODAY)
    assert "Niemand wacht op jou" in page(cast, "gemma")


def test_as_many_queries_for_1_row_as_for_3(cast: Cast) -> None:
    sanne = cast.actor("sanne")
    needs = [*COACHING_NEEDS, Category.TALK]
    request = ask_parents_about(cast.actor("fatima"), cast.mila, cast.sanne, "Eten", needs)
    for who in ("anna", "bram"):
        answer_consent(cast.actor(who), request, dict.fromkeys(needs, "given"))
    counts = []
    for rows in (1, 2):
        for number in range(rows):
            asks(cast)
            answered = asks(cast)
            answer_question(sanne, answered, "Zo.")
            thank_for_answer(cast.actor("fatima"), answered)
            visit = plan_visit(sanne, cast.location, TODAY + timedelta(days=rows + number - 1))
            about = Details(visit=visit)
            log_contact(sanne, Kind.OBSERVATION, "Gezien.", child=cast.mila, details=about)
        client = cast.client("sanne")
        with CaptureQueriesContext(connection) as found:
            assert client.get("/").status_code == 200
        counts.append(sum("SAVEPOINT" not in each["sql"] for each in found.captured_queries))
    assert counts[0] == counts[1] <= 12
