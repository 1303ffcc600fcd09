"""What an administrator can set, and nothing else: one list, read from the environment."""

import os
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict


@dataclass(frozen=True)
class Variable:
    """One environment variable, with the words for its page in the reference."""

    name: str
    default: str
    meaning: str


VARIABLES = (
    Variable(
        "ALERT4YOU_MODE",
        "production",
        "`production`, `demo` or `test`. Only the demo lets a visitor step into a persona; "
        "`alert4you demo` sets it for you.",
    ),
    Variable(
        "ALERT4YOU_SECRET_KEY",
        "",
        "At least 50 random characters, the same for every process. Signs sessions and links. "
        "Needed in production.",
    ),
    Variable(
        "ALERT4YOU_OLD_KEYS",
        "",
        "Secret keys of before, separated by commas: sessions, links, sealed secrets and signed roots made "
        "with them still hold. Take one out when nothing made with it is needed any more.",
    ),
    Variable(
        "ALERT4YOU_HOSTS",
        "",
        "The host names people type, separated by commas. Needed in production; never `*`.",
    ),
    Variable(
        "ALERT4YOU_HTTPS",
        "",
        "`proxy` when a proxy of your own ends https and always sets `X-Forwarded-Proto`. "
        "Needed in production.",
    ),
    Variable(
        "ALERT4YOU_PROXIES",
        "0",
        "How many proxies of your own stand before each other, each adding the address it sees to "
        "`X-Forwarded-For`: so the trail keeps the address of the visitor. With `0` that header is not read.",
    ),
    Variable(
        "ALERT4YOU_DATABASE",
        "",
        "The SQLite file. Without it `alert4you.sqlite3` in the data folder: `alert4you` in the "
        "platform's place for application data, `~/.local/share` on Linux. Collected static "
        "files lie beside it.",
    ),
    Variable(
        "DATABASE_URL",
        "",
        "PostgreSQL instead of SQLite: `postgresql://user:password@host:5432/name`. "
        "Options of libpq may follow a `?`. More hosts, separated by commas: the one that takes "
        "changes is used.",
    ),
    Variable(
        "ALERT4YOU_POOLER",
        "",
        "`1` when `DATABASE_URL` leads to a pooler that hands out transactions and knows of no prepared "
        "statements (pgbouncer before 1.21): PostgreSQL then thinks anew about every statement.",
    ),
    Variable(
        "ALERT4YOU_STANDBY_URL",
        "",
        "A copy of that PostgreSQL that follows it: the library of practices is read there, never anything "
        "about people, and only while the copy is seconds behind at most. More hosts: the one that follows.",
    ),
    Variable(
        "ALERT4YOU_MAIL",
        "",
        "Where mail leaves: `smtp://user:password@host:587` (STARTTLS), `smtps://` for TLS from "
        "the start. Without it nobody is told by mail that something waits.",
    ),
    Variable(
        "ALERT4YOU_MAIL_FROM",
        "alert4you@localhost",
        "The sender of that mail. The mail itself never carries content.",
    ),
    Variable(
        "ALERT4YOU_AUDIT_KEY",
        "",
        "Random characters from which the key is made that signs the hourly root of the audit trail. "
        "Without it the secret key is used; a key of its own can be kept from who can read the database.",
    ),
    Variable(
        "ALERT4YOU_AUDIT_MAIL",
        "",
        "Mail addresses outside this machine, separated by commas, that receive each signed root: "
        "whoever keeps them can prove that nothing was changed since.",
    ),
    Variable(
        "ALERT4YOU_BACKUP_KEY",
        "",
        "The key of age that seals backups; `alert4you backup` offers one when there is none. More than one, "
        "separated by commas: the first seals, every one opens. Keep it away from the backups: without it "
        "nobody reads them, you neither.",
    ),
    Variable(
        "ALERT4YOU_METRICS_TOKEN",
        "",
        "What Prometheus sends along (`Authorization: Bearer ...`) to read `/metrics` and the details of "
        "`/health/ready`. Without it nobody can.",
    ),
    Variable("PORT", "8000", "Where `alert4you demo` and `alert4you serve` listen."),
    Variable(
        "ALERT4YOU_DEBUG",
        "",
        "`1` shows Django's error pages while developing. Refused in production.",
    ),
)

# A PostgreSQL that is away is known within two seconds; that its cable is pulled, to those who wait too.
KNOWN_AWAY = {
    "connect_timeout": "2",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
MODES = ("production", "demo", "test")
_FILES = {
    "production": "alert4you.sqlite3",
    "demo": "alert4you-demo.sqlite3",
    "test": "alert4you-test.sqlite3",
}
_DEFAULTS = {variable.name: variable.default for variable in VARIABLES}


class SettingError(Exception):
    """An environment variable has a value that cannot be meant; says which and what to do."""


def text(name: str) -> str:
    """The value of a known variable, stripped; its default when it is not set."""
    return os.environ.get(name, "").strip() or _DEFAULTS[name]


def words(name: str) -> list[str]:
    """The comma-separated values of a known variable."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def mode() -> str:
    """The mode to run in.

    Raises SettingError for an unknown one: a typing error must not end up in the demo.
    """
    value = text("ALERT4YOU_MODE")
    if value not in MODES:
        raise SettingError(f"ALERT4YOU_MODE is {value!r}; use one of: {', '.join(MODES)}.")
    return value


def data_folder() -> Path:
    """The platform's place for application data; not created here."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library/Application Support"
    else:
        base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share"
    return Path(base) / "alert4you"


def database_file(mode: str) -> Path:
    """The SQLite file of a mode; the demo never shares one with a real installation."""
    named = os.environ.get("ALERT4YOU_DATABASE", "").strip()
    if named:
        return Path(named).expanduser().resolve()
    return data_folder() / _FILES[mode]


def secret_key(mode: str) -> str:
    """The key of this installation; a demo makes its own and keeps it beside its database."""
    if mode != "demo":
        return text("ALERT4YOU_SECRET_KEY") or ("only-for-tests" if mode == "test" else "")
    file = database_file(mode).with_suffix(".key")
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text()


def database(mode: str) -> dict[str, Any]:
    """Django's description of the database: PostgreSQL by DATABASE_URL, else the SQLite file."""
    url = text("DATABASE_URL")
    if url:
        return _postgresql("DATABASE_URL", url)
    memory = mode == "test" and not os.environ.get("ALERT4YOU_DATABASE")
    if not memory:
        database_file(mode).parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "alert4you.kernel.sqlite",
        "NAME": ":memory:" if memory else database_file(mode),
        "TEST": {"NAME": ":memory:" if memory else None},
        # A new connection first reads the whole schema, with all views of the wall.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Deferred transactions fail with "locked" as soon as two people write.
            "transaction_mode": "IMMEDIATE",
            # NORMAL loses acknowledged notes when the power goes.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            "timeout": 20,
            # To prepare a statement with the wall in it costs more than to ask it, and to keep it 100 kB:
            # who serves keeps what is asked most, a test asks everything as everybody.
            "cached_statements": 512 if memory else 128,
        },
    }


def databases(mode: str) -> dict[str, dict[str, Any]]:
    """The database, and beside it the copy to read from when ALERT4YOU_STANDBY_URL names one."""
    url = text("ALERT4YOU_STANDBY_URL")
    beside = {"standby": _postgresql("ALERT4YOU_STANDBY_URL", url)} if url else {}
    return {"default": database(mode), **beside}


def _postgresql(name: str, url: str) -> dict[str, Any]:
    try:
        told = conninfo_to_dict(url)
    except ProgrammingError as error:
        raise _not_an_address(name) from error
    if not url.startswith(("postgres:", "postgresql:")) or "dbname" not in told:
        raise _not_an_address(name)
    return {
        "ENGINE": "alert4you.kernel.postgresql",
        "NAME": told.pop("dbname"),
        "USER": told.pop("user", ""),
        "PASSWORD": told.pop("password", ""),
        "HOST": told.pop("host", ""),
        "PORT": told.pop("port", ""),
        # A new connection first plans what the wall asks (`kernel.wall.sets`).
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **KNOWN_AWAY,
            # What a connection asked twice is prepared: a plan takes longer than an answer.
            "server_side_binding": True,
            "prepare_threshold": None if text("ALERT4YOU_POOLER") else 2,
            **told,
        },
    }


def _not_an_address(name: str) -> SettingError:
    return SettingError(
        f"{name} must read postgresql://user:password@host:5432/name. "
        "For SQLite leave it out and give the file as ALERT4YOU_DATABASE."
    )


def mail_backend() -> str:
    """Which of Django's mail backends to use; without a server mail is printed."""
    return "smtp" if text("ALERT4YOU_MAIL") else "console"


def mail() -> dict[str, Any]:
    """Django's EMAIL settings for ALERT4YOU_MAIL; empty when mail is not set up."""
    url = text("ALERT4YOU_MAIL")
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise SettingError("ALERT4YOU_MAIL must read smtp://user:password@host:587 or smtps://...")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp",
    }
