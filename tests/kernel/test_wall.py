"""The database shows a request only what the policies let its hat see, by whatever way it is asked."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations import AddField, Migration
from django.db.models import Count, F, QuerySet, Subquery
from django.test.utils import CaptureQueriesContext

from alert4you.access.commands.team import release_from_team
from alert4you.access.models import CareTeamMember, Entry
from alert4you.children.models import Child, OwnPerson, Placement, PlusPlace
from alert4you.coaching.models import Contact
from alert4you.config.wall import build_wall, take_down_wall
from alert4you.kernel.policies import guarded_models, policies
from alert4you.kernel.wall.names import ACTING, FACTS
from alert4you.kernel.wall.standing import opened, seen_by
from alert4you.organisations.models import Person
from alert4you.retention.models import Erasure
from alert4you.safety.models import Concern
from tests.architecture.world import make_world
from tests.cast import HATS, Cast
from tests.conftest import KEYS

A_PART = {
    "postgresql": "POLICY hat_parent ON children_placement",
    "sqlite": "VIEW children_placement__parent",
}


def ids(rows: Iterable[Any]) -> set[Any]:
    return {getattr(row, "pk", row) for row in rows}


def through_the_wall(model: type[models.Model], actor: Any) -> set[Any]:
    """All rows that a query without any condition of ours brings back."""
    with seen_by(actor):
        return ids(QuerySet(model))


@pytest.mark.parametrize("days", [0, 100])
def test_the_wall_and_a_query_show_what_the_policy_says_to_every_hat(cast: Cast, days: int) -> None:
    make_world(cast)
    seen = 0
    for name in HATS[:-1]:
        actor = cast.actor(name, days=days)
        for model, said in _by_the_policies(actor).items():
            assert through_the_wall(model, actor) == said, (name, model)
            assert ids(model.objects.visible_to(actor)) == said, (name, model)
            seen += len(said)
    assert seen > 20


def _by_the_policies(actor: Any) -> dict[type[models.Model], set[Any]]:
    """The same from the policies as they are written, not compiled; each is asked once."""
    whole = {
        kind: ids(kind.objects.unrestricted(reason="test").filter(policy(actor)))
        for kind, policy in policies().items()
    }

    def of(model: type[models.Model]) -> set[Any]:
        if kind := next((kind for kind in model.__mro__ if kind in whole), None):
            return whole[kind] & ids(QuerySet(model))
        part_of = model.part_of
        known = of(model._meta.get_field(part_of).related_model)
        return ids(QuerySet(model).filter(**{f"{part_of}__in": known}))

    return {model: of(model) for model in guarded_models().values()}


@pytest.mark.parametrize("model", [Concern, Erasure, PlusPlace, OwnPerson])
def test_whether_there_is_any_and_how_many_is_asked_without_a_condition(
    cast: Cast, model: type[models.Model]
) -> None:
    """Also of what a role never sees, and of what is part of something else."""
    make_world(cast)
    for hat in ("anna", "carla", "stranger"):
        actor = cast.actor(hat)
        seen = model.objects.visible_to(actor)
        outside = ids(seen)
        with seen_by(actor):
            assert ids(model.objects.visible_to(actor)) == outside == through_the_wall(model, actor)
            assert (seen.exists(), seen.count()) == (bool(outside), len(outside)), hat


WAYS: dict[str, Callable[[Any], QuerySet[Any, Any]]] = {
    "all rows": lambda _words: QuerySet(Entry).values_list("text"),
    "a condition": lambda words: QuerySet(Entry).filter(text=words).values_list("text"),
    "a joined column": lambda _words: QuerySet(Contact).values_list("entry_ptr__text"),
    "a joined condition": lambda words: QuerySet(Contact).filter(entry_ptr__text=words),
    "an order": lambda _words: QuerySet(Contact).order_by("entry_ptr__text"),
    "a grouped count": lambda _words: QuerySet(Entry).values("text").annotate(n=Count("pk")),
    "a copied column": lambda _words: QuerySet(Entry).annotate(told=F("text")).values_list("told"),
    "a union": lambda words: QuerySet(Entry).union(QuerySet(Entry).filter(text=words)),
    "a subquery": lambda _words: Person.objects.annotate(
        told=Subquery(QuerySet(Entry).values("text")[:1])
    ).exclude(told=None),
    "a related manager": lambda _words: QuerySet(Placement).values_list("child__first_name"),
    "what extends it": lambda _words: QuerySet(Contact).select_related("entry_ptr", "child"),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_of_asking_brings_back_what_nobody_here_may_see(cast: Cast, way: str) -> None:
    make_world(cast)
    words = QuerySet(Contact).exclude(text="").values_list("text", flat=True)[0]
    ask = WAYS[way]
    assert list(ask(words))
    for hat in ("gemma", "stranger", "oscar", None):
        with seen_by(cast.actor(hat) if hat else None):
            assert list(ask(words)) == [], hat


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT text FROM access_entry",
        "SELECT count(*) FROM access_entry HAVING count(*) > 0",
        "SELECT c.first_name FROM children_placement p JOIN children_child c ON p.child_id = c.id",
        "UPDATE access_entry SET text = ''",
        "DELETE FROM coaching_contact",
    ],
)
def test_a_statement_written_by_hand_meets_the_wall(cast: Cast, statement: str) -> None:
    """Also one that was prepared before, while nobody looked."""
    make_world(cast)
    assert asked(f"EXPLAIN {statement}")
    before = set(QuerySet(Entry).values_list("pk", "text"))
    with seen_by(cast.actor("stranger")):
        try:
            with transaction.atomic():
                assert asked(statement) == []
        except DatabaseError as refused:
            assert re.search("prohibited|not authorized|permission denied", str(refused))
    assert set(QuerySet(Entry).values_list("pk", "text")) == before


def asked(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []


def test_what_was_prepared_while_nobody_looked_is_not_asked_again(cast: Cast) -> None:
    make_world(cast)
    assert asked("SELECT text FROM access_entry")
    with seen_by(cast.actor("stranger")), transaction.atomic():
        try:
            assert asked("SELECT text FROM access_entry") == []
        except DatabaseError:
            connection.set_rollback(True)


def test_it_stands_only_as_long_as_somebody_looks(cast: Cast) -> None:
    make_world(cast)
    everything = QuerySet(Entry).count()
    with seen_by(cast.actor("anna")):
        hers = QuerySet(Entry).count()
        with opened(reason="test"):
            assert QuerySet(Entry).count() == everything
        assert QuerySet(Entry).count() == hers
        with seen_by(cast.actor("koen")):
            assert QuerySet(Entry).count() != hers
        assert QuerySet(Entry).count() == hers
        with pytest.raises(ZeroDivisionError), seen_by(None), transaction.atomic():
            assert QuerySet(Entry).count() == 0
            raise ZeroDivisionError
        assert QuerySet(Entry).count() == hers
    assert 0 < hers < everything == QuerySet(Entry).count()


def test_what_was_told_in_a_part_that_is_undone_is_told_again(cast: Cast) -> None:
    anna = cast.actor("anna")
    with pytest.raises(ZeroDivisionError), transaction.atomic(), seen_by(anna):
        raise ZeroDivisionError
    with seen_by(anna):
        assert ids(QuerySet(Child)) == {cast.mila.pk}


def test_a_request_asks_the_policy_once(cast: Cast) -> None:
    """The wall says it already; to anybody else, and outside a request, the query says it itself."""
    anna = cast.actor("anna")
    asks = "EXISTS"
    for outside in (seen_by(cast.actor("bram")), seen_by(None), opened(reason="test")):
        with outside:
            assert asks in str(Entry.objects.visible_to(anna).query)
    with seen_by(anna):
        assert asks not in str(Entry.objects.visible_to(anna).query)
        with opened(reason="test"):
            assert asks in str(Entry.objects.visible_to(anna).query)
        assert asks not in str(Entry.objects.visible_to(anna).query)
    assert asks in str(Entry.objects.visible_to(anna).query)


def test_the_facts_that_policies_ask_hold_no_name_and_no_words(db: None) -> None:
    with connection.cursor() as cursor:
        shown = connection.introspection.get_table_list(cursor)
        views = [info.name for info in shown if info.name.startswith(FACTS)]
        assert views
        for view in views:
            table = guarded_models()[view.removeprefix(FACTS)]
            columns = connection.introspection.get_table_description(cursor, view)
            words = {
                field.column
                for field in table._meta.concrete_fields
                if isinstance(field, models.TextField | models.CharField) and not field.choices
            }
            assert not words & {column.name for column in columns}, view


def test_it_is_made_again_from_the_policies_of_today(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Break a policy, build the wall, and it shows what the policy then says. Else it is left alone, unless
    somebody took a part of it away.
    """
    make_world(cast)
    actor = cast.actor("stranger")
    assert through_the_wall(Placement, actor) == set()

    def everything(_actor: Any) -> models.Q:
        return ~models.Q(pk=None)

    monkeypatch.setitem(policies(), Placement, everything)
    build_as_owner()
    assert through_the_wall(Placement, actor) == ids(QuerySet(Placement))
    monkeypatch.undo()
    build_as_owner()
    assert through_the_wall(Placement, actor) == set()
    with CaptureQueriesContext(connection) as standing:
        build_as_owner()
    assert not [each["sql"] for each in standing if re.match("CREATE|DROP|LOCK", each["sql"])]
    hers = through_the_wall(Placement, cast.actor("anna"))
    with as_if_owner():
        asked(f"DROP {A_PART[connection.vendor]}")
    build_as_owner()
    assert through_the_wall(Placement, cast.actor("anna")) == hers != set()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on PostgreSQL")
def test_it_stands_while_a_migration_only_adds_something(cast: Cast) -> None:
    anna, migration = cast.actor("anna"), Migration("later", "children")
    migration.operations = [AddField("child", "more", models.TextField(null=True))]
    for backwards, seen in ((False, {cast.mila.pk}), (True, set())):
        with as_if_owner():
            take_down_wall("default", plan=[(migration, backwards)])
        assert through_the_wall(Child, anna) == seen


@contextmanager
def as_if_owner() -> Iterator[None]:
    if connection.vendor == "postgresql":
        asked("SET CONSTRAINTS ALL IMMEDIATE")
        asked(f"SET LOCAL ROLE {KEYS}")
    yield
    if connection.vendor == "postgresql":
        asked("RESET ROLE")


def build_as_owner() -> None:
    with as_if_owner():
        build_wall(using="default")


def test_what_a_command_changes_is_seen_at_once(cast: Cast) -> None:
    """What a hat has is looked up once as long as it is worn (`kernel.wall.sets`), and not longer."""
    carla, visitor, day = cast.actor("carla"), cast.actor("stranger"), date(2026, 11, 20)
    with seen_by(visitor):
        assert not QuerySet(Child)
        with opened(reason="test"):
            member = CareTeamMember.objects.create(
                child=cast.mila, membership=cast.stranger, why="test", starts=day
            )
        assert ids(QuerySet(Child)) == {cast.mila.pk}
    with seen_by(carla):
        release_from_team(carla, cast.mila, cast.stranger)
    with seen_by(visitor):
        assert not QuerySet(Child), member


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on PostgreSQL")
def test_what_a_hat_has_is_looked_up_again_only_after_something_was_written(cast: Cast) -> None:
    look = "SELECT current_setting('alert4you.worn')"
    with seen_by(cast.actor("carla")):
        first = asked(look)
        with opened(reason="test"):
            assert QuerySet(Child).exists()
        assert asked(look) == first
        with opened(reason="test"):
            QuerySet(Child).update(first_name="Elsewhere")
        assert asked(look) != first


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on PostgreSQL")
def test_the_server_by_itself_reads_nothing_and_carries_nothing_along(cast: Cast) -> None:
    with seen_by(cast.actor("anna")):
        assert asked("SELECT current_user") == [("alert4you_parent",)]
    assert asked("SELECT current_user") == [(ACTING,)]
    asked("SET LOCAL ROLE NONE")
    who = "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    assert asked(who) == [(False, False)]
    for forbidden in ("SELECT text FROM access_entry", "TABLE of_hat_1", "SELECT of_hat_1()"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            asked(forbidden)
    owned = "SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole"
    assert asked(owned) == [(0,)]


def test_whether_a_connection_is_of_use_is_asked_without_ending_its_transaction(cast: Cast) -> None:
    assert connection.is_usable()
    assert Person.objects.filter(pk=cast.anna.pk).exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on PostgreSQL")
def test_the_server_never_waits_for_a_condition_to_be_compiled(cast: Cast) -> None:
    with seen_by(cast.actor("anna")):
        assert asked("SHOW jit") == [("off",)]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on PostgreSQL")
def test_what_a_hat_has_is_not_planned_again_for_every_table(cast: Cast) -> None:
    """It is asked of functions, whose plans a connection keeps (`kernel.wall.sets`)."""
    with seen_by(cast.actor("carla")):
        plan = "\n".join(line for (line,) in asked("EXPLAIN SELECT text FROM access_entry"))
    assert "Function Scan on of_hat_" in plan
    assert not re.search("(access_(consent|careteam|signature)|children_guardian)", plan)
