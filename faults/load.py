"""Ten times as many requests as in a busy hour, from people who do not wait for each other."""

import json
import os
import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from statistics import quantiles
from uuid import uuid4

from faults import Outcome
from faults.house import Server, ask
from faults.postgresql import a_house_on_postgresql

# An operator of 100 locations has 200 groups; in a busy hour each reads 30 pages and writes 6 notes.
NORMAL, TIMES, WRITES = 2.0, 10, 1 / 6
CHILDREN, PEOPLE, PROCESSES = 5000, 200, 4
AT_ONCE = 200  # requests under way from here; more than that would be waited for, and counted
SLOWEST_READ, ERRORS = 0.3, 0.0001


@dataclass
class Asked:
    """What came of the requests; each waits from the moment it was due."""

    reads: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, server: Server, person: dict[str, str], due: float) -> None:
        words, writes = str(uuid4()), random.random() < WRITES
        if writes:
            form = {"text": words, "category": "day", "readers": "parents", "once": words}
            status, _ = ask(server.port, "POST", person["note"], person, form)
        else:
            page = random.choice(person["pages"])
            status, _ = ask(server.port, "GET", page, person)
        seconds = time.time() - due
        with self.lock:
            (self.writes if writes else self.reads).append(seconds)
            if status != (302 if writes else 200):
                self.failed.append(status)
            elif writes:
                self.kept.append(words)


def ten_times(seconds: float) -> Outcome:
    """For so long; read, written, and looked at afterwards."""
    with a_house_on_postgresql("country", str(CHILDREN)) as (house, door):
        house.database_url = house.database_url.replace(str(door.port), str(door.to))
        people = json.loads(house.run("people", str(PEOPLE)))
        with house.served(workers=PROCESSES) as server:
            _warm(server, people)
            beside = os.getloadavg()[0]
            asked = ask_all(server, people, seconds)
        found = house.run("kept").splitlines()
    rows = [words for words in found if words in set(asked.kept)]
    number = len(asked.reads) + len(asked.writes)
    read, written = (quantiles(each, n=20) for each in (asked.reads, asked.writes))
    wrong = sorted(set(asked.failed))
    return Outcome(
        f"{NORMAL * TIMES:.0f} requests a second for {seconds:.0f} s, {len(asked.writes)} of them notes: "
        f"{TIMES} times the busy hour of 100 locations; {CHILDREN} children on PostgreSQL",
        acknowledged=len(asked.kept),
        lost=len(set(asked.kept) - set(rows)),
        doubled=len(rows) - len(set(rows)),
        more=f"{number} asked, {len(asked.failed)} failed{f' {wrong}' if wrong else ''}; "
        f"reading p50 {read[9] * 1000:.0f} ms, p95 {read[-1] * 1000:.0f} ms, writing p95 "
        f"{written[-1] * 1000:.0f} ms; beside it the machine had a load of {beside:.0f}"
        + (", over which this had precedence" if os.nice(0) < 0 else ""),
        wrong=(len(asked.failed) > number * ERRORS) + (read[-1] > SLOWEST_READ),
    )


def _warm(server: Server, people: list[dict[str, str]]) -> None:
    """As on a machine that has served since this morning."""
    with ThreadPoolExecutor(PROCESSES) as pool:
        for each in people:
            pool.submit(ask, server.port, "GET", each["pages"][-1], each)


def ask_all(server: Server, people: list[dict[str, str]], seconds: float) -> Asked:
    asked = Asked()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for due in _moments(seconds):
            time.sleep(max(0, due - time.time()))
            pool.submit(asked, server, random.choice(people), due)
    return asked


def _moments(seconds: float) -> Iterator[float]:
    """As chance has it, on average so many a second."""
    due = begun = time.time()
    while (due := due + random.expovariate(NORMAL * TIMES)) < begun + seconds:
        yield due
