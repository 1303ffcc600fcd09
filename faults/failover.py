"""A primary and a standby that is waited for; the primary dies, and the standby takes its place.

The promotion, and making the standby anew, is done by what stands here, as an operator or a program for it
would (docs/how-to/cluster.md).
"""

import random
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from faults import Outcome
from faults.house import House, Server
from faults.killing import WRITERS, Writer, read, wait_for
from faults.postgresql import Node

WITHIN = 60  # seconds until people can work again


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
            time.sleep(random.uniform(0, 1))
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
