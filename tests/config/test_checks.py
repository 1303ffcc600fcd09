"""An unsafe installation does not start, and says why."""

import pytest
from django.core.checks import WARNING, run_checks
from django.db import ProgrammingError, connection, transaction

from alert4you.config.checks import (
    behind_the_wall,
    durable_postgresql,
    known_database,
    safe_database,
    safe_settings,
)
from tests.conftest import KEYS, SERVER

KEY = "zfVCnIMr-mL94adpUPhJjMh2uqjkACbpPGCGFqbR5wfgv_aDhdZ5YgOvj0xbNkVr"


@pytest.fixture
def safe(settings, monkeypatch):
    """A production installation with nothing wrong."""
    monkeypatch.setenv("ALERT4YOU_SECRET_KEY", KEY)
    settings.MODE = "production"
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["alert4you.example.nl"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.INSTALLED_APPS = [a for a in settings.INSTALLED_APPS if a != "alert4you.demo"]
    return settings


def found():
    return [message.id for message in safe_settings(None)]


def test_a_safe_installation_has_no_findings(safe):
    assert found() == []


@pytest.mark.parametrize("key", ["", "short", "a" * 60])
def test_a_key_that_can_be_guessed(safe, monkeypatch, key):
    monkeypatch.setenv("ALERT4YOU_SECRET_KEY", key)
    assert found() == ["alert4you.E001"]


@pytest.mark.parametrize(
    ("setting", "value", "finding"),
    [
        ("DEBUG", True, "alert4you.E002"),
        ("ALLOWED_HOSTS", [], "alert4you.E003"),
        ("ALLOWED_HOSTS", ["good.nl", "*"], "alert4you.E003"),
        ("SECURE_PROXY_SSL_HEADER", None, "alert4you.E004"),
        ("MODE", "demo", "alert4you.E005"),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", "alert4you.I001"),
    ],
)
def test_each_unsafe_setting_is_named(safe, setting, value, finding):
    setattr(safe, setting, value)
    assert found() == [finding]


def test_personas_cannot_be_installed_beside_production(safe):
    safe.INSTALLED_APPS = [*safe.INSTALLED_APPS, "alert4you.demo"]
    assert found() == ["alert4you.E005"]


def test_every_finding_has_a_remedy(safe):
    safe.DEBUG, safe.ALLOWED_HOSTS, safe.SECURE_PROXY_SSL_HEADER = True, [], None
    assert all(message.hint for message in safe_settings(None))


@pytest.mark.django_db
def test_no_model_asks_what_this_database_cannot_keep():
    """`serve` stops at a warning, and a constraint that is left out is one."""
    found = run_checks(databases=["default"])
    assert [each for each in found if each.level >= WARNING and not each.is_silenced()] == []


@pytest.mark.django_db
def test_sqlite_keeps_what_it_acknowledged():
    assert safe_database(None, databases=["default"]) == []


@pytest.mark.django_db
def test_sqlite_that_may_lose_notes_is_refused(monkeypatch):
    if connection.vendor != "sqlite":
        pytest.skip("about SQLite")
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "transaction_mode", "DEFERRED")
    messages = safe_database(None, databases=["default"])
    assert [m.msg for m in messages] == [
        "SQLite runs with transaction_mode = DEFERRED; it must be IMMEDIATE."
    ]


@pytest.mark.django_db
def test_postgresql_that_may_lose_notes_is_refused() -> None:
    """The server of the tests may lose everything, to be quick."""
    found = [message.msg for message in durable_postgresql(None, databases=["default"])]
    if connection.vendor != "postgresql":
        assert found == []
        return
    assert "PostgreSQL runs with fsync = off." in found
    assert "PostgreSQL runs with synchronous_commit = off." not in found
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    found = [message.msg for message in durable_postgresql(None, databases=["default"])]
    assert "PostgreSQL runs with synchronous_commit = off." in found


@pytest.mark.django_db
def test_on_postgresql_the_server_is_not_the_owner() -> None:
    if connection.vendor != "postgresql":
        assert behind_the_wall(None) == []
        return
    assert behind_the_wall(None) == []
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {KEYS}")
    (found,) = behind_the_wall(None)
    assert (found.id, KEYS in found.msg) == ("alert4you.E007", True)


@pytest.mark.django_db
def test_the_user_that_the_remedy_makes_can_serve_and_sees_nobody() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("about PostgreSQL")
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {KEYS}")
        (found,) = behind_the_wall(None)
        made, *__ = found.hint.replace("alert4you_server", "made_so").split(";")
        cursor.execute(made)
        cursor.execute(f"GRANT made_so TO {SERVER}")
        cursor.execute("SET LOCAL ROLE made_so")
        cursor.execute("SELECT count(*) FROM django_migrations")
        assert cursor.fetchone()[0] > 0
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            cursor.execute("SELECT FROM notes_note")


@pytest.mark.parametrize(
    ("host", "options", "known"),
    [
        ("", {}, True),
        ("127.0.0.1", {}, True),
        ("/run/postgresql", {}, True),
        ("db.example.nl", {}, False),
        ("127.0.0.1,db.example.nl", {}, False),
        ("db.example.nl", {"sslmode": "require"}, False),
        ("db.example.nl", {"sslmode": "verify-full"}, True),
    ],
)
def test_a_database_elsewhere_shows_its_certificate(monkeypatch, host, options, known):
    monkeypatch.setattr(connection, "vendor", "postgresql")
    monkeypatch.setitem(connection.settings_dict, "HOST", host)
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)
    assert [each.id for each in known_database(None)] == ([] if known else ["alert4you.E008"])
