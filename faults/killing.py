"""kill -9 of who serves, in the middle of writing, and of who works in the background."""

import os
import random
import signal
import threading
import time
from collections import Counter
from uuid import uuid4

from faults import Outcome
from faults.house import House, Server, a_house
from faults.post import Post

WRITERS = 4


class Writer(threading.Thread):
    """Writes notes one after the other; what gets no answer is sent again, as a browser does."""

    def __init__(self, server: Server, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.server, self.stop, self.repeated = server, stop, 0
        self.kept: list[str] = []

    def run(self) -> None:
        while not self.stop.is_set():
            words = once = str(uuid4())
            while (status := self.server.note(words, once)) != 302:
                if status not in (0, 503):
                    raise RuntimeError(f"answer {status}")
                self.repeated += 1
                time.sleep(0.05)
            self.kept.append(words)


def kill_web(kills: int, server: Server) -> Outcome:
    """Kill a process of the server at random moments while four browsers write."""
    killed, stop = 0, threading.Event()
    writers = [Writer(server, stop) for _ in range(WRITERS)]
    for each in writers:
        each.start()
    while killed < kills and all(each.is_alive() for each in writers):
        before = sum(len(each.kept) for each in writers)
        wait_for(lambda: sum(len(each.kept) for each in writers) > before, 30)  # noqa: B023
        time.sleep(random.uniform(0, 1))
        killed += server.kill_one()
    stop.set()
    deadline = time.time() + 60
    while any(each.is_alive() for each in writers) and time.time() < deadline:
        server.keep_up()
        time.sleep(0.1)
    broken = sum(each.is_alive() for each in writers) + (killed < kills)
    rows, faults = read(server.house)
    kept = [words for each in writers for words in each.kept]
    repeated = sum(each.repeated for each in writers)
    return Outcome(
        f"a process that serves killed {killed} times while {WRITERS} browsers write "
        f"({'PostgreSQL' if server.house.database_url else 'SQLite'})",
        acknowledged=len(kept),
        lost=sum(words not in rows for words in kept),
        doubled=sum(number > 1 for number in rows.values()),
        more=f"{repeated} requests without an answer sent again; trail whole",
        wrong=faults + broken,
    )


def read(house: House) -> tuple[Counter[str], int]:
    """The words of the notes there are, and the faults in the trail."""
    *words, faults = house.run("kept").splitlines()
    return Counter(words), int(faults.partition(": ")[2])


def kill_workers(kills: int, mails: int, number: int = 2) -> Outcome:
    """Workers side by side, one of them killed again and again while they send; a minute is a second."""
    with Post(slow=0.05) as post, a_house(speed=60, more=post.environment) as house:
        house.run("ask_coaches", str(mails))
        killed, workers = 0, [house.start("work") for _ in range(number)]
        try:
            while killed < kills:
                time.sleep(random.uniform(0.5, 4))
                which = random.randrange(number)
                os.kill(workers[which].pid, signal.SIGKILL)
                workers[which].wait()
                workers[which] = house.start("work")
                killed += 1
            wait_for(lambda: len(post.taken) >= mails, 240)
            time.sleep(12)  # another job would send again by now
        finally:
            for each in workers:
                each.kill()
                each.wait()
    again = sum(post.taken.values()) - len(post.taken)
    return Outcome(
        f"one of {number} workers killed {killed} times while they send",
        acknowledged=mails,
        lost=mails - len(post.taken),
        doubled=max(0, len(post.taken) - mails),
        more=f"{again} mails sent again with the Message-ID they had",
    )


def mail_away(hours: int, mails: int) -> Outcome:
    """The mail server refuses for so long; a quarter of an hour is a second."""
    speed = 900
    with Post() as post, a_house(speed=speed, more=post.environment) as house:
        house.run("ask_coaches", str(mails))
        post.open = False
        worker = house.start("work")
        try:
            time.sleep(hours * 3600 / speed)
            before = len(post.taken)
            post.open = True
            begun = time.time()
            wait_for(lambda: len(post.taken) >= mails, 60)
            seconds = time.time() - begun
            time.sleep(2)
        finally:
            worker.kill()
            worker.wait()
    return Outcome(
        f"the mail server away for {hours} hours, with {mails} mails waiting",
        acknowledged=mails,
        lost=mails - len(post.taken),
        doubled=sum(post.taken.values()) - len(post.taken),
        more=f"{post.refused} times refused; all sent {seconds:.0f} s after it was back, "
        f"with a clock that runs {speed} times as fast",
        wrong=before,
    )


def wait_for(what: object, seconds: float) -> bool:
    """Whether it came true in time."""
    deadline = time.time() + seconds
    while not what():  # type: ignore[operator]
        if time.time() > deadline:
            return False
        time.sleep(0.05)
    return True
