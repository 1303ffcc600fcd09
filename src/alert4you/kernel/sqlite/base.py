"""Django's SQLite, with what our triggers ask of it and with the second wall (`kernel.wall.sqlite`)."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from hashlib import sha256
from typing import Any

from django.db.backends.sqlite3 import base, operations

from alert4you.kernel.wall.names import NOBODY, view_of

READ, INSERT, UPDATE, DELETE = 20, 18, 23, 9
SEEN = " -- seen"


class Viewer:
    """The hat a request wears, and its values as the database wants them."""

    def __init__(self, actor: Any) -> None:
        self.actor = actor
        self.role = actor.role if actor else NOBODY
        self._values: dict[tuple[str, int], Any] = {}

    def value(self, name: str, off: int) -> Any:
        from alert4you.kernel.compiled import Slot

        if self.actor is None:
            return None
        if (name, off) not in self._values:
            self._values[name, off] = Slot(name, off).value(self.actor)
        return self._values[name, off]


class DatabaseOperations(operations.DatabaseOperations):
    """Names the view instead of the table while somebody looks."""

    def quote_name(self, name: str) -> str:
        viewer = self.connection.viewer  # type: ignore[attr-defined]
        if viewer is not None and name in _guarded():
            name = view_of(name, viewer.role)
        return str(super().quote_name(name))


class Cursor(base.SQLiteCursorWrapper):
    """What is asked while somebody looks is another statement, so that it passes the authorizer."""

    seen = ""

    def execute(self, query: str, params: Any = None) -> Any:
        return super().execute(query + self.seen, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        return super().executemany(query + self.seen, param_list)


class DatabaseWrapper(base.DatabaseWrapper):
    """``viewer``: who looks, or None while the wall does not stand."""

    ops_class = DatabaseOperations
    viewer: Viewer | None = None

    @contextmanager
    def seen_by(self, actor: Any) -> Iterator[None]:
        before, self.viewer = self.viewer, Viewer(actor)
        try:
            yield
        finally:
            self.viewer = before

    def shows_already(self, actor: Any) -> bool:
        return self.viewer is not None and self.viewer.actor == actor

    @property
    def standing(self) -> str:
        """What the form of a statement depends on."""
        return self.viewer.role if self.viewer else ""

    def as_if_seen_by(self, actor: Any) -> AbstractContextManager[None]:
        return self.seen_by(actor)

    def plainly_named(self) -> AbstractContextManager[None]:
        return self.opened()

    @contextmanager
    def opened(self) -> Iterator[None]:
        before, self.viewer = self.viewer, None
        try:
            yield
        finally:
            self.viewer = before

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        connection.create_function("sha256", 1, _sha256, deterministic=True)
        connection.create_function("of_viewer", 2, self._of_viewer, deterministic=True)
        connection.set_authorizer(self._allowed)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:  # noqa: ARG002
        cursor = self.connection.cursor(factory=Cursor)
        cursor.seen = SEEN if self.viewer else ""
        return cursor

    def _of_viewer(self, name: str, off: int) -> Any:
        return self.viewer.value(name, off) if self.viewer else None

    def _allowed(
        self, action: int, table: str | None, _column: Any, _base: Any, through: str | None
    ) -> int:
        """Whether a statement may touch this: tables about people only through a view."""
        touches = action in (READ, INSERT, UPDATE, DELETE)
        if self.viewer is None or through or not touches or table not in _guarded():
            return sqlite3.SQLITE_OK
        return sqlite3.SQLITE_DENY


def _guarded() -> Any:
    from alert4you.kernel.policies import guarded_models

    return guarded_models()


def _sha256(text: str) -> str:
    return sha256(text.encode()).hexdigest()
