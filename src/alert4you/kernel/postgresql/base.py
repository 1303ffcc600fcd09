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
TELL = ", ".join(f"set_config('alert4you.{name}', %s, true)" for name in VALUES)
WEAR = f"SELECT set_config('role', %s, %s), {TELL}"


class DatabaseWrapper(base.DatabaseWrapper):
    """``worn``: the database role in this transaction (empty: that of the connection itself), and
    ``viewer``: the hat whose values it has.
    """

    worn, viewer = "", None

    def init_connection_state(self) -> None:
        """Compiling a condition of the wall takes a quarter of a second, asking it a few milliseconds."""
        super().init_connection_state()
        self._ask("SET jit = off")

    @contextmanager
    def seen_by(self, actor: Any) -> Iterator[None]:
        worn = self._wearing(role_of(actor.role if actor else NOBODY), actor)
        with nullcontext() if self.in_atomic_block else transaction.atomic(self.alias), worn:
            yield

    @contextmanager
    def opened(self) -> Iterator[None]:
        if self.worn == ACTING:
            yield
            return
        with self._wearing(ACTING, self.viewer):
            yield

    def shows_already(self, actor: Any) -> bool:
        return self.worn == role_of(actor.role) and self.viewer == actor

    def plainly_named(self) -> AbstractContextManager[None]:
        return nullcontext()

    @contextmanager
    def _wearing(self, role: str, viewer: Any) -> Iterator[None]:
        before = self.worn, self.viewer
        self._wear(role, viewer)
        try:
            yield
        finally:
            self._wear(*before)

    def _wear(self, role: str, viewer: Any) -> None:
        """For this transaction, or (in a job) for this connection until it is put back.

        A transaction that failed puts everything back itself.
        """
        self.worn, self.viewer = role, viewer
        self.ensure_connection()
        if self.connection.info.transaction_status == TransactionStatus.INERROR:
            return
        if role:
            values = [str(getattr(viewer, name, None) or "") for name in VALUES]
            self._ask(WEAR, [role, self.in_atomic_block, *values])
        else:
            self._ask("RESET ROLE")

    def _ask(self, statement: str, values: list[Any] | None = None) -> None:
        self.ensure_connection()
        self.connection.execute(statement, values)
