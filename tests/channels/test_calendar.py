"""A calendar that reads by itself reads nothing any more from the moment that something ended."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from alert4you.access.commands.marks import forbid
from alert4you.children.models import Guardian
from alert4you.meetings.commands.calendar import make_feed, revoke_feed
from alert4you.meetings.models import CalendarFeed, Seat
from alert4you.organisations.models import Membership, Person
from tests.architecture.canaries import plant, seen
from tests.architecture.world import CANARY, make_action
from tests.cast import TODAY, Cast

SECRET = "a-secret-address"
EMPTY, GONE = "no meeting", "no address"


def read(cast: Cast) -> str:
    """What stands at the address: its meetings, or that there is nothing."""
    answer = cast.client("nobody").get(reverse("meetings:feed", args=[SECRET]))
    if answer.status_code == 404:
        return GONE
    told = answer.content.decode()
    return told if "BEGIN:VEVENT" in told else EMPTY


def revoked(cast: Cast, hat: str) -> object:
    return revoke_feed(cast.actor(hat), CalendarFeed.objects.get())


def another_address(cast: Cast, hat: str) -> object:
    return make_feed(cast.actor(hat), "another-address")


def membership_ended(cast: Cast, hat: str) -> object:
    return Membership.objects.filter(pk=cast.people[hat].pk).update(ends=TODAY)


def may_not_sign_in(cast: Cast, hat: str) -> object:
    return Person.objects.filter(email=f"{hat}@example.org").update(is_active=False)


def not_invited_any_more(cast: Cast, hat: str) -> object:
    return Seat.objects.filter(membership=cast.people[hat].pk).delete()


def authority_ended(cast: Cast, hat: str) -> object:
    return Guardian.objects.filter(person=cast.people[hat].pk).update(has_authority=False)


def shut_out(cast: Cast, hat: str) -> object:
    carla, person = cast.actor("carla"), cast.people[hat]
    return forbid(carla, cast.mila, person, "restriction", "een besluit van de rechter")


@pytest.mark.parametrize(
    ("hat", "ends", "left"),
    [
        ("fatima", revoked, GONE),
        ("fatima", another_address, GONE),
        ("fatima", membership_ended, GONE),
        ("fatima", may_not_sign_in, GONE),
        ("fatima", not_invited_any_more, EMPTY),
        ("pieter", membership_ended, GONE),
        ("anna", revoked, GONE),
        ("anna", may_not_sign_in, GONE),
        ("anna", authority_ended, EMPTY),
        ("anna", shut_out, EMPTY),
    ],
)
def test_what_ended_is_in_no_calendar(
    cast: Cast, hat: str, ends: Callable[[Cast, str], object], left: str
) -> None:
    make_action(cast, (f"{CANARY}{number}" for number in range(9)))
    make_feed(cast.actor(hat), SECRET)
    assert "BEGIN:VEVENT" in read(cast)
    ends(cast, hat)
    assert read(cast) == left


@pytest.mark.parametrize("hat", ["fatima", "anna"])
def test_a_calendar_tells_when_and_where_only(cast: Cast, hat: str) -> None:
    make_action(cast, (f"{CANARY}{number}" for number in range(9)))
    make_feed(cast.actor(hat), SECRET)
    planted = plant(CANARY)
    told = read(cast).replace("\r\n ", "")
    assert "BEGIN:VEVENT" in told
    assert {planted[token].where for token in seen(told)} <= {"meetings.Meeting.place"}
