"""What a disk does: loses what it was not told to keep when the power goes, and is full.

A library stands between SQLite and the system in the real process (recording.c), so what is tried is the
product as it writes, with its own settings. An image is what could be on the disk at one moment: all that
was synced, and of the writes since then some, some half, and some not.
"""

import random
import shutil
import sqlite3
import struct
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from faults import LeftOutError, Outcome
from faults.house import House, Server, a_house

WRITE, SYNC, CUT, KEPT = 1, 2, 3, 4
HEAD = struct.Struct("=BBqq")
SECTOR = 512
Step = tuple[int, int, int, bytes]  # what, which file, where, bytes


def library(folder: Path) -> str:
    """The recording library, built here."""
    if not (compiler := shutil.which("cc")):
        raise LeftOutError("no C compiler is installed")
    built = folder / "recording.so"
    source = Path(__file__).with_name("recording.c")
    command = [compiler, "-shared", "-fPIC", "-O2", "-o", str(built), str(source), "-ldl"]
    subprocess.run(command, check=True)
    return str(built)


def power_cut(images: int, notes: int = 120, synchronous: str = "FULL") -> Outcome:
    """The power goes at any moment while notes are written; the disk is looked at afterwards."""
    with a_house() as house:
        log = house.folder / "log"
        house.more |= {
            "LD_PRELOAD": library(house.folder),
            "FAULTS_DATABASE": str(house.file),
            "FAULTS_LOG": str(log),
            "FAULTS_SYNCHRONOUS": synchronous,
        }
        disk = Disk(house.file.read_bytes())
        house.run("write", str(notes), str(log))
        steps = list(recorded(log.read_bytes()))
        dice = random.Random(1)
        lost = torn = promised = done = 0
        for at in sorted(dice.randrange(len(steps)) for _ in range(images)):
            for step in steps[done:at]:
                disk.take(step)
            done = at
            disk.after_a_cut(house.folder / "image", dice)
            promised += len(disk.kept)
            found = found_in(house.folder / "image")
            torn += found is None
            lost += bool(disk.kept - set(found or ()))
    syncs = sum(step[0] == SYNC for step in steps)
    return Outcome(
        f"the power goes on SQLite, {images} images of the disk, synchronous={synchronous}",
        acknowledged=promised,
        lost=lost,
        more=f"{syncs} syncs for {notes} notes; {torn} images that cannot be opened",
        wrong=torn,
    )


def recorded(log: bytes) -> Iterator[Step]:
    at = 0
    while at < len(log):
        what, file, where, size = HEAD.unpack_from(log, at)
        at += HEAD.size
        yield what, file, where, log[at : at + size]
        at += size


class Disk:
    """What is safe on it, what waits for a sync, and what somebody was told is kept."""

    def __init__(self, before: bytes) -> None:
        self.safe = {1: bytearray(before), 2: bytearray()}  # the database, its log
        self.waiting: dict[int, list[Step]] = {1: [], 2: []}
        self.kept: set[str] = set()

    def take(self, step: Step) -> None:
        what, file, _, content = step
        if what in (WRITE, CUT):
            self.waiting[file].append(step)
        elif what == SYNC:
            for each in self.waiting[file]:
                put(self.safe[file], each)
            self.waiting[file] = []
        elif what == KEPT:
            self.kept.add(content.decode())

    def after_a_cut(self, name: Path, dice: random.Random) -> None:
        """What may be on it when the power goes now."""
        for file, where in ((1, name), (2, Path(f"{name}-wal"))):
            left = bytearray(self.safe[file])
            for each in self.waiting[file]:
                put(left, survived(each, dice))
            where.write_bytes(left)
        Path(f"{name}-shm").unlink(missing_ok=True)


def survived(step: Step, dice: random.Random) -> Step | None:
    """What of a write that was not synced came to the disk: all of it, some sectors, or nothing."""
    what, file, where, content = step
    fate = dice.random()
    if fate < 0.4:
        return step
    if fate < 0.6 and what == WRITE:
        sectors = dice.randrange(len(content) // SECTOR + 1)
        return what, file, where, content[: sectors * SECTOR]
    return None


def put(disk: bytearray, step: Step | None) -> None:
    if step is None:
        return
    what, _, where, content = step
    if what == CUT:
        del disk[where:]
        return
    if len(disk) < where:
        disk.extend(bytes(where - len(disk)))
    disk[where : where + len(content)] = content


def found_in(name: Path) -> Counter[str] | None:
    """The words of the notes in a file; None when SQLite finds it damaged."""
    try:
        with closing(sqlite3.connect(name)) as database:
            database.execute("PRAGMA synchronous=OFF")
            if database.execute("PRAGMA quick_check").fetchone() != ("ok",):
                return None
            return Counter(words for (words,) in database.execute("SELECT text FROM access_entry"))
    except sqlite3.DatabaseError:
        return None


@contextmanager
def a_house_that_fills(**how: Any) -> Iterator[House]:
    """Its disk is full as long as there is a file `full` in its folder."""
    with a_house(**how) as house:
        house.more |= {
            "LD_PRELOAD": library(house.folder),
            "FAULTS_DATABASE": str(house.file),
            "FAULTS_FULL": str(house.folder / "full"),
        }
        yield house


def full(seconds: float, server: Server) -> Outcome:
    """The disk is full for a while: nothing is said to be kept, and it goes on by itself."""
    flag = server.house.folder / "full"
    kept = [words for words in map(str, range(5)) if server.note(words) == 302]
    flag.touch()
    slowest, refused, read = 0.0, 0, set()
    until = time.time() + seconds
    while time.time() < until:
        begun = time.time()
        refused += server.note(f"vol {refused}") == 503
        read.add(server.page()[0])
        slowest = max(slowest, (time.time() - begun) / 2)
    flag.unlink()
    back = [words for words in map(str, range(5, 10)) if server.note(words) == 302]
    return replace(
        weighed(server.house, kept + back, f"the disk full for {seconds:.0f} s"),
        more=f"{refused} notes refused with a plain page, in {slowest:.1f} s at most; "
        f"reading answered {sorted(read)}; it went on by itself",
        wrong=(len(kept + back) != 10) + (not refused) + (read != {503}),
    )


def weighed(house: House, kept: list[str], done: str) -> Outcome:
    """What was said to be kept, against what is there."""
    from faults.killing import read

    rows = read(house)[0] if house.database_url else found_in(house.file) or Counter()
    return Outcome(
        done,
        acknowledged=len(kept),
        lost=sum(words not in rows for words in kept),
        doubled=sum(rows[words] > 1 for words in kept),
    )
