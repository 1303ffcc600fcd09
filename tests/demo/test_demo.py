"""The filled demo: everybody has something alive today, and a visitor steps into anybody."""

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alert4you.access.models import LineEntry
from alert4you.api.models import Application
from alert4you.children.models import Child
from alert4you.demo.personas import everybody, person_of, quick, tales
from alert4you.demo.tablet import pins
from alert4you.kernel.models import Letter
from alert4you.organisations.models import Membership, Person

ALIVE = {
    # who: what of the stories waits for this persona today
    "fatima": ["De ouders van Tess", "huilt elke ochtend een half uur"],
    "lotte": ["Vlinders", "onrustig tussen fruit en buiten"],
    "sanne": ["onrustig tussen fruit en buiten", "Ik praat te veel", "Het Nestje"],
    "carla": ["Daan", "Evi"],
    "marit": ["Eekhoorns", "Vlinders"],
    "anna": ["Mieke", "plan"],
    "bram": ["Mieke", "Jeugdgezondheidszorg Oeverzand"],
    "pieter": ["Bo Scholten", "op dezelfde manier helpen bij het wachten"],
    "gemma": ["Samsam"],
    "olga": ["Wessel"],
}
GONE = {"aaltje"}  # her child's file was kept long enough, and so was her account


def test_every_persona_of_the_welcome_page_is_tried_here():
    assert sorted(persona.key for persona in quick()) == sorted(ALIVE)


@pytest.mark.parametrize("who", ALIVE)
def test_everybody_has_something_alive_today(demo, who):
    page = demo(who).get("/")
    assert page.status_code == 200
    text = page.content.decode()
    for words in ALIVE[who]:
        assert words in text


def test_everybody_in_the_stories_can_be_stepped_into(demo):
    for key in everybody().keys() - GONE:
        page = demo(key).get("/")
        assert page.status_code == 200, key


def test_what_came_in_without_a_network_waits_and_what_helps_is_kept_for_the_day(demo):
    assert "Lotte de Vries" in demo("carla").get("/offline/waiting/").content.decode()
    children = {
        each["name"]: each for each in demo("fatima").get("/offline/pack/").json()["children"]
    }
    assert len(children["Tess"]["cards"]) == 2
    assert [each["verdict"] for each in children["Tess"]["mays"]] == ["beside"]


def test_everything_that_was_written_is_of_a_kind_of_its_own(told, db):
    extends = [each for each in apps.get_models() if issubclass(each, LineEntry)]
    assert all(each.kinds for each in extends)
    for each in extends:
        rows = each.objects.unrestricted(reason="a test")
        written = set(rows.order_by().values_list("kind", flat=True).distinct())
        assert written <= {*each.kinds}, each


def test_a_group_is_as_full_as_a_group_is(demo):
    page = demo("lotte").get("/").content.decode()
    assert "16 kinderen" in page


@pytest.mark.parametrize(
    ("who", "where"), [("anna", "web:line"), ("fatima", "web:line"), ("carla", "web:line")]
)
def test_following_a_story_leads_to_its_child(demo, who, where):
    client = demo()
    answer = client.post("/demo/become/", {"persona": who, "tale": "mieke"}, follow=True)
    assert answer.resolver_match.view_name == where
    mieke = Child.objects.unrestricted(reason="test").get(first_name="Mieke")
    assert answer.resolver_match.kwargs["child_id"] == mieke.pk


def test_who_may_not_know_the_child_starts_at_today(demo):
    answer = demo().post("/demo/become/", {"persona": "gemma", "tale": "mieke"}, follow=True)
    assert answer.resolver_match.view_name == "web:today"


def test_the_switch_is_on_every_page_and_costs_no_query(demo, settings):
    settings.MODE = "demo"
    client = demo("sanne")
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/").content.decode()
    assert sum("SAVEPOINT" not in each["sql"] for each in asked.captured_queries) <= 12
    assert 'action="/demo/become/"' in page
    assert "u bent Sanne de Wit" in page
    client.post("/demo/become/", {"persona": "bram"})
    assert "u bent Bram de Boer" in client.get("/").content.decode()


def test_the_welcome_page_tells_whom_one_can_be_and_which_stories_there_are(demo):
    page = demo().get("/demo/").content.decode()
    for persona in quick():
        assert persona.full_name in page
    for tale in tales():
        assert str(tale.title) in page
    assert {tale.slug for tale in tales()} >= {"mieke", "pavel", "rosa", "sami"}


@pytest.mark.parametrize("data", [{}, {"persona": "nobody"}, {"persona": "anna", "tale": "none"}])
def test_who_is_nobody_comes_back_to_the_door(demo, data):
    client = demo()
    answer = client.post("/demo/become/", data)
    assert answer.headers["Location"] == "/demo/"
    assert "_auth_user_id" not in client.session


def test_stepping_in_is_never_a_link(demo):
    assert demo().get("/demo/become/?persona=anna").status_code == 405


def test_only_people_of_the_stories_can_be_stepped_into(demo):
    Person.objects.create(name="Wie Dan Ook", email="iemand@example.org")
    assert demo().post("/demo/become/", {"persona": "iemand"}).headers["Location"] == "/demo/"


def test_a_visitor_tries_the_tablet_of_the_group(demo):
    page = demo().get("/demo/").content.decode()
    client = demo("marit")
    assert client.post("/demo/tablet/").headers["Location"] == "/tablet/"
    assert "_auth_user_id" not in client.session
    names = client.get("/tablet/").content.decode()
    assert "Fatima El Amrani" in names and "Lotte de Vries" in names
    for persona, digits in pins():
        assert digits in page
        where = f"/tablet/{Membership.objects.get(person=person_of(persona)).pk}/"
        assert client.post(where, {"pin": digits}).headers["Location"] == "/"
        assert persona.full_name in client.get("/").content.decode()


def test_a_planning_system_comes_in_and_hears_of_changes(demo):
    """Nothing else was sent or waits: nobody gets a mail while a demo is made."""
    client = demo("marit")
    (application,) = Application.objects.all()
    assert "Planbord" in client.get("/systems/").content.decode()
    page = client.get(f"/systems/{application.pk}/").content.decode()
    assert "beantwoord met 503" in page and page.count("Aangenomen") > 3
    assert set(Letter.objects.values_list("kind", flat=True)) == {"webhook"}
    assert mail.outbox == []
