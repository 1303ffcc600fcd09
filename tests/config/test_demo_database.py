"""The demo fills its database once, and touches no other."""

import sqlite3

import pytest
from django.core.management import CommandError
from django.db import OperationalError

from alert4you.config import demo_database
from alert4you.config.demo_database import DEMO_MARK, FILLED, prepare


@pytest.fixture
def file(settings, tmp_path, monkeypatch):
    """The demo's file; filling it is another context's business and only counted here."""
    path = tmp_path / "demo.sqlite3"
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(path))
    return path


def mark(path, application_id, user_version):
    with sqlite3.connect(path) as database:
        database.execute(f"PRAGMA application_id = {application_id}")
        database.execute(f"PRAGMA user_version = {user_version}")
        database.execute("CREATE TABLE child (name)")
    database.close()


def test_a_file_of_a_real_installation_is_never_used(file):
    mark(file, 0, 0)
    before = file.read_bytes()
    with pytest.raises(CommandError, match="was not made by a demo; it stays as it is"):
        prepare(reset=True, say=print)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("filled", "reset", "again"),
    [(FILLED, False, False), (FILLED, True, True), (0, False, True), (0, True, True)],
)
def test_it_is_filled_when_new_unfinished_or_reset(file, monkeypatch, filled, reset, again):
    mark(file, DEMO_MARK, filled)
    done = []
    monkeypatch.setattr(demo_database, "_fill", lambda: done.append("filled"))
    monkeypatch.setattr(demo_database, "write_pragma", lambda *_: None)
    monkeypatch.setattr(demo_database, "call_command", lambda *_, **__: done.append("migrated"))
    prepare(reset=reset, say=lambda _: None)
    assert done == (["migrated", "filled"] if again else ["migrated"])
    assert file.exists() is not again


def test_a_demo_of_before_says_how_to_start_over(file, monkeypatch):
    mark(file, DEMO_MARK, FILLED)

    def migrate(*_args, **_options):
        raise OperationalError('table "child" already exists')

    monkeypatch.setattr(demo_database, "call_command", migrate)
    with pytest.raises(CommandError, match='"child" already exists.* make demo RESET=1'):
        prepare(reset=False, say=lambda _: None)
    assert file.exists()
