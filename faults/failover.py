"""A primary and a standby that is waited for; the primary dies, and the standby takes its place.

The promotion, and making the standby anew, is done by what stands here, as an operator or a program for it
would (docs/how-to/cluster.md).
"""

import getpass
import os
import pwd
import random
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import psycopg

from alert4you.config.testing import postgresql
from faults import LeftOutError, Outcome
from faults.house import House, Server, free_port
from faults.killing import WRITERS, Writer, read, wait_for

WITHIN = 60  # seconds until people can work again
WAITED_FOR = "ALTER SYSTEM SET synchronous_standby_names = '*'"
NOT_WAITED_FOR = "ALTER SYSTEM SET synchronous_standby_names = ''"


@dataclass
class Node:
    """One PostgreSQL, with fsync and all, as a user that is not root."""

    folder: Path
    port: int = field(default_factory=free_port)

    @property
    def user(self) -> str:
        known = {each.pw_name for each in pwd.getpwall()}
        if os.geteuid() != 0:
            return getpass.getuser()
        return "postgres" if "postgres" in known else "nobody"

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def run(self, program: str, *words: str) -> None:
        if not (programs := postgresql()):
            raise LeftOutError("PostgreSQL is not installed")
        self.folder.mkdir(exist_ok=True)
        shutil.chown(self.folder, self.user)
        call = [str(programs / program), "-D", str(self.folder / "data"), *words]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(call, user=self.user, cwd=self.folder, check=True, **quiet)

    def make(self) -> None:
        self.run("initdb", "--username=alert4you", "--auth=trust", "--encoding=UTF8", "-k")

    def follow(self, port: int, *how: str) -> None:
        """A copy of whoever listens there, that goes on following it."""
        shutil.rmtree(self.folder / "data", ignore_errors=True)
        where = f"host=127.0.0.1 port={port} user=alert4you"
        self.run("pg_basebackup", "-d", where, "-R", "-X", "stream", "-c", "fast", *how)

    def start(self, settings: str = "") -> None:
        how = f"-p {self.port} -k {self.folder} -h 127.0.0.1 {settings}"
        self.run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", how, "start")

    def stop(self) -> None:
        with suppress(subprocess.CalledProcessError):
            self.run("pg_ctl", "-m", "immediate", "stop")

    def kill(self) -> None:
        """As when its machine dies: -9 for all of its processes, before one can say goodbye."""
        first = int((self.folder / "data/postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for each in (first, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)

    def say(self, *statements: str) -> list[tuple[object, ...]]:
        """As its superuser; what the last statement answers."""
        where = f"host=127.0.0.1 port={self.port} user=alert4you dbname=postgres"
        with psycopg.connect(where, autocommit=True) as asked:
            for statement in statements:
                told = asked.execute(statement)
            return told.fetchall() if told.description else []

    def be_waited_for(self) -> None:
        """From now on nothing is acknowledged before a standby has it too."""
        self.say(WAITED_FOR, "SELECT pg_reload_conf()")
        follows = "SELECT pid FROM pg_stat_replication WHERE sync_state = 'sync'"
        if not wait_for(lambda: self.say(follows), 30):
            raise RuntimeError("no standby follows")

    def promote(self) -> None:
        """It takes changes, and waits for nobody until there is a standby again."""
        self.run("pg_ctl", "-w", "promote")
        self.say(NOT_WAITED_FOR, "SELECT pg_reload_conf()")


@contextmanager
def a_cluster() -> Iterator[tuple[House, list[Node]]]:
    """An installation that knows two servers: the first is the primary, the second follows it."""
    folder = Path(tempfile.mkdtemp(prefix="alert4you-faults-"))
    folder.chmod(0o755)
    nodes = [Node(folder / "one"), Node(folder / "two")]
    try:
        nodes[0].make()
        nodes[0].start()
        nodes[1].follow(nodes[0].port)
        nodes[1].start()
        hosts = ",".join(each.address for each in nodes)
        house = House(folder, database_url=f"postgresql://alert4you@{hosts}/postgres")
        (folder / "told.json").write_text(house.run("make"))
        nodes[0].be_waited_for()
        yield house, nodes
    finally:
        for each in nodes:
            each.stop()
        shutil.rmtree(folder, ignore_errors=True)


def failover(times: int) -> Outcome:
    """The primary dies while four browsers write; the standby takes its place, and another follows it."""
    with a_cluster() as (house, (primary, standby)), house.served() as server:
        stop, away = threading.Event(), list[float]()
        writers = [Writer(server, stop) for _ in range(WRITERS)]
        for each in writers:
            each.start()
        for _ in range(times):
            before = sum(len(each.kept) for each in writers)
            wait_for(lambda: sum(len(each.kept) for each in writers) > before, WITHIN)  # noqa: B023
            time.sleep(random.uniform(0, 1))  # noqa: S311
            primary.kill()
            begun = time.time()
            standby.promote()
            away.append(_until_it_is_back(server, begun))
            primary.stop()
            primary.follow(standby.port)
            primary.start()
            standby.be_waited_for()
            primary, standby = standby, primary
        stop.set()
        for each in writers:
            each.join(WITHIN)
        broken = sum(each.is_alive() for each in writers)
        rows, faults = read(house)
    kept = [words for each in writers for words in each.kept]
    repeated = sum(each.repeated for each in writers)
    return Outcome(
        f"the primary killed and the standby promoted {len(away)} times while {WRITERS} browsers write",
        acknowledged=len(kept),
        lost=sum(words not in rows for words in kept),
        doubled=sum(number > 1 for number in rows.values()),
        more=f"back after {sorted(away)[len(away) // 2]:.1f} s in the middle, {max(away):.1f} s at most; "
        f"{repeated} requests without an answer sent again; trail {'whole' if not faults else 'broken'}",
        wrong=faults + broken + (max(away) > WITHIN),
    )


def _until_it_is_back(server: Server, begun: float) -> float:
    """Seconds until a note is kept again, counted from the kill."""
    words = str(uuid4())
    wait_for(lambda: server.note(words, words) == 302, WITHIN * 2)
    return time.time() - begun
