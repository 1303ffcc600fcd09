"""On one page, who shares a short name with another goes by a longer one.

Whoever reads the wrong name gives the wrong child its food. So that no page has to think of it, a row says
during a request what it is called among all that the actor was shown; its ``names`` are the attributes that
name it, ever longer. What was looked at for nobody's eyes does not count: a name would tell that it is there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from alert4you.kernel import reading

Met = dict[str, dict[UUID, Any]]
_met: ContextVar[Met | None] = ContextVar("alert4you_namesakes", default=None)


@contextmanager
def told_apart() -> Iterator[None]:
    """Around one request, within its ``reading``."""
    token = _met.set({})
    try:
        yield
    finally:
        _met.reset(token)


def meet(row: Any) -> None:
    """This row was fetched."""
    met = _met.get()
    if met is not None:
        met.setdefault(_named(row, row.names[0]), {})[row.pk] = row


def called(row: Any, least: int = 0) -> str:
    """The shortest of its names, from this one on, that no other has."""
    met = (_met.get() or {}).get(_named(row, row.names[0]), {})
    others = [each for pk, each in met.items() if pk != row.pk and reading.was_read(pk)]
    *shorter, longest = row.names[least:]
    for name in shorter:
        own = _named(row, name)
        if all(_named(each, name) != own for each in others):
            return str(getattr(row, name))
    return str(getattr(row, longest))


def _named(row: Any, name: str) -> str:
    return str(getattr(row, name)).casefold()
