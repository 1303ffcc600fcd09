"""`python -m faults [NAME ...]`: does them, prints each, and writes down what came of it."""

import os
import platform
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

from faults import LeftOutError, Outcome
from faults.asking import slow_clients
from faults.disk import a_house_that_fills, full, power_cut
from faults.failover import failover
from faults.house import House, a_house
from faults.killing import kill_web, kill_workers, mail_away
from faults.load import ten_times
from faults.migrations import forward_and_back
from faults.nonsense import nonsense
from faults.postgresql import database_away, kill_web_on_postgresql

PAGE = Path("docs/reference/reliability.md")
SIZE = float(os.environ.get("FAULTS_SIZE", "1"))  # a part of the full numbers, where time is short
FAULTS: dict[str, Callable[[], Outcome]] = {
    "web": lambda: on(a_house(), kill_web, part(1000), workers=8),
    "web-postgresql": lambda: kill_web_on_postgresql(part(200)),
    "power": lambda: power_cut(part(2000)),
    "workers": lambda: kill_workers(part(200), part(1000)),
    "mail": lambda: mail_away(24, 100),
    "disk": lambda: on(a_house_that_fills(), full, part(60)),
    "database": lambda: database_away(part(300)),
    "failover": lambda: failover(part(20)),
    "slow": lambda: on(a_house(), slow_clients, 500, part(30)),
    "load": lambda: ten_times(part(600)),
    "migrations": lambda: forward_and_back(part(10_000_000)),
    "nonsense": lambda: nonsense(part(100_000)),
}


def on(
    a_house: AbstractContextManager[House],
    fault: Callable[..., Outcome],
    *numbers: int,
    workers: int = 2,
) -> Outcome:
    with a_house as house, house.served(workers) as server:
        return fault(*numbers, server)


def part(number: int) -> int:
    return max(1, round(number * SIZE))


def main(names: list[str]) -> int:
    """Those named, else all; 1 when one does not hold."""
    wrong = 0
    for name in names or FAULTS:
        begun = time.time()
        try:
            outcome = FAULTS[name]()
        except LeftOutError as why:
            print(f"{name}: LEFT OUT, {why}", flush=True)
            continue
        print(f"{name}: {outcome} ({time.time() - begun:.0f} s)", flush=True)
        wrong += not outcome.holds
        PAGE.write_text(page({**told(), name: row(name, outcome, time.time() - begun)}))
    return int(bool(wrong))


def row(name: str, outcome: Outcome, seconds: float) -> str:
    counts = f"{outcome.acknowledged} | {outcome.lost} | {outcome.doubled}"
    day = f"{datetime.now(UTC):%Y-%m-%d}, {seconds:.0f} s"
    more = outcome.more if outcome.holds else f"{outcome.more} **wrong**"
    return f"| `{name}` | {outcome.done} | {counts} | {more} | {day} |"


def told() -> dict[str, str]:
    """What was written down before, by the name of the fault."""
    lines = PAGE.read_text().splitlines() if PAGE.exists() else []
    return {line.split("`")[1]: line for line in lines if line.startswith("| `")}


def page(rows: dict[str, str]) -> str:
    lines = [rows.get(name, f"| `{name}` | not done yet | | | | | |") for name in FAULTS]
    where = (
        f"{os.cpu_count()} processors that others used as well, Python {platform.python_version()}"
    )
    return HEAD.format(where=where) + "\n".join(lines) + "\n" + FOOT


HEAD = """# What it withstands

<!-- Made by `make faults`; do not edit. -->

Each fault is done to real processes with the real server, on a machine with {where}.
*Acknowledged* counts what somebody was told is kept; *lost* and *doubled* must be 0. To repeat this: `make
faults` does all faults, `python -m faults NAME` one, `FAULTS_SIZE=0.1` a tenth of each. `make test` does a
little of each.

| fault | what was done | acknowledged | lost | doubled | more | when |
| --- | --- | ---: | ---: | ---: | --- | --- |
"""
FOOT = """
The code is in [`faults/`](../../faults). The test of a power cut records every write and every sync that
SQLite asks of the system while the product writes. From these it builds what could be on the disk at a
random moment: all that was synced, and of the other writes some whole, some half, some not at all. With
`synchronous=NORMAL` the same images lose notes, so we know that the test would notice a loss
(`tests/faults`). A killed worker may send a mail again with the same Message-ID; the receiver sees one
mail.

Under load no request is sent later because an earlier one is slow: each is sent at a random moment that was
chosen beforehand, and its waiting time counts from that moment. The busy hour is an estimate, not a
measurement: 100 locations have 200 groups, and each group reads 30 pages and writes 6 notes in that hour.

While tables change, the longest lock is the longest time that one table was closed to writing. When
PostgreSQL refuses a note because two transactions wait for each other, the note is sent again, as a browser
would do.
"""

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
