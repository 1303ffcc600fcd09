"""Django's PostgreSQL, with the second wall: a request wears the database role of its hat.

The role and the values of the hat hold for the transaction only, so that a connection that goes to the
next person carries nothing along. Rows are refused by PostgreSQL itself (`kernel.wall.postgresql`).
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from django.db import transaction
from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from alert4you.kernel.wall.names import ACTING, NOBODY, role_of

VALUES = ("person_id", "organisation_id", "membership_id", "at", "today")
WEAR = "SELECT set_config('role', %s, true)"
TELL = ", ".join(
    [
        "SELECT set_config('role', %s, true)",
        *(f"set_config('alert4you.{name}', %s, true)" for name in VALUES),
    ]
)


class DatabaseWrapper(base.DatabaseWrapper):
    """``worn``: the database role in this transaction; empty for that of the connection itself."""

    worn = ""

    @contextmanager
    def seen_by(self, actor: Any) -> Iterator[None]:
        role = role_of(actor.role if actor else NOBODY)
        values = [str(getattr(actor, name)) if actor else "" for name in VALUES]
        with self._wearing(role, TELL, [role, *values]):
            yield

    @contextmanager
    def opened(self) -> Iterator[None]:
        if self.worn == ACTING:
            yield
            return
        with self._wearing(ACTING, WEAR, [ACTING]):
            yield

    def plainly_named(self) -> AbstractContextManager[None]:
        return nullcontext()

    @contextmanager
    def _wearing(self, role: str, statement: str, values: list[str]) -> Iterator[None]:
        before = self.worn
        with nullcontext() if self.in_atomic_block else transaction.atomic(self.alias):
            self._ask(statement, values)
            self.worn = role
            try:
                yield
            finally:
                self.worn = before
                self._put_back(before)

    def _put_back(self, role: str) -> None:
        """A transaction that failed puts everything back itself."""
        if self.connection.info.transaction_status != TransactionStatus.INERROR:
            self._ask(WEAR if role else "RESET ROLE", [role] if role else None)

    def _ask(self, statement: str, values: list[str] | None) -> None:
        self.ensure_connection()
        self.connection.execute(statement, values)
