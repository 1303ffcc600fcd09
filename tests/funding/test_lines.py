"""Money lines: what a rule refuses is quoted, what was decided is kept, a term is kept in sight."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from alert4you.funding.commands.agreements import agree, stop_agreement
from alert4you.funding.commands.hours import book_hours
from alert4you.funding.commands.lines import (
    decide_line,
    end_line,
    pause_line,
    put_off_line,
    resume_line,
    write_line,
)
from alert4you.funding.models import MoneyLine
from alert4you.funding.queries.money import clocks
from alert4you.funding.queries.money import line as shown_line
from alert4you.funding.rules.beside import bookings
from alert4you.funding.rules.lines import Answer, Wanted
from alert4you.funding.rules.terms import objection_until
from alert4you.kernel.decision import Denied, NotVisible
from alert4you.organisations.models import Location
from tests.cast import TODAY
from tests.funding.conftest import Purse

ASKED = date(2026, 10, 1)


def test_money_of_a_decision_is_refused_on_a_preschool_with_the_rule(purse: Purse) -> None:
    trajectory = purse.running()
    Location.objects.filter(pk=purse.cast.location.pk).update(setting="preschool")
    with pytest.raises(Denied, match="A preschool is prevention.*BMK"):
        purse.line(trajectory, "youth_individual")
    assert not MoneyLine.objects.unrestricted(reason="test").exists()
    assert purse.line(trajectory, "youth_prevention").state == "asked"


def test_coaching_of_the_group_is_not_on_the_decision_of_one_child(purse: Purse) -> None:
    trajectory = purse.running()
    with pytest.raises(Denied, match="Coaching of a group.*Jeugdwet"):
        purse.line(trajectory, "youth_individual", work="group")
    assert purse.line(trajectory, "youth_individual", work="group", named=True).named


@pytest.mark.parametrize("who", ["anna", "sanne", "fatima", "koen", "gemma", "stranger"])
def test_only_who_runs_the_place_or_leads_writes_money(purse: Purse, who: str) -> None:
    trajectory = purse.running()
    with pytest.raises(Denied):
        write_line(purse.cast.actor(who), trajectory, Wanted("own_means", "child", TODAY))


def test_parents_read_it_and_others_do_not(purse: Purse) -> None:
    trajectory = purse.running()
    line = purse.line(trajectory)
    for who in ("anna", "bram", "carla", "marit"):
        assert shown_line(purse.cast.actor(who), line.pk)[1].line == line
    for who in ("koen", "pieter", "gemma", "stranger", "oscar"):
        with pytest.raises(NotVisible):
            shown_line(purse.cast.actor(who), line.pk)


def test_own_money_and_no_money_need_nobody_s_yes(purse: Purse) -> None:
    trajectory = purse.running()
    assert purse.line(trajectory, "own_means").state == "granted"
    assert purse.line(trajectory, "none").state == "granted"


def test_the_term_of_the_law_stands_still_and_goes_on(purse: Purse) -> None:
    trajectory, carla = purse.running(), purse.cast.actor("carla")
    line = purse.line(trajectory, "youth_individual", asked_on=ASKED)

    def due() -> date | None:
        return shown_line(carla, line.pk)[1].due

    assert due() == date(2026, 11, 26)
    with pytest.raises(Denied, match="between the request and today"):
        pause_line(carla, line, ASKED - timedelta(days=1), "verslag")
    pause_line(carla, line, date(2026, 11, 13), "het verslag van de arts")
    assert due() == date(2026, 12, 3)  # seven days until now
    with pytest.raises(Denied, match="stands still already"):
        pause_line(carla, line, TODAY, "nog iets")
    resume_line(carla, line, date(2026, 11, 16))
    assert due() == date(2026, 11, 30)  # three days, and then a Sunday
    put_off_line(carla, line, 2)
    assert due() == date(2026, 12, 14)
    with pytest.raises(Denied, match="does not stand still"):
        resume_line(carla, line, TODAY)


def test_a_refusal_says_why_and_is_kept(purse: Purse) -> None:
    trajectory, carla = purse.running(), purse.cast.actor("carla")
    line = purse.line(trajectory, "youth_individual")
    with pytest.raises(Denied, match="Write why it was refused"):
        decide_line(carla, line, Answer(False, TODAY))
    with pytest.raises(Denied, match="before it was asked"):
        decide_line(carla, line, Answer(True, TODAY - timedelta(days=1)))
    decide_line(carla, line, Answer(False, TODAY, "Eerst preventie."))
    assert (line.state, line.why) == ("refused", "Eerst preventie.")
    until = shown_line(carla, line.pk)[1].objection_until
    assert until == objection_until(TODAY)
    with pytest.raises(Denied, match="does not stand so any more"):
        decide_line(carla, line, Answer(True, TODAY))


def test_an_end_has_a_reason_and_keeps_what_was_paid(purse: Purse) -> None:
    trajectory, carla = purse.running(), purse.cast.actor("carla")
    line, hour = purse.granted(trajectory), purse.spend(trajectory)
    book_hours(carla, line, [hour])
    with pytest.raises(Denied, match="Write why"):
        end_line(carla, line, TODAY, " ")
    with pytest.raises(Denied, match="hours on it after that day"):
        end_line(carla, line, TODAY, "Klaar.")
    end_line(carla, line, TODAY + timedelta(days=1), "Klaar.")
    assert (line.state, bookings(line).count()) == ("ended", 1)


def test_it_warns_eight_weeks_before_a_decision_ends(purse: Purse) -> None:
    trajectory, carla = purse.running(), purse.cast.actor("carla")
    late = purse.granted(trajectory, ends=TODAY + timedelta(days=57))
    soon = purse.granted(trajectory, ends=TODAY + timedelta(days=56))
    assert not shown_line(carla, late.pk)[1].ends_soon
    assert shown_line(carla, soon.pk)[1].ends_soon


def test_what_waits_or_ends_soon_stands_with_who_has_the_lead(purse: Purse) -> None:
    trajectory, carla = purse.running(), purse.cast.actor("carla")
    assert clocks(carla) == []
    asked = purse.line(trajectory, "youth_individual")
    assert [each.line.pk for each in clocks(carla)] == [asked.pk]
    soon = {"ends": TODAY + timedelta(days=57)}
    decide_line(carla, asked, Answer(True, TODAY, **soon))
    assert clocks(carla) == []
    MoneyLine.objects.unrestricted(reason="test").update(ends=TODAY + timedelta(days=56))
    assert [each.ends_soon for each in clocks(carla)] == [True]
    assert clocks(purse.cast.actor("fatima")) == []
    address = reverse("funding:line", args=[asked.pk])
    assert address in purse.cast.client("carla").get("/agenda/").content.decode()


def test_what_a_municipality_agreed_opens_a_way_and_gives_a_term(purse: Purse) -> None:
    trajectory, gemma = purse.running(), purse.cast.actor("gemma")
    before = purse.line(trajectory, "subsidy")
    agreed = agree(gemma, "Hilversum", "subsidy", "Verordening 2026", 13)
    after = purse.line(trajectory, "subsidy")
    assert (before.weeks, after.weeks) == (None, 13)
    with pytest.raises(Denied, match="agreed already"):
        agree(gemma, "hilversum", "subsidy", "Nog eens")
    with pytest.raises(Denied, match="law gives the term"):
        agree(gemma, "Hilversum", "smi", "Beleidsregels", 4)
    with pytest.raises(Denied, match="Only the municipality"):
        agree(purse.cast.actor("marit"), "Hilversum", "smi", "Beleidsregels")
    with pytest.raises(Denied, match="that made this agreement"):
        stop_agreement(purse.cast.actor("marit"), agreed)
    stop_agreement(gemma, agreed)
    assert purse.line(trajectory, "subsidy").weeks is None
