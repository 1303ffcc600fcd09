"""A yes to using less (AVG 18) or to an objection (AVG 21) closes a wall, until it is lifted with notice."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db.models import QuerySet

from alert4you.access.commands.consent import share_by_law
from alert4you.access.commands.marks import end_mark, protect
from alert4you.access.commands.openings import break_glass
from alert4you.access.commands.team import name_on_team
from alert4you.access.models import Entry, NegativeMark
from alert4you.access.queries.why import readers
from alert4you.access.rules.consent import Terms
from alert4you.access.rules.marks import keeps
from alert4you.kernel.decision import Denied
from alert4you.kernel.wall.standing import seen_by
from alert4you.organisations.models import Role
from alert4you.rights import tasks
from alert4you.rights.commands.asking import ask
from alert4you.rights.commands.handling import grant_request
from alert4you.rights.commands.limiting import lift
from alert4you.rights.models import RightsRequest
from alert4you.rights.rules.asking import Asked
from alert4you.trajectories.models import Trajectory
from alert4you.trajectories.queries.growth import to_gather
from tests.access import consenting
from tests.access.seeing import who_sees, write
from tests.cast import NOW, TODAY, Cast

BEFORE = {"fatima", "lotte", "carla", "anna", "bram"}
HANDLES = {"carla", "anna", "bram"}
EMERGENCY = "Mila heeft een aanval en haar mentor is niet bereikbaar"


def granted(
    cast: Cast,
    right: str = "restriction",
    entry: Entry | None = None,
    who: str = "carla",
    **more: str,
) -> RightsRequest:
    asked = ask(cast.actor("anna"), cast.mila, Asked(right, cast.nursery, "Dit klopt niet.", entry))
    return grant_request(cast.actor(who), asked, "Wij zoeken het uit.", **more)


def through_the_wall(cast: Cast, name: str) -> set[object]:
    with seen_by(cast.actor(name)):
        return {entry.pk for entry in QuerySet(Entry)}


def test_all_that_was_written_is_only_kept(cast: Cast) -> None:
    entry = write(cast)
    vital = write(cast, must_know=True)
    assert who_sees(cast, entry) == BEFORE
    granted(cast)
    assert who_sees(cast, entry) == HANDLES
    assert who_sees(cast, vital) == BEFORE
    assert entry.pk not in through_the_wall(cast, "fatima")
    assert entry.pk in through_the_wall(cast, "carla")
    tomorrow = TODAY + timedelta(days=3)
    later = write(cast, day=tomorrow, at=NOW + timedelta(days=3))
    assert who_sees(cast, later, days=3) == BEFORE
    assert {each.name for each in readers(cast.actor("carla"), entry)} == {
        "Carla",
        "Anna Jansen",
        "Bram Jansen",
    }


def test_who_answered_without_knowing_the_child_sees_no_more_for_it(cast: Cast) -> None:
    entry = write(cast)
    granted(cast, who="olga")
    assert who_sees(cast, entry) == {"anna", "bram"}


def test_one_entry_whatever_all_must_know(cast: Cast) -> None:
    entry, other = write(cast, must_know=True), write(cast)
    granted(cast, entry=entry)
    assert who_sees(cast, entry) == HANDLES
    assert who_sees(cast, other) == BEFORE


def test_what_another_organisation_wrote_is_not_theirs_to_restrict(cast: Cast) -> None:
    theirs = write(cast, organisation=cast.youthcare, author=cast.sanne.person, hat=cast.sanne)
    before = who_sees(cast, theirs)
    granted(cast)
    assert who_sees(cast, theirs) == before
    with pytest.raises(Denied, match="andere organisatie"):
        granted(cast, entry=theirs)


def test_not_in_an_emergency(cast: Cast) -> None:
    entry = write(cast)
    granted(cast)
    cast.add("els", Role.GROUP_WORKER, "nursery")
    break_glass(cast.actor("els"), cast.mila, EMERGENCY)
    assert Entry.objects.visible_to(cast.actor("els")).filter(pk=entry.pk).exists()


def test_what_the_law_lets_read_stays_open_and_what_parents_agreed_does_not(cast: Cast) -> None:
    consenting.supervise(cast, cast.mila)
    report = consenting.report(cast, cast.mila)
    agreed = consenting.ask(cast, cast.mila)
    for parent in ("anna", "bram"):
        consenting.says(cast, parent, agreed, consenting.GIVEN)
    terms = Terms(["development"], consenting.REASON)
    consenting.by_law(cast, cast.mila, terms, "needed")
    assert consenting.reads(cast, "sanne", report)
    assert consenting.reads(cast, "ines", report)
    granted(cast)
    assert not consenting.reads(cast, "sanne", report)
    assert consenting.reads(cast, "ines", report)


def test_it_is_lifted_a_week_after_who_asked_heard_it(cast: Cast) -> None:
    entry = write(cast)
    request = granted(cast)
    tasks.announce_answers(NOW)
    mail.outbox.clear()
    with pytest.raises(Denied):
        lift(cast.actor("carla"), request, " ")
    with pytest.raises(Denied):
        lift(cast.actor("fatima"), request, "Het klopte wel.")
    lift(cast.actor("carla", hours=1), request, "Het klopte wel.")
    assert tasks.announce_answers(NOW + timedelta(hours=2)) == 1
    assert [each.to for each in mail.outbox] == [["anna@example.org"]]
    assert "Mila" not in mail.outbox[0].body
    shown = cast.client("anna").get(f"/rights/{request.pk}/").content.decode()
    assert "Het klopte wel." in shown
    assert "27 november" in shown
    with pytest.raises(Denied):
        lift(cast.actor("carla"), request, "Nog eens.")
    assert who_sees(cast, entry, days=6) == HANDLES - {"lotte"}
    assert "fatima" in who_sees(cast, entry, days=7)


def test_nobody_ends_it_beside_the_request(cast: Cast) -> None:
    granted(cast)
    mark = NegativeMark.objects.get()
    shown = cast.client("marit").get(f"/children/{cast.mila.pk}/marks/").content.decode()
    assert "AVG 18" in shown
    assert "Dit klopt niet." not in shown
    assert str(mark.pk) not in shown
    with pytest.raises(Denied):
        end_mark(cast.actor("carla"), mark, "zomaar")
    with pytest.raises(Denied):
        protect(cast.actor("carla"), cast.mila, "only_kept", "zomaar")


def test_what_is_only_kept_is_kept(cast: Cast) -> None:
    assert not keeps(cast.mila, TODAY)
    granted(cast)
    assert keeps(cast.mila, TODAY)


def test_an_objection_stops_what_it_is_about_and_nothing_else(cast: Cast) -> None:
    report = consenting.report(cast, cast.mila)
    agreed = consenting.ask(cast, cast.mila)
    for parent in ("anna", "bram"):
        consenting.says(cast, parent, agreed, consenting.GIVEN)
    granted(cast, "objection", purpose="coaching")
    assert consenting.reads(cast, "sanne", report)
    granted(cast, "objection", purpose="support")
    assert not consenting.reads(cast, "sanne", report)
    with pytest.raises(Denied, match="bezwaar|objected"):
        consenting.ask(cast, cast.mila, "school")
    assert consenting.reads(cast, "fatima", write(cast))


def test_an_objection_also_stops_what_the_law_only_allows(cast: Cast) -> None:
    institution = consenting.supervise(cast, cast.mila)
    report = consenting.report(cast, cast.mila)
    carla, terms = cast.actor("carla"), Terms(["development"], consenting.REASON)
    consenting.by_law(cast, cast.mila, terms)
    assert consenting.reads(cast, "ines", report)
    request = granted(cast, "objection", purpose="support")
    assert not consenting.reads(cast, "ines", report)
    with pytest.raises(Denied, match="bezwaar|objected"):
        share_by_law(carla, cast.mila, institution, "asked", terms, cast.ines)
    lift(carla, request, "De rechter vroeg het.")
    cast.go_to(NOW + timedelta(days=7))
    anew = Terms(["development"], consenting.REASON, content_from=TODAY)
    consenting.by_law(cast, cast.mila, anew)
    assert consenting.reads(cast, "ines", report)


def test_an_objection_without_a_use_is_answered_in_words(cast: Cast) -> None:
    asked = ask(cast.actor("anna"), cast.mila, Asked("objection", cast.nursery, "Geen foto's."))
    with pytest.raises(Denied):
        grant_request(cast.actor("carla"), asked, " ")
    grant_request(cast.actor("carla"), asked, "Er komen geen foto's meer in het jaarverslag.")
    assert not NegativeMark.objects.exists()


def test_on_the_pages(cast: Cast) -> None:
    asked = ask(cast.actor("anna"), cast.mila, Asked("restriction", cast.nursery, "Even niet."))
    carla = cast.client("carla")
    page = f"/rights/waiting/{asked.pk}/"
    assert carla.get(f"{page}lift/").status_code == 404
    once = "0f0e0d0c-0b0a-4908-8706-050403020100"
    assert carla.post(f"{page}yes/", {"answer": "", "once": once}).status_code == 302
    assert f"{page}lift/" in carla.get(page).content.decode()
    told = {"reason": "Wij vonden het antwoord.", "once": once}
    assert carla.post(f"{page}lift/", told).status_code == 302
    assert "Wij vonden het antwoord." in carla.get(page).content.decode()
    name_on_team(cast.actor("carla"), cast.mila, cast.fatima, "mentor")
    assert cast.client("fatima").post(f"{page}lift/", told).status_code == 404


def test_what_is_only_kept_is_not_gathered_for_a_growth_document(cast: Cast) -> None:
    entry = write(cast, category="development", kind="observation")
    about = Trajectory(child=cast.mila, organisation=cast.nursery)
    assert to_gather(about, NOW) == [entry.pk]
    granted(cast)
    assert to_gather(about, NOW) == []
