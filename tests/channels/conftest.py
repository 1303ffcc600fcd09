"""The world of all pages, for what holds whichever page is asked."""

from tests.architecture.conftest import house  # noqa: F401
