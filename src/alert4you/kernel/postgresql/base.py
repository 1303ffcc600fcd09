"""Django's PostgreSQL, with the second wall: a request wears the database role of its hat.

The role and the values of the hat hold for the transaction only, so that a connection that goes to the
next person carries nothing along; nothing at all is said for longer, so a pooler may hand out transactions.
Rows are refused by PostgreSQL itself (`kernel.wall.postgresql`).
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import lru_cache
from itertools import count
from typing import Any

from django.db import DatabaseError, transaction
from django.db.backends.postgresql import base
from psycopg import Connection, Cursor, Error, OperationalError
from psycopg._preparing import PrepareManager
from psycopg._queries import PostgresQuery, _query2pg_nocache
from psycopg.pq import TransactionStatus

from alert4you.kernel.wall.names import ACTING, DOOR, NOBODY, role_of

STANDBY = "standby"
VALUES = ("person_id", "organisation_id", "membership_id", "at", "today")
TELL = ", ".join(f"set_config('alert4you.{name}', %s, true)" for name in VALUES)
# Planning what a hat may see takes longer than asking it, and compiling it longer still: a plan is kept, made
# for all values, and looks rows up one by one rather than read a whole table.
PLANS = {"plan_cache_mode": "force_generic_plan", "jit": "off", "random_page_cost": "1.1"}
KEEP = ", ".join(f"set_config('{name}', '{value}', true)" for name, value in PLANS.items())
# What a hat has is looked up once in a transaction (`kernel.wall.sets`), and anew after anything was written.
TIMES = count()
READS = ("SELECT", "(SELECT")
WAITS = " FOR "  # at the end of a look that locks: what others wrote meanwhile is there after it
CHANGE = "SELECT set_config('role', %s, true), set_config('alert4you.worn', %s, true)"
WEAR = f"{CHANGE}, pg_advisory_xact_lock_shared({DOOR}), {KEEP}, {TELL}"
NOBODY_YET = object()


_read = lru_cache(maxsize=2048)(_query2pg_nocache)


class Statement(PostgresQuery):
    """Psycopg looks for the marks in a long statement each time; one that is kept is read once."""

    __slots__ = ()

    def convert(self, query: Any, vars: Any) -> None:
        if not isinstance(vars, dict):
            super().convert(query, vars)
            return
        read = _read(self._ensure_bytes(query), self._tx.encoding)
        self.query, self._want_formats, self._order, self._parts = read
        self.dump(vars)


class StatementCursor(base.ServerBindingCursor):
    _query_cls = Statement


class Plans(PrepareManager):
    """What a connection prepared. Psycopg forgets all of it when something is rolled back, for a table might
    have been made meanwhile; a command that was refused made none.
    """

    def validate(self, key: Any, prep: Any, name: bytes, results: Any) -> None:
        undone = any((each.command_status or b"").startswith(b"ROLLBACK") for each in results)
        super().validate(key, prep, name, [] if undone else results)


class DatabaseWrapper(base.DatabaseWrapper):
    """``worn``: the database role in every transaction (empty: that of the connection itself), and
    ``viewer``: the hat whose values it has; ``told``: whose values this transaction has been told;
    ``looks``: for each role the number under which it looked what it has.
    """

    worn, viewer, writes_down = "", None, False
    told: Any = NOBODY_YET

    def __init__(self, *settings: Any, **more: Any) -> None:
        super().__init__(*settings, **more)
        self.looks: dict[str, str] = {}
        self.execute_wrappers.append(self._in_a_transaction)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        """To the first of the hosts that is ours: asked, because a pooler tells what was so before."""
        why = []
        for server in _servers(conn_params):
            try:
                connection: Connection = super().get_new_connection(server)
            except Error as error:
                why.append(str(error))
                continue
            if self._is_ours(connection):
                connection.cursor_factory = StatementCursor  # type: ignore[assignment]
                connection._prepared.__class__ = Plans
                return connection
            connection.close()
            why.append(f"{server['host'] or 'it'} is away, or takes no changes")
        raise OperationalError("; ".join(why))

    def init_connection_state(self) -> None:
        """Who may see what is never decided by a standby: there no such transaction begins."""
        super().init_connection_state()
        self.connection.read_only = False
        self._ask("SET jit = off")  # also for who wears nothing: compiling takes longer than asking

    def is_usable(self) -> bool:
        return self._is_ours(self.connection)

    def chunked_cursor(self) -> Any:
        """The server keeps the rows until the transaction ends, and no longer."""
        return super().chunked_cursor() if self.in_atomic_block else self.cursor()

    @contextmanager
    def seen_by(self, actor: Any) -> Iterator[None]:
        alone = not self.in_atomic_block
        role = role_of(actor.role if actor else NOBODY)
        with (
            transaction.atomic(self.alias) if alone else nullcontext(),
            self._wearing(role, actor, until_its_end=alone),
        ):
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

    @property
    def standing(self) -> str:
        """What the form of a statement depends on."""
        return self.worn

    @contextmanager
    def as_if_seen_by(self, actor: Any) -> Iterator[None]:
        """For a statement that is only written down."""
        before, self.viewer, self.writes_down = self.viewer, actor, True
        try:
            yield
        finally:
            self.viewer, self.writes_down = before, False

    def plainly_named(self) -> AbstractContextManager[None]:
        return nullcontext()

    @contextmanager
    def _wearing(self, role: str, viewer: Any, until_its_end: bool = False) -> Iterator[None]:
        """``until_its_end``: the transaction ends as well, and it takes the role off itself."""
        before = self.worn, self.viewer
        try:
            self._wear(role, viewer)
            yield
        finally:
            if until_its_end:
                self.worn, self.viewer = before
            else:
                self._wear(*before)

    def _wear(self, role: str, viewer: Any) -> None:
        """From here on. A transaction that failed puts everything back itself."""
        self.worn, self.viewer = role, viewer
        if (
            self.in_atomic_block
            and not self.writes_down
            and self._status() != TransactionStatus.INERROR
        ):
            self._put_on()

    def _put_on(self) -> None:
        if not self.worn:
            self._ask("RESET ROLE")
            return
        is_told = self.told == self.viewer
        if not is_told:
            self.looks.clear()
        change = [self.worn, self.looks.setdefault(self.worn, str(next(TIMES)))]
        if is_told:
            self._ask(CHANGE, change)
            return
        values = [str(getattr(self.viewer, name, None) or "") for name in VALUES]
        self._ask(WEAR, [*change, *values])
        self.told = self.viewer

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]
        self.told = NOBODY_YET

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        self.told = NOBODY_YET
        if self.worn and not autocommit:
            try:
                self._put_on()
            except DatabaseError:
                self.close()  # it began what Django knows nothing of
                raise

    def _in_a_transaction(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        """A plan belongs to a role, so a statement says which one asks: each keeps its own."""
        if not sql.startswith(READS) or WAITS in sql[-200:]:
            self.looks.clear()
        if not self.worn:
            return execute(sql, params, many, context)
        with nullcontext() if self.in_atomic_block else transaction.atomic(self.alias):
            return execute(f"/* {self.worn} */ {sql}", params, many, context)

    def _is_ours(self, connection: Connection) -> bool:
        """What was the primary may be a standby now. A transaction that was there before stays as it is."""
        begins = connection.info.transaction_status == TransactionStatus.IDLE
        try:
            (is_standby,) = connection.execute("SELECT pg_is_in_recovery()").fetchone()  # type: ignore[misc]
            if begins:
                connection.rollback()
        except Error:
            return False
        return bool(is_standby) == (self.alias == STANDBY)

    def _status(self) -> TransactionStatus:
        self.ensure_connection()
        return self.connection.info.transaction_status

    def _ask(self, statement: str, values: list[Any] | None = None) -> Cursor:
        with self.wrap_database_errors:
            return self.connection.execute(statement, values)


def _servers(params: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Each host with its port."""
    hosts, ports = (str(params.get(name, "")).split(",") for name in ("host", "port"))
    ports *= len(hosts) if len(ports) == 1 else 1
    for host, port in zip(hosts, ports, strict=True):
        yield {**params, "host": host or None, "port": port or None}
