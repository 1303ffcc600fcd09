"""Who asks oddly: a hundred thousand requests of nonsense, and five hundred who send a byte a second."""

import random
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any
from urllib.parse import urlencode

from faults import Outcome
from faults.house import Server

ODD = [
    "", "0", "-1", "9" * 40, "1e999", "\x00", "../../etc/passwd", "2026-99-99", "0001-01-01", "é\u202e\ud7ff",
    "[]", "{}", "null", "%00", "a" * 20_000, "' OR 1=1 --", "{{ 7*7 }}", "\r\nX: y", "١٢", "NaN", "-0", "on",
    "00000000-0000-4000-8000-000000000000", "9999-12-31", "2026-11-20T10:00", "<script>", ",", "1,2", "+",
]  # fmt: skip
NAMES = [
    "page",
    "before",
    "after",
    "day",
    "week",
    "date",
    "from",
    "to",
    "show",
    "filter",
    "child",
    "q",
    "entry",
    "about",
    "trajectory",
    "practice",
    "group",
    "year",
    "month",
    "next",
    "sort",
    "text",
    "category",
    "readers",
    "once",
    "starts",
    "ends",
    "email",
    "code",
    "password",
    "role",
    "name",
    "number",
    "kind",
    "parts",
]
METHODS = ["GET"] * 5 + ["POST"] * 4 + ["HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"]
TYPES = [
    "application/json",
    "text/plain",
    "multipart/form-data; boundary=x",
    "text/xml",
    "x/y; charset=q",
]
TOO_LONG = 5.0  # seconds of processor time for an answer


@dataclass
class Fuzzed:
    """How many were asked, which were answered by 500 or more, and the slowest."""

    answers: int = 0
    wrong: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")


def fuzz(world: Any, clients: dict[str, Any], number: int, seed: int = 1) -> Fuzzed:
    """Every page with every hat, a random method, and nonsense wherever something is read."""
    from django.db import transaction

    from tests.architecture.crawl import ALL

    dice, found = random.Random(seed), Fuzzed()
    pages = sorted(ALL)
    while found.answers < number:
        page, hat = dice.choice(pages), dice.choice(sorted(clients))
        with transaction.atomic():
            for _ in range(20):
                url, how = a_request(dice, page, world.arguments)
                begun = time.process_time()
                status = clients[hat].generic(**how, path=url).status_code
                found.slowest = max(found.slowest, (time.process_time() - begun, page))
                found.answers += 1
                if status >= 500:
                    found.wrong.append(f"{hat} {how['method']} {page} {status}")
            transaction.set_rollback(True)
    return found


def answered(*parts: Fuzzed) -> Outcome:
    number = sum(each.answers for each in parts)
    wrong = [words for each in parts for words in each.wrong]
    seconds, page = max(each.slowest for each in parts)
    named = f"; {sorted(set(wrong))[:10]}" if wrong else ""
    return Outcome(
        f"{number} requests with nonsense, over all pages and hats",
        acknowledged=number,
        more=f"{len(wrong)} answers of 500 or more, slowest {seconds:.1f} s of processor time "
        f"({page}){named}",
        wrong=len(wrong) + (seconds > TOO_LONG),
    )


def a_request(
    dice: random.Random, page: str, arguments: dict[str, Any]
) -> tuple[str, dict[str, Any]]:
    from django.urls import NoReverseMatch, reverse

    from tests.architecture.crawl import names_in

    there = {name: arguments.get(name, "x") for name in names_in(page)}
    try:
        url = reverse(page, kwargs=there)
    except NoReverseMatch:
        url = "/"
    if dice.random() < 0.1:
        url += dice.choice(ODD)[:200]
    known = [*ODD, *map(str, list(arguments.values())[:20])]
    told = {name: dice.choice(known) for name in dice.sample(NAMES, dice.randrange(6))}
    words = urlencode(told, errors="replace")
    method = dice.choice(METHODS)
    kind, body = "application/x-www-form-urlencoded", words
    if dice.random() < 0.15:
        kind, body = dice.choice(TYPES), dice.choice(ODD)
    how = {"method": method, "data": body.encode(errors="replace"), "content_type": kind}
    return url, {**how, "QUERY_STRING": words}


def slow_clients(number: int, seconds: float, server: Server) -> Outcome:
    """So many keep a connection with a byte a second, half of them in a body; others read meanwhile."""
    alone = times(server, seconds)
    stop = threading.Event()
    host = f"POST /login/ HTTP/1.1\r\nHost: localhost:{server.port}\r\n"
    body = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n"
    doors = []
    for each in range(number):
        with suppress(OSError):
            door = socket.create_connection(("127.0.0.1", server.port), timeout=5)
            door.sendall((host + (body if each % 2 else "")).encode())
            doors.append(door)

    def drip() -> None:
        while not stop.wait(1):
            for door in doors:
                with suppress(OSError):
                    door.send(b"x")

    threading.Thread(target=drip, daemon=True).start()
    time.sleep(1)
    among = times(server, seconds)
    stop.set()
    for door in doors:
        door.close()
    failed = sum(status != 200 for status, _ in among)
    before, after = p95(alone), p95(among)
    return Outcome(
        f"{len(doors)} clients that send a byte a second, half of them in the middle of a form",
        acknowledged=len(among),
        more=f"p95 of a page {before * 1000:.0f} ms alone, {after * 1000:.0f} ms among them; {failed} failed",
        wrong=failed + (after > max(2 * before, 0.5)),
    )


def times(server: Server, seconds: float) -> list[tuple[int, float]]:
    found, until = [], time.time() + seconds
    while time.time() < until:
        begun = time.perf_counter()
        status, _ = server.page()
        found.append((status, time.perf_counter() - begun))
    return found


def p95(found: list[tuple[int, float]]) -> float:
    return quantiles([each for _, each in found], n=20)[-1] if len(found) > 1 else found[0][1]
