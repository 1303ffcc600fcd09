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
WEAR = "SELECT set_config('role', %s, %s)"
TELL = ", ".join(f"set_config('alert4you.{name}', %s, true)" for name in VALUES)


class DatabaseWrapper(base.DatabaseWrapper):
    """``worn``: the database role in this transaction (empty: that of the connection itself), and the
    values of its hat.
    """

    worn, values = "", (*[""] * len(VALUES),)

    def init_connection_state(self) -> None:
        """Compiling a condition of the wall takes a quarter of a second, asking it a few milliseconds."""
        super().init_connection_state()
        self._ask("SET jit = off")

    @contextmanager
    def seen_by(self, actor: Any) -> Iterator[None]:
        values = tuple(str(getattr(actor, name)) if actor else "" for name in VALUES)
        worn = self._wearing(role_of(actor.role if actor else NOBODY), values)
        with nullcontext() if self.in_atomic_block else transaction.atomic(self.alias), worn:
            yield

    @contextmanager
    def opened(self) -> Iterator[None]:
        if self.worn == ACTING:
            yield
            return
        with self._wearing(ACTING, self.values):
            yield

    def shows_already(self, _actor: Any) -> bool:
        """A filter beside row-level security is what lets PostgreSQL use its indexes."""
        return False

    def plainly_named(self) -> AbstractContextManager[None]:
        return nullcontext()

    @contextmanager
    def _wearing(self, role: str, values: tuple[str, ...]) -> Iterator[None]:
        before, told = self.worn, self.values
        self._wear(role, values)
        try:
            yield
        finally:
            self._wear(before, told)

    def _wear(self, role: str, values: tuple[str, ...]) -> None:
        """For this transaction, or (in a job) for this connection until it is put back.

        A transaction that failed puts everything back itself.
        """
        tell, self.worn, self.values = values != self.values, role, values
        self.ensure_connection()
        if self.connection.info.transaction_status == TransactionStatus.INERROR:
            return
        if tell:
            self._ask(f"SELECT {TELL}", [*values])
        if role:
            self._ask(WEAR, [role, self.in_atomic_block])
        else:
            self._ask("RESET ROLE")

    def _ask(self, statement: str, values: list[Any] | None = None) -> None:
        self.ensure_connection()
        self.connection.execute(statement, values)
