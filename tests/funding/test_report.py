"""Numbers without names: each hour once, few children hidden, only what is one's own."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alert4you.access.models import Entry
from alert4you.coaching.models import Contact
from alert4you.funding.commands.agreements import agree
from alert4you.funding.commands.hours import book_hours
from alert4you.funding.models import Booking
from alert4you.funding.queries.report import Row, report
from alert4you.groups.rules.hiding import quarter_before
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Location
from alert4you.referrals.models import Guidance, Referral
from tests.cast import NOW, TODAY
from tests.funding.conftest import Purse

YEAR = TODAY.year
LAST = quarter_before(TODAY)[1] - timedelta(days=9)
KNOWN = NOW - (TODAY - LAST)


def helped(purse: Purse, number: int, minutes: int = 60) -> None:
    """So many children whose parents were helped."""
    carla = purse.cast.actor("carla")
    for each in range(number):
        child = purse.another(f"Kind{each}", each)
        contact = Contact.by(
            carla,
            child=child,
            organisation=purse.cast.nursery,
            kind="talk",
            category="talk",
            minutes=minutes,
        )
        Guidance.objects.create(contact=contact, sort="forms")


def wait(purse: Purse, number: int, weeks: int = 6) -> None:
    for each in range(number):
        Referral.by(
            purse.cast.actor("carla"),
            child=purse.another(f"Wacht{each}", 50 + each),
            organisation=purse.cast.nursery,
            kind="referral",
            category="plan",
            to=purse.cast.school,
            lead=purse.cast.carla,
            cover=purse.cast.marit,
            asked_by=purse.cast.carla,
            asked_on=TODAY - timedelta(weeks=weeks),
        )


def row(purse: Purse, who: str = "marit") -> Row | None:
    return next(iter(report(purse.cast.actor(who), YEAR).rows), None)


@pytest.mark.parametrize(("children", "hours"), [(9, None), (10, 10), (11, 11)])
def test_hours_of_few_children_are_hidden(purse: Purse, children: int, hours: int | None) -> None:
    helped(purse, children)
    found = row(purse)
    assert found and (found.town, found.uncovered, found.guidance) == ("Hilversum", hours, hours)


def test_an_hour_on_a_line_is_covered_and_still_help_for_parents(purse: Purse) -> None:
    helped(purse, 10)
    trajectory = purse.running()
    hour = purse.guide(trajectory, 120)
    before = row(purse)
    book_hours(purse.cast.actor("carla"), purse.line(trajectory), [hour])
    after = row(purse)
    assert before and after
    assert (before.uncovered, after.uncovered) == (12, 10)
    assert before.guidance == after.guidance == 12


def test_hours_of_another_year_are_not_of_this_one(purse: Purse) -> None:
    helped(purse, 10)
    Entry.objects.unrestricted(reason="test").update(day=TODAY - timedelta(days=400))
    assert row(purse) is None


@pytest.mark.parametrize(("number", "shown"), [(9, (None, None)), (10, (10, 6)), (12, (10, 6))])
def test_waiting_is_rounded_to_five_and_hidden_below_ten(
    purse: Purse, number: int, shown: tuple[int | None, int | None]
) -> None:
    wait(purse, number)
    found = row(purse)
    assert found and (found.waiting, found.weeks) == shown


def test_a_municipality_sees_the_towns_of_its_own_agreements(purse: Purse) -> None:
    helped(purse, 10)
    assert row(purse, "gemma") is None
    agree(purse.cast.actor("gemma"), "Hilversum", "subsidy", "Verordening")
    Entry.objects.unrestricted(reason="test").update(day=LAST, written_at=KNOWN)
    found = row(purse, "gemma")
    assert found and (found.town, found.guidance) == ("Hilversum", None)


def released(purse: Purse, number: int, minutes: int, places: int = 3, owners: int = 2) -> None:
    """So many children in the quarter that ended, spread over locations and organisations."""
    here = purse.cast.location
    others = [purse.cast.nursery, purse.cast.elsewhere][:owners]
    spread = [
        Location.objects.create(
            organisation=others[each % len(others)], name=f"Plek {each}", city=here.city
        )
        for each in range(places)
    ]
    helped(purse, number, minutes)
    rows = Contact.objects.unrestricted(reason="test").filter(
        pk__in=Guidance.objects.values("contact")
    )
    for each, contact in enumerate(rows.order_by("pk")):
        place = spread[each % places]
        Entry.objects.unrestricted(reason="test").filter(pk=contact.pk).update(
            day=LAST, written_at=KNOWN, location=place, organisation=place.organisation
        )


@pytest.mark.parametrize(
    ("number", "places", "owners", "told"),
    [(9, 3, 2, None), (12, 3, 2, 20), (12, 2, 2, None), (12, 3, 1, None)],
)
def test_outside_a_number_is_of_ten_children_three_places_and_two_organisations(
    purse: Purse, number: int, places: int, owners: int, told: int | None
) -> None:
    agree(purse.cast.actor("gemma"), "Hilversum", "subsidy", "Verordening")
    released(purse, number, 95, places, owners)
    found = row(purse, "gemma")
    assert found and (found.guidance, found.uncovered) == (told, told)


def test_nobody_is_found_by_subtracting_one_look_from_the_next(purse: Purse) -> None:
    """One child more or less: with hours of this day, or written down later about the quarter."""
    agree(purse.cast.actor("gemma"), "Hilversum", "subsidy", "Verordening")
    released(purse, 12, 95)
    wait(purse, 12)
    before = report(purse.cast.actor("gemma"), YEAR)
    child = purse.another("Nieuw", 90)
    told = {"child": child, "organisation": purse.cast.nursery, "kind": "talk", "category": "talk"}
    for day in (TODAY, LAST):
        contact = Contact.by(purse.cast.actor("carla"), **told, minutes=600, day=day)
        Guidance.objects.create(contact=contact, sort="forms")
    wait(purse, 1)
    booked = Guidance.objects.values("contact")[:1]
    Booking.objects.create(
        entry_id=booked.get()["contact"],
        line=purse.line(purse.running()),
        minutes=95,
        by=purse.cast.carla,
        at=NOW,
    )
    assert report(purse.cast.actor("gemma"), YEAR) == before
    assert report(purse.cast.actor("gemma"), YEAR - 1) == before


def test_another_organisation_counts_its_own(purse: Purse) -> None:
    helped(purse, 10)
    purse.cast.add("boss", "manager", "elsewhere")
    assert row(purse, "boss") is None


@pytest.mark.parametrize("who", ["fatima", "sanne", "anna", "stranger", "olga"])
def test_others_do_not_find_it(purse: Purse, who: str) -> None:
    with pytest.raises(NotVisible):
        report(purse.cast.actor(who), YEAR)


def test_what_is_hidden_is_said_in_words(purse: Purse) -> None:
    helped(purse, 9)
    wait(purse, 9)
    own = purse.cast.client("marit").get("/money/").content.decode()
    assert ">verborgen</td>" in own and ">minder dan 10</td>" in own and ">·<" not in own


def test_the_table_is_a_file_with_a_full_stop_for_what_is_small(purse: Purse) -> None:
    helped(purse, 10)
    wait(purse, 3)
    purse.cast.location.city = "=Hilversum"
    purse.cast.location.save()
    answer = purse.cast.client("marit", "en").get(reverse("funding:table"))
    assert answer["Content-Type"].startswith("text/csv")
    head, line = answer.content.decode("utf-8-sig").splitlines()
    assert head.startswith("Town;Year;")
    assert line == f"'=Hilversum;{YEAR};10;0;10;.;."
    assert "Kind" not in answer.content.decode()
