"""What a process of an installation does; each is a real one, to be killed."""

import contextlib
import json
import os
import sys
from collections.abc import Callable
from uuid import uuid4

import django


def make() -> None:
    """The tables, the cast, and Fatima signed in."""
    from django.core.management import call_command
    from django.db import connections

    from tests.cast import make_cast

    if not connections["default"].introspection.table_names():
        call_command("migrate", verbosity=0)
    cast = make_cast()
    client = cast.client("fatima")
    told = {
        "mila": str(cast.mila.pk),
        "session": client.cookies["sessionid"].value,
        "csrf": "c" * 32,
    }
    connections.close_all()  # so that all of it is in the one file
    print(json.dumps(told))


def serve(port: str, workers: str) -> None:
    from alert4you.config.server import serve

    serve("127.0.0.1", int(port), int(workers), quiet=True)


def work() -> None:
    from django.core.management import call_command

    call_command("worker")


def ask_coaches(number: str) -> None:
    """So many questions, each of which is one mail to the coach."""
    from alert4you.coaching.commands.questions import ask_coach
    from alert4you.organisations.models import Membership
    from alert4you.organisations.queries import actor_of
    from faults.clock import clock

    fatima = Membership.objects.get(person__email="fatima@example.org")
    for each in range(int(number)):
        ask_coach(
            actor_of(fatima, clock()), fatima.organisation.locations.get(), "group", f"Vraag {each}"
        )


def write(number: str, log: str) -> None:
    """So many notes by the command itself; each that is kept is written in the log as well."""
    from django.db import connection

    from alert4you.children.models import Child
    from alert4you.notes.commands.writing import write_note
    from alert4you.organisations.models import Membership
    from alert4you.organisations.queries import actor_of
    from faults.clock import clock
    from faults.disk import HEAD, KEPT

    if os.environ.get("FAULTS_SYNCHRONOUS") == "NORMAL":
        connection.settings_dict["OPTIONS"]["init_command"] += "PRAGMA synchronous=NORMAL;"
    fatima = Membership.objects.get(person__email="fatima@example.org")
    mila = Child.objects.unrestricted(reason="test").get(first_name="Mila")
    with open(log, "ab", buffering=0) as recorded:
        for _ in range(int(number)):
            words = str(uuid4())
            write_note(actor_of(fatima, clock()), mila, words)
            recorded.write(HEAD.pack(KEPT, 0, 0, len(words)) + words.encode())


def country(children: str) -> None:
    """A generated country of so many children."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    with contextlib.redirect_stdout(sys.stderr):
        call_command("generate", children=int(children))


def people(number: str) -> None:
    """So many of that country, signed in: half on a group, a third parents, the others beside the groups.

    Of each the cookies, the pages they read, and where they write.
    """
    from django.urls import reverse

    from alert4you.access.queries.line import children
    from alert4you.access.rules.relations import may_speak
    from alert4you.children.models import Guardian
    from alert4you.organisations.models import Membership, Role
    from faults.clock import clock
    from tests.cast import Cast

    today, many = clock().date(), int(number)
    hats = Membership.objects.on(today).order_by("?")
    on_a_group = hats.filter(role=Role.GROUP_WORKER, rosters__weekday=today.weekday())
    beside = hats.filter(role__in=(Role.COACH, Role.CARE_COORDINATOR, Role.MANAGER))
    known = Guardian.objects.on(today).filter(has_authority=True).order_by("?")
    parents = [each.person for each in known.select_related("person")[: many // 3]]
    told = []
    for who in [*on_a_group[: many // 2], *parents, *beside[: many // 6]]:
        cast = Cast({"who": who})
        actor = cast.actor("who")
        pages = [reverse("web:today"), reverse("web:children")]
        mine = children(actor)[:12]
        pages += [reverse("web:line", args=[each.pk]) for each in mine]
        page = "notes:words" if actor.is_parent else "notes:write"
        write = [reverse(page, args=[each.pk]) for each in mine if may_speak(actor, each)]
        if write:
            cookies = {"session": cast.client("who").cookies["sessionid"].value, "csrf": "c" * 32}
            told.append({**cookies, "pages": pages, "note": write[0]})
    print(json.dumps(told))


def migrations() -> None:
    """What came after the first tables, in the order in which it is done: context, before, after."""
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    graph = MigrationLoader(connection).graph
    last: dict[str, str] = {}
    for leaf in sorted(graph.leaf_nodes()):
        for app, name in graph.forwards_plan(leaf):
            if app in settings.CONTEXTS and name > last.get(app, ""):
                if app in last:
                    print(app, last[app], name)
                last[app] = name


def migrate(*steps: str) -> None:
    """Each "context.name" after the other; again when a lock was not to be had."""
    from django.core.management import call_command
    from django.db import OperationalError

    for step in steps:
        for _ in range(10):
            with contextlib.suppress(OperationalError):
                call_command("migrate", *step.split("."), verbosity=0)
                break
            print(f"{step} again", file=sys.stderr)
        else:
            sys.exit(f"{step} is never done")


def alter() -> None:
    """What CONTRIBUTING.md says of a large table, and back: a column, an index, a rule."""
    from django.contrib.postgres.operations import (
        AddConstraintNotValid,
        AddIndexConcurrently,
        ValidateConstraint,
    )
    from django.db import connection, migrations, models
    from django.db.migrations.loader import MigrationLoader

    rule = models.CheckConstraint(condition=~models.Q(faults=0), name="faults_rule")
    operations = [
        migrations.AddField("entry", "faults", models.IntegerField(null=True)),
        AddIndexConcurrently("entry", models.Index(fields=["faults"], name="faults_index")),
        AddConstraintNotValid("entry", rule),
        ValidateConstraint("entry", rule.name),
    ]
    done = []
    state = MigrationLoader(connection).project_state()
    for operation in operations:
        before, state = state, state.clone()
        operation.state_forwards("access", state)
        with connection.schema_editor(atomic=operation.atomic) as editor:
            operation.database_forwards("access", editor, before, state)
        done.append((operation, before, state))
    for operation, before, after in reversed(done):
        with connection.schema_editor(atomic=operation.atomic) as editor:
            operation.database_backwards("access", editor, after, before)


def kept() -> None:
    """The words of every note, one a line, and whether the trail is whole."""
    from alert4you.access.models import Entry
    from alert4you.kernel.verifying import verify

    for words in Entry.objects.unrestricted(reason="test").values_list("text", flat=True):
        print(words)
    print(f"faults: {len(verify().faults)}")


ROLES: dict[str, Callable[..., None]] = {
    each.__name__: each
    for each in (
        make,
        country,
        people,
        migrations,
        migrate,
        alter,
        serve,
        work,
        ask_coaches,
        write,
        kept,
    )
}

if __name__ == "__main__":
    django.setup()
    ROLES[sys.argv[1]](*sys.argv[2:])
