"""Is this installation well? Each finding says in one line what to do.

The settings are looked at by the checks of Django and our own (`config.checks`), the same that `serve` asks.
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Warning, run_checks
from django.core.mail import get_connection
from django.db import DatabaseError, connection, connections, transaction
from django.db.models.functions import Now
from django.utils import timezone

from alert4you.kernel.models import AuditRecord, Letter
from alert4you.operations.health import ANOTHER_VERSION, REMEDY, is_migrated, ready
from alert4you.operations.models import Job, LastDone
from alert4you.operations.standby import standby

What = LastDone.What
# What must have been done within how long, and what to do when it was not.
DUE = {
    What.BACKUP: (timedelta(hours=26), "Run `alert4you backup FOLDER` every night, from a timer."),
    What.DRILL: (timedelta(hours=26), "Run `alert4you drill FOLDER` after every backup."),
}
ROOM = 2_000_000_000  # bytes that stay free
APART = timedelta(seconds=2)
SECONDS_FOR_MAIL = 5
LETTERS_WAIT = timedelta(hours=4)
MOST_CONNECTIONS = 0.8
CROWDED = """SELECT sum(numbackends) > %s * current_setting('max_connections')::int
FROM pg_stat_database"""
FOLLOWED = """SELECT current_setting('synchronous_standby_names') <> '',
EXISTS (SELECT FROM pg_stat_replication)"""


def findings(at: datetime) -> list[CheckMessage]:
    """All that is not as it should be, the settings first. Writes a line and takes it back."""
    found: list[CheckMessage] = []
    try:
        found += _pooled()
        found += run_checks(include_deployment_checks=True, databases=["default"])
        if not is_migrated():
            found.append(Error(ANOTHER_VERSION, REMEDY, id="alert4you.E101"))
            return found
        for look in LOOKS:
            found += look(at)
    except DatabaseError as error:
        away = f"The database does not answer ({type(error).__name__})."
        remedy = "Start it, and see DATABASE_URL or ALERT4YOU_DATABASE."
        found.append(Error(away, remedy, id="alert4you.E102"))
    return found


def _writing(at: datetime) -> Iterator[CheckMessage]:
    for what, holds in ready(at).items():
        if not holds:
            yield Error(
                f"The {what} cannot be written.",
                "See whether the disk is full, and whether this user may write there.",
                id="alert4you.E103",
            )


def _due(at: datetime) -> Iterator[CheckMessage]:
    done = dict(LastDone.objects.values_list("what", "at"))
    for what, (within, remedy) in DUE.items():
        last = done.get(what)
        if last is None or at - last > within:
            since = f"since {last:%Y-%m-%d %H:%M} UTC" if last else "ever"
            yield Error(
                f"There was no {what} {since}.", remedy, id=f"alert4you.E11{[*DUE].index(what)}"
            )


def _work(at: datetime) -> Iterator[CheckMessage]:
    if Job.objects.late(at).exists() or not Job.objects.exists():
        remedy = "Keep `alert4you worker` running, from a service of the system."
        yield Error("Work is due, and nobody does it.", remedy, id="alert4you.E114")
    for job in Job.objects.failing():
        yield Error(
            f"{job.name} failed {job.tries} times: {job.trouble}.",
            "The log of the worker says where. Mend it, and let it try again: /jobs/",
            id="alert4you.E115",
        )
    if waiting := Letter.objects.filter(sent_at=None, made_at__lt=at - LETTERS_WAIT).count():
        have = "1 message has" if waiting == 1 else f"{waiting} messages have"
        yield Error(
            f"{have} waited for more than {LETTERS_WAIT.total_seconds() / 3600:.0f} hours.",
            "See which wait, and since when: /jobs/",
            id="alert4you.E116",
        )


def _room(_at: datetime) -> Iterator[CheckMessage]:
    folder = Path(settings.STATIC_ROOT).parent
    if shutil.disk_usage(folder).free < ROOM:
        yield Error(
            f"Less than {ROOM / 1e9:.0f} GB is free in {folder}.",
            "Give it a larger disk before writing stops.",
            id="alert4you.E105",
        )


def _pooled() -> Iterator[CheckMessage]:
    """Whether two connections are one server's, and get in each other's way."""
    connection.ensure_connection()
    if connection.vendor != "postgresql":
        return
    params, told = connection.get_connection_params(), connection.connection.info
    if params["prepare_threshold"] is None:
        return
    params |= {"host": told.host, "port": told.port, "autocommit": True}
    try:
        with psycopg.connect(**params) as one, psycopg.connect(**params) as other:
            for each in (one, other, one, other):
                each.execute("SELECT 1", prepare=True)
    except psycopg.ProgrammingError:
        yield Error(
            "A pooler hands out transactions and does not keep prepared statements apart.",
            "Set ALERT4YOU_POOLER=1, or max_prepared_statements of pgbouncer 1.21.",
            id="alert4you.E124",
        )


def _connections(_at: datetime) -> Iterator[CheckMessage]:
    if connection.vendor != "postgresql":
        return
    (crowded,) = _asked(CROWDED, [MOST_CONNECTIONS])
    if crowded:
        yield Warning(
            "PostgreSQL has few connections left.",
            "Put pgbouncer before it, or raise max_connections: docs/how-to/cluster.md",
            id="alert4you.W120",
        )


def _standby(_at: datetime) -> Iterator[CheckMessage]:
    """Where one is named; without one nothing is said."""
    named = "," in connection.settings_dict["HOST"] or "standby" in connections.settings
    if connection.vendor != "postgresql" or not named:
        return
    waited_for, follows = _asked(FOLLOWED)
    if not follows:
        yield Error(
            "No standby follows the database.",
            "See its log, and make it anew when it is too far behind: docs/how-to/cluster.md",
            id="alert4you.E121",
        )
    if not waited_for:
        yield Error(
            "PostgreSQL does not wait for the standby: with the machine, the last notes are lost.",
            "Set synchronous_standby_names when it follows: docs/how-to/cluster.md",
            id="alert4you.E122",
        )
    if "standby" in connections.settings and not standby.is_fresh():
        yield Warning(
            "The standby is behind or away, so nothing is read there.",
            "See its log, and ALERT4YOU_STANDBY_URL.",
            id="alert4you.W123",
        )


def _asked(question: str, values: Sequence[Any] = ()) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()


def _clock(at: datetime) -> Iterator[CheckMessage]:
    remedy = "Let the clock be kept by chrony or systemd-timesyncd, on every machine."
    with transaction.atomic():
        theirs = (
            AuditRecord.objects.order_by("-pk")
            .annotate(here=Now())
            .values_list("here", "at")
            .first()
        )
    if theirs is None:
        return
    if connection.vendor != "sqlite" and abs(theirs[0] - timezone.now()) > APART:
        yield Error(
            "The clock of the database is not that of this machine.", remedy, id="alert4you.E106"
        )
    if theirs[1] - at > APART:
        yield Error(
            "The clock was put back: the trail is ahead of it.", remedy, id="alert4you.E107"
        )


def _mail(_at: datetime) -> Iterator[CheckMessage]:
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return
    try:
        with get_connection(timeout=SECONDS_FOR_MAIL):
            pass
    except OSError as error:
        yield Error(
            f"The mail server does not let us in ({type(error).__name__}).",
            "See ALERT4YOU_MAIL, and whether this machine may reach it.",
            id="alert4you.E108",
        )


def _roots(_at: datetime) -> Iterator[CheckMessage]:
    if not settings.AUDIT_MAIL:
        yield Info(
            "Nobody elsewhere keeps the signed roots of the audit trail.",
            "Name somebody outside this machine in ALERT4YOU_AUDIT_MAIL.",
            id="alert4you.I109",
        )


LOOKS: tuple[Callable[[datetime], Iterator[CheckMessage]], ...] = (
    _writing,
    _due,
    _work,
    _room,
    _connections,
    _standby,
    _clock,
    _mail,
    _roots,
)
