"""What a process of an installation does; each is a real one, to be killed."""

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

    if os.environ["FAULTS_SYNCHRONOUS"] != "FULL":
        connection.settings_dict["OPTIONS"]["init_command"] += "PRAGMA synchronous=NORMAL;"
    fatima = Membership.objects.get(person__email="fatima@example.org")
    mila = Child.objects.unrestricted(reason="test").get(first_name="Mila")
    with open(log, "ab", buffering=0) as recorded:
        for _ in range(int(number)):
            words = str(uuid4())
            write_note(actor_of(fatima, clock()), mila, words)
            recorded.write(HEAD.pack(KEPT, 0, 0, len(words)) + words.encode())


def kept() -> None:
    """The words of every note, one a line, and whether the trail is whole."""
    from alert4you.access.models import Entry
    from alert4you.kernel.verifying import verify

    for words in Entry.objects.unrestricted(reason="test").values_list("text", flat=True):
        print(words)
    print(f"faults: {len(verify().faults)}")


ROLES: dict[str, Callable[..., None]] = {
    each.__name__: each for each in (make, serve, work, ask_coaches, write, kept)
}

if __name__ == "__main__":
    django.setup()
    ROLES[sys.argv[1]](*sys.argv[2:])
