"""The pages about money: one question per screen, the rule on it, and the same number of queries."""

import pytest
from django.urls import reverse

from alert4you.access.models import Entry
from alert4you.funding.commands.hours import book_hours
from alert4you.funding.models import MoneyLine
from tests.cast import TODAY
from tests.funding.conftest import Purse
from tests.referrals.conftest import queries

__all__ = ["queries"]


def read(purse: Purse, who: str, page: str, *args: object, **sent: str) -> str:
    answer = purse.cast.client(who, "en").get(reverse(f"funding:{page}", args=args), sent)
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_pays_this_asks_one_thing_at_a_time_and_then_tells(purse: Purse) -> None:
    trajectory = purse.running()
    assert "What has to be paid?" in read(purse, "carla", "ways", trajectory.pk)
    assert "by name?" in read(purse, "carla", "ways", trajectory.pk, work="group")
    told = read(purse, "carla", "ways", trajectory.pk, work="group", named="no")
    fits, rest = told.split("This could", 1)
    assert "own means" in fits.lower() and "no money" in fits.lower()
    assert "Coaching of a group cannot be on the decision of one child" in rest
    assert "Jeugdwet art. 2.3" in rest
    assert "allowance?" in read(purse, "anna", "ways", trajectory.pk, work="place")


def test_parents_read_the_money_and_write_nothing(purse: Purse) -> None:
    trajectory = purse.running()
    line = purse.line(trajectory, "youth_individual")
    page = read(purse, "anna", "line", line.pk)
    assert "Youth Act, decision for one child" in page
    assert reverse("funding:decide", args=[line.pk]) not in page
    address = reverse("funding:decide", args=[line.pk])
    assert purse.cast.client("anna").get(address).status_code == 403


def test_a_line_is_written_decided_and_filled_on_the_pages(purse: Purse) -> None:
    trajectory, browser = purse.running(), purse.cast.client("carla", "en")
    hour, day = purse.spend(trajectory), TODAY.isoformat()
    address = reverse("funding:write", args=[trajectory.pk, "youth_individual"])
    told = {"decider": "Gemeente", "granted": "no", "asked_on": day, "starts": day, "hours": "10"}
    once = {"once": "11111111-1111-4111-8111-111111111111"}
    asks = browser.get(f"{address}?work=child").content.decode()
    assert "How does it stand?" in asks and "At most how many hours?" not in asks
    assert "Youth Act, decision for one child" in asks
    for _twice in range(2):
        assert browser.post(f"{address}?work=child", told | once).status_code == 302
    line = MoneyLine.objects.unrestricted(reason="test").get()
    assert (line.state, line.work, line.hours, line.weeks) == ("asked", "child", 10, 8)
    answer = {"granted": "yes", "on": day, "once": "21111111-1111-4111-8111-111111111111"}
    browser.post(reverse("funding:decide", args=[line.pk]), answer)
    offered = browser.get(reverse("funding:book", args=[line.pk])).content.decode()
    assert str(hour) in offered
    put = {"hours": [str(hour)], "once": "31111111-1111-4111-8111-111111111111"}
    browser.post(reverse("funding:book", args=[line.pk]), put)
    assert "1 hour of 10 hours" in read(purse, "carla", "money", trajectory.pk)


def test_a_refusal_keeps_what_was_typed_and_quotes_the_rule(purse: Purse) -> None:
    trajectory, browser = purse.running(), purse.cast.client("carla", "en")
    address = reverse("funding:write", args=[trajectory.pk, "youth_individual"])
    told = {"decider": "Gemeente Hier", "granted": "no", "asked_on": TODAY, "starts": TODAY}
    page = browser.post(f"{address}?work=group", told).content.decode()
    assert "Coaching of a group cannot be on the decision" in page and "Gemeente Hier" in page


@pytest.mark.parametrize(
    "path", ["money/?year=99999", "money/?year=%C2%B2", "money/table.csv?year=x"]
)
def test_a_strange_year_is_this_year(purse: Purse, path: str) -> None:
    assert purse.cast.client("marit").get(f"/{path}").status_code == 200


def test_many_lines_ask_no_more_queries(purse: Purse, queries: object) -> None:
    trajectory, browser = purse.running(), purse.cast.client("carla")
    address = reverse("funding:money", args=[trajectory.pk])
    line, hour = purse.line(trajectory), purse.spend(trajectory)
    book_hours(purse.cast.actor("carla"), line, [hour])
    one = queries(browser, address)  # type: ignore[operator]
    for _more in range(3):
        purse.line(trajectory)
        purse.guide(trajectory)
    assert queries(browser, address) == one <= 12  # type: ignore[operator]


def test_it_stands_on_the_line_of_the_child_and_leads_to_its_page(purse: Purse) -> None:
    line = purse.line(purse.running())
    page = purse.cast.client("anna").get(reverse("web:line", args=[purse.cast.mila.pk]))
    assert reverse("funding:line", args=[line.pk]) in page.content.decode()
    assert Entry.objects.unrestricted(reason="test").get(pk=line.pk).category == "plan"
