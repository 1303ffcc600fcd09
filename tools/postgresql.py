"""Run a command with DATABASE_URL pointing at a throw-away PostgreSQL server, and stop it afterwards.

    python tools/postgresql.py pytest -n auto

The server listens on a free loopback port and runs as an ordinary user, because PostgreSQL refuses
root. Where PostgreSQL is not installed this says so; with ALERT4YOU_REQUIRE_ALL that is a failure.
"""

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from alert4you.config.testing import postgresql

# Nothing that a test writes stays: who counts rows meanwhile finds none, and plans are made for empty tables.
# A standby that was away finds what the others wrote meanwhile.
SETTINGS = (
    "-c autovacuum=off -c fsync=off -c full_page_writes=off -c wal_keep_size=1GB"
    " -c listen_addresses=127.0.0.1"
)


def main(command: list[str]) -> int:
    programs = postgresql()
    if programs is None:
        print("LEFT OUT: everything on PostgreSQL, because it is not installed.")
        return 1 if os.environ.get("ALERT4YOU_REQUIRE_ALL") else 0
    folder = Path(tempfile.mkdtemp(prefix="alert4you-postgresql-"))
    user = _ordinary_user()
    shutil.chown(folder, user)
    port = _free_port()

    def run(program: str, *arguments: str) -> None:
        call = [str(programs / program), "-D", str(folder / "data"), *arguments]
        subprocess.run(call, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)

    run("initdb", "--username=alert4you", "--auth=trust", "--encoding=UTF8")
    run(
        "pg_ctl",
        "-w",
        "-o",
        f"-p {port} -k {folder} {SETTINGS}",
        "-l",
        str(folder / "log"),
        "start",
    )
    try:
        url = f"postgresql://alert4you@127.0.0.1:{port}/postgres"
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode
    finally:
        run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _ordinary_user() -> str:
    if os.geteuid() != 0:
        return getpass.getuser()
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
