"""Django's SQLite, with the one function that the triggers of the audit trail need."""

from hashlib import sha256
from sqlite3 import Connection
from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        """A connection that knows `sha256(text)`, as PostgreSQL does."""
        connection: Connection = super().get_new_connection(conn_params)
        connection.create_function("sha256", 1, _sha256, deterministic=True)
        return connection


def _sha256(text: str) -> str:
    return sha256(text.encode()).hexdigest()
