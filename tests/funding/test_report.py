"""Numbers without names: each hour once, few children hidden, only what is one's own."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alert4you.access.models import Entry
from alert4you.coaching.models import Contact
from alert4you.funding.commands.agreements import agree
from alert4you.funding.commands.hours import book_hours
from alert4you.funding.queries.report import Row, report
from alert4you.kernel.decision import NotVisible
from alert4you.referrals.models import Guidance, Referral
from tests.cast import TODAY
from tests.funding.conftest import Purse

YEAR = TODAY.year


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
    found = row(purse, "gemma")
    assert found and found.guidance == 10


def test_another_organisation_counts_its_own(purse: Purse) -> None:
    helped(purse, 10)
    purse.cast.add("boss", "manager", "elsewhere")
    assert row(purse, "boss") is None


@pytest.mark.parametrize("who", ["fatima", "sanne", "anna", "stranger", "olga"])
def test_others_do_not_find_it(purse: Purse, who: str) -> None:
    with pytest.raises(NotVisible):
        report(purse.cast.actor(who), YEAR)


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
