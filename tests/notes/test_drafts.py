"""What is being written is kept for its writer: one hat, one page, until it is saved, a week at most."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.urls import reverse

from alert4you.access.commands.team import name_on_team
from alert4you.children.models import Placement
from alert4you.kernel.models import AuditRecord
from alert4you.notes.models import Draft
from alert4you.notes.tasks import forget_drafts
from tests.cast import NOW, Cast

WORDS = "Zij bouwde een toren en riep"


@pytest.fixture
def page(cast: Cast) -> str:
    return reverse("notes:write", args=[cast.mila.pk])


def keep(cast: Cast, who: str, page: str, said: str = WORDS, **more: str) -> HttpResponse:
    fields = json.dumps({"text": [said]}) if said else ""
    sent = {"page": page, "once": str(uuid4()), "said": fields, **more}
    return cast.client(who).post(reverse("notes:draft"), sent)


def kept(cast: Cast, who: str, page: str, **more: str) -> dict[str, object]:
    return cast.client(who).get(reverse("notes:draft"), {"page": page, **more}).json()


def drafts() -> list[Draft]:
    return list(Draft.objects.unrestricted(reason="test"))


def test_its_writer_gets_it_back_on_the_same_page_and_nobody_else(cast: Cast, page: str) -> None:
    cast.go_to(NOW - timedelta(days=1))
    assert keep(cast, "fatima", page, "Zij").status_code == 200
    assert keep(cast, "fatima", page).status_code == 200
    assert len(drafts()) == 1
    cast.go_to(NOW)
    found = kept(cast, "fatima", page)
    assert found["said"] == {"text": [WORDS]}
    assert "gisteren" in str(found["told"])
    assert "said" not in kept(cast, "fatima", reverse("notes:words", args=[cast.mila.pk]))
    for who in ("lotte", "carla", "anna", "stranger", "olga"):
        assert "said" not in kept(cast, who, page)


def test_it_is_sealed_and_stands_in_no_log(
    cast: Cast, page: str, caplog: pytest.LogCaptureFixture
) -> None:
    keep(cast, "fatima", page)
    (draft,) = drafts()
    assert WORDS.encode() not in bytes(draft.sealed)
    assert draft.said == {"text": [WORDS]}
    assert WORDS not in caplog.text
    assert not AuditRecord.objects.filter(name__contains="draft").exists()


def test_a_parent_and_an_employee_of_one_person_do_not_meet(cast: Cast) -> None:
    """The same page: somebody with two hats gets back in each what was written in it."""
    page = reverse("notes:notebook", args=[cast.mila.pk])
    keep(cast, "anna", page, "Thuis slaapt zij goed.")
    keep(cast, "fatima", page)
    assert kept(cast, "anna", page)["said"] == {"text": ["Thuis slaapt zij goed."]}
    assert "U was hier bezig" in str(kept(cast, "anna", page)["told"])
    assert kept(cast, "fatima", page)["said"] == {"text": [WORDS]}


def test_once_saved_it_is_gone_and_what_arrives_late_is_not_kept(cast: Cast, page: str) -> None:
    once = str(uuid4())
    keep(cast, "fatima", page, once=once)
    told = {"text": WORDS, "category": "day", "readers": "parents", "once": once}
    assert cast.client("fatima").post(page, told).status_code == 302
    assert "said" not in kept(cast, "fatima", page)
    keep(cast, "fatima", page, "Te laat.", once=once)
    assert forget_drafts(NOW) == 1
    assert drafts() == []


def test_what_is_refused_is_still_kept(cast: Cast, page: str) -> None:
    once = str(uuid4())
    keep(cast, "fatima", page, once=once)
    told = {"text": "", "category": "day", "readers": "parents", "once": once}
    assert cast.client("fatima").post(page, told).status_code == 200
    assert len(drafts()) == 1


def test_away_with_it(cast: Cast, page: str) -> None:
    keep(cast, "fatima", page)
    keep(cast, "fatima", page, said="")
    assert drafts() == []


def test_with_the_tie_to_the_child_the_draft_is_gone(cast: Cast, page: str) -> None:
    keep(cast, "fatima", page)
    Placement.objects.unrestricted(reason="test").filter(child=cast.mila).update(ends=NOW.date())
    assert "keeps" not in kept(cast, "fatima", page)
    assert not Draft.objects.visible_to(cast.actor("fatima")).exists()
    assert keep(cast, "fatima", page).status_code == 404


def test_after_a_week_it_is_gone(cast: Cast, page: str) -> None:
    keep(cast, "fatima", page)
    assert forget_drafts(NOW + timedelta(days=6)) == 0
    assert not Draft.objects.visible_to(cast.actor("fatima", days=7)).exists()
    assert forget_drafts(NOW + timedelta(days=7)) == 1
    assert drafts() == []


def test_the_form_tells_the_child_where_the_address_does_not(cast: Cast) -> None:
    ask = reverse("coaching:ask")
    name_on_team(cast.actor("carla"), cast.mila, cast.lotte, "mentor van Mila")
    keep(cast, "lotte", ask, child=str(cast.mila.pk))
    assert [each.child for each in drafts()] == [cast.mila]
    assert keep(cast, "stranger", ask, child=str(cast.mila.pk)).status_code == 404


def test_an_answer_to_a_question_without_a_child_is_kept(cast: Cast) -> None:
    page = reverse("coaching:question", args=[uuid4()])
    keep(cast, "sanne", page)
    assert [each.child for each in drafts()] == [None]
    assert "said" in kept(cast, "sanne", page)


@pytest.mark.parametrize(
    ("name", "args"),
    [("safety:start", ["child"]), ("notes:change_card", ["other"]), ("web:login", [])],
)
def test_pages_that_keep_nothing(cast: Cast, name: str, args: list[str]) -> None:
    """Safety, what is about something of a child nobody names here, and everything else."""
    ids = {"child": cast.mila.pk, "other": uuid4()}
    page = reverse(name, args=[ids[each] for each in args])
    assert "keeps" not in kept(cast, "carla", page)
    assert keep(cast, "carla", page).status_code == 404


@pytest.mark.parametrize(
    "broken",
    [
        {"said": "[]"},
        {"said": '{"text": 3}'},
        {"said": "x" * 30_000},
        {"once": "x"},
        {"child": "x"},
    ],
)
def test_what_is_no_draft_is_refused(cast: Cast, page: str, broken: dict[str, str]) -> None:
    sent = {"page": page, "once": str(uuid4()), "said": "{}", **broken}
    assert cast.client("fatima").post(reverse("notes:draft"), sent).status_code == 404
    assert drafts() == []
