"""An installation of its own to break: a database with the cast, its server, its workers and a browser."""

import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode
from uuid import uuid4

ROOT = Path(__file__).resolve().parent.parent
STARTS_WITHIN = 60
TABLES: list[Path] = []  # a database that has them already


@dataclass
class House:
    """Where it stands, and whom it knows."""

    folder: Path
    speed: float = 1
    database_url: str = ""
    more: dict[str, str] = field(default_factory=dict)
    begun: float = field(default_factory=time.time)

    @property
    def file(self) -> Path:
        return self.folder / "house.sqlite3"

    @property
    def told(self) -> dict[str, str]:
        """The id of Mila and the cookie of Fatima."""
        return json.loads((self.folder / "told.json").read_text())

    def environment(self) -> dict[str, str]:
        known = {key: value for key, value in os.environ.items() if not key.startswith("DATABASE")}
        if self.database_url:
            known["DATABASE_URL"] = self.database_url
        return {
            **known,
            "ALERT4YOU_MODE": "test",
            "ALERT4YOU_DATABASE": str(self.file),
            "DJANGO_SETTINGS_MODULE": "faults.settings",
            "FAULTS_BEGUN": str(self.begun),
            "FAULTS_SPEED": str(self.speed),
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
            **self.more,
        }

    def run(self, *words: str) -> str:
        """One of the roles (`faults.roles`) to its end; what it said."""
        call = [sys.executable, "-m", "faults.roles", *words]
        return subprocess.run(
            call, env=self.environment(), cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
        ).stdout

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """One of the roles, in a process group of its own."""
        call = [sys.executable, "-m", "faults.roles", *words]
        with (self.folder / f"{words[0]}.log").open("ab") as log:
            how = {"stdout": log, "stderr": log, "start_new_session": True}
            return subprocess.Popen(call, env=self.environment(), cwd=ROOT, **how)  # type: ignore[call-overload]

    @contextmanager
    def served(self, workers: int = 2) -> Iterator["Server"]:
        server = Server(self, workers)
        server.start()
        try:
            yield server
        finally:
            server.stop()


class Server:
    """The real web server, with its processes."""

    def __init__(self, house: House, workers: int) -> None:
        self.house, self.workers, self.port = house, workers, free_port()

    def start(self) -> None:
        self.process = self.house.start("serve", str(self.port), str(self.workers))
        deadline = time.time() + STARTS_WITHIN
        while not self.answers():
            if time.time() > deadline or self.process.poll() is not None:
                raise RuntimeError((self.house.folder / "serve.log").read_text()[-2000:])
            time.sleep(0.1)

    def stop(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def answers(self) -> bool:
        return ask(self.port, "GET", "/health/live")[0] == 200

    def processes(self) -> list[int]:
        """The processes that serve, the one above them not."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(each) for each in children.read_text().split()]

    def keep_up(self) -> None:
        """Who starts the processes gives up when the same one falls twice in 5.5 s; then it is started again,
        as systemd does (docs/how-to/run.md).
        """
        if self.process.poll() is not None:
            self.start()

    def kill_one(self) -> bool:
        """kill -9 of who serves longest, now and then of all; False when there was none."""
        self.keep_up()
        if random.random() < 0.02:
            self.stop()
            return True
        running = self.processes()
        with suppress(ProcessLookupError):
            if running:
                os.kill(running[0], signal.SIGKILL)
                return True
        return False

    def note(self, words: str, once: str = "") -> int:
        """Fatima writes this about Mila; the status of the answer, 0 without one."""
        form = {"text": words, "category": "day", "readers": "parents", "once": once or uuid4()}
        told = self.house.told
        return ask(self.port, "POST", f"/children/{told['mila']}/note/", told, form)[0]

    def page(self, path: str = "/children/") -> tuple[int, str]:
        return ask(self.port, "GET", path, self.house.told)


def ask(
    port: int, method: str, path: str, told: dict[str, str] | None = None, form: object = None
) -> tuple[int, str]:
    """Status and words of an answer; 0 when there came none."""
    headers, body = {}, None
    if told:
        headers["Cookie"] = f"sessionid={told['session']}; csrftoken={told['csrf']}"
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode({**form, "csrfmiddlewaretoken": told["csrf"]})  # type: ignore[dict-item,index]
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    except (OSError, HTTPException):
        return 0, ""
    finally:
        connection.close()


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@cache
def _made() -> TemporaryDirectory[str]:
    """Made once in a process: the tables and the cast."""
    folder = TemporaryDirectory(prefix="alert4you-faults-")
    house = House(Path(folder.name))
    for tables in TABLES:
        shutil.copy(tables, house.file)
    (house.folder / "told.json").write_text(house.run("make"))
    return folder


@contextmanager
def a_house(**how: object) -> Iterator[House]:
    """A new installation on SQLite, thrown away afterwards."""
    with TemporaryDirectory(prefix="alert4you-faults-") as folder:
        shutil.copytree(_made().name, folder, dirs_exist_ok=True)
        yield House(Path(folder), **how)  # type: ignore[arg-type]
