"""How long the server takes for each page a persona of the demo can reach, and what it asks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

ROUNDS = 15
QUERY_BUDGET = 12
_LINK = re.compile(r'href="(/[^"#]*)"')


@dataclass(frozen=True)
class Measure:
    """One page as one persona sees it: server time at p50, and its number of queries."""

    route: str
    persona: str
    milliseconds: float
    queries: int


def measure_pages(people: list[Any]) -> list[Measure]:
    """The slowest persona of every page that a link leads to; slowest page first."""
    slowest: dict[str, Measure] = {}
    for person in people:
        client = Client()
        client.force_login(person)
        for route, address in _reachable(client):
            found = _measure(client, route, address, str(person))
            if route not in slowest or found.milliseconds > slowest[route].milliseconds:
                slowest[route] = found
    return sorted(slowest.values(), key=lambda found: -found.milliseconds)


def _reachable(client: Client) -> Iterator[tuple[str, str]]:
    """Follow links from the first page; one address for every route."""
    seen, waiting = set(), ["/"]
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address, follow=True)
        match = answer.resolver_match
        if answer.status_code != 200 or match is None or match.view_name in seen:
            continue
        seen.add(match.view_name)
        yield match.view_name, answer.request["PATH_INFO"]
        if answer["Content-Type"].startswith("text/html"):
            waiting += _LINK.findall(answer.content.decode())


def _measure(client: Client, route: str, address: str, persona: str) -> Measure:
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    queries = len(asked)  # the next request empties the log
    times = []
    for _round in range(ROUNDS):
        start = perf_counter()
        client.get(address)
        times.append((perf_counter() - start) * 1000)
    return Measure(route, persona, median(times), queries)
