"""Many requests are taken in at once, and few answered.

A request is judged when all of it is here: who is sent away while she still sends did nothing. Until then it
keeps a thread that has nothing else to do, and no connection with the database.
"""

from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from queue import SimpleQueue
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import LimitedStream
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

IN_MEMORY = 2_500_000  # bytes; as much as Django keeps of a file there
Start = Callable[[str, list[tuple[str, str]]], object]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def whole(application: Application) -> Application:
    """Call ``application`` when the body is here, and not at all when it never comes.

    A body over ``LARGEST_REQUEST`` bytes is left where it is: that answer needs none of it.
    """

    def taking_in(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if not 0 < length <= settings.LARGEST_REQUEST:
            return application(environ, start)
        with SpooledTemporaryFile(IN_MEMORY) as body:
            sent = LimitedStream(environ["wsgi.input"], length)
            with suppress(OSError):  # whoever sent it is gone
                copyfileobj(sent, body)
            if body.tell() < length:
                start("400 Bad Request", [("Content-Length", "0")])
                return []
            body.seek(0)
            return application({**environ, "wsgi.input": body}, start)

    return taking_in


def by_few(application: Application, number: int) -> Application:
    """Answer ``number`` at once, with as many connections; whoever answers borrows one for as long."""
    few: SimpleQueue[list[BaseDatabaseWrapper]] = SimpleQueue()
    for _each in range(number):
        few.put([_to_lend(alias) for alias in connections])

    def answering(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        lent = few.get()
        try:
            for each in lent:
                connections[each.alias] = each
            answer: Any = application(environ, start)
            with closing(answer):
                return [b"".join(answer)]
        finally:
            few.put(lent)

    return answering


def _to_lend(alias: str) -> BaseDatabaseWrapper:
    made: BaseDatabaseWrapper = connections.create_connection(alias)
    made.inc_thread_sharing()
    return made
