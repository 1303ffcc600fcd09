"""The coach at a location: how it works there, the rhythm, who answers first, hours to walk in."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from alert4you.coaching.commands.contacts import log_contact
from alert4you.coaching.commands.places import (
    FirstTo,
    arrange_coaching,
    cancel_hour,
    count_walk_in,
    keep_walk_in,
    open_hour,
)
from alert4you.coaching.commands.talks import Card, hold_talk, prepare_talk
from alert4you.coaching.models import Arrangement, CoachingHere, Contact, WalkIn, WalkInHour
from alert4you.coaching.queries.places import here
from alert4you.coaching.queries.questions import addresses, who_answers
from alert4you.coaching.queries.talks import growth
from alert4you.coaching.rules.places import Round, rhythm
from alert4you.kernel.decision import Denied
from alert4you.organisations.models import Absence, Membership, Person, Role
from tests.cast import LONG_AGO, TODAY, Cast, clock
from tests.coaching.conftest import Told

MET, MISSED, NOW = Round.MET, Round.MISSED, Round.NOW


@pytest.mark.parametrize(
    ("visited", "went"),
    [
        ([], [MISSED, MISSED, NOW]),
        ([0], [MET, MISSED, NOW]),
        ([13, 14], [MET, MET, NOW]),
        ([27, 28], [MISSED, MET, MET]),
        ([-1], [MISSED, MISSED, NOW]),
    ],
)
def test_a_round_is_met_by_one_visit(visited: list[int], went: list[Round]) -> None:
    starts = date(2026, 10, 1)
    days = [starts + timedelta(days=each) for each in visited]
    found = rhythm(starts, 2, days, starts + timedelta(days=30))
    assert [each.how for each in found] == went


def structural(cast: Cast, weeks: int | None = 2, why: str = "Het past hier.") -> CoachingHere:
    marit = cast.actor("marit")
    return arrange_coaching(marit, cast.location, Arrangement.STRUCTURAL, why, weeks)


def test_a_rhythm_is_chosen_with_its_reason(cast: Cast) -> None:
    for weeks, why in ((None, "Het past hier."), (2, " "), (2, "Voor Mila.")):
        with pytest.raises(Denied):
            structural(cast, weeks, why)
    with pytest.raises(Denied):
        arrange_coaching(cast.actor("fatima"), cast.location, Arrangement.ON_CALL, "Zomaar.")
    first, second = structural(cast), structural(cast, 4)
    first.refresh_from_db()
    assert (first.ends, second.ends) == (TODAY, None)


def test_parents_and_staff_see_the_rhythm_met_and_missed(cast: Cast) -> None:
    structural(cast)
    cast.go_to(timezone.make_aware(datetime(2026, 12, 8, 10)))
    log_contact(cast.actor("sanne"), "visit", "Meegelopen.", location=cast.location)
    cast.go_to(timezone.make_aware(datetime(2026, 12, 18, 10)))
    for who in ("anna", "fatima", "marit", "sanne"):
        (found,) = here(cast.actor(who))
        assert (found.met, found.missed) == (1, 1), who
        assert found.coaches[0].name == "Sanne"
    (parents,), (staff,) = here(cast.actor("anna")), here(cast.actor("fatima"))
    assert (parents.open_contacts, staff.open_contacts) == (0, 1)
    assert here(cast.actor("oscar")) == here(cast.actor("koen")) == []


def pedagogue(cast: Cast) -> Membership:
    person = Person.objects.create(name="Trees")
    return Membership.objects.create(
        person=person, organisation=cast.nursery, role=Role.PEDAGOGUE, starts=LONG_AGO
    )


def test_the_pedagogue_first_where_that_was_agreed_and_always_exactly_one(cast: Cast) -> None:
    trees, fatima = pedagogue(cast), cast.actor("fatima")
    assert who_answers(fatima, cast.location) == cast.sanne
    arrange_coaching(
        cast.actor("marit"), cast.location, Arrangement.ON_CALL, "Eén deur.", None, FirstTo(True)
    )
    assert addresses(fatima, [cast.location])[cast.location.pk] == [trees, cast.sanne, cast.carla]
    soon = TODAY + timedelta(days=9)
    Absence.objects.create(membership=trees, cover=cast.carla, starts=TODAY, ends=soon)
    assert addresses(fatima, [cast.location])[cast.location.pk] == [cast.carla, cast.sanne]


def test_the_page_to_ask_on_names_a_second_address_and_never_the_manager(cast: Cast) -> None:
    page = cast.client("fatima").get("/questions/ask/?about=own_handling").content.decode()
    assert "niet via je leidinggevende" in page
    assert "Carla" in page and "Marit" not in page


# Walking in


def hour(cast: Cast, day: date = TODAY) -> WalkInHour:
    return open_hour(cast.actor("sanne"), cast.location, day, time(9), time(10))


def test_a_walk_in_leaves_only_a_count(cast: Cast) -> None:
    names = {field.name for field in WalkIn._meta.get_fields()}
    assert names == {"id", "hour", "who", "theme", "at"}
    opened = hour(cast)
    count_walk_in(cast.actor("sanne"), opened, "parent")
    assert cast.client("sanne").post(f"/walk-in/{opened.pk}/", {"who": "staff"}).status_code == 302
    assert WalkIn.objects.count() == 2
    assert not Contact.objects.unrestricted(reason="test").exists()


def test_who_may_open_count_and_cancel(cast: Cast) -> None:
    opened = hour(cast)
    with pytest.raises(Denied):
        hour(cast)
    for who in ("koen", "fatima"):
        with pytest.raises(Denied):
            open_hour(cast.actor(who), cast.location, TODAY, time(9), time(10))
        for command in (count_walk_in, cancel_hour):
            with pytest.raises(Denied):
                command(cast.actor(who), opened, *(["parent"] if command is count_walk_in else []))
    later = hour(cast, TODAY + timedelta(days=1))
    with pytest.raises(Denied):
        count_walk_in(cast.actor("sanne"), later, "parent")
    cancel_hour(cast.actor("sanne"), later)
    (found,) = here(cast.actor("anna"))
    assert found.hours == [opened]


def test_only_the_parents_keep_something(cast: Cast) -> None:
    opened = hour(cast)
    for who in ("sanne", "fatima", "oscar"):
        with pytest.raises(Denied):
            keep_walk_in(cast.actor(who), cast.mila, opened, "Over slapen.")
    answer = cast.client("anna").post(f"/walk-in/{opened.pk}/keep/", {"text": "Over slapen."})
    assert answer.status_code == 302
    kept = Contact.objects.unrestricted(reason="test").get()
    assert (kept.child, kept.text, kept.hat) == (cast.mila, "Over slapen.", None)


# Growing into talks


def test_growth_is_seen_by_herself_her_coach_and_pedagogue_only(cast: Cast, told: Told) -> None:
    told.fatima_is_mentor()
    for hour, (complexity, learns) in enumerate(((3, 1), (2, 2), (1, 3))):
        cast.go_to(clock() + timedelta(minutes=hour))
        card = prepare_talk(
            cast.actor("fatima"), cast.mila, cast.fatima, TODAY, Card("X", complexity, learns)
        )
        hold_talk(cast.actor("fatima"), card, "Afgesproken.")
    for who in ("fatima", "sanne", "carla"):
        (found,) = growth(cast.actor(who))
        assert [form.value for __, form in found.talks] == [
            "coach_leads",
            "together",
            "worker_leads",
        ]
    for who in ("lotte", "koen", "marit", "stranger"):
        assert growth(cast.actor(who)) == []
    page = cast.client("sanne").get("/talks/growth/").content.decode()
    assert "Fatima" in page and "Mila" not in page and "Afgesproken" not in page
