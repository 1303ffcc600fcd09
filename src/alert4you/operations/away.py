"""A database that is away costs nobody time: known at once, and requests that hang on it are let go."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from os import dup
from threading import Event, Lock, Thread, get_ident
from time import monotonic, sleep
from typing import Any

import psycopg
from django.db import connections
from psycopg.pq import TransactionStatus

PAUSE = 1.0  # seconds without trying, once the database did not answer
A_TRY = 3.0  # seconds that one request gets to find out whether it is back
SLOW = 0.5  # seconds after which we look whether the database still answers anybody
ANSWERS_WITHIN = 2.0  # seconds; on a machine that has too much to do, one is not enough
Server = tuple[tuple[str, Any], ...]


class Away:
    """Nobody waits for a database that the last one waited for in vain: requests would pile up behind it.

    After a pause one request tries; until it knows, the others get the plain page at once.
    """

    def __init__(self) -> None:
        self.until, self.lock = 0.0, Lock()

    def is_known(self) -> bool:
        """Whether the database is away as far as we know, and somebody else looks."""
        with self.lock:
            if not self.until:
                return False
            if monotonic() < self.until:
                return True
            self.until = monotonic() + A_TRY
            return False

    def gone(self) -> None:
        self.until = monotonic() + PAUSE

    def there(self) -> None:
        self.until = 0.0


class Watch:
    """On PostgreSQL: a server that is frozen or cut off takes our questions and never answers.

    The connections of requests that wait for it are closed, so that they end with the plain page.
    """

    def __init__(self, away: Any, database: str = "default") -> None:
        self.away, self.database = away, database
        self.asking: dict[int, tuple[float, Any]] = {}
        self.thread: Thread | None = None

    @contextmanager
    def over_this_request(self) -> Iterator[None]:
        database = connections[self.database]
        if database.vendor != "postgresql":
            yield
            return
        if self.thread is None:
            self.thread = Thread(target=self._look, daemon=True)
            self.thread.start()
        self.asking[get_ident()] = monotonic(), database
        try:
            yield
        finally:
            del self.asking[get_ident()]

    def _look(self) -> None:
        while True:
            sleep(SLOW / 2)
            waiting = [(since, each) for since, each in [*self.asking.values()]]
            slow = [each for since, each in waiting if monotonic() - since > SLOW]
            for server, stuck in _by_server(slow).items():
                if not _answers(slow[0].get_connection_params() | dict(server)):
                    self.away.gone()
                    for each in filter(_waits, stuck):
                        _let_go(each)


def _by_server(slow: list[Any]) -> dict[Server, list[psycopg.Connection]]:
    """Which connections wait for whom: of several hosts another may well answer."""
    found: dict[Server, list[psycopg.Connection]] = {}
    for connection in [each.connection for each in slow]:
        with suppress(psycopg.Error):  # it may end by itself at this moment
            if connection is not None and _waits(connection):
                where = connection.info.host, connection.info.port
                server = tuple(zip(("host", "port"), where, strict=True))
                found.setdefault(server, []).append(connection)
    return found


def _waits(connection: psycopg.Connection) -> bool:
    """For an answer, at this moment: a page can be slow for other reasons."""
    return connection.info.transaction_status == TransactionStatus.ACTIVE


def _answers(params: dict[str, Any]) -> bool:
    """Whether a new connection hears something in time, be it a refusal."""
    heard = Event()

    def ask() -> None:
        with suppress(psycopg.Error), psycopg.connect(**params) as asked:
            asked.execute("SELECT 1")
        heard.set()

    Thread(target=ask, daemon=True).start()
    return heard.wait(ANSWERS_WITHIN)


def _let_go(connection: psycopg.Connection) -> None:
    """Whoever waits on it hears at once that it is closed."""
    # It may end by itself at this moment.
    with (
        suppress(OSError, psycopg.Error),
        socket.socket(fileno=dup(connection.pgconn.socket)) as wire,
    ):
        wire.shutdown(socket.SHUT_RDWR)
