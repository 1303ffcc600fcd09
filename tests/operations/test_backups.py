"""A backup is whole and of one moment, or it is refused before anything is touched."""

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, models
from pyrage.x25519 import Identity

from alert4you.children.models import Child
from alert4you.operations import sealing
from alert4you.operations.backups import drill, make, restore
from alert4you.operations.connecting import instead
from alert4you.operations.models import LastDone
from alert4you.operations.sealing import Damaged, Refused
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "backups"
    place.mkdir()
    return place


@pytest.fixture
def backup(installation: str, folder: Path) -> Path:
    return make(folder, NOW, keep=30).file


def names() -> set[str]:
    return set(Child.objects.unrestricted(reason="test").values_list("first_name", flat=True))


def is_empty() -> bool:
    return connection.introspection.table_names() == []


def test_what_is_brought_back_is_what_was_there(
    backup: Path, elsewhere: None, installation: str
) -> None:
    with instead(installation):
        there = names()
    found = restore(backup)
    assert (names(), "Mila" in there) == (there, True)
    assert (found.made, found.faults) == (NOW, 0)


def test_nobody_reads_it_on_its_way(backup: Path) -> None:
    assert b"Mila" not in backup.read_bytes()
    assert backup.read_bytes().startswith(b"age-encryption.org/v1")
    assert backup.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "spoil",
    [
        lambda sealed: sealed[:40_000] + bytes([sealed[40_000] ^ 1]) + sealed[40_001:],
        lambda sealed: sealed[:-1],
        lambda sealed: sealed[: len(sealed) // 2],
        lambda sealed: sealed[:10],
        lambda sealed: sealed + b"x",
        lambda sealed: sealed[:0],
    ],
    ids=["a bit", "the last byte", "half", "the beginning only", "a byte more", "nothing"],
)
def test_a_damaged_backup_touches_nothing(
    spoil: Callable[[bytes], bytes], backup: Path, elsewhere: None
) -> None:
    backup.write_bytes(spoil(backup.read_bytes()))
    with pytest.raises(Damaged, match="Nothing was touched"):
        restore(backup)
    assert is_empty()


def test_a_drill_says_that_the_newest_was_damaged(backup: Path, installation: str) -> None:
    drill(backup.parent, NOW)
    assert LastDone.objects.get(what="drill").at == NOW
    sealed = bytearray(backup.read_bytes())
    sealed[-1] ^= 1
    backup.write_bytes(sealed)
    with pytest.raises(CommandError, match="damaged or cut off"):
        call_command("drill", str(backup.parent))
    assert LastDone.objects.get(what="drill").at == NOW


def test_a_drill_leaves_nothing_beside_the_running_system(backup: Path, installation: str) -> None:
    before = everything(installation)
    drill(backup.parent, NOW)
    assert everything(installation) == before


def everything(installation: str) -> set[str]:
    if connection.vendor == "sqlite":
        return {each.name for each in Path(installation).parent.iterdir()} - {"here.sqlite3-shm"}
    with connection.cursor() as cursor:  # other workers have theirs, and they come and go
        ours = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        cursor.execute(ours, [installation])
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"alert4you": "0.0.9"}, "made with Alert4you 0.0.9; this is"),
        ({"migrations": {}}, "other tables: .*Install the version that made it"),
        ({"database": "postgresql"}, "a backup of PostgreSQL; here is SQLite"),
        ({"signature": "00"}, "signed with another key"),
        ({"tables": {"children_child": [1, "0"]}}, "Not as they were.*children_child"),
        ({"faults": 3}, "audit trail is not as it was: 0 faults, and 3"),
    ],
)
def test_what_cannot_be_used_here_says_what_to_do(
    changes: dict[str, Any], said: str, backup: Path, elsewhere: None, tmp_path: Path
) -> None:
    if "database" in changes and connection.vendor != "sqlite":
        pytest.skip("told once, on SQLite")
    changed = tmp_path / "changed.age"
    with (tmp_path / "dump").open("w+b") as dump:
        about = sealing.read(backup, dump)
        dump.seek(0)
        sealing.write({**about, **changes}, [dump.read()], changed)
    with pytest.raises(Refused, match=said):
        restore(changed)
    assert is_empty()


def test_a_restore_that_breaks_half_way_leaves_nothing_half_done(
    backup: Path, elsewhere: None, tmp_path: Path
) -> None:
    cut = tmp_path / "cut.age"
    with (tmp_path / "dump").open("w+b") as dump:
        about = sealing.read(backup, dump)
        dump.seek(0)
        whole = dump.read()
    sealing.write(about, [whole[: len(whole) * 9 // 10]], cut)
    with pytest.raises(Refused):
        restore(cut)
    assert is_empty()
    assert restore(backup).rows > 0, "and then the whole one goes in"


def test_an_installation_with_something_in_it_is_never_overwritten(backup: Path) -> None:
    with pytest.raises(Refused, match="tables in this database already"):
        restore(backup)
    assert "Mila" in names()


def test_without_a_key_there_is_no_backup(installation: str, folder: Path, settings: Any) -> None:
    settings.BACKUP_KEYS = []
    with pytest.raises(CommandError, match="ALERT4YOU_BACKUP_KEY is not set"):
        call_command("backup", str(folder))
    settings.BACKUP_KEYS = ["secret"]
    with pytest.raises(CommandError, match="is no key of age"):
        call_command("backup", str(folder))
    assert list(folder.iterdir()) == []


def test_another_key_opens_nothing_and_the_one_of_before_does(
    backup: Path, elsewhere: None, settings: Any, key: str
) -> None:
    settings.BACKUP_KEYS = [str(Identity.generate())]
    with pytest.raises(Refused, match="sealed with another key"):
        restore(backup)
    settings.BACKUP_KEYS.append(key)
    assert restore(backup).rows > 0


def test_the_newest_are_kept(installation: str, folder: Path) -> None:
    for hour in range(4):
        last = make(folder, NOW + timedelta(hours=hour), keep=2)
    kept = sorted(folder.iterdir())
    assert (len(kept), kept[-1]) == (2, last.file)


def test_half_a_file_never_has_the_name_of_a_whole(
    installation: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full, or what stands on it is not what was written: the ones of before stay."""
    kept = make(folder, NOW, keep=1).file

    def full(*_: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sealing.pyrage, "encrypt_io", full)
    with pytest.raises(CommandError, match="No space left"):
        call_command("backup", str(folder))
    assert list(folder.iterdir()) == [kept]


def test_what_the_disk_made_of_it_is_read_before_it_counts(
    installation: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encrypt = sealing.pyrage.encrypt_io

    def on_a_bad_disk(source: Any, sealed: Any, whom: Any) -> None:
        encrypt(source, sealed, whom)
        sealed.seek(30_000)
        sealed.write(b"?")

    monkeypatch.setattr(sealing.pyrage, "encrypt_io", on_a_bad_disk)
    with pytest.raises(Damaged):
        make(folder, NOW, keep=30)
    assert list(folder.iterdir()) == []
    assert not LastDone.objects.filter(what="backup").exists()


WRITER = """
import sqlite3, sys, time
database = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=20)
database.execute("CREATE TABLE one (n, filling)"); database.execute("CREATE TABLE two (n, filling)")
n = 0
while True:
    database.execute("BEGIN IMMEDIATE")
    database.execute("INSERT INTO one VALUES (?, randomblob(20000))", [n])
    database.execute("INSERT INTO two VALUES (?, randomblob(20000))", [n])
    database.execute("COMMIT")
    n += 1
    if n == 20: print("busy", flush=True)
"""


def test_a_backup_is_of_one_moment_while_another_process_writes(
    installation: str, folder: Path, elsewhere: None
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("of one snapshot; here is no second process to write in an open test")
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, installation], stdout=subprocess.PIPE, text=True
    )
    try:
        assert writer.stdout and writer.stdout.readline() == "busy\n"
        with instead(installation):
            found = make(folder, NOW, keep=30)
            assert writer.poll() is None, "it wrote all the time"
    finally:
        writer.kill()
        writer.communicate()
    restore(found.file)
    with connection.cursor() as cursor:
        rows = [
            cursor.execute(f"SELECT n FROM {table} ORDER BY n").fetchall()
            for table in ("one", "two")
        ]
    assert rows[0] == rows[1] == [(n,) for n in range(len(rows[0]))]
    assert len(rows[0]) >= 20


def test_a_trail_that_was_changed_is_kept_and_said(
    installation: str, folder: Path, elsewhere: None
) -> None:
    """Better a backup of it than none; who brings it back gets exactly what was there."""
    if connection.vendor != "sqlite":
        pytest.skip("told once, on SQLite")
    with instead(installation):
        with connection.cursor() as cursor:
            for trigger in ("kernel_auditrecord_no_update", "kernel_auditrecord_no_delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}")
            cursor.execute("UPDATE kernel_auditrecord SET name = 'nothing'")
            assert cursor.rowcount, "there is a trail to change"
        with pytest.raises(CommandError, match="faults: alert4you verify-audit"):
            call_command("backup", str(folder))
    (kept,) = folder.iterdir()
    assert restore(kept).faults > 0


def test_all_that_is_kept_is_in_the_database() -> None:
    """A backup is of the database: a file beside it would be forgotten."""
    fields = [field for model in apps.get_models() for field in model._meta.get_fields()]
    assert [field for field in fields if isinstance(field, models.FileField)] == []
