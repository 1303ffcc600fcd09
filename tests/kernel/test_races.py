"""Two people at once: the second waits, and its rule judges what the first one left."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from threading import Event
from time import monotonic, sleep
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from alert4you.access.commands.places import place_child
from alert4you.access.models import CareTeamMember
from alert4you.children.models import Child, Placement, Terms
from alert4you.config.wall import build_wall
from alert4you.kernel.decision import Denied
from alert4you.kernel.policies import policies
from alert4you.kernel.wall.standing import opened, seen_by
from alert4you.meetings.commands.planning import cancel_meeting, plan_meeting
from alert4you.meetings.commands.table import hold_meeting
from alert4you.meetings.models import Meeting
from alert4you.meetings.rules import planning
from alert4you.organisations.models import Group
from tests.cast import NOW, TODAY, Cast, make_cast
from tests.conftest import as_owner
from tests.tables import KEPT, again

MOMENT = 0.5
TERMS = Terms([(0, "morning")])

on_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite lets one in at a time anyway"
)


@pytest.fixture
def shared(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """The cast in a database of its own, seen by every connection; thrown away afterwards."""
    with django_db_blocker.unblock():
        known = connection.settings_dict["NAME"]
        with as_owner():
            again(f"{known}_races", KEPT)
        connection.settings_dict["NAME"] = f"{known}_races"
        try:
            yield make_cast()
        finally:
            connection.close()
            connection.settings_dict["NAME"] = known
            with as_owner():
                connection.creation.destroy_test_db(suffix="races", verbosity=0)
            connection.close()


def both(first: Callable[[], Any], second: Callable[[], Any]) -> None:
    """The second begins while the first one is not finished; it must wait, and be refused."""

    def on_its_own() -> None:
        try:
            second()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as elsewhere:
        with transaction.atomic():
            first()
            told = elsewhere.submit(on_its_own)
            with pytest.raises(TimeoutError):
                told.result(MOMENT)
        with pytest.raises(Denied):
            told.result(10)


@on_postgresql
def test_who_looks_while_the_wall_changes_is_never_refused_nor_shown_more(
    shared: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent, stranger = shared.actor("anna"), shared.actor("stranger")
    looks: list[tuple[int, int, int]] = []
    changed = Event()

    def look() -> None:
        with closing(connection):
            while not changed.is_set():
                with seen_by(parent):
                    hers = QuerySet(Child).count()
                with seen_by(stranger):
                    looks.append((hers, QuerySet(Child).count(), QuerySet(Placement).count()))

    with ThreadPoolExecutor(3) as elsewhere:
        told = [elsewhere.submit(look) for _each in range(3)]
        try:
            wait_for_more(looks)
            monkeypatch.setitem(policies(), Placement, lambda _actor: ~Q(pk=None))
            with as_owner():
                build_wall(using="default")
            wait_for_more(looks)
        finally:
            changed.set()
    assert [each.result() for each in told] == [None, None, None]
    assert [looks[0], looks[-1]] == [(1, 0, 0), (1, 0, 1)]
    assert set(looks) == {(1, 0, 0), (1, 0, 1)}


def wait_for_more(looks: list[Any]) -> None:
    many, until = len(looks) + 10, monotonic() + 10
    while len(looks) < many and monotonic() < until:
        sleep(0.01)


def waiting(cast: Cast, name: str) -> Child:
    return Child.objects.create(first_name=name, last_name="Bakker", born=cast.mila.born)


def with_one_place(cast: Cast) -> Group:
    return Group.objects.create(location=cast.location, name="Kikkers", places=1)


@on_postgresql
def test_the_last_place_is_given_once(shared: Cast) -> None:
    group, carla = with_one_place(shared), shared.actor("carla")
    noor, sem = waiting(shared, "Noor"), waiting(shared, "Sem")
    both(
        lambda: place_child(carla, noor, group, TODAY, None, TERMS),
        lambda: place_child(carla, sem, group, TODAY, None, TERMS),
    )
    given = Placement.objects.unrestricted(reason="test").get(group=group)
    assert given.child == noor


@on_postgresql
def test_a_meeting_is_not_held_and_cancelled_at_once(shared: Cast) -> None:
    meeting, again = told_twice(shared)
    later = shared.actor("carla", hours=2)
    both(
        lambda: cancel_meeting(later, meeting, "Ziek"),
        lambda: hold_meeting(later, again, ()),
    )
    kept = Meeting.objects.unrestricted(reason="test").get()
    assert kept.cancelled_at and not kept.held_at


def test_what_was_known_before_is_not_what_counts(cast: Cast) -> None:
    meeting, again = told_twice(cast)
    later = cast.actor("carla", hours=2)
    hold_meeting(later, meeting, ())
    with pytest.raises(Denied, match="over"):
        cancel_meeting(later, again, "Ziek")


def told_twice(cast: Cast) -> tuple[Meeting, Meeting]:
    """One meeting of today, as two people have it on their screen."""
    soon = NOW + timedelta(hours=1)
    terms = planning.Terms("team", "Teamoverleg", soon, soon + timedelta(hours=1), cast.carla)
    made = plan_meeting(cast.actor("carla"), terms, [], [])
    rows = Meeting.objects.unrestricted(reason="test")
    return rows.get(pk=made.pk), rows.get(pk=made.pk)


@on_postgresql
def test_who_waited_for_a_lock_sees_by_what_she_has_now(shared: Cast) -> None:
    """Her access ends while she waits; what was written after that is not hers to see."""
    with opened(reason="test"):
        member = CareTeamMember.objects.create(
            child=shared.mila, membership=shared.stranger, why="test", starts=TODAY
        )
    holds = Event()

    def ends_it() -> None:
        with opened(reason="test"), closing(connection), transaction.atomic():
            CareTeamMember.objects.select_for_update().get(pk=member.pk)
            holds.set()
            sleep(0.5)
            CareTeamMember.objects.filter(pk=member.pk).update(ends=TODAY)

    with ThreadPoolExecutor(1) as pool:
        ended = pool.submit(ends_it)
        assert holds.wait(10)
        with seen_by(shared.actor("stranger")):
            assert [each.pk for each in QuerySet(Child)] == [shared.mila.pk]
            with opened(reason="test"):
                CareTeamMember.objects.select_for_update().get(pk=member.pk)
            assert list(QuerySet(Child)) == []
        ended.result(10)
