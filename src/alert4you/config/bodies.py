"""A request is judged when all of it is here: who is dismissed while she still sends is dismissed."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import LimitedStream

IN_MEMORY = 2_500_000  # bytes; as much as Django keeps of a file there
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def whole(application: Application) -> Application:
    """Call ``application`` when the body is here, and not at all when it never comes.

    A body over ``LARGEST_REQUEST`` bytes is left where it is: that answer needs none of it.
    """

    def judged(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
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

    return judged
