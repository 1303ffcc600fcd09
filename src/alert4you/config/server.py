"""Serving: the web server, the port it needs and the static files it hands out."""

import logging
import socket
from copy import deepcopy
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

VISITORS = 512  # whom one process takes in at once; few are answered at once (`wsgi.py`)
SECONDS_TO_STOP = 10


def claim_port(host: str, port: int, remedy: str) -> None:
    """Raise CommandError, with the remedy, when somebody else already serves there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(f"Port {port} on {host}: {error.strerror}. {remedy}") from error


def collect_static() -> None:
    """Collect the static files when one of them is newer than what was collected."""
    collected = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not collected.exists() or _newest_source() > collected.stat().st_mtime:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)


def _newest_source() -> float:
    files = (storage.path(name) for finder in get_finders() for name, storage in finder.list([]))
    return max(Path(path).stat().st_mtime for path in files)


def serve(host: str, port: int, workers: int, quiet: bool = False) -> None:
    """Serve until a signal ends it. Blocks."""
    import_module("alert4you.config.wsgi")  # once, before the processes are forked
    connections.close_all()
    logging.getLogger("_granian").addFilter(_is_news)
    Granian(
        "alert4you.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=VISITORS,
        websockets=False,
        log_dictconfig=deepcopy(settings.LOGGING),
        log_level=LogLevels.warning if quiet else LogLevels.info,
        respawn_failed_workers=True,
        # Without it granian waits for ever when it is stopped while it starts.
        workers_kill_timeout=SECONDS_TO_STOP,
    ).serve()


def _is_news(record: logging.LogRecord) -> bool:
    """It warns of many threads; ours only wait."""
    return "Python threads" not in record.getMessage()
