"""What ended just now shows nothing: each page, export and copy is asked at once by whoever could read it."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache, partial
from typing import Any

import pytest
from django.db import connection, transaction

from alert4you.access.commands.consent import withdraw_consent
from alert4you.access.commands.marks import forbid
from alert4you.access.models import CareTeamMember, ConsentRequest, Entry, Opening
from alert4you.children.models import Child, Guardian
from alert4you.kernel.models import AuditRecord
from alert4you.kernel.sqlite.base import INSERT
from alert4you.meetings.models import Item
from alert4you.organisations.models import Membership, Roster
from alert4you.organisations.queries import parent_actor
from alert4you.safety.models import SafetyMember
from tests.architecture.canaries import Canary, seen, told
from tests.architecture.crawl import PAGES, House
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.django_db
# Of a meeting itself whoever sits at the table knows: nothing in it tells of a child.
OF_THE_PLACE = (
    "organisations.",
    "practices.",
    "notes.Activity",
    "meetings.Meeting",
    "funding.QuestionSet",
)
Ends = Callable[[House], object]


def told_by(
    house: House, hat: str, file: str, pages: Iterable[str] = tuple(PAGES)
) -> set[tuple[str, str]]:
    """Which words of a child's file come out on which page; what the place itself keeps is no secret."""
    found: set[tuple[str, str]] = set()
    ours = words_of(house, file)
    for page in pages:
        addresses = house.addresses(page)
        url = addresses.get(file, addresses["own"])
        words = " ".join(told(house.ask(hat, method, url)) for method in ("get", "post"))
        found |= {(page, house.planted[token].where) for token in seen(words) & ours}
    return found


def words_of(house: House, file: str) -> set[str]:
    """The words of a child's file, and of what was talked about it."""
    child_of = dict(Entry.objects.unrestricted(reason="test").values_list("pk", "child"))
    items = Item.objects.unrestricted(reason="test")
    about_nobody = set(items.filter(case=None).values_list("pk", flat=True))

    def is_of(token: str, canary: Canary) -> bool:
        if canary.where.startswith(OF_THE_PLACE) or token in house.of_another:
            return False
        if canary.model is Item and canary.pk in about_nobody:
            return False  # for who sits at the table
        if issubclass(canary.model, Entry):
            return child_of[canary.pk] == getattr(house, file)["child_id"]
        return (token in house.of_sibling) == (file == "sibling")

    return {token for token, canary in house.planted.items() if is_of(token, canary)}


def sibling(house: House) -> Child:
    return Child.objects.unrestricted(reason="test").get(pk=house.sibling["child_id"])


def membership_ends(house: House) -> object:
    return Membership.objects.filter(pk=house.cast.fatima.pk).update(ends=TODAY)


def authority_ends(house: House) -> object:
    return Guardian.objects.filter(person=house.cast.anna).update(has_authority=False)


def mark_on_parent(house: House) -> object:
    carla = house.cast.actor("carla")
    return forbid(carla, house.cast.mila, house.cast.anna, "restriction", "een besluit")


def mark_on_colleague(house: House) -> object:
    carla, family = house.cast.actor("carla"), house.cast.fatima.person
    return forbid(carla, sibling(house), family, "conflict_of_interest", "haar tante")


def consent_is_withdrawn(house: House) -> object:
    request = ConsentRequest.objects.get(pk=house.sibling["request_id"])
    parent = Guardian.objects.filter(child=request.child, has_authority=True).first()
    return withdraw_consent(parent_actor(parent.person, NOW), request)


def leaves_the_team(house: House) -> object:
    team = CareTeamMember.objects.filter(membership=house.cast.pieter)
    return team.update(ends=TODAY)


def hour_is_over(house: House) -> object:
    """Who opened the file in an emergency, and does not work on the group any more."""
    Roster.objects.filter(membership=house.cast.lotte).update(ends=TODAY)
    CareTeamMember.objects.filter(membership=house.cast.lotte).update(ends=TODAY)
    SafetyMember.objects.filter(membership=house.cast.lotte).update(ends=TODAY)
    mine = Opening.objects.filter(membership=house.cast.lotte)
    return mine.update(at=NOW - timedelta(hours=1), ends=NOW)


@pytest.mark.parametrize("hat", ["fatima", "anna"])
def test_what_cannot_be_written_down_does_not_come_out(
    house: House, told_before: Callable[[str, str], set[tuple[str, str]]], hat: str
) -> None:
    """The trail takes no line any more: no page, print, calendar or copy tells a word of the child."""
    if connection.vendor != "sqlite":
        pytest.skip("told once, on SQLite")
    before = told_before(hat, "own")
    house.browser(hat).raise_request_exception = False
    with taking_no_line():
        after = told_by(house, hat, "own", sorted({page for page, __ in before}))
    house.browser(hat).raise_request_exception = True
    of_a_child = {
        each.where for each in house.planted.values() if issubclass(each.model, Entry | Child)
    }
    assert len({page for page, where in before if where in of_a_child}) > 5
    found = {page for page, where in after if where in of_a_child}
    assert found <= {"access:open_file"}, (
        "there she typed the name herself; opening is what is kept"
    )


@contextmanager
def taking_no_line() -> Iterator[None]:
    """Refused by the guard: after a trigger every undone savepoint would read the whole schema again."""

    def refuses(action: int, table: str | None, *about: Any) -> int:
        full = (action, table) == (INSERT, AuditRecord._meta.db_table)
        return sqlite3.SQLITE_DENY if full else allowed(action, table, *about)

    allowed = connection._allowed
    connection.connection.set_authorizer(refuses)
    try:
        yield
    finally:
        connection.connection.set_authorizer(allowed)


@pytest.fixture(scope="module")
def told_before(house: House) -> Callable[[str, str], set[tuple[str, str]]]:
    """The same before each end of it."""
    return cache(partial(told_by, house))


@pytest.mark.parametrize(
    ("hat", "file", "ends"),
    [
        ("fatima", "own", membership_ends),
        ("anna", "own", authority_ends),
        ("anna", "own", mark_on_parent),
        ("fatima", "sibling", mark_on_colleague),
        ("pieter", "sibling", consent_is_withdrawn),
        ("pieter", "sibling", leaves_the_team),
        ("lotte", "sibling", hour_is_over),
    ],
)
def test_nothing_comes_out_any_more(
    house: House,
    told_before: Callable[[str, str], set[tuple[str, str]]],
    hat: str,
    file: str,
    ends: Ends,
) -> None:
    before = told_before(hat, file)
    with transaction.atomic():
        ends(house)
        after = told_by(house, hat, file, sorted({page for page, __ in before}))
        transaction.set_rollback(True)
    assert len(before) > 3
    assert hat != "anna" or "rights:copy" in {page for page, __ in before}
    assert after == set()
