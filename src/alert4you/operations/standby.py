"""Reading from a copy of the database that is a moment behind: the library of practices, nothing else.

Every page about a child decides who may see it and writes that it was read, in one transaction; that is
the primary's. A visitor who changed something reads there as well until the copy must have it.
"""

from collections.abc import Callable
from contextvars import ContextVar
from threading import Lock
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import Error, connections
from django.http import HttpRequest, HttpResponse

from alert4you.operations.away import Watch
from alert4you.practices.models import Adoption, PracticeCard, PracticeTemplate

PAGES = {f"practices:{page}" for page in ("practices", "card", "practice", "version", "spread")}
MODELS = {PracticeCard, PracticeTemplate, Adoption}
READS = ("GET", "HEAD")
BEHIND = 5.0  # seconds at most
PINNED = 15  # seconds after a change; more than anybody reads behind
LOOK, PAUSE = 1.0, 10.0  # seconds between looks, and without trying once it did not answer
_reading: ContextVar[bool] = ContextVar("alert4you_standby", default=False)


class Router:
    """Everything is in the one database; ``default`` also for what hangs on a row that was read there."""

    def db_for_read(self, model: Any, **_hints: Any) -> str:
        return "standby" if _reading.get() and model in MODELS else "default"

    def db_for_write(self, _model: Any, **_hints: Any) -> str:
        return "default"

    def allow_relation(self, *_rows: Any, **_hints: Any) -> bool:
        return True

    def allow_migrate(self, database: str, *_what: Any, **_hints: Any) -> bool:
        return database == "default"


class Standby:
    """Whether the copy has all that the primary had some seconds ago; one request looks for all."""

    def __init__(self) -> None:
        self.lock, self.next_look, self.fresh = Lock(), 0.0, False
        self.before: tuple[float, str] = (0.0, "")

    def is_fresh(self) -> bool:
        with self.lock:
            if monotonic() < self.next_look:
                return self.fresh
            self.next_look, self.fresh = monotonic() + LOOK, False
        try:
            self.fresh = self._has_what_was()
        except Error:
            self.gone()
        return self.fresh

    def gone(self) -> None:
        self.fresh, self.next_look = False, monotonic() + PAUSE

    def _has_what_was(self) -> bool:
        """Compared with the look before: while people write, the very last is always on its way."""
        at, (before, end) = monotonic(), self.before
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT pg_current_wal_flush_lsn()::text")
            self.before = at, cursor.fetchone()[0]
        if at - before > BEHIND - 2 * LOOK:
            end = self.before[1]
        with connections["standby"].cursor() as cursor:
            cursor.execute("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", [end])
            return bool(cursor.fetchone()[0])


standby = Standby()
watch = Watch(standby, "standby")


class StandbyMiddleware:
    """The last one before the view, so that all that is decided was decided on the primary."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in READS:
            response.set_cookie(
                settings.WROTE_COOKIE_NAME,
                max_age=PINNED,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], words: Any, names: Any
    ) -> HttpResponse | None:
        """None, and with it the primary, for any other page and for whatever goes wrong there."""
        here = request.method in READS and request.resolver_match.view_name in PAGES  # type: ignore[union-attr]
        if not here or settings.WROTE_COOKIE_NAME in request.COOKIES or not standby.is_fresh():
            return None
        token = _reading.set(True)
        try:
            with watch.over_this_request():
                return view(request, *words, **names)
        except Error:
            standby.gone()
        except Exception:  # noqa: BLE001 - also what is not there yet
            return None
        finally:
            _reading.reset(token)
        return None
