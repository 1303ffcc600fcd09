"""The child's line for every hat: what is on it, what is next, what one can do, how one pages."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alert4you.access.commands.consent import answer_consent, ask_consent, withdraw_consent
from alert4you.access.commands.team import name_on_team
from alert4you.access.models import SHAREABLE, Category
from alert4you.access.rules.consent import Terms
from alert4you.coaching.commands.contacts import Details, log_contact
from alert4you.coaching.commands.questions import ask_coach, ask_parents_about
from alert4you.coaching.commands.talks import Card, hold_talk, prepare_talk
from alert4you.kernel.models import AuditRecord
from alert4you.notes.commands.writing import add_parent_words, write_note
from alert4you.organisations.queries import system_actor
from alert4you.practices.commands.publishing import load_library
from alert4you.trajectories.commands.planning import speak_about_plan, write_plan
from alert4you.trajectories.commands.running import Setup, start_trajectory
from alert4you.trajectories.models import Trajectory
from alert4you.trajectories.rules.planning import Goal
from alert4you.web.queries.line.page import PAGE
from tests.architecture.world import make_world
from tests.cast import NOW, TODAY, Cast, make_child

MOST_QUERIES = 12
SAVEPOINTS = ("SAVEPOINT", "RELEASE", "ROLLBACK")


def line(cast: Cast, who: str, query: str = "") -> str:
    answer = cast.client(who).get(f"/children/{cast.mila.pk}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def queries(cast: Cast, who: str) -> int:
    client, url = cast.client(who), f"/children/{cast.mila.pk}/"
    client.get(url)
    with CaptureQueriesContext(connection) as run:
        assert client.get(url).status_code == 200
    return sum(not q["sql"].startswith(SAVEPOINTS) for q in run.captured_queries)


def start(cast: Cast, slug: str = "kansen-voor-kleintjes") -> Trajectory:
    """A trajectory with a plan, after a talk with the parents."""
    templates = {each.slug: each for each in load_library(system_actor(NOW))}
    name_on_team(cast.actor("carla"), cast.mila, cast.fatima, "mentor")
    talk = Details(parents_present=True)
    log_contact(cast.actor("fatima"), "talk", "We spraken elkaar.", cast.mila, details=talk)
    parts = {"observer": cast.sanne, "group-worker": cast.fatima}
    carla = cast.actor("carla")
    return start_trajectory(
        carla, cast.mila, templates[slug], cast.carla, cast.fatima, Setup(parts)
    )


def consented(cast: Cast, purpose: str = "coaching") -> None:
    terms = Terms(["day", "development"], "meekijken")
    request = ask_consent(
        cast.actor("carla"), cast.mila, cast.youthcare, purpose, terms, cast.sanne
    )
    for parent in ("anna", "bram"):
        answer_consent(cast.actor(parent), request, {"day": "given", "development": "given"})


class TestWhatIsOnIt:
    def test_entries_say_what_who_and_when(self, cast: Cast) -> None:
        write_note(cast.actor("fatima"), cast.mila, "Mila bouwde een toren.")
        add_parent_words(cast.actor("anna"), cast.mila, "Thuis ook!")
        shown = line(cast, "bram")
        for words in ("Mila bouwde een toren.", "Fatima", "pedagogisch medewerker", "Thuis ook!"):
            assert words in shown
        assert "a4-line__entry--parents" in shown
        assert "november 2026" in shown

    def test_only_what_an_entry_may_stand_in_is_asked(self, cast: Cast) -> None:
        """The wall looks at each table apart, and most lines hold words alone."""
        write_note(cast.actor("fatima"), cast.mila, "Mila bouwde een toren.")
        line(cast, "carla")
        with CaptureQueriesContext(connection) as asked:
            line(cast, "carla")
        (entries,) = (
            each["sql"] for each in asked.captured_queries if "rights_remark" in each["sql"]
        )
        for table in ("trajectories_plan", "wellbeing_rating", "coaching_contact", "meetings_case"):
            assert f'"{table}' not in entries, table

    def test_badges_say_who_reads_along(self, cast: Cast) -> None:
        write_note(cast.actor("fatima"), cast.mila, "gewoon")
        write_note(cast.actor("fatima"), cast.mila, "intern", internal=True)
        shown = line(cast, "carla")
        assert shown.count("Ouders lezen mee") == 1
        assert shown.count("Alleen voor ons") == 1
        for_parents = line(cast, "anna")
        assert "Ouders lezen mee" not in for_parents
        assert "intern" not in for_parents

    def test_sharing_and_places_are_quiet_moments(self, cast: Cast) -> None:
        consented(cast)
        shown = line(cast, "anna")
        assert "Carla vroeg of youthcare organisation mag meelezen." in shown
        assert "Bram Jansen zei ja tegen youthcare organisation." in shown
        assert "Mila kwam op groep Vlinders van De Zonnebloem." in shown
        request_page = re.search(r"/sharing/[0-9a-f-]+/", shown)
        assert request_page
        assert cast.client("anna").get(request_page[0]).status_code == 200

    def test_the_coach_sees_what_was_agreed_with_her_own_organisation_only(
        self, cast: Cast
    ) -> None:
        consented(cast)
        terms = Terms(["plan"], "naar school")
        ask_consent(cast.actor("carla"), cast.mila, cast.school, "education", terms)
        shown = line(cast, "sanne")
        assert "youthcare organisation" in shown
        assert "school organisation" not in shown
        assert "school organisation" in line(cast, "carla")

    def test_a_prepared_talk_is_quiet_for_staff_and_a_date_for_parents(self, cast: Cast) -> None:
        name_on_team(cast.actor("carla"), cast.mila, cast.fatima, "mentor")
        card = Card("Geheime boodschap", 2, 2)
        on = TODAY + timedelta(days=4)
        prepared = prepare_talk(cast.actor("fatima"), cast.mila, cast.fatima, on, card)
        for who in ("anna", "carla"):
            shown = line(cast, who)
            assert "Oudergesprek" in shown, who
            assert "over 4 dagen, dinsdag 24 november" in shown, who
            assert "Geheime boodschap" not in shown, who
        hold_talk(cast.actor("fatima", hours=1), prepared, "We spraken af.", on + timedelta(days=9))
        cast.go_to(NOW + timedelta(hours=2))
        shown = line(cast, "anna")
        assert "over 4 dagen" not in shown
        assert "donderdag 3 december" in shown

    def test_what_was_asked_about_the_child_links_to_the_question(self, cast: Cast) -> None:
        asked = ask_coach(
            cast.actor("fatima"), cast.location, "child", "Wat nu?", cast.mila, "Mila huilt."
        )
        assert f"/questions/{asked.pk}/" in line(cast, "carla")
        assert f"/questions/{asked.pk}/" not in line(cast, "anna")

    def test_what_is_read_is_logged_and_nothing_more(self, cast: Cast) -> None:
        kept = write_note(cast.actor("fatima"), cast.mila, "gewoon")
        hidden = write_note(cast.actor("fatima"), cast.mila, "intern", internal=True)
        line(cast, "anna")
        record = AuditRecord.objects.get(action="R", person_id=cast.anna.pk)
        assert record.subject_id == cast.mila.pk
        assert record.records["day"] == [str(kept.pk)]
        assert str(hidden.pk) not in str(record.records)


class TestPaging:
    def test_older_goes_on_where_the_page_ended(self, cast: Cast) -> None:
        """Also when many things happened at the very same moment."""
        for number in range(PAGE * 2 + 5):
            write_note(cast.actor("fatima"), cast.mila, f"notitie-{number:03}")
        seen, query, pages = [], "", 0
        while pages < 5:
            shown = line(cast, "carla", query)
            seen += re.findall(r"notitie-\d{3}", shown)
            pages += 1
            older = re.search(r'href="(\?before=[^"]+)"', shown)
            if not older:
                break
            query = older[1]
        assert pages == 3
        assert len(seen) == len(set(seen)) == PAGE * 2 + 5

    def test_quiet_moments_are_on_one_page(self, cast: Cast) -> None:
        consented(cast)
        for number in range(PAGE + 2):
            write_note(cast.actor("fatima", hours=-number), cast.mila, f"n{number}")
        first = line(cast, "carla")
        older = re.search(r'href="(\?before=[^"]+)"', first)
        assert older
        second = line(cast, "carla", older[1])
        for words in ("Bram Jansen zei ja", "Mila kwam op groep"):
            assert (words in first) + (words in second) == 1, words

    @pytest.mark.parametrize("query", ["?before=x", "?before=a_b_c", "?show=x", "?before="])
    def test_a_broken_address_shows_the_line(self, cast: Cast, query: str) -> None:
        write_note(cast.actor("fatima"), cast.mila, "gewoon")
        assert "gewoon" in line(cast, "carla", query)

    def test_chips_show_one_kind(self, cast: Cast) -> None:
        write_note(cast.actor("fatima"), cast.mila, "wat ik zag")
        log_contact(cast.actor("carla"), "observation", "een observatie", cast.mila)
        shown = line(cast, "carla")
        assert "?show=group" in shown
        assert "?show=looking" in shown
        assert "?show=plan" not in shown, "nothing of it"
        only = line(cast, "carla", "?show=looking")
        assert "een observatie" in only
        assert "wat ik zag" not in only


class TestNext:
    def test_next_step_lead_and_what_is_asked(self, cast: Cast) -> None:
        started = start(cast)
        shown = line(cast, "anna")
        assert "Wie heeft de regie" in shown
        assert "Kansen voor Kleintjes" in shown
        assert "Mag youthcare organisation meelezen?" in shown
        assert f"/trajectories/{started.pk}/" in shown

    def test_a_plan_is_asked_until_this_parent_spoke(self, cast: Cast) -> None:
        started = start(cast)
        goal = Goal("Mila eet mee")
        plan = write_plan(
            cast.actor("carla"), started, 0, [goal], "doel", TODAY + timedelta(days=60)
        )
        assert "Wat vindt u van het plan?" in line(cast, "anna")
        speak_about_plan(cast.actor("anna"), started, plan, "Goed zo", True)
        assert "Wat vindt u van het plan?" not in line(cast, "anna")
        assert "Wat vindt u van het plan?" in line(cast, "bram")
        write_plan(cast.actor("carla"), started, 1, [goal, goal], "doel", TODAY + timedelta(60))
        shown = line(cast, "anna")
        assert "Wat vindt u van het plan?" in shown, "a next version is a new question"
        assert shown.count("Een eerdere versie van het plan") == 1, "only the newest stands open"

    def test_a_refusal_asks_nothing_any_more(self, cast: Cast) -> None:
        consented(cast)
        terms = Terms(["plan"], "nog iets")
        request = ask_consent(cast.actor("carla"), cast.mila, cast.school, "education", terms)
        assert "Mag school organisation meelezen?" in line(cast, "anna")
        withdraw_consent(cast.actor("anna"), request)
        assert "Mag school organisation meelezen?" not in line(cast, "anna")
        assert "Mag school organisation meelezen?" in line(cast, "bram")


ACTIONS = {
    # who: what they can do from the line, and what not
    "anna": ({"/words/", "/sharing/"}, {"/note/", "/contact/", "/team/?", "trajectories/start"}),
    "fatima": ({"/note/", "/questions/ask/", "/talk/"}, {"/contact/", "trajectories/start"}),
    "carla": (
        {"/note/", "/questions/ask/", "/sharing/ask/", "/words/", "trajectories/start"},
        set(),
    ),
    "sanne": ({"/contact/", "/note/"}, {"/questions/ask/", "/sharing/ask/", "/talk/", "start/"}),
}


@pytest.mark.parametrize("who", ACTIONS)
def test_actions_are_those_the_rules_allow(cast: Cast, who: str) -> None:
    consented(cast)
    name_on_team(cast.actor("carla"), cast.mila, cast.fatima, "mentor")
    shown = line(cast, who)
    buttons = re.findall(r'class="(?:nl-button|a4-chip)[^"]*" href="(/[^"]+)"', shown)
    can, cannot = ACTIONS[who]
    for part in can:
        assert any(part in each for each in buttons), (part, buttons)
    for part in cannot:
        assert not any(part in each for each in buttons), (part, buttons)
    for each in buttons:
        assert cast.client(who).get(each.replace("&amp;", "&")).status_code in (200, 302), each


def test_who_runs_the_place_comes_from_the_line_to_places_and_guardians(cast: Cast) -> None:
    name_on_team(cast.actor("marit"), cast.mila, cast.marit, "kijkt mee", "")
    for who, leads_there in (("marit", True), ("carla", True), ("fatima", False), ("anna", False)):
        shown = line(cast, who)
        for page in ("guardian", "place"):
            assert (f"/children/{cast.mila.pk}/{page}/" in shown) is leads_there, who


def test_who_knows_only_the_name_sees_no_entries(cast: Cast) -> None:
    write_note(cast.actor("fatima"), cast.mila, "Vertrouwelijk")
    shown = line(cast, "marit")
    assert "Vertrouwelijk" not in shown
    assert "Mila Jansen" in shown
    assert "maandag, dinsdag, woensdag, donderdag, vrijdag" in shown
    assert f"/children/{cast.mila.pk}/team/" in shown


def test_an_empty_line_says_what_comes(cast: Cast) -> None:
    child = make_child(cast, "Noor", "van Dam", TODAY.replace(year=2024))
    shown = cast.client("fatima").get(f"/children/{child.pk}/").content.decode()
    assert "Noor kwam op groep Vlinders" in shown


def test_the_picture_is_told_in_words(cast: Cast) -> None:
    write_note(cast.actor("fatima"), cast.mila, "een")
    write_note(cast.actor("fatima"), cast.mila, "twee")
    shown = line(cast, "anna")
    drawn = shown[shown.index('<svg role="img"') : shown.index("</figure>")]
    assert 'aria-labelledby="line-title line-desc"' in drawn
    assert "De lijn van Mila als plaatje" in drawn
    assert "2 notities" in drawn
    assert re.search(r'cx="\d+\.\d+%"', drawn), "places are written with a point, also in Dutch"


class TestPartner:
    def test_parents_decide(self, cast: Cast) -> None:
        assert "Nu geen kinderen" in cast.client("pieter").get("/").content.decode()
        terms = Terms(["plan"], "Mila gaat straks naar school.")
        request = ask_consent(
            cast.actor("carla"), cast.mila, cast.school, "education", terms, cast.pieter
        )
        assert "Mila" not in cast.client("pieter").get("/").content.decode()
        for parent in ("anna", "bram"):
            answer_consent(cast.actor(parent), request, {"plan": "given"})
        shown = cast.client("pieter").get("/").content.decode()
        for words in ("Mila Jansen", "Mila gaat straks naar school.", "plan en besluiten"):
            assert words in shown
        assert "19 februari 2027" in shown


def fill(cast: Cast, number: int) -> None:
    """More of everything on the line."""
    write_note(cast.actor("fatima"), cast.mila, f"notitie {number}", Category.DEVELOPMENT)
    write_note(cast.actor("fatima"), cast.mila, f"intern {number}", internal=True)
    add_parent_words(cast.actor("anna"), cast.mila, f"woorden {number}")
    ask_coach(cast.actor("fatima"), cast.location, "child", "Wat nu?", cast.mila, "Mila huilt.")
    on = TODAY + timedelta(days=number + 1)
    prepare_talk(cast.actor("fatima"), cast.mila, cast.fatima, on, Card("boodschap", 1, 1))
    for purpose in ("coaching", "education", "handover")[: number + 1]:
        consented(cast, purpose)
    if number == 0:
        ask_parents_about(cast.actor("fatima"), cast.mila, cast.koen, "meekijken")


@pytest.mark.parametrize("who", ["fatima", "carla", "sanne", "anna", "marit"])
def test_as_many_queries_for_one_row_as_for_three(cast: Cast, who: str) -> None:
    started = start(cast)
    fill(cast, 0)
    few = queries(cast, who)
    for number in (1, 2):
        fill(cast, number)
    goals = [Goal("een"), Goal("twee")]
    write_plan(cast.actor("carla"), started, 0, goals, "doel", TODAY + timedelta(days=40))
    assert queries(cast, who) == few
    assert few <= MOST_QUERIES


@pytest.mark.parametrize("who", ["sanne", "pieter"])
def test_a_guest_gets_no_link_that_leads_nowhere(cast: Cast, who: str) -> None:
    """Everything the parents may share is shared; what a guest is offered can be opened."""
    make_world(cast)
    asked = ask_consent(
        cast.actor("carla"),
        cast.mila,
        cast.people[who].organisation,
        "education",
        Terms(SHAREABLE, "Meekijken", content_from=date(2026, 1, 1)),
        cast.people[who],
    )
    for name in ("anna", "bram"):
        answer_consent(cast.actor(name), asked, dict.fromkeys(SHAREABLE, "given"))
    client, base = cast.client(who), f"/children/{cast.mila.pk}/"
    for page in (base, f"{base}?show=questions"):
        told = client.get(page).content.decode()
        links = {unescape(each) for each in re.findall(r'href="(/[^"#]+)"', told)}
        ours = {each for each in links if not each.startswith(("/static", "/i18n"))}
        answers = {link: client.get(link).status_code for link in ours}
        assert [link for link, answer in answers.items() if answer >= 400] == []
