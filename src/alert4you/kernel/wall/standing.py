"""When the wall stands: around every request, for its one hat; not for what acts for nobody's eyes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def seen_by(actor: Any) -> Iterator[None]:
    """Rows about people are those this hat may see; ``None``: nobody, so none."""
    with connection.seen_by(actor):  # type: ignore[attr-defined]
        yield


@contextmanager
def opened(*, reason: str) -> Iterator[None]:  # noqa: ARG001
    """For commands, and for reads with a reason of their own: the wall lets everything through."""
    with connection.opened():  # type: ignore[attr-defined]
        yield


@contextmanager
def plainly_named() -> Iterator[None]:
    """For SQL that is only written down: it names the tables themselves, whoever looks."""
    with connection.plainly_named():  # type: ignore[attr-defined]
        yield


def shows_already(actor: Any) -> bool:
    """Whether a query need not be filtered for this actor, because what it reads already is."""
    return bool(connection.shows_already(actor))  # type: ignore[attr-defined]
