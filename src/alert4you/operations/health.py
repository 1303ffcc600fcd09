"""Whether a server can do its work now: the database takes a change, its tables fit, the log is written."""

from collections.abc import Callable
from datetime import datetime
from time import monotonic

from django.core.management import CommandError
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from alert4you.kernel import audit
from alert4you.kernel.models import AuditRecord
from alert4you.operations.models import LastDone

HOLDS = 2.0  # seconds: who asks more often gets the same answer, and costs nothing
PROBE = "operations:ready"
ANOTHER_VERSION = "The tables are of another version."
REMEDY = """Run `alert4you migrate`, as the owner of the tables; if they are of a newer version, install \
that one, or bring back the backup of before it."""
_last: tuple[float, dict[str, bool]] = (-HOLDS, {})
_migrated: set[str] = set()


def ready(at: datetime) -> dict[str, bool]:
    """What must be so for people to work here, and whether it is."""
    global _last
    if monotonic() - _last[0] >= HOLDS:
        _last = (
            monotonic(),
            {
                "database": _holds(lambda: LastDone.note(LastDone.What.READY, at)),
                "migrations": _holds(is_migrated),
                "log": _holds(lambda: _log(at)),
            },
        )
    return _last[1]


def is_migrated() -> bool:
    """Whether the tables are those of this version, neither older nor newer; once they are, they stay so
    while this runs.
    """
    name = str(connection.settings_dict["NAME"])
    if name not in _migrated:
        loader = MigrationLoader(connection)
        if loader.applied_migrations.keys() != loader.disk_migrations.keys():
            return False
        _migrated.add(name)
    return True


def require_migrated() -> None:
    """Raise CommandError, with the remedy, beside tables of another version."""
    if not is_migrated():
        raise CommandError(f"{ANOTHER_VERSION} {REMEDY}")


def _log(at: datetime) -> None:
    """A line is written and taken back, so that a probe leaves no trace."""
    with transaction.atomic():
        audit.append([AuditRecord(at=at, action=AuditRecord.Action.READ, name=PROBE, records={})])
        transaction.set_rollback(True)


def _holds(attempt: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            return attempt() is not False
    except DatabaseError:
        return False
