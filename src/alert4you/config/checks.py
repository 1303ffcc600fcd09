"""What must be so before the server may start in production; every finding names its remedy."""

import secrets
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, register
from django.db import connection

from alert4you.config import environment
from alert4you.kernel.database_settings import read_pragma, read_setting
from alert4you.kernel.wall.names import SERVING
from alert4you.kernel.wall.postgresql import passes_by

SHORTEST_KEY = 50
DURABLE = {
    **{
        name: f"ALTER SYSTEM RESET {name}; then reload. Without it a crash loses what people saved."
        for name in ("fsync", "synchronous_commit", "full_page_writes")
    },
    "data_checksums": "Stop PostgreSQL and run pg_checksums --enable.",
}
HERE = ("/", "localhost", "127.", "::1")


@register(Tags.security, deploy=True)
def safe_settings(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001
    **kwargs: Any,
) -> list[CheckMessage]:
    """Everything unsafe in the settings of a production installation, each by its name."""
    return [*_identity(), *_demo(), *_mail()]


def _identity() -> Iterator[CheckMessage]:
    key = environment.text("ALERT4YOU_SECRET_KEY")
    if len(key) < SHORTEST_KEY or len(set(key)) < 10:
        yield Error(
            f"ALERT4YOU_SECRET_KEY is missing or shorter than {SHORTEST_KEY} random characters.",
            hint=f"Keep one in a secret store, for instance {secrets.token_urlsafe(48)}",
            id="alert4you.E001",
        )
    if settings.DEBUG:
        yield Error(
            "ALERT4YOU_DEBUG is on: error pages would show what is in the database.",
            hint="Leave ALERT4YOU_DEBUG out.",
            id="alert4you.E002",
        )
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        yield Error(
            "ALERT4YOU_HOSTS is empty or names every host.",
            hint="Give the host names people type, for instance alert4you.example.nl",
            id="alert4you.E003",
        )
    if not settings.SECURE_PROXY_SSL_HEADER:
        yield Error(
            "ALERT4YOU_HTTPS is not set: the server cannot tell whether a visitor uses https.",
            hint="Put an https proxy in front that sets X-Forwarded-Proto, and set "
            "ALERT4YOU_HTTPS=proxy.",
            id="alert4you.E004",
        )


def _demo() -> Iterator[CheckMessage]:
    if settings.MODE != "production" or apps.is_installed("alert4you.demo"):
        yield Error(
            "The demo's personas are switched on: anyone could become anyone.",
            hint="Leave ALERT4YOU_MODE out, or set it to production.",
            id="alert4you.E005",
        )


def _mail() -> Iterator[CheckMessage]:
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        yield Info(
            "ALERT4YOU_MAIL is not set: nobody is told by mail that something waits.",
            hint="For instance ALERT4YOU_MAIL=smtp://user:password@mail.example.nl:587",
            id="alert4you.I001",
        )


@register(Tags.database)
def safe_database(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001
    databases: Sequence[str] | None = None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """On SQLite: that a note which was acknowledged is still there after the power went."""
    if "default" not in (databases or ()) or connection.vendor != "sqlite":
        return []
    found: dict[str, Any] = {name: read_pragma(name) for name in ("synchronous", "foreign_keys")}
    found["transaction_mode"] = connection.settings_dict["OPTIONS"].get("transaction_mode")
    wanted = {"synchronous": 2, "foreign_keys": 1, "transaction_mode": "IMMEDIATE"}
    return [
        Error(
            f"SQLite runs with {name} = {found[name]}; it must be {value}.",
            hint="Use the OPTIONS of alert4you.config.environment.database.",
            id="alert4you.E006",
        )
        for name, value in wanted.items()
        if found[name] != value
    ]


@register(Tags.database, deploy=True)
def durable_postgresql(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001
    databases: Sequence[str] | None = None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """On PostgreSQL: the same, and that it notices when a disk gives other bytes than it took."""
    if "default" not in (databases or ()) or connection.vendor != "postgresql":
        return []
    return [
        Error(f"PostgreSQL runs with {name} = off.", hint=remedy, id="alert4you.E009")
        for name, remedy in DURABLE.items()
        if read_setting(name) == "off"
    ]


@register(Tags.security, deploy=True)
def known_database(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001
    **kwargs: Any,
) -> list[CheckMessage]:
    """On PostgreSQL elsewhere: that it is the one meant, and nobody in between reads along."""
    found = connection.settings_dict
    here = all(not host or host.startswith(HERE) for host in found.get("HOST", "").split(","))
    if (
        connection.vendor != "postgresql"
        or here
        or found["OPTIONS"].get("sslmode") == "verify-full"
    ):
        return []
    return [
        Error(
            "The database is on another machine, and nothing checks that it is the one meant.",
            hint="Add ?sslmode=verify-full to DATABASE_URL (and sslrootcert= for your own certificates).",
            id="alert4you.E008",
        )
    ]


@register(Tags.security, deploy=True)
def behind_the_wall(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001
    **kwargs: Any,
) -> list[CheckMessage]:
    """On PostgreSQL: that the server is somebody to whom row-level security applies."""
    if connection.vendor != "postgresql":
        return []
    found = passes_by(connection)
    if not found:
        return []
    return [
        Error(
            f"The server connects as {found}, who owns the tables or passes by row-level security.",
            hint=f"CREATE USER alert4you_server PASSWORD '...' IN ROLE {SERVING}; "
            "use that one in DATABASE_URL, and the owner only for `alert4you migrate`.",
            id="alert4you.E007",
        )
    ]
