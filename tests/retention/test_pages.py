"""The pages: what waits, one file of it, a legal hold, the proof, the terms."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alert4you.access.commands.marks import hold_by_law
from alert4you.access.models import Entry, NegativeMark
from alert4you.children.models import Placement
from alert4you.kernel.models import AuditRecord
from alert4you.notes.commands.writing import write_note
from alert4you.retention.commands import approve_erasure
from alert4you.retention.models import ChosenTerm
from tests.cast import LONG_AGO, Cast, make_child
from tests.retention.conftest import DUE, Place

LIST = "/retention/"
ONCE = "7d444840-9dc0-4b00-8d11-1f0e0a3b8a11"
WORDS = "Ze speelde met klei."


@pytest.fixture
def due(cast: Cast, place: Place) -> Place:
    write_note(cast.actor("fatima"), cast.mila, WORDS)
    place.leaves(cast.mila)
    place.night()
    return place


def shown(cast: Cast, who: str, address: str = LIST) -> str:
    return cast.client(who).get(address).content.decode()


def test_when_nothing_is_due_it_says_so(cast: Cast, place: Place) -> None:
    assert "Er hoeft niets weg" in shown(cast, "olga")


def test_the_list_tells_counts_and_the_rule_and_no_name_or_word(cast: Cast, due: Place) -> None:
    [erasure] = due.listed
    address = f"{LIST}{erasure.pk}/"
    for page in (shown(cast, "olga"), shown(cast, "olga", address)):
        assert "M. J., 2023" in page and WORDS not in page and "Mila" not in page
    page = shown(cast, "olga", address)
    assert "donderdag 30 november 2028" in page and "2 jaar" in page
    read = AuditRecord.objects.filter(name="retention:erasure", subject_id=cast.mila.pk)
    assert read.exists(), "the look is in the trail of this child"
    assert "hoeveel er is, omdat het gewist mag worden" in shown(cast, "anna", "/looked/")


def test_two_people_click_yes_and_the_proof_is_read(cast: Cast, due: Place) -> None:
    [erasure] = due.listed
    address = f"{LIST}{erasure.pk}/"
    today = shown(cast, "olga", "/")
    assert "1 dossier wacht op jouw ja" in today and "Er wacht 1 ding op je" in today
    assert cast.client("olga").post(address, {"once": ONCE}).status_code == 302
    today = shown(cast, "olga", "/")
    assert "1 dossier wacht" not in today and "Er wacht niets op je" in today
    assert "Olga zei ja" in shown(cast, "marit")
    assert cast.client("marit").post(address, {"once": ONCE}).status_code == 302
    due.night()
    page = shown(cast, "olga", address)
    assert "Bewijs van wissen" in page and "Olga" in page and "Marit" in page
    assert "M. J." not in page


def test_of_what_is_all_held_back_nobody_is_asked(cast: Cast, due: Place) -> None:
    [erasure] = due.listed
    erasure.lines = []
    erasure.save()
    assert "Er wacht niets op je" in shown(cast, "olga", "/")


def test_a_yes_is_taken_back_on_the_page(cast: Cast, due: Place) -> None:
    [erasure] = due.listed
    approve_erasure(cast.actor("olga"), erasure)
    address = f"{LIST}{erasure.pk}/"
    cast.client("olga").post(address, {"once": ONCE, "back": "1"})
    assert not erasure.approvals.exists()


def test_a_hold_is_set_and_ended_from_the_list_when_the_child_has_left(
    cast: Cast, due: Place
) -> None:
    [erasure] = due.listed
    address = f"{LIST}{erasure.pk}/hold/"
    assert cast.client("olga").post(address, {"once": ONCE, "reason": ""}).status_code == 200
    cast.client("olga").post(address, {"once": ONCE, "reason": "Een klacht loopt."})
    page = shown(cast, "carla")
    assert "Een klacht loopt." in page and "vastgehouden" in page
    assert "Ja, dit mag weg" not in shown(cast, "carla", f"{LIST}{erasure.pk}/")
    cast.client("carla").post(address, {"once": ONCE, "reason": "De klacht is klaar."})
    assert "Een klacht loopt." not in shown(cast, "carla")


def test_the_hold_of_another_organisation_tells_no_reason(cast: Cast, due: Place) -> None:
    manager = cast.add("chef", "manager", "elsewhere")
    cast.elsewhere.locations.create(name="Elders", setting="daycare")
    other = cast.elsewhere.locations.get().groups.create(name="Elders")
    Placement.objects.create(
        child=cast.mila, group=other, basis="contract", starts=date(2027, 1, 1)
    )
    assert manager and hold_by_law(cast.actor("chef"), cast.mila, "Iets geheims.")
    page = shown(cast, "olga")
    assert "Een andere organisatie legde dit vast." in page and "Iets geheims" not in page


def test_who_is_family_of_the_child_does_not_see_it(cast: Cast, due: Place) -> None:
    [erasure] = due.listed
    NegativeMark.objects.create(
        child=cast.mila,
        person=cast.olga.person,
        mark="conflict_of_interest",
        reason="Haar nichtje.",
        starts=LONG_AGO,
    )
    assert cast.client("olga").get(f"{LIST}{erasure.pk}/").status_code == 404
    assert "M. J." not in shown(cast, "olga")


def test_a_term_is_chosen_within_the_law(cast: Cast, place: Place) -> None:
    address = f"{LIST}terms/childcare_file/"
    assert "Jeugdwet" in shown(cast, "marit", f"{LIST}terms/")
    refused = cast.client("marit").post(address, {"once": ONCE, "months": 30})
    assert "Langer is hier niet de regel" in refused.content.decode()
    assert cast.client("marit").post(address, {"once": ONCE, "months": 18}).status_code == 302
    assert ChosenTerm.objects.get().months == 18
    assert "18 maanden" in shown(cast, "marit", f"{LIST}terms/")
    assert cast.client("marit").get(f"{LIST}terms/access_log/").status_code == 404
    assert cast.client("marit").get(f"{LIST}terms/nothing/").status_code == 404


def test_as_many_queries_for_one_as_for_three(cast: Cast, place: Place) -> None:
    counts = []
    for names in (("Ab",), ("Cor", "Dirk")):
        for name in names:
            child = make_child(cast, name, "Bakker", date(2024, 1, 1))
            Entry.by(
                cast.actor("fatima"),
                child=child,
                organisation=cast.nursery,
                kind="note",
                category="day",
            )
            place.leaves(child)
        place.night(DUE + timedelta(days=len(counts)))
        client = cast.client("olga")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(LIST).status_code == 200
        counts.append(sum("SAVEPOINT" not in each["sql"] for each in asked.captured_queries))
    assert len(place.listed) == 3
    assert counts[0] == counts[1] <= 12
