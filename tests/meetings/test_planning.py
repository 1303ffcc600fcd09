"""Planning: parents are invited, a trend holds no child, nobody's name stands in what all read."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from alert4you.access.models import NegativeMark
from alert4you.children.models import Guardian
from alert4you.kernel.decision import Denied
from alert4you.meetings.commands.planning import (
    answer_invitation,
    cancel_meeting,
    invite,
    move_meeting,
    put_on_agenda,
)
from alert4you.meetings.commands.table import hold_meeting
from alert4you.meetings.models import Case, Item, Meeting, Seat
from alert4you.meetings.rules.planning import Topic
from alert4you.meetings.tasks import announce_meetings
from tests.cast import NOW, TODAY, Cast
from tests.meetings.conftest import QUESTION, TREND, Table


def test_a_meeting_about_a_child_invites_all_who_decide(table: Table) -> None:
    meeting = table.plans(table.about_mila())
    guests = Seat.objects.filter(meeting=meeting, guardian__isnull=False)
    assert {each.name for each in guests} == {"Anna Jansen", "Bram Jansen"}


@pytest.mark.parametrize("invited", [("anna",), ("bram",)])
def test_it_cannot_be_planned_without_a_parent(table: Table, invited: tuple[str]) -> None:
    with pytest.raises(Denied, match="cannot be planned without its parents") as refused:
        table.plans(table.about_mila(*invited))
    assert "ground in law" in str(refused.value.decision.instead)
    assert not Meeting.objects.unrestricted(reason="test").exists()


def test_nor_can_a_child_be_added_to_the_agenda_without_them(cast: Cast, table: Table) -> None:
    meeting = table.plans(Topic("trend", TREND))
    with pytest.raises(Denied, match="Anna Jansen (and|en) Bram Jansen"):
        put_on_agenda(cast.actor("carla"), meeting, replace(table.about_mila(), guardians=()))
    put_on_agenda(cast.actor("carla"), meeting, table.about_mila())
    assert Seat.objects.filter(meeting=meeting, guardian__isnull=False).count() == 2


def test_a_ground_in_law_takes_the_place_of_an_invitation_and_is_kept(table: Table) -> None:
    meeting = table.plans(table.without("bram"))
    kept = table.item(meeting).leftouts.unrestricted(reason="test").get()
    assert (kept.guardian.person.name, kept.ground, kept.reason) == (
        "Bram Jansen",
        "court",
        "Vonnis gezien",
    )
    assert kept.decided_by == table.cast.carla
    assert not Seat.objects.filter(meeting=meeting, guardian__person=table.cast.bram).exists()


def test_a_ground_without_words_is_none(table: Table) -> None:
    with pytest.raises(Denied, match="without its parents"):
        table.plans(table.without("bram", words="  "))


def test_who_may_not_know_about_the_child_is_not_invited(cast: Cast, table: Table) -> None:
    NegativeMark.objects.create(
        child=cast.mila, person=cast.bram, mark="restriction", reason="rechter", starts=TODAY
    )
    assert table.plans(table.about_mila("anna"))


def test_when_nobody_may_be_told_it_is_held_back_for_a_while(cast: Cast, table: Table) -> None:
    topic = table.without("bram")
    left_out = {**topic.left_out, **table.without("anna").left_out}
    meeting = table.plans(replace(topic, guardians=(), left_out=left_out))
    held = Case.objects.unrestricted(reason="test").get(item__meeting=meeting)
    assert held.hold_until == NOW + timedelta(days=28)
    assert cast.client("anna").get(f"/meetings/{meeting.pk}/").status_code == 404


def test_a_child_of_whom_nobody_knows_who_decides_is_not_discussed(table: Table) -> None:
    Guardian.objects.filter(child=table.cast.mila).update(has_authority=False)
    with pytest.raises(Denied, match="not known who decides"):
        table.plans(Topic("case", QUESTION, table.cast.mila))


@pytest.mark.parametrize("sort", ["trend", "care"])
def test_a_trend_is_never_about_a_child(cast: Cast, table: Table, sort: str) -> None:
    with pytest.raises(Denied, match="never about one child"):
        table.plans(replace(table.about_mila(), sort=sort))
    meeting = table.plans(table.about_mila())
    case = table.item(meeting).case
    with pytest.raises(IntegrityError, match="only_a_case"), transaction.atomic():
        Item.objects.unrestricted(reason="test").filter(meeting=meeting).update(sort=sort)
    Item.objects.unrestricted(reason="test").filter(meeting=meeting).delete()
    with pytest.raises(IntegrityError, match="only_a_case"), transaction.atomic():
        Item.objects.create(
            meeting=meeting,
            organisation=cast.nursery,
            sort=sort,
            case=case,
            put_by=cast.carla,
            at=NOW,
        )


def test_an_item_about_a_child_keeps_no_words_of_its_own(table: Table) -> None:
    meeting = table.plans(table.about_mila())
    with pytest.raises(IntegrityError, match="tells_nothing"), transaction.atomic():
        Item.objects.unrestricted(reason="test").filter(meeting=meeting).update(words="Mila")


@pytest.mark.parametrize(
    ("topic", "title"),
    [
        (Topic("trend", "Mila en anderen slapen kort."), "Overleg"),
        (Topic("case", "De dochter van Anna praat weinig."), "Overleg"),
        (Topic("care", "Er is geen logopedie."), "Overleg over Mila"),
        (Topic("trend", TREND, theme="Mila"), "Overleg"),
    ],
)
def test_what_all_at_the_table_read_names_nobody(table: Table, topic: Topic, title: str) -> None:
    with pytest.raises(Denied, match="“(Mila|Anna)”"):
        table.plans(topic, title=title)


def test_a_case_can_be_anonymous(table: Table) -> None:
    item = table.item(table.plans(Topic("case", "Een kind praat weinig.")))
    assert item.case is None
    assert item.words == "Een kind praat weinig."


@pytest.mark.parametrize("who", ["sanne", "pieter", "gemma"])
def test_only_staff_of_the_place_plan(table: Table, who: str) -> None:
    with pytest.raises(Denied, match="Only staff of the place"):
        table.plans(Topic("trend", TREND), who=who)


def test_only_who_works_with_a_child_puts_it_on_an_agenda(table: Table) -> None:
    with pytest.raises(Denied):
        table.plans(table.about_mila(), who="marit")


def test_a_moment_that_has_passed_cannot_be_planned(table: Table) -> None:
    with pytest.raises(Denied, match="has passed"):
        table.plans(Topic("trend", TREND), begins=NOW - timedelta(hours=1))


def test_moving_takes_the_line_along_and_asks_everybody_again(cast: Cast, table: Table) -> None:
    meeting = table.plans(table.about_mila())
    seat = Seat.objects.get(meeting=meeting, guardian__person=cast.anna)
    answer_invitation(cast.actor("anna"), seat, True)
    later = meeting.begins + timedelta(days=2)
    move_meeting(cast.actor("carla"), meeting, later, later + timedelta(hours=1), "Lokaal 4")
    meeting = Meeting.objects.unrestricted(reason="test").get()
    case = Case.objects.unrestricted(reason="test").get()
    seat.refresh_from_db()
    assert (meeting.sequence, case.day, seat.coming) == (1, later.date(), None)


def test_cancelling_says_why_and_only_who_arranges_it_may(cast: Cast, table: Table) -> None:
    meeting = table.plans(table.about_mila(), people=[cast.fatima])
    with pytest.raises(Denied, match="Only whoever leads"):
        cancel_meeting(cast.actor("fatima"), meeting, "Ziek")
    with pytest.raises(Denied, match="Write why"):
        cancel_meeting(cast.actor("carla"), meeting, " ")
    with pytest.raises(Denied, match="“(Mila|Anna)”"):
        cancel_meeting(cast.actor("carla"), meeting, "Mila is ziek")
    cancel_meeting(cast.actor("carla"), meeting, "De zaal is bezet.")
    assert "De zaal is bezet." in table.page("anna", f"/meetings/{meeting.pk}/")


def test_everybody_invited_has_a_mail_without_content_once_per_change(
    cast: Cast, table: Table
) -> None:
    meeting = table.about_mila_with_school()
    assert (announce_meetings(NOW), announce_meetings(NOW)) == (4, 0)
    assert {each.to[0] for each in mail.outbox} == {
        f"{name}@example.org" for name in ("carla", "pieter", "anna", "bram")
    }
    for each in mail.outbox:
        assert "Mila" not in f"{each.subject} {each.body}"
        assert "Komeet" not in f"{each.subject} {each.body}"
    cancel_meeting(cast.actor("carla"), meeting, "De zaal is bezet.")
    assert announce_meetings(NOW) == 4


def test_who_is_away_is_covered(cast: Cast, table: Table) -> None:
    from alert4you.organisations.commands import report_absence

    meeting = table.plans(Topic("trend", TREND), people=[cast.sanne])
    report_absence(cast.actor("sanne"), cast.sanne, cast.koen, TODAY, TODAY + timedelta(days=7))
    assert table.page("koen", f"/meetings/{meeting.pk}/")


def test_nobody_is_invited_twice(cast: Cast, table: Table) -> None:
    meeting = table.plans(Topic("trend", TREND), people=[cast.sanne])
    invite(cast.actor("carla"), meeting, cast.sanne)
    assert Seat.objects.filter(meeting=meeting, membership=cast.sanne).count() == 1


def test_a_full_table_costs_no_more_than_a_small_one(cast: Cast, table: Table) -> None:
    table.plans(Topic("trend", TREND), people=[cast.marit])  # what is kept is built
    numbers = []
    for people in ([cast.marit], [cast.marit, cast.fatima, cast.lotte]):
        with CaptureQueriesContext(connection) as asked:
            meeting = table.today(Topic("trend", TREND), people=people)
            hold_meeting(cast.actor("carla", hours=2), meeting, list(meeting.seats.all())[:1])
        assert meeting.seats.filter(present=False).count() == len(people)
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]
