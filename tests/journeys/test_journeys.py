"""The five main ways through the product, as a visitor of the demo walks them in a browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys.conftest import Visit

pytestmark = pytest.mark.chromium


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()


def choose(page: Page, name: str) -> None:
    page.get_by_role("radio", name=re.compile(f"^{re.escape(name)}")).first.check(force=True)


def sees(page: Page, words: str) -> None:
    expect(page.get_by_role("main").get_by_text(words).first).to_be_visible()


def misses(page: Page, words: str) -> None:
    expect(page.get_by_text(words)).to_have_count(0)


def test_a_group_worker_writes_a_note_in_three_taps(visit: Visit) -> None:
    page = visit("Fatima", "phone")
    taps = 0
    follow(page, "Tess")
    taps += 1
    expect(page.get_by_label("Wat zag je?")).to_be_focused()
    page.keyboard.type("Tess bouwde een brug en liet Storm erover rijden.")
    press(page, "Opslaan")
    taps += 1
    assert taps <= 3
    expect(page).to_have_url(re.compile("/$"))
    follow(page, "Kinderen")
    follow(page, "Tess")
    sees(page, "Tess bouwde een brug")


def test_a_question_opens_up_when_both_parents_agree(visit: Visit) -> None:
    """Asked without the child; the coach learns who it is when Wolf's parents have said yes."""
    asker = visit("Fatima", "phone")
    asker.goto("/questions/ask/?about=child")
    follow(asker, "Wolf")
    asker.get_by_label(re.compile("coach nu leest|leest de coach", re.I)).first.fill(
        "Een kind klampt zich vast bij het buitenspelen. Wat kan ik doen?"
    )
    asker.get_by_label(re.compile("later|ouders ja", re.I)).first.fill(
        "Wolf houdt buiten steeds mijn jas vast."
    )
    asker.get_by_role("main").locator("form button[type=submit]").first.click()
    asker.wait_for_url(re.compile("/questions/[0-9a-f-]{36}/"))
    sees(asker, "Sanne de Wit")
    question = asker.url

    coach = visit("Sanne")
    coach.goto(question)
    sees(coach, "Een kind klampt zich vast")
    misses(coach, "Wolf")
    misses(coach, "mijn jas")


def test_a_name_in_the_question_is_stopped_and_nothing_is_lost(visit: Visit) -> None:
    page = visit("Lotte", "tablet")
    page.goto("/questions/ask/?about=child")
    follow(page, "Sybren")
    field = page.get_by_label(re.compile("coach nu leest|leest de coach", re.I)).first
    field.fill("Sybren bijt. Wat kan ik doen?")
    page.get_by_role("main").locator("form button[type=submit]").first.click()
    sees(page, "Sybren")
    expect(field).to_have_value("Sybren bijt. Wat kan ik doen?")


def test_a_coach_answers_with_what_to_do_on_the_group(visit: Visit) -> None:
    page = visit("Sanne")
    follow(page, "Over het eigen handelen")
    fields = page.get_by_role("main").locator("textarea:visible")
    fields.nth(0).fill("Tel in stilte tot tien voordat je iets zegt. Kijk wat het kind doet.")
    fields.nth(1).fill("Wachten helpt elk kind dat nog naar woorden zoekt.")
    page.get_by_role("main").locator("form button[type=submit]").first.click()
    sees(page, "Tel in stilte tot tien")
    page.goto("/questions/?show=answered")
    sees(page, "Over het eigen handelen")


def test_a_parent_decides_and_takes_it_back(visit: Visit) -> None:
    page = visit("Bram", "phone")
    follow(page, "Geef uw antwoord")
    sees(page, "Nee, liever niet")
    page.get_by_role("button", name=re.compile("^Ja, dat is goed")).press("Enter")
    expect(page.locator("#messages > *")).to_be_focused()
    page.goto("/sharing/")
    page.get_by_role("link", name=re.compile("Jeugdgezondheidszorg")).first.click()
    sees(page, "Akkoord tot en met")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("Stop|Trek", re.I)).first.click()
    page.goto("/sharing/")
    page.get_by_role("link", name=re.compile("Jeugdgezondheidszorg")).first.click()
    sees(page, "Bram de Boer zei nee")
    misses(page, "Akkoord tot en met")


def test_a_parent_sees_who_looked_and_speaks_about_the_plan(visit: Visit, tmp_path: Path) -> None:
    looker = visit("Lotte")
    follow(looker, "Kinderen")
    follow(looker, "Mieke")
    page = visit("Anna", "phone")
    follow(page, "Lees het plan")
    choose(page, "Ik ben het eens")
    page.get_by_label(re.compile("In eigen woorden")).first.fill("Hij slaapt weer door.")
    press(page, "Opslaan")
    sees(page, "Hij slaapt weer door.")
    with page.expect_download() as paper:
        page.get_by_role("link", name="Op papier (PDF)").evaluate(
            "a => a.setAttribute('download', '')"
        )
        follow(page, "Op papier (PDF)")
    paper.value.save_as(tmp_path / "plan.pdf")
    words = "".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "plan.pdf").pages)
    assert "Mieke" in words
    follow(page, "Wie keek")
    sees(page, "Lotte de Vries")


def test_a_care_coordinator_records_a_decision_with_all_voices(visit: Visit) -> None:
    page = visit("Carla")
    follow(page, "Trajecten")
    page.get_by_role("link", name=re.compile("Daan")).first.click()
    follow(page, "Besluit vastleggen")
    page.get_by_label("Ouders").fill("Wij zijn gerust.")
    choose(page, "De tips zijn genoeg")
    page.get_by_label(re.compile("^Waarom")).fill("Hij speelt weer mee.")
    press(page, "Besluit vastleggen")
    sees(page, "Nog niet opgeslagen. Kijk hier even naar")
    expect(page.get_by_label("Ouders")).to_have_value("Wij zijn gerust.")
    page.get_by_label("Pedagogisch medewerker").fill("De groep is rustiger.")
    page.get_by_label("Jeugdhulp").fill("Kijk na de kerst nog eens.")
    press(page, "Besluit vastleggen")
    sees(page, "Wij zijn gerust.")
    sees(page, "Kijk na de kerst nog eens.")
    page.goto("/trajectories/?show=ended")
    sees(page, "Daan")


def test_a_double_click_writes_once(visit: Visit) -> None:
    page = visit("Lotte", "tablet")
    follow(page, "Joppe")
    page.get_by_label("Wat zag je?").fill("Joppe telde tot twaalf.")
    page.get_by_role("button", name="Opslaan").dblclick()
    page.wait_for_load_state()
    follow(page, "Kinderen")
    follow(page, "Joppe")
    expect(page.get_by_text("Joppe telde tot twaalf.")).to_have_count(1)


def test_everything_works_without_javascript(visit: Visit) -> None:
    page = visit("Fatima", "phone", javascript=False)
    follow(page, "Sep")
    page.get_by_label("Wat zag je?").fill("Sep schonk zelf water in.")
    press(page, "Opslaan")
    follow(page, "Kinderen")
    follow(page, "Sep")
    sees(page, "Sep schonk zelf water in.")


def test_the_language_can_be_switched(visit: Visit) -> None:
    page = visit("Sanne")
    page.get_by_role("button", name="EN, English").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    sees(page, "Today")


def test_a_stranger_and_a_page_that_is_not_there_get_the_same(visit: Visit) -> None:
    family = visit("Anna")
    family.get_by_role("link", name="De lijn van Mieke").click()
    there = family.url
    page = visit("Gemma")
    nothing = "/children/00000000-0000-4000-8000-000000000000/"
    answers = [page.request.get(url) for url in (there, nothing)]
    assert [answer.status for answer in answers] == [404, 404]
    assert answers[0].text() == answers[1].text()


def test_a_menu_closes_when_the_keyboard_goes_on_beyond_it(visit: Visit) -> None:
    page = visit("Carla")
    menu = page.locator("header details[data-menu]").first
    menu.locator("summary").press("Enter")
    page.keyboard.press("Tab")
    assert menu.get_attribute("open") is not None
    page.locator("nav a").first.focus()
    assert menu.get_attribute("open") is None
