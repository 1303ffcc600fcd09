"""An installation on PostgreSQL that waits for its disk, behind a door that can be shut."""

import getpass
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import psycopg

from alert4you.config.testing import postgresql
from faults import LeftOutError, Outcome
from faults.disk import weighed
from faults.house import House, Server, free_port
from faults.killing import kill_web, wait_for

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
        quiet = subprocess.DEVNULL
        subprocess.run(
            call, user=self.user, cwd=self.folder, check=True, stdout=quiet, stderr=quiet
        )

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
def a_house_on_postgresql(*made: str, settings: str = "") -> Iterator[tuple[House, "Door"]]:
    """A server of its own, thrown away afterwards; ``made``: the role that fills it."""
    folder = Path(tempfile.mkdtemp(prefix="alert4you-faults-"))
    folder.chmod(0o755)
    node = Node(folder / "database")
    try:
        node.make()
        node.start(settings)
        with Door(node.port) as door:
            url = f"postgresql://alert4you@127.0.0.1:{door.port}/postgres"
            house = House(folder, database_url=url)
            (folder / "told.json").write_text(house.run(*(made or ("make",))))
            yield house, door
    finally:
        node.stop()
        shutil.rmtree(folder, ignore_errors=True)


class Door:
    """Between the product and its database; shut, nobody comes through and who was inside is thrown out."""

    def __init__(self, to: int) -> None:
        self.to, self.port, self.open = to, free_port(), True
        self.inside: set[socket.socket] = set()

    def __enter__(self) -> "Door":
        self.listening = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._let_in, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.listening.close()
        self.shut()

    def shut(self) -> None:
        self.open = False
        for each in [*self.inside]:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _let_in(self) -> None:
        with suppress(OSError):
            while True:
                visitor, _ = self.listening.accept()
                if not self.open:
                    visitor.close()
                    continue
                inner = socket.create_connection(("127.0.0.1", self.to))
                for one, other in ((visitor, inner), (inner, visitor)):
                    self.inside.add(one)
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while said := one.recv(65536):
                other.sendall(said)
        with suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)
        self.inside.discard(one)


def kill_web_on_postgresql(kills: int) -> Outcome:
    with a_house_on_postgresql() as (house, _), house.served(workers=8) as server:
        return kill_web(kills, server)


def database_away(seconds: float) -> Outcome:
    """Nobody comes through to the database for so long; people go on asking."""
    with a_house_on_postgresql() as (house, door), house.served() as server:
        kept = [words for words in map(str, range(5)) if server.note(words) == 302]
        door.shut()
        answers, slowest = _asked(server, seconds)
        door.open, back = True, time.time()
        while server.page()[0] != 200 and time.time() - back < 60:
            time.sleep(0.1)
        recovered = time.time() - back
        kept += [words for words in map(str, range(5, 10)) if server.note(words) == 302]
        found = weighed(house, kept, f"the database (PostgreSQL) away for {seconds:.0f} s")
    return replace(
        found,
        more=f"{len(answers)} pages asked, answers {sorted(set(answers))}, the slowest in {slowest:.1f} s; "
        f"back {recovered:.1f} s after it was",
        wrong=(set(answers) != {503}) + (slowest > 2) + (len(kept) != 10),
    )


def _asked(server: Server, seconds: float) -> tuple[list[int], float]:
    """Twenty people ask a page again and again: the answers, and how long the slowest took."""
    answers, slowest, until = [], [0.0], time.time() + seconds

    def person() -> None:
        while time.time() < until:
            begun = time.time()
            answers.append(server.page()[0])
            slowest[0] = max(slowest[0], time.time() - begun)
            time.sleep(0.2)

    people = [threading.Thread(target=person) for _ in range(20)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    return answers, slowest[0]
