"""What a database keeps about itself; elsewhere nobody writes SQL in words."""

from django.db import connection


def read_pragma(name: str) -> int:
    """The number behind a pragma; for SQLite only."""
    with connection.cursor() as cursor:
        return int(cursor.execute(f"PRAGMA {name}").fetchone()[0])


def write_pragma(name: str, value: int) -> None:
    """Set a pragma to a number; for SQLite only."""
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name} = {value}")


def read_setting(name: str) -> str:
    """A setting of the server, as it holds for this connection; for PostgreSQL only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        return str(cursor.fetchone()[0])
