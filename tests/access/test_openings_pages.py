"""The pages of R9, R10 and R12: how one gets to a file in an emergency, who hears of it, and when."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail

from alert4you.access import tasks
from alert4you.access.commands.marks import end_mark, forbid, protect
from alert4you.access.commands.openings import break_glass, decide_telling, let_support_in
from alert4you.access.models import HOLD_AT_MOST, Entry, Mark, NegativeMark, Opening
from alert4you.access.queries.openings import alarms
from alert4you.access.queries.trail import who_looked
from alert4you.access.rules.marks import keeps, may_see_contact
from alert4you.access.rules.openings import TRIES, may_take_along
from alert4you.access.views.openings import TICKET_LASTS, ticket_of
from alert4you.children.models import Guardian
from alert4you.kernel.decision import Denied
from alert4you.notes.commands.writing import write_note
from alert4you.organisations.models import Membership, Role
from tests.access.browsing import page, queries, sends
from tests.cast import NOW, TODAY, Cast, make_child

REASON = "Mila heeft een aanval en haar mentor is niet bereikbaar"
FIND = "/openings/find/"
JUST = timedelta(microseconds=1)


@pytest.fixture
def els(cast: Cast) -> Membership:
    """A group worker of the same place who is on no roster today."""
    return cast.add("els", Role.GROUP_WORKER, "nursery")


def typed(name: str = "Mila Jansen", born: str = "2023-05-01") -> dict[str, str]:
    return {"name": name, "born": born}


def test_from_the_name_to_the_line_and_closed_again(cast: Cast, els: Membership) -> None:
    write_note(cast.actor("carla"), cast.mila, "Leg haar op haar zij", "care")
    assert FIND in page(cast, "els", "/children/")
    on = sends(cast, "els", FIND, **typed(" mila  JANSEN ")).url
    assert "60 minuten" in page(cast, "els", on)
    line = sends(cast, "els", on, reason=REASON).url
    shown = page(cast, "els", line)
    assert "Open in nood tot 11:00 · alleen lezen" in shown
    assert "Leg haar op haar zij" in shown
    assert "data-print" not in shown
    assert "/note/" not in shown
    sends(cast, "els", f"/openings/{Opening.objects.get().pk}/close/")
    cast.go_to(NOW + JUST)
    assert cast.client("els").get(line).status_code == 404


def test_nobody_looks_for_accents_in_an_emergency(cast: Cast, els: Membership) -> None:
    make_child(cast, "Zoë", "Novák", cast.mila.born)
    for name in ("zoe  novak", "Zoë Novák"):
        assert sends(cast, "els", FIND, **typed(name)).status_code == 302
    assert sends(cast, "els", FIND, **typed("Zoe Novac")).status_code == 200


def test_wrong_elsewhere_and_unknown_are_answered_alike(cast: Cast, els: Membership) -> None:
    cast.add("outside", Role.GROUP_WORKER, "elsewhere")
    tried = [typed(born="2023-05-02"), typed("Mila Janssen"), typed("Niemand Hier")]
    answers = [sends(cast, "els", FIND, **each) for each in tried]
    assert [each.status_code for each in answers] == [200] * 3
    assert all("geen kind met deze naam" in each.content.decode() for each in answers)
    other = sends(cast, "outside", FIND, **typed()).content.decode()
    assert "geen kind met deze naam" in other


def test_guessing_stops(cast: Cast, els: Membership) -> None:
    for _ in range(TRIES):
        sends(cast, "els", FIND, **typed("Niemand Hier"))
    told = sends(cast, "els", FIND, **typed())
    assert told.status_code == 200
    assert "te vaak" in told.content.decode()
    cast.go_to(NOW + timedelta(minutes=15))
    assert sends(cast, "els", FIND, **typed()).status_code == 302


def test_the_way_is_of_one_hat_and_a_quarter_of_an_hour(cast: Cast, els: Membership) -> None:
    ticket = ticket_of(cast.actor("els"), cast.mila.pk)
    address = f"/openings/open/{ticket}/"
    assert cast.client("els").get(address).status_code == 200
    assert cast.client("lotte").get(address).status_code == 404
    assert cast.client("els").get(f"/openings/open/{ticket}x/").status_code == 404
    assert timedelta(minutes=15) == TICKET_LASTS


def test_a_manager_chooses_and_a_short_reason_keeps_every_word(cast: Cast) -> None:
    shown = page(cast, "marit", f"{FIND}?q=mil")
    assert "Mila Jansen" in shown
    address = shown.split('a4-rows__link" href="')[1].split('"')[0]
    answer = sends(cast, "marit", address, reason="te kort").content.decode()
    assert "te kort" in answer
    assert "20 tekens" in answer
    assert Opening.objects.count() == 0


def test_nothing_goes_on_paper(cast: Cast, els: Membership) -> None:
    marit = cast.actor("marit")
    assert may_take_along(cast.actor("fatima"), cast.mila)
    for name in ("els", "marit"):
        break_glass(cast.actor(name), cast.mila, REASON)
        assert not may_take_along(cast.actor(name), cast.mila)
    other = make_child(cast, "Sem", "Bakker", cast.mila.born)
    assert may_take_along(marit, other)
    assert not may_take_along(marit, other, cast.mila)


def test_everybody_hears_at_once_by_a_mail_that_tells_nothing(cast: Cast, els: Membership) -> None:
    break_glass(cast.actor("els"), cast.mila, REASON)
    assert tasks.announce_openings(NOW) == 4
    assert {each.to[0] for each in mail.outbox} == {
        f"{name}@example.org" for name in ("anna", "bram", "carla", "olga")
    }
    assert not any("Mila" in f"{each.subject}{each.body}" for each in mail.outbox)
    assert tasks.announce_openings(NOW) == 0
    for name in ("anna", "bram", "carla", "olga"):
        assert REASON in page(cast, name, "/")
    for name in ("oscar", "lotte", "els"):
        assert REASON not in page(cast, name, "/")
    shown = page(cast, "olga", "/") + page(cast, "olga", "/openings/")
    assert "Mila" not in shown.replace(REASON, "")


def test_with_a_guardian_shut_out_the_privacy_officer_decides(cast: Cast, els: Membership) -> None:
    forbid(cast.actor("carla"), cast.mila, cast.bram, Mark.RESTRICTION, "rechter")
    opening = break_glass(cast.actor("els"), cast.mila, REASON)
    write_note(cast.actor("fatima"), cast.mila, "dag")
    cast.client("els").get(f"/children/{cast.mila.pk}/")
    tasks.announce_openings(NOW)
    assert {each.to[0] for each in mail.outbox} == {"carla@example.org", "olga@example.org"}
    assert opening.parents_told_at == NOW + HOLD_AT_MOST
    assert REASON not in page(cast, "anna", "/")
    assert [each.person for each in who_looked(cast.actor("anna"), [cast.mila])] == []
    with pytest.raises(Denied):
        decide_telling(cast.actor("carla"), opening, TODAY, "het kan nu")
    cast.go_to(NOW + timedelta(hours=1))
    told = {"on": TODAY.isoformat(), "reason": "met moeder gesproken"}
    assert sends(cast, "olga", f"/openings/{opening.pk}/parents/", **told).status_code == 302
    assert REASON in page(cast, "anna", "/")
    assert [each.in_emergency for each in who_looked(cast.actor("anna"), [cast.mila])] == [True]
    mail.outbox.clear()
    tasks.announce_openings(NOW + timedelta(hours=1))
    assert [each.to[0] for each in mail.outbox] == ["anna@example.org"]


def test_a_later_notice_is_dated_and_by_name(cast: Cast, els: Membership) -> None:
    olga, day = cast.actor("olga"), TODAY + timedelta(days=3)
    with pytest.raises(Denied):
        protect(cast.actor("carla"), cast.mila, Mark.TELL_LATER, "onveilig", ends=day)
    with pytest.raises(Denied):
        protect(olga, cast.mila, Mark.TELL_LATER, "onveilig")
    with pytest.raises(Denied):
        protect(olga, cast.mila, Mark.TELL_LATER, "x", ends=TODAY + timedelta(days=29))
    protect(olga, cast.mila, Mark.TELL_LATER, "onveilig", ends=day)
    opening = break_glass(cast.actor("els"), cast.mila, REASON)
    assert opening.parents_told_at.date() == day
    with pytest.raises(Denied):
        decide_telling(olga, opening, TODAY + timedelta(days=60), "later")


def test_more_than_three_in_a_month_is_an_alarm(cast: Cast, els: Membership) -> None:
    for number in range(4):
        assert alarms(cast.actor("olga")) == []
        break_glass(cast.actor("els"), cast.mila, f"{REASON} {number}")
    (alarm,) = alarms(cast.actor("olga"))
    assert (alarm.person, alarm.times) == ("Els", 4)
    assert "Els" in page(cast, "olga", "/")
    assert alarms(cast.actor("carla")) == []
    cast.go_to(NOW + timedelta(days=30))
    assert alarms(cast.actor("olga")) == []


def test_support_looks_along_on_a_page_and_ends(cast: Cast) -> None:
    wim = cast.add("wim", Role.SUPPORT, "nursery")
    write_note(cast.actor("fatima"), cast.mila, "dag")
    address = f"/children/{cast.mila.pk}/support/"
    assert "2 hours" in cast.client("marit", "en").get(address).content.decode()
    assert cast.client("fatima").get(address).status_code == 404
    given = {"who": str(wim.pk), "hours": "2", "reason": "Het plan opent niet op de tablet"}
    assert sends(cast, "marit", address, **given).status_code == 302
    assert "tot 12:00" in page(cast, "wim", f"/children/{cast.mila.pk}/")
    assert "helpdesk" in page(cast, "anna", "/looked/")
    assert "Het plan opent niet" in page(cast, "wim", "/")
    cast.go_to(NOW + timedelta(hours=2))
    assert cast.client("wim").get(f"/children/{cast.mila.pk}/").status_code == 404


def test_marks_are_made_ended_and_never_shown_to_whom_they_are_about(cast: Cast) -> None:
    address = f"/children/{cast.mila.pk}/marks/"
    anna = Guardian.objects.get(child=cast.mila, person=cast.anna)
    bram = Guardian.objects.get(child=cast.mila, person=cast.bram)
    sends(cast, "carla", f"{address}protect/", what=str(bram.pk), reason="adres is geheim")
    given = {"who": str(cast.lotte.pk), "mark": "conflict_of_interest", "reason": "nicht"}
    sends(cast, "carla", f"{address}forbid/", **given)
    assert "adres is geheim" in page(cast, "marit", address)
    assert "Mila" not in page(cast, "olga", "/marks/")
    assert "nicht" in page(cast, "olga", "/marks/")
    for name in ("fatima", "lotte", "anna", "bram", "olga"):
        assert cast.client(name).get(address).status_code == 404
    assert cast.client("lotte").get(f"/children/{cast.mila.pk}/").status_code == 404
    assert {who: may_see_contact(cast.actor(who), bram) for who in ("carla", "fatima", "anna")} == {
        "carla": True,
        "fatima": False,
        "anna": False,
    }
    assert may_see_contact(cast.actor("fatima"), anna)
    assert not may_see_contact(cast.actor("bram"), anna)
    mark = NegativeMark.objects.get(person=cast.lotte.person)
    assert sends(cast, "marit", f"/marks/{mark.pk}/end/", reason="").status_code == 200
    sends(cast, "marit", f"/marks/{mark.pk}/end/", reason="vergissing")
    assert cast.client("lotte").get(f"/children/{cast.mila.pk}/").status_code == 200
    assert "vergissing" in page(cast, "carla", address)


def test_a_legal_hold_keeps_and_ends(cast: Cast) -> None:
    assert not keeps(cast.mila, TODAY)
    with pytest.raises(Denied):
        protect(cast.actor("olga"), cast.mila, Mark.LEGAL_HOLD, "klacht")
    hold = protect(cast.actor("carla"), cast.mila, Mark.LEGAL_HOLD, "klacht")
    assert keeps(cast.mila, TODAY)
    assert Entry.objects.visible_to(cast.actor("anna")).count() == 0
    end_mark(cast.actor("marit"), hold, "klacht is afgehandeld")
    assert not keeps(cast.mila, TODAY)


@pytest.mark.parametrize("who", ["olga", "marit"])
def test_as_many_queries_for_one_opening_as_for_three(
    cast: Cast, els: Membership, who: str
) -> None:
    break_glass(cast.actor("els"), cast.mila, REASON)
    few = [queries(cast, who, address) for address in ("/openings/", "/")]
    for number in range(3):
        child = make_child(cast, f"Sem{number}", "Bakker", cast.mila.born)
        break_glass(cast.actor("els"), child, REASON)
    again = [queries(cast, who, address) for address in ("/openings/", "/")]
    # The fourth opening is an alarm, which asks once who it is.
    assert all(now - then <= 1 for now, then in zip(again, few, strict=True))
    assert max(again) <= 12


def test_let_in_by_who_runs_the_place_only(cast: Cast) -> None:
    wim = cast.add("wim", Role.SUPPORT, "nursery")
    for name in ("fatima", "olga", "sanne"):
        with pytest.raises(Denied):
            let_support_in(cast.actor(name), cast.mila, wim, REASON, timedelta(hours=1))


def test_a_second_tap_opens_once(cast: Cast, els: Membership) -> None:
    once = uuid4()
    for _ in range(2):
        break_glass(cast.actor("els"), cast.mila, REASON, once=once)
    assert Opening.objects.count() == 1
