"""Looking at another database with all that normally looks at ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections


@contextmanager
def instead(name: str | Path) -> Iterator[None]:
    """While this holds, the database of this name on the same server is the one that is asked."""
    ours = connections["default"]
    other = ours.copy()
    other.settings_dict = {**ours.settings_dict, "NAME": name}
    connections["default"] = other
    try:
        yield
    finally:
        other.close()
        connections["default"] = ours
