"""The folder of an application: asked per municipality, filled in once, approved, and then sent."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from alert4you.funding.commands.applications import (
    approve,
    begin_application,
    fill,
    send,
    stop,
    write_questions,
)
from alert4you.funding.commands.lines import pause_line
from alert4you.funding.models import Application, MoneyLine, QuestionSet
from alert4you.funding.queries.applications import Folder, asked, folder
from alert4you.funding.rules.questions import Chosen
from alert4you.kernel.decision import Denied, NotVisible
from alert4you.manifests.commands import record_signature
from alert4you.manifests.models import Manifest
from alert4you.manifests.rules import Receipt
from alert4you.organisations.models import Location, Organisation, OrganisationKind
from alert4you.trajectories.commands.growth import approve_growth, gather_growth
from tests.cast import TODAY
from tests.funding.conftest import Purse
from tests.referrals.conftest import queries

__all__ = ["queries"]

ASKED = Chosen(["name", "born", "worry", "home"], of_childcare=["Hoe laat komt het kind?"])


@pytest.fixture
def town(purse: Purse) -> Organisation:
    return Organisation.objects.get(pk=purse.cast.actor("gemma").organisation_id)


def asks(purse: Purse, town: Organisation, chosen: Chosen = ASKED, who: str = "gemma") -> Any:
    return write_questions(purse.cast.actor(who), town, "youth_individual", chosen)


def begun(purse: Purse, town: Organisation, **more: Any) -> Application:
    carla = purse.cast.actor("carla")
    return begin_application(carla, purse.running(), asks(purse, town), "child", **more)


def full(purse: Purse, town: Organisation, **more: Any) -> Application:
    application = begun(purse, town, **more)
    carla, anna = purse.cast.actor("carla"), purse.cast.actor("anna")
    fill(carla, application, "worry", "Mila praat weinig.")
    fill(carla, application, "hoe-laat-komt-het-kind", "Om acht uur.")
    fill(anna, application, "home", "Thuis gaat het goed.")
    return application


def yes(purse: Purse, application: Application) -> None:
    for who in ("anna", "bram"):
        approve(purse.cast.actor(who), application)


def seen(purse: Purse, application: Application, who: str = "carla") -> Folder:
    return folder(purse.cast.actor(who), application.pk)


def turn(purse: Purse, application: Application) -> str:
    told = seen(purse, application).turn
    return f"{told.who}: {told.what}" if told else ""


def test_a_folder_that_is_not_full_names_what_is_missing_and_is_not_sent(
    purse: Purse, town: Organisation
) -> None:
    application = begun(purse, town)
    with pytest.raises(Denied, match="Waarom heeft dit kind dit nodig.*Hoe laat komt het kind"):
        send(purse.cast.actor("carla"), application, TODAY)
    page = seen(purse, application)
    assert [each.question.key for each in page.missing] == [
        "worry", "home", "hoe-laat-komt-het-kind",
    ]  # fmt: skip
    assert not MoneyLine.objects.unrestricted(reason="test").exists()


def test_whose_turn_it_is_follows_what_is_missing(purse: Purse, town: Organisation) -> None:
    application = begun(purse, town)
    carla = purse.cast.actor("carla")
    lead = application.trajectory.lead.person.name
    assert turn(purse, application) == f"{lead}: answers what is missing"
    fill(carla, application, "worry", "Mila praat weinig.")
    fill(carla, application, "hoe-laat-komt-het-kind", "Om acht uur.")
    assert turn(purse, application) == "The parents: answer what is missing"
    fill(purse.cast.actor("anna"), application, "home", "Goed.")
    assert turn(purse, application).endswith("says whether it may go")
    yes(purse, application)
    assert turn(purse, application) == f"{lead}: sends it"


def test_sending_starts_the_term_of_who_decides(purse: Purse, town: Organisation) -> None:
    application = full(purse, town)
    yes(purse, application)
    carla = purse.cast.actor("carla")
    sent = send(carla, application, TODAY)
    assert sent.line is not None and sent.line.state == "asked"
    assert sent.line.decider == town.name
    page = seen(purse, application)
    assert page.due is not None and page.due >= TODAY + timedelta(weeks=8)
    assert page.turn is not None and page.turn.who == town.name and page.turn.by == page.due
    pause_line(carla, sent.line, TODAY, "het verslag")
    assert seen(purse, application).turn.what == "sends: het verslag"  # type: ignore[union-attr]


def test_the_parents_must_all_say_yes_to_what_they_read(purse: Purse, town: Organisation) -> None:
    application = full(purse, town)
    carla, anna = purse.cast.actor("carla"), purse.cast.actor("anna")
    approve(anna, application)
    with pytest.raises(Denied, match="The yes of .* is missing"):
        send(carla, application, TODAY)
    approve(purse.cast.actor("bram"), application)
    fill(carla, application, "worry", "Iets anders.")
    with pytest.raises(Denied, match="is missing"):
        send(carla, application, TODAY)
    with pytest.raises(Denied, match="changed since you read it"):
        approve(anna, application, seen="0")
    with pytest.raises(Denied, match="The parents approve"):
        approve(carla, application)


def test_two_municipalities_ask_other_things_and_the_same_is_typed_once(
    purse: Purse, town: Organisation
) -> None:
    first = full(purse, town)
    other = Organisation.objects.create(name="Gemeente Verderop", kind="municipality")
    theirs = asks(purse, other, Chosen(["name", "worry", "goal"]), who="marit")
    carla = purse.cast.actor("carla")
    second = begin_application(carla, first.trajectory, theirs, "child")
    page = seen(purse, second)
    assert [each.question.key for each in page.missing] == ["goal"]
    assert "Mila praat weinig." in {each.words for each in page.rows}
    assert {each.question.key for each in seen(purse, first).rows} - {
        each.question.key for each in page.rows
    } == {"born", "home", "hoe-laat-komt-het-kind"}


def test_a_running_folder_keeps_the_version_it_began_with(purse: Purse, town: Organisation) -> None:
    application = begun(purse, town)
    newer = asks(purse, town, Chosen(["worry", "goal"]))
    assert newer.version == 2
    assert seen(purse, application).application.asks.version == 1
    assert "goal" not in {each.question.key for each in seen(purse, application).rows}
    assert seen(purse, application).newer
    stop(purse.cast.actor("anna"), application, "Wij wachten nog.")
    carla = purse.cast.actor("carla")
    with pytest.raises(Denied, match="asks something else now"):
        begin_application(carla, application.trajectory, application.asks, "child")
    assert [each.version for each in asked(carla)] == [2]


def test_a_rule_that_refuses_the_money_refuses_the_folder(purse: Purse, town: Organisation) -> None:
    trajectory, form = purse.running(), asks(purse, town)
    Location.objects.filter(pk=purse.cast.location.pk).update(setting="preschool")
    with pytest.raises(Denied, match="A preschool is prevention.*BMK"):
        begin_application(purse.cast.actor("carla"), trajectory, form, "child")


def test_what_went_along_is_a_manifest_that_the_receiver_signs(
    purse: Purse, town: Organisation
) -> None:
    application = full(purse, town, growth=True)
    carla = purse.cast.actor("carla")
    yes(purse, application)
    with pytest.raises(Denied, match="growth document is not approved"):
        send(carla, application, TODAY)
    document = gather_growth(carla, application.trajectory)
    for who in ("anna", "bram"):
        approve_growth(purse.cast.actor(who), document)
    send(carla, application, TODAY)
    manifest = Manifest.objects.unrestricted(reason="test").get(way="application")
    assert manifest.to == town and document.handed.filter(to=town).exists()
    assert str(application.pk) in {each for line in manifest.sent for each in line.sent}
    record_signature(carla, manifest, Receipt("Gemma, gemeente", kept_at="map 3"))


@pytest.mark.parametrize("who", ["fatima", "koen", "stranger", "gemma", "sanne"])
def test_only_who_writes_money_fills_it_and_no_municipality_looks_in(
    purse: Purse, town: Organisation, who: str
) -> None:
    application = begun(purse, town)
    with pytest.raises(Denied):
        fill(purse.cast.actor(who), application, "worry", "x")
    if who != "fatima":
        with pytest.raises(NotVisible):
            seen(purse, application, who)


def test_parents_answer_only_what_is_asked_of_them(purse: Purse, town: Organisation) -> None:
    application = begun(purse, town)
    with pytest.raises(Denied, match="The childcare answers"):
        fill(purse.cast.actor("anna"), application, "worry", "x")
    with pytest.raises(Denied, match="not asked"):
        fill(purse.cast.actor("carla"), application, "name", "x")


@pytest.mark.parametrize(
    ("who", "stream", "chosen", "why"),
    [
        ("anna", "smi", ASKED, "Only the municipality"),
        ("gemma", "own_means", ASKED, "not asked with a form"),
        ("gemma", "smi", Chosen(["name"]), "at least one question"),
    ],
)
def test_what_may_not_be_asked(
    purse: Purse, town: Organisation, who: str, stream: str, chosen: Chosen, why: str
) -> None:
    with pytest.raises(Denied, match=why):
        write_questions(purse.cast.actor(who), town, stream, chosen)
    assert not QuestionSet.objects.exists()


def test_one_question_per_screen_then_the_next(purse: Purse, town: Organisation) -> None:
    application, browser = begun(purse, town), purse.cast.client("carla", "en")
    address = reverse("funding:folder", args=[application.pk])
    assert "Waarom heeft dit kind dit nodig?" in browser.get(address).content.decode()
    one = reverse("funding:answer", args=[application.pk, "worry"])
    once = {"once": "11111111-1111-4111-8111-111111111111"}
    sent = browser.post(one, {"words": "Mila praat weinig."} | once)
    assert sent["Location"] == reverse("funding:answer", args=[application.pk, "home"])
    assert purse.cast.client("anna").get(one).status_code == 404


def test_a_parent_reads_approves_and_has_it_on_paper(purse: Purse, town: Organisation) -> None:
    application, browser = full(purse, town), purse.cast.client("anna", "en")
    page = browser.get(reverse("funding:folder", args=[application.pk])).content.decode()
    assert "May this go out?" in page
    browser.post(reverse("funding:approve", args=[application.pk]), {"seen": application.mark})
    assert seen(purse, application).approved == [purse.cast.anna.name]
    paper = browser.get(reverse("funding:paper", args=[application.pk]))
    assert paper.content.startswith(b"%PDF")


def test_the_folder_asks_few_queries(purse: Purse, town: Organisation, queries: Any) -> None:
    application = full(purse, town)
    address = reverse("funding:folder", args=[application.pk])
    assert queries(purse.cast.client("carla"), address) <= 12


def test_one_of_many_municipalities_is_found_by_name(purse: Purse, town: Organisation) -> None:
    """Those that one wrote down before stand there; the others come when they are looked for."""
    kind = OrganisationKind.MUNICIPALITY
    Organisation.objects.bulk_create(
        Organisation(name=f"Gemeente Ergens {number}", kind=kind) for number in range(60)
    )
    asks(purse, town, who="carla")
    carla, address = purse.cast.client("carla"), reverse("funding:write_questions")
    page = carla.get(address).content.decode()
    assert f"?municipality={town.pk}" in page
    assert "Ergens" not in page
    found = carla.get(address, {"find": "ergens 59"}).content.decode()
    (key,) = re.findall(r"\?municipality=([0-9a-f-]+)", found)
    assert str(Organisation.objects.get(pk=key)) == "Gemeente Ergens 59"
    assert "Welk geld?" in carla.get(address, {"municipality": key}).content.decode()
    sent = {"municipality": key, "stream": "smi", "keys": ["worry"]}
    assert carla.post(address, sent).status_code == 302
    assert QuestionSet.objects.filter(municipality=key).count() == 1
