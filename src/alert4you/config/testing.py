"""A pytest plugin: tests run in test mode, and what a machine cannot test is said plainly.

A test marked `chromium` or `postgresql` is left out where that program is missing. With
ALERT4YOU_REQUIRE_ALL set, as CI does, leaving anything out makes the run fail.
"""

import os
import shutil
from pathlib import Path

import pytest

os.environ.setdefault("ALERT4YOU_MODE", "test")


def chromium() -> str | None:
    """The system's browser, for Playwright's `executable_path`."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def postgresql() -> Path | None:
    """The folder with PostgreSQL's own programs (`initdb`, `pg_ctl`), newest version first."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: -float(p.parts[-3])
    )
    return versions[0].parent if versions else None


def pgbouncer() -> str | None:
    """The pooler; Debian keeps it where only root looks."""
    return shutil.which(
        "pgbouncer", path=f"{os.environ.get('PATH', os.defpath)}{os.pathsep}/usr/sbin"
    )


_PROGRAMS = {
    "chromium": ("Chromium", chromium),
    "postgresql": ("PostgreSQL", postgresql),
    "pgbouncer": ("pgbouncer", pgbouncer),
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave a test out whose program is not on this machine; in CI that is a failure."""
    for marker, (program, find) in _PROGRAMS.items():
        if item.get_closest_marker(marker) and not find():
            left_out = pytest.fail if os.environ.get("ALERT4YOU_REQUIRE_ALL") else pytest.skip
            left_out(f"{program} is not installed")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out, in the words of the person who can install it."""
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    for program, _find in _PROGRAMS.values():
        reason = f"{program} is not installed"
        if count := sum(reason in why for why in skipped):
            terminalreporter.write_line(f"LEFT OUT: {count} tests, because {reason}.", red=True)
