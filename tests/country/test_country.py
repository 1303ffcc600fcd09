"""A generated country has exactly the rows that the commands give, and is the same for the same seed."""

import os
import re
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial
from random import Random
from subprocess import run
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from alert4you.children.models import Child
from alert4you.country import locations, names, needs, places
from alert4you.country.copying import TRAIL, Pattern
from alert4you.country.families import DAYCARE, families
from alert4you.country.locations import Life
from alert4you.country.recording import here, tables
from alert4you.country.towns import towns
from alert4you.country.writing import Writer
from alert4you.kernel.verifying import verify
from alert4you.kernel.wall.standing import opened
from alert4you.operations.connecting import instead
from alert4you.scenarios.almanac import Almanac
from alert4you.scenarios.building import build
from alert4you.scenarios.library import library
from alert4you.scenarios.player import play_together
from tests.operations.conftest import database, owner
from tests.tables import KEPT

TODAY = date(2026, 11, 20)
FEW = 30
TWO_REGIONS = f"""
import django
django.setup()
from alert4you.country import generating
generating.REGION = {FEW // 2}
generating.generate({FEW}, 1)
"""
IDENTITY = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}(?![0-9a-f])")


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Every table as it stands; a database that fills gaps gives its rows in any order."""
    found = {}
    with connection.cursor() as cursor:
        for name, table in tables().items():
            columns = ", ".join(f'"{each}"' for each in table.columns)
            cursor.execute(f'SELECT {columns} FROM "{name}"')
            if told := cursor.fetchall():
                found[name] = sorted(told, key=repr)
    return found


def anonymous(found: dict[str, list[tuple[Any, ...]]]) -> dict[str, Counter[tuple[str, ...]]]:
    """Each identity by the order in which it occurs in its row; seals are proved by `verify`."""
    return {name: Counter(_anonymous(name, row) for row in told) for name, told in found.items()}


def _anonymous(name: str, row: tuple[Any, ...]) -> tuple[str, ...]:
    """No hash of a password either: it is made of chance."""
    seen: dict[str, str] = {}
    cells = row[:-1] if name == TRAIL else row  # the digest is last
    return tuple(
        IDENTITY.sub(
            lambda found: seen.setdefault(found[0].replace("-", ""), f"#{len(seen)}"), _plain(each)
        )
        for each in cells
    )


def _plain(cell: Any) -> str:
    return "!" if isinstance(cell, str) and cell.startswith("!") else str(cell)


def after(write: Callable[[], Any]) -> dict[str, Counter[tuple[str, ...]]]:
    """What stands in the database after this, which is then undone."""
    with opened(reason="a test"), transaction.atomic():
        write()
        found = anonymous(rows())
        outcome = verify()
        transaction.set_rollback(True)
    assert outcome.faults == ()
    return found


def copy(pattern: Pattern, seed: int = 1) -> None:
    writer = Writer()
    pattern.copy(writer, Random(seed), {})
    writer.flush()


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["drie-gesprekken", "wie-betaalt-dit"])
def test_a_copied_town_has_the_rows_that_the_commands_give(slug: str) -> None:
    (story,) = (each for each in library() if each.slug == slug)
    with opened(reason="a test"):
        (town,) = towns([story], 1, TODAY, here(), Random(1))
    copied = after(lambda: copy(town.pattern))
    assert sum(map(Counter.total, copied.values())) > FEW
    assert copied == after(lambda: play_together([story], TODAY))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("life", "brings"),
    [
        (needs.kinds()[2], "access_consent"),
        (partial(needs.helped, ago=30, slug="samsam"), "trajectories_trajectory"),
    ],
)
def test_a_copied_family_has_the_rows_that_the_commands_give(life: Life, brings: str) -> None:
    child = next(families(DAYCARE, places.GROUPS[0]))
    with opened(reason="a test"):
        town = build(places.operator(), Almanac(TODAY, TODAY))
        world = build(places.location(DAYCARE), town.almanac, on=town)
        family = locations._family(child, world, here(), Random(1), life)
    copied = after(lambda: copy(family.pattern))
    assert copied[brings].total() > 0
    assert copied == after(lambda: locations._year(child, world, Random(1), life))


@pytest.mark.django_db
def test_an_empty_installation_becomes_a_country_once(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("generate", children=FEW, seed=1)
    said = capsys.readouterr().out
    found = re.findall(r"sign in as (\S+) \(.*\) with (\S+)", said)
    assert len(found) == 4 and all(authenticate(email=who, password=word) for who, word in found)
    with opened(reason="a test"):
        assert Child.objects.unrestricted(reason="a test").count() >= FEW
        assert verify().faults == ()
    connection.check_constraints()
    with pytest.raises(CommandError, match="nothing was written"):
        call_command("generate", children=FEW, seed=1)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on PostgreSQL")
@pytest.mark.django_db
def test_who_runs_the_server_writes_regions_beside_each_other() -> None:
    """In a process of its own: what is forked knows nothing of the databases of a test."""
    with owner(), database("country", f"TEMPLATE {KEPT}") as name:
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
        env = {**os.environ, "DATABASE_URL": url}
        run([sys.executable, "-c", TWO_REGIONS], env=env, check=True)
        with instead(name), connection.cursor() as cursor:
            assert Child.objects.unrestricted(reason="a test").count() >= FEW
            assert verify().faults == ()
            connection.check_constraints()
            cursor.execute("SELECT count(*) FROM pg_index WHERE NOT (indisvalid AND indisready)")
            assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_the_same_seed_makes_the_same_and_another_something_else() -> None:
    (story,) = (each for each in library() if each.slug == "drie-gesprekken")
    with opened(reason="a test"):
        (town,) = towns([story], 1, TODAY, here(), Random(1))
    written = []
    for seed in (1, 1, 2):
        with opened(reason="a test"), transaction.atomic():
            told = names.renaming(town.names, Random(seed))
            writer = Writer()
            town.pattern.copy(writer, Random(seed), told)
            writer.flush()
            written.append(rows())
            transaction.set_rollback(True)
    assert written[0] == written[1] != written[2]
