"""The weekly list from the audit trail, its clock, and what parents ask about who looked."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alert4you.access import tasks
from alert4you.access.commands.openings import break_glass
from alert4you.access.commands.review import review_line
from alert4you.access.commands.team import name_on_team
from alert4you.access.models import Finding, LookQuestion, Review, ReviewLine, ReviewSetting
from alert4you.access.queries.findings import findings
from alert4you.access.queries.line import children
from alert4you.access.queries.trail import look
from alert4you.access.rules.review import answer_due
from alert4you.children.models import Guardian, Placement
from alert4you.kernel.audit import append
from alert4you.kernel.decision import Denied
from alert4you.kernel.models import AuditRecord
from alert4you.organisations.models import APPLICATION, Membership, Roster
from tests.access.browsing import page, queries, sends
from tests.cast import LONG_AGO, NOW, TODAY, Cast, make_child

WEEK = date(2026, 11, 16)  # the Monday of the week of NOW
SATURDAY = timezone.make_aware(datetime(2026, 11, 21, 22))
MONDAY = timezone.make_aware(datetime(2026, 11, 23, 3))


def reads(
    cast: Cast, name: str, at: datetime = NOW, child: object = None, kind: str = "day"
) -> None:
    about = child or cast.mila
    records = {"child": ["1"], kind: ["2"]}
    actor = cast.actor(name).later(at)
    append([AuditRecord.of(actor, AuditRecord.Action.READ, "web:line", about.pk, records)])


def found(cast: Cast) -> list[tuple[str, str, int]]:
    lines = findings(cast.nursery.pk, WEEK)
    return [(each.finding, each.person.name, each.times) for each in lines]


def test_work_as_usual_is_not_on_the_list(cast: Cast) -> None:
    for name in ("fatima", "lotte", "carla"):
        reads(cast, name)
    reads(cast, "marit", kind="placement")
    assert found(cast) == []


def test_a_free_day_is(cast: Cast) -> None:
    reads(cast, "fatima", SATURDAY)
    reads(cast, "fatima", SATURDAY + timedelta(minutes=5))
    assert found(cast) == [(Finding.OFF_ROSTER, "Fatima", 2)]


def test_another_group_is_unless_one_is_on_the_team(cast: Cast) -> None:
    Placement.objects.unrestricted(reason="test").update(ends=TODAY)
    other = make_child(cast, "Sem", "Bakker", date(2023, 1, 1))
    group = cast.group.__class__.objects.create(location=cast.location, name="Rupsen")
    Placement.objects.unrestricted(reason="test").filter(child=other).update(group=group)
    reads(cast, "fatima", child=other)
    assert found(cast) == [(Finding.OFF_ROSTER, "Fatima", 1)]
    name_on_team(cast.actor("carla"), other, cast.fatima, "mentor")
    assert found(cast) == []


def test_family_is_on_the_list_whatever_else_holds(cast: Cast) -> None:
    Guardian.objects.create(
        child=cast.mila,
        person=cast.fatima.person,
        kind="foster_parent",
        has_authority=False,
        starts=LONG_AGO,
    )
    reads(cast, "fatima")
    assert found(cast) == [(Finding.FAMILY, "Fatima", 1)]


@pytest.mark.parametrize(("ends", "is_found"), [(TODAY, True), (TODAY + timedelta(days=1), False)])
def test_after_the_end_of_care(cast: Cast, ends: date, is_found: bool) -> None:
    Placement.objects.unrestricted(reason="test").filter(child=cast.mila).update(ends=ends)
    reads(cast, "carla")
    assert bool(found(cast)) is is_found
    assert {each[0] for each in found(cast)} <= {Finding.AFTER_CARE}


@pytest.mark.parametrize(("children", "is_found"), [(3, False), (4, True)])
def test_many_children_in_one_hour(cast: Cast, children: int, is_found: bool) -> None:
    assert sends(cast, "olga", "/review/", children_an_hour="3").status_code == 302
    for number in range(children):
        reads(cast, "lotte", child=make_child(cast, f"Sem{number}", "Bakker", cast.mila.born))
    expected = [(Finding.MANY, "Lotte", 4)] if is_found else []
    assert found(cast) == expected


def test_another_system_that_asks_who_has_a_place_looks_into_no_file(cast: Cast) -> None:
    """Parents do see it; what it may do was agreed when it was let in."""
    cast.add("planbord", APPLICATION, "nursery")
    ReviewSetting.objects.create(organisation=cast.nursery, children_an_hour=2)
    for number in range(4):
        child = make_child(cast, f"Sem{number}", "Bakker", cast.mila.born)
        reads(cast, "planbord", child=child, kind="placement")
    assert found(cast) == []


def test_what_was_opened_is_there_once_read_or_not(cast: Cast) -> None:
    els = cast.add("els", "group_worker", "nursery")
    break_glass(cast.actor("els"), cast.mila, "Mila heeft een aanval, niemand is er")
    reads(cast, "els")
    assert found(cast) == [(Finding.EMERGENCY, els.person.name, 1)]


def test_other_weeks_and_organisations_are_not_in_it(cast: Cast) -> None:
    reads(cast, "fatima", SATURDAY - timedelta(days=7))
    reads(cast, "stranger", SATURDAY)
    assert found(cast) == []
    assert [each.finding for each in findings(cast.elsewhere.pk, WEEK)] == [Finding.OFF_ROSTER]


def test_a_fixed_number_of_queries(cast: Cast) -> None:
    def run() -> int:
        with CaptureQueriesContext(connection) as counted:
            findings(cast.nursery.pk, WEEK)
        return len(counted)

    reads(cast, "fatima", SATURDAY)
    few = run()
    for number in range(5):
        child = make_child(cast, f"Sem{number}", "Bakker", cast.mila.born)
        for name in ("fatima", "lotte", "carla"):
            reads(cast, name, SATURDAY, child)
    assert run() == few <= 12


def test_the_list_comes_by_itself_and_no_week_is_lost(cast: Cast) -> None:
    reads(cast, "fatima", SATURDAY)
    tasks.make_reviews(MONDAY)
    tasks.make_reviews(MONDAY)
    own = Review.objects.filter(organisation=cast.nursery)
    assert [each.week for each in own] == [WEEK]
    assert ReviewLine.objects.get().person == cast.fatima.person
    tasks.make_reviews(MONDAY + timedelta(weeks=3))
    assert own.all().count() == 4
    assert ReviewLine.objects.count() == 1


@pytest.fixture
def waiting(cast: Cast) -> ReviewLine:
    """One line that waits since Monday."""
    reads(cast, "fatima", SATURDAY)
    tasks.make_reviews(MONDAY)
    cast.go_to(MONDAY)
    return ReviewLine.objects.get()


def test_a_line_gets_a_word_once(cast: Cast, waiting: ReviewLine) -> None:
    assert "Fatima" in page(cast, "olga", "/review/")
    assert "Mila" not in page(cast, "olga", "/review/")
    address = f"/review/{waiting.pk}/"
    assert sends(cast, "olga", address, verdict="ok", word="").status_code == 200
    assert sends(cast, "olga", address, verdict="ok", word="ruilde van dag").status_code == 302
    assert "ruilde van dag" in page(cast, "olga", f"/review/weeks/{waiting.review_id}/")
    waiting.refresh_from_db()
    with pytest.raises(Denied):
        review_line(cast.actor("olga"), waiting, "breach", "toch niet")


def test_without_an_officer_who_runs_the_place_looks_and_nobody_at_herself(
    cast: Cast, waiting: ReviewLine
) -> None:
    with pytest.raises(Denied):
        review_line(cast.actor("carla"), waiting, "ok", "goed")
    Membership.objects.filter(pk=cast.olga.pk).update(ends=TODAY)
    ReviewLine.objects.update(person=cast.carla.person, role="care_coordinator")
    waiting.refresh_from_db()
    with pytest.raises(Denied):
        review_line(cast.actor("carla"), waiting, "ok", "goed")
    review_line(cast.actor("marit"), waiting, "ok", "goed")


@pytest.mark.parametrize(("days", "is_late"), [(14, False), (15, True)])
def test_what_waits_two_weeks_goes_to_the_manager(
    cast: Cast, waiting: ReviewLine, days: int, is_late: bool
) -> None:
    cast.go_to(MONDAY + timedelta(days=days))
    sent = tasks.escalate_reviews(MONDAY + timedelta(days=days))
    assert {each.to[0] for each in mail.outbox} == (
        {"carla@example.org", "marit@example.org"} if is_late else set()
    )
    assert (sent > 0) is is_late
    assert tasks.escalate_reviews(MONDAY + timedelta(days=days)) == 0
    assert ("weeklijst" in page(cast, "marit", "/")) is is_late
    assert not any("Fatima" in each.body for each in mail.outbox)


def test_as_many_queries_for_one_line_as_for_three(cast: Cast, waiting: ReviewLine) -> None:
    addresses = ("/review/", f"/review/weeks/{waiting.review_id}/", "/")
    few = [queries(cast, "olga", address) for address in addresses]
    for _ in range(3):
        waiting.pk = None
        waiting._state.adding = True
        ReviewLine.objects.create(
            review=waiting.review,
            finding="family",
            person=cast.lotte.person,
            role="group_worker",
            first_at=NOW,
            child=cast.mila,
        )
    assert [queries(cast, "olga", address) for address in addresses] == few
    assert max(few) <= 12


def test_parents_ask_and_read_the_answer(cast: Cast) -> None:
    reads(cast, "fatima")
    shown = page(cast, "anna", "/looked/")
    address = f"/looked/{AuditRecord.objects.filter(name='web:line').get().pk}/question/"
    assert address in shown
    assert cast.client("oscar").get(address).status_code == 404
    assert sends(cast, "anna", address, text="Waarom keek Fatima?").status_code == 302
    asked = LookQuestion.objects.unrestricted(reason="test").get()
    assert asked.due_at == timezone.make_aware(datetime(2026, 11, 27, 17))
    assert tasks.announce_look_questions(NOW) == 1
    assert tasks.announce_look_questions(NOW) == 0
    assert mail.outbox[-1].to == ["olga@example.org"]
    assert "Waarom keek Fatima?" in page(cast, "olga", "/review/questions/")
    answer = f"/review/questions/{asked.pk}/"
    assert cast.client("carla").get(answer).status_code == 404
    sends(cast, "olga", answer, answer="Zij werkt vandaag op de groep.")
    assert "Zij werkt vandaag op de groep." in page(cast, "anna", "/looked/")
    assert "Zij werkt vandaag op de groep." not in page(cast, "bram", "/looked/")


def test_without_an_officer_the_question_goes_to_who_runs_the_place(cast: Cast) -> None:
    Membership.objects.filter(pk=cast.olga.pk).update(ends=TODAY)
    reads(cast, "fatima")
    record = AuditRecord.objects.filter(name="web:line").get().pk
    sends(cast, "anna", f"/looked/{record}/question/", text="Waarom?")
    tasks.announce_look_questions(NOW)
    assert {each.to[0] for each in mail.outbox} == {"carla@example.org", "marit@example.org"}
    assert "Waarom?" in page(cast, "carla", "/review/questions/")


@pytest.mark.parametrize(
    ("asked", "due"), [((2026, 11, 20, 23), (2026, 11, 27)), ((2026, 11, 21, 9), (2026, 11, 27))]
)
def test_five_working_days(asked: tuple[int, ...], due: tuple[int, int, int]) -> None:
    at = timezone.make_aware(datetime(*asked))
    assert answer_due(at) == timezone.make_aware(datetime(*due, 17))


def test_a_period_of_looks(cast: Cast) -> None:
    reads(cast, "fatima", NOW - timedelta(days=20))
    assert "Fatima" not in page(cast, "anna", "/looked/?period=week")
    assert "Fatima" in page(cast, "anna", "/looked/?period=month")
    assert "Fatima" in page(cast, "anna", "/looked/")


def test_roster_rows_of_the_past_count(cast: Cast) -> None:
    Roster.objects.filter(membership=cast.fatima).update(ends=TODAY)
    reads(cast, "fatima", NOW - timedelta(days=1))
    assert found(cast) == []


def test_the_question_about_a_look_stays_open_when_the_same_person_looks_again(cast: Cast) -> None:
    """The page shows the newest look of the day; who looks again must not make its link a dead end."""
    reads(cast, "fatima", NOW - timedelta(minutes=30))
    record = AuditRecord.objects.latest("pk").pk
    reads(cast, "fatima", NOW - timedelta(minutes=10))
    actor = cast.actor("anna")
    about = list(children(actor))
    assert look(actor, about, record)[1].person == "Fatima"


def test_what_the_only_officer_did_is_looked_at_by_who_runs_the_place(cast: Cast) -> None:
    """Or it would wait for ever: nobody looks after herself, and others have nothing to do with it."""
    review = Review.objects.create(organisation=cast.nursery, week=WEEK, made_at=NOW)
    told = {"finding": Finding.OFF_ROSTER, "times": 2, "child_id": cast.mila.pk, "first_at": NOW}
    made = [
        ReviewLine.objects.create(review=review, person=each.person, role=each.role, **told)
        for each in (cast.olga, cast.fatima)
    ]
    about_olga, about_fatima = (f"/review/{each.pk}/" for each in made)
    words = {"verdict": "ok", "word": "Zij hielp bij een verzoek."}
    assert about_olga in page(cast, "marit", "/review/")
    assert about_fatima not in page(cast, "marit", "/review/")
    assert "/review/" in page(cast, "marit", "/")
    assert sends(cast, "marit", about_fatima, **words).status_code == 404
    assert sends(cast, "olga", about_olga, **words).status_code == 200, "not about oneself"
    assert sends(cast, "marit", about_olga, **words).status_code == 302
    assert cast.client("marit").get("/review/").status_code == 404, "nothing waits any more"
    cast.add("otto", "privacy_officer", "nursery")
    ReviewLine.objects.filter(pk=made[0].pk).update(reviewed_at=None, verdict="", word="")
    assert cast.client("marit").get("/review/").status_code == 404, "there is another officer"


def test_a_question_about_the_only_officer_is_answered_by_who_runs_the_place(cast: Cast) -> None:
    reads(cast, "olga")
    record = AuditRecord.objects.filter(name="web:line").get().pk
    sends(cast, "anna", f"/looked/{record}/question/", text="Waarom keek Olga?")
    asked = LookQuestion.objects.unrestricted(reason="test").get()
    tasks.announce_look_questions(NOW)
    assert ["olga@example.org"] not in [each.to for each in mail.outbox]
    answer = f"/review/questions/{asked.pk}/"
    assert sends(cast, "olga", answer, answer="Zomaar.").status_code == 200
    assert sends(cast, "marit", answer, answer="Voor uw verzoek.").status_code == 302
