"""An installation on PostgreSQL that waits for its disk, behind a door that can be shut."""

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from alert4you.config.testing import postgresql
from faults import LeftOutError, Outcome
from faults.disk import weighed
from faults.house import House, Server, free_port
from faults.killing import kill_web


@contextmanager
def a_house_on_postgresql(*made: str, settings: str = "") -> Iterator[tuple[House, "Door"]]:
    """A server of its own, with fsync and all, thrown away afterwards; ``made``: the role that fills it."""
    if not (programs := postgresql()):
        raise LeftOutError("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="alert4you-faults-"))
    user = "postgres" if "postgres" in {each.pw_name for each in pwd.getpwall()} else "nobody"
    user = user if os.geteuid() == 0 else getpass.getuser()
    port = free_port()
    (data := folder / "database").mkdir()
    shutil.chown(data, user)
    folder.chmod(0o755)

    def run(program: str, *words: str) -> None:
        call = [str(programs / program), "-D", str(data / "data"), *words]
        subprocess.run(call, user=user, cwd=data, check=True, stdout=subprocess.DEVNULL)

    run("initdb", "--username=alert4you", "--auth=trust", "--encoding=UTF8", "--data-checksums")
    options = f"-p {port} -k {data} -h 127.0.0.1 {settings}"
    run("pg_ctl", "-w", "-l", str(data / "log"), "-o", options, "start")
    try:
        with Door(port) as door:
            url = f"postgresql://alert4you@127.0.0.1:{door.port}/postgres"
            house = House(folder, database_url=url)
            (folder / "told.json").write_text(house.run(*(made or ("make",))))
            yield house, door
    finally:
        run("pg_ctl", "-m", "immediate", "stop")
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
