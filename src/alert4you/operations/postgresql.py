"""PostgreSQL: dumped by its own programs, at the moment of a snapshot in which we look as well."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, cast

from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

from alert4you.operations.connecting import instead
from alert4you.operations.sealing import Refused

PIECE = 1 << 20  # bytes
BESIDE = "{}_drill"
# Row for row, in whatever order; 15 hexadecimal digits are a number that is never below zero.
SUM = """SELECT count(*), coalesce(sum(('x0' || left(md5(t::text), 15))::bit(64)::bigint), 0)::text
FROM {} t"""
# The wall is built anew by `migrate`, for the roles that are there.
OF_THE_WALL = (" POLICY ", " ROW SECURITY ")


@contextmanager
def room() -> Iterator[Path]:
    """A folder where a dump may lie while it is read (TMPDIR says where)."""
    with TemporaryDirectory(prefix="alert4you-backup-") as folder:
        yield Path(folder)


@contextmanager
def at_one_moment() -> Iterator[Iterator[bytes]]:
    """While this holds, the database is asked as it was at its beginning; yields a dump of that moment.

    Raises Refused for somebody to whom row-level security applies: rows would be left out in silence.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute(
            "SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        name, sees_all = cursor.fetchone()
        if not sees_all:
            raise Refused(
                f"{name} does not see every row. Put the user for backups in DATABASE_URL: docs/how-to/run.md"
            )
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        yield _dumped(snapshot)


@contextmanager
def beside(dump: Path) -> Iterator[str]:
    """The database of a dump, under a name of its own for as long as this holds."""
    name = BESIDE.format(connection.settings_dict["NAME"])
    _on_the_server(
        f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}" TEMPLATE template0'
    )
    try:
        _load(dump, name)
        yield name
    finally:
        _on_the_server(f'DROP DATABASE IF EXISTS "{name}"')


def restore(dump: Path, right: Callable[[], None]) -> None:
    """Put it in the empty database of this installation, in one transaction, and build the wall.

    What does not go as it should leaves the database as empty as it was.
    """
    _load(dump, connection.settings_dict["NAME"])
    try:
        right()
        call_command("migrate", interactive=False, verbosity=0)
    except BaseException:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        raise


def fingerprints() -> dict[str, list[int | str]]:
    """For every table its number of rows, and a sum of their content that no order changes."""
    found: dict[str, list[int | str]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        for (table,) in cursor.fetchall():
            cursor.execute(SUM.format(f'"{table}"'))
            found[table] = list(cursor.fetchone())
    return found


def _dumped(snapshot: str) -> Iterator[bytes]:
    command = ["pg_dump", "--format=custom", f"--snapshot={snapshot}", "--no-password"]
    told = _environment(connection.settings_dict["NAME"])
    with _run(command, told, stdout=subprocess.PIPE) as running:
        pipe = cast(IO[bytes], running.stdout)
        while piece := pipe.read(PIECE):
            yield piece
    _ended(running, "pg_dump")


def _load(dump: Path, name: str) -> None:
    told = _environment(name)
    listed = dump.with_name("list")
    with _run(["pg_restore", "--list", str(dump)], told, stdout=subprocess.PIPE) as listing:
        lines = cast(IO[bytes], listing.stdout).read().decode().splitlines()
    _ended(listing, "pg_restore")
    kept = [line for line in lines if not any(word in line for word in OF_THE_WALL)]
    listed.write_text("\n".join(kept) + "\n")
    command = [
        "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--single-transaction",
        "--no-password",
    ]
    with _run([*command, f"--use-list={listed}", f"--dbname={name}", str(dump)], told) as loading:
        loading.wait()
    _ended(loading, "pg_restore")


def _run(command: list[str], told: dict[str, str], **how: Any) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(command, env=told, **how)  # noqa: S603
    except FileNotFoundError as error:
        raise Refused(
            f"{command[0]} is not installed here: apt install postgresql-client."
        ) from error


def _ended(running: subprocess.Popen[bytes], program: str) -> None:
    if running.returncode:
        raise Refused(
            f"{program} stopped with status {running.returncode}; what it said stands above."
        )


def _environment(name: str) -> dict[str, str]:
    """The environment that tells PostgreSQL's programs where the database is; no password on a command
    line.
    """
    told = connection.settings_dict
    __, secrets = DatabaseClient.settings_to_cmd_args_env(told, [])
    where = {"PGHOST": told["HOST"], "PGPORT": str(told["PORT"]), "PGUSER": told["USER"]}
    return {
        **os.environ,
        **(secrets or {}),
        **{k: v for k, v in where.items() if v},
        "PGTARGETSESSIONATTRS": "read-write",
        "PGDATABASE": name,
    }


def _on_the_server(*statements: str) -> None:
    """Beside every transaction, in the database that is always there."""
    with instead("postgres"), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
