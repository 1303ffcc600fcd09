"""The copy: complete for whoever may have it, nothing else in it, valid, checked when handed over."""

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from fhir.resources.R4B import get_fhir_model_class
from jsonschema import Draft202012Validator
from pypdf import PdfReader

from alert4you.access.commands.consent import answer_consent, ask_consent
from alert4you.access.commands.line import hold_back
from alert4you.access.models import Entry
from alert4you.access.rules.consent import Terms
from alert4you.children.models import Guardian, Placement
from alert4you.coaching.commands.contacts import Details, log_contact
from alert4you.coaching.commands.talks import Card, prepare_talk
from alert4you.kernel.models import AuditRecord
from alert4you.notes.commands.writing import add_parent_words, write_note
from alert4you.organisations.queries import system_actor
from alert4you.practices.commands.publishing import load_library
from alert4you.rights.commands.asking import ask, record_request
from alert4you.rights.commands.handling import grant_request
from alert4you.rights.models import Delivery, RightsRequest
from alert4you.rights.queries.copies import contents_of
from alert4you.rights.rules.asking import Asked, Heard
from alert4you.rights.rules.fhir import as_fhir
from alert4you.rights.rules.shapes import as_json
from alert4you.safety.commands import open_concern
from alert4you.safety.rules import Start
from alert4you.trajectories.commands.planning import speak_about_plan
from tests.architecture.world import make_trajectory
from tests.cast import NOW, TODAY, Cast

FORBIDDEN = (
    "internwoord",
    "vasthoudwoord",
    "redenwoord",
    "veiligwoord",
    "voorbereidwoord",
    "example.org",
    "competentie",
)
FORMS = ("pdf", "json", "fhir")


@pytest.fixture
def file(cast: Cast) -> Cast:
    """A file with everything in it, and what never goes along."""
    fatima, carla, anna = (cast.actor(each) for each in ("fatima", "carla", "anna"))
    write_note(fatima, cast.mila, "Mila bouwde een toren.")
    write_note(carla, cast.mila, "internwoord", "care", internal=True)
    held = write_note(carla, cast.mila, "vasthoudwoord", "care")
    hold_back(carla, held, carla.at + timedelta(days=7), "redenwoord")
    prepare_talk(
        carla, cast.mila, cast.carla, TODAY + timedelta(days=3), Card("voorbereidwoord", 2, 2)
    )
    open_concern(fatima, Start(cast.mila, "home", "veiligwoord"))
    add_parent_words(anna, cast.mila, "Thuis slaapt ze goed.")
    add_parent_words(cast.actor("bram"), cast.mila, "Bij mij slaapt ze slecht.")
    request = ask_consent(
        carla, cast.mila, cast.school, "education", Terms(["day"], "Voor de overgang")
    )
    answer_consent(anna, request, {"day": "refused"})
    answer_consent(cast.actor("bram"), request, {"day": "given"})
    load_library(system_actor(carla.at))
    log_contact(carla, "talk", "Gesproken", cast.mila, details=Details(parents_present=True))
    trajectory = make_trajectory(cast, iter(["Samen spelen", "Elke dag oefenen", "Meedoen"]))
    plan = trajectory.plans.unrestricted(reason="test").get()
    speak_about_plan(anna, trajectory, plan, "Fijn plan", True)
    return cast


def granted(cast: Cast, right: str = "access", who: str = "anna") -> RightsRequest:
    request = ask(cast.actor(who), cast.mila, Asked(right, cast.nursery))
    return request if right == "portability" else grant_request(cast.actor("carla"), request, "")


def fetch(cast: Cast, request: RightsRequest, form: str, who: str = "anna") -> Any:
    return cast.client(who).post(f"/rights/{request.pk}/copy/{form}/")


def words(cast: Cast, request: RightsRequest, form: str, who: str = "anna") -> str:
    answer = fetch(cast, request, form, who)
    assert answer.status_code == 200, answer.content
    assert "attachment" in answer["Content-Disposition"]
    if form == "pdf":
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    return answer.content.decode()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("right", ["access", "portability"])
def test_what_never_goes_along(file: Cast, form: str, right: str) -> None:
    told = words(file, granted(file, right), form)
    assert [word for word in FORBIDDEN if word in told] == []


def test_the_paper_has_everything_a_parent_sees(file: Cast) -> None:
    request = granted(file)
    answer = fetch(file, request, "pdf")
    reader = PdfReader(BytesIO(answer.content))
    told = " ".join("\n".join(page.extract_text() for page in reader.pages).split())
    for word in (
        "Mila bouwde een toren.",
        "Samen spelen",
        "Fijn plan",
        "Thuis slaapt ze goed.",
        "Bij mij slaapt ze slecht.",
        "Voor de overgang",
        "november 2026",
        "Carla",
        "De Zonnebloem",
        "Inhoud",
    ):
        assert word in told, word
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in reader.xmp_metadata.stream.get_data().decode()
    assert reader.metadata.creation_date == NOW, "made at the same moment it is the same file"


def test_as_much_as_the_parent_sees_and_no_more(file: Cast) -> None:
    request, anna = granted(file), file.actor("anna")
    told = json.loads(words(file, request, "json"))
    seen = Entry.objects.visible_to(anna).filter(child=file.mila)
    assert {each["id"] for each in told["line"]} == {str(each.pk) for each in seen}
    assert len(told["line"]) >= 5
    assert len(told["stays"]) == Placement.objects.visible_to(anna).filter(child=file.mila).count()
    assert {each["name"] for each in told["guardians"]} == {
        "Anna Jansen",
        "Bram Jansen",
        "Oscar Jansen",
    }
    bundle = json.loads(words(file, request, "fhir"))
    kinds = [each["resource"]["resourceType"] for each in bundle["entry"]]
    plans = [each for each in told["line"] if each["plan_of"]]
    assert kinds.count("CarePlan") == len(plans) == 1
    assert kinds.count("Goal") == sum(len(each["goals"]) for each in plans)
    assert kinds.count("RelatedPerson") == 3
    assert kinds.count("Consent") == sum(len(each["shared"]) for each in told["agreements"]) > 1


def test_every_resource_is_valid_and_every_reference_points_inside(file: Cast) -> None:
    bundle = json.loads(words(file, granted(file), "fhir"))
    addresses = {each["fullUrl"] for each in bundle["entry"]}
    for each in bundle["entry"]:
        resource = each["resource"]
        get_fhir_model_class(resource["resourceType"]).model_validate(resource)
        for reference in references(resource):
            assert reference in addresses
    assert "telecom" not in str(bundle) and "address" not in str(bundle)


def references(value: Any) -> list[str]:
    if isinstance(value, list):
        return [each for one in value for each in references(one)]
    if not isinstance(value, dict):
        return []
    own = [value["reference"]] if "reference" in value else []
    return own + [each for one in value.values() for each in references(one)]


def test_the_json_is_as_documented(file: Cast) -> None:
    schema = json.loads(Path("docs/reference/export.schema.json").read_text())
    for right in ("access", "portability"):
        told = json.loads(words(file, granted(file, right), "json"))
        Draft202012Validator(schema).validate(told)


def test_taking_along_holds_only_what_one_gave(file: Cast) -> None:
    told = json.loads(words(file, granted(file, "portability"), "json"))
    assert [each["text"] for each in told["line"]] == ["Thuis slaapt ze goed."]
    answers = [a for each in told["agreements"] for s in each["shared"] for a in s["answers"]]
    assert [(each["name"], each["answer"]) for each in answers] == [("Anna Jansen", "refused")]
    assert told["only_given"]
    for nothing in ("guardians", "stays", "team", "looked"):
        assert told[nothing] == []


def test_handing_over_is_noted_by_record_and_never_by_content(file: Cast) -> None:
    request = granted(file)
    told = words(file, request, "json")
    record = AuditRecord.objects.get(name="rights.export")
    assert (record.action, record.subject_id) == ("E", file.mila.pk)
    ids = {each["id"] for each in json.loads(told)["line"]}
    assert ids <= {each for some in record.records.values() for each in some}
    assert "toren" not in str(record.records)
    delivery = Delivery.objects.get()
    assert (delivery.form, delivery.to) == ("json", file.anna)


@pytest.mark.parametrize("form", FORMS)
def test_authority_that_ended_before_it_is_fetched_gives_nothing(file: Cast, form: str) -> None:
    request = granted(file)
    Guardian.objects.filter(person=file.anna).update(ends=TODAY)
    assert fetch(file, request, form).status_code == 404
    assert not Delivery.objects.exists()
    assert not AuditRecord.objects.filter(name="rights.export").exists()


def test_what_was_written_after_the_answer_is_in_it_and_what_was_held_is_not(file: Cast) -> None:
    request = granted(file)
    write_note(file.actor("fatima"), file.mila, "Vandaag geschreven.")
    assert "Vandaag geschreven." in words(file, request, "json")


def test_nobody_fetches_what_another_asked(file: Cast) -> None:
    request = granted(file)
    for who, status in (("bram", 404), ("carla", 403), ("olga", 403), ("fatima", 404)):
        assert fetch(file, request, "json", who).status_code == status, who
    asked = ask(file.actor("anna"), file.mila, Asked("access", file.nursery))
    assert fetch(file, asked, "json").status_code == 403  # not answered yet


def test_staff_hand_over_on_paper_what_both_may_see(file: Cast) -> None:
    carla = file.actor("carla")
    heard = Heard(file.bram, "on_paper", TODAY)
    request = record_request(carla, file.mila, Asked("access", file.nursery), heard)
    grant_request(file.actor("olga"), request, "")
    told = json.loads(words(file, request, "json", "carla"))
    assert told["asked_by"] == "Bram Jansen"
    own = Entry.objects.visible_to(carla).filter(child=file.mila)
    both = own.filter(pk__in=Entry.objects.visible_to(file.actor("bram")).values("pk"))
    assert {each["id"] for each in told["line"]} == {str(each.pk) for each in both}
    assert [word for word in FORBIDDEN if word in str(told)] == []
    assert fetch(file, request, "json", "olga").status_code == 403  # sees nothing of a file
    Guardian.objects.filter(person=file.bram).update(ends=TODAY)
    assert fetch(file, request, "json", "carla").status_code == 403


def test_a_young_person_gets_what_is_not_internal(file: Cast) -> None:
    file.mila.born = TODAY.replace(year=TODAY.year - 16)
    file.mila.save()
    carla = file.actor("carla")
    request = record_request(
        carla, file.mila, Asked("access", file.nursery), Heard(None, "in_talk", TODAY)
    )
    grant_request(carla, request, "")
    told = words(file, request, "json", "carla")
    assert "Mila bouwde een toren." in told
    assert [word for word in FORBIDDEN if word in told] == []


def test_as_many_queries_for_one_entry_as_for_many(file: Cast) -> None:
    request = granted(file)

    def count() -> int:
        with CaptureQueriesContext(connection) as run:
            contents_of(file.actor("anna"), request)
        return len(run.captured_queries)

    few = count()
    for number in range(3):
        write_note(file.actor("fatima"), file.mila, f"Nog een {number}")
    assert count() == few


def test_the_shapes_say_the_same(file: Cast) -> None:
    found = contents_of(file.actor("anna"), granted(file))
    assert json.loads(as_json(found))["child"]["id"] in as_fhir(found)
