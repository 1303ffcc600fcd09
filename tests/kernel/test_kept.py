"""A kept question brings the rows of the query it is written as, for everybody, and is built once."""

from contextlib import nullcontext
from datetime import timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.models import Prefetch, QuerySet
from django.db.models.sql.query import Query

from alert4you.access.models import Entry
from alert4you.access.queries.line import children
from alert4you.children.models import Child, Placement
from alert4you.kernel.compiled import NotCompilable
from alert4you.kernel.guard import Unguarded
from alert4you.kernel.kept import Exactly, kept
from alert4you.kernel.wall.standing import seen_by
from alert4you.organisations.models import Actor, Group
from tests.architecture.world import make_world
from tests.cast import HATS, Cast


def lately(actor: Actor, about: Any, kind: str = "") -> QuerySet[Entry]:
    rows = Entry.objects.visible_to(actor).filter(child__in=about, at__lte=actor.at)
    rows = rows.filter(at__gt=actor.at - timedelta(days=90), day__lte=actor.today)
    return rows.filter(kind=kind) if kind else rows.order_by("-at", "pk")[:50]


asked = kept(lately)


@kept
def filed(_actor: Actor, child_id: UUID) -> QuerySet[Placement]:
    return Placement.objects.unrestricted(reason="test").filter(child=child_id)


@pytest.mark.parametrize("looking", [True, False])
def test_the_same_rows_for_every_hat_and_any_number_of_ids(cast: Cast, looking: bool) -> None:
    make_world(cast)
    found = 0
    for name in HATS[:-1]:
        actor = cast.actor(name)
        with seen_by(actor) if looking else nullcontext():
            everybody = list(children(actor).values_list("pk", flat=True))
            for about in ([], everybody[:1], everybody, everybody * 3):
                rows = asked(actor, about)
                assert rows == list(lately(actor, about)), name
                found += len(rows)
    assert found > 20


def test_a_text_is_filled_in_exactly_as_it_is(cast: Cast) -> None:
    by_name = kept(lambda _nobody, name: Group.objects.filter(name=name))
    names = ["Vlinders", "Vlinder_", "100%", "%s' OR 1=1 --"]
    made = {name: Group.objects.create(name=name, location=cast.location) for name in names}
    for name in names[1:] + names[1:]:
        assert by_name(None, Exactly(name)) == [made[name]]
    assert made["Vlinders"] in by_name(None, Exactly("Vlinders"))
    assert not by_name(None, Exactly("vlinder"))


def test_another_person_of_the_same_role_gets_her_own_rows(cast: Cast) -> None:
    make_world(cast)
    ours = kept(lambda actor: children(actor))
    rows = {name: ours(cast.actor(name)) for name in HATS[:-1]}
    assert rows == {name: list(children(cast.actor(name))) for name in HATS[:-1]}
    assert rows["fatima"] != rows["stranger"]
    assert rows["anna"] != rows["oscar"] or rows["sanne"] != rows["koen"]


def test_what_has_a_reason_of_its_own_is_asked_with_the_wall_open(cast: Cast) -> None:
    make_world(cast)
    with seen_by(cast.actor("gemma")):
        assert len(filed(cast.actor("gemma"), cast.mila.pk)) > 0
        assert lately(cast.actor("gemma"), [cast.mila.pk]).count() == 0


def test_it_is_built_once_and_its_rows_are_noted_every_time(cast: Cast) -> None:
    make_world(cast)
    nanny = cast.actor(HATS[0])
    everybody = [child.pk for child in children(nanny)]
    asked(nanny, everybody)
    with patch.object(Query, "add_q", side_effect=AssertionError("built again")):
        with pytest.raises(AssertionError):
            lately(nanny, everybody)
        assert asked(nanny, everybody)


def test_another_argument_is_another_form(cast: Cast) -> None:
    make_world(cast)
    nanny = cast.actor(HATS[0])
    everybody = [child.pk for child in children(nanny)]
    assert {each.kind for each in asked(nanny, everybody, "note")} == {"note"}
    assert len({each.kind for each in asked(nanny, everybody)}) > 1


def called(actor: Actor, words: list[Exactly]) -> QuerySet[Child]:
    found = children(actor)
    for word in words:
        found = found.filter(first_name__iregex=word)
    return found


def test_texts_are_filled_in_as_they_are(cast: Cast) -> None:
    make_world(cast)
    actor, ours = cast.actor("carla"), kept(called)
    for told in ([], ["m"], ["l"], ["i", "A"], ["i", "L", "m"], ["%"], ["%s"], ["^m"]):
        words = [*map(Exactly, told)]
        assert ours(actor, words) == list(called(actor, words)), words
    assert (ours(actor, [Exactly("MIL")]), ours(actor, [Exactly("%")])) == ([cast.mila], [])


def of_the_day(actor: Actor) -> QuerySet[Child]:
    monday = Child.objects.visible_to(actor)
    return monday.order_by("pk") if actor.today.weekday() == 2 else monday


def read_before(actor: Actor) -> QuerySet[Placement]:
    return Placement.objects.visible_to(actor).filter(child__in=list(children(actor)))


def with_more(actor: Actor) -> QuerySet[Child]:
    placed = Placement.objects.visible_to(actor)
    return children(actor).prefetch_related(Prefetch("placements", queryset=placed))


def unguarded(_actor: Actor) -> QuerySet[Child]:
    return Child.objects.all()


@pytest.mark.parametrize("build", [of_the_day, read_before, with_more])
def test_what_cannot_be_kept_is_refused(cast: Cast, build: Any) -> None:
    make_world(cast)
    with pytest.raises(NotCompilable):
        kept(build)(cast.actor(HATS[0]))


def test_the_guard_holds(cast: Cast) -> None:
    with pytest.raises(Unguarded):
        kept(unguarded)(cast.actor(HATS[0]))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans in no time")
def test_what_is_refused_takes_no_plan_along(cast: Cast) -> None:
    """Psycopg would forget them all: the next pages then plan everything anew."""

    def prepared() -> set[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT statement FROM pg_prepared_statements")
            return {statement for (statement,) in cursor.fetchall()}

    for _time in range(4):
        filed(cast.actor("carla"), cast.mila.pk)
    known = prepared()
    assert any("children_placement" in statement for statement in known)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError
    assert known <= prepared()
