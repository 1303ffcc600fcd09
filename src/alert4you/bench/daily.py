"""How long the server takes, and what it asks the database, for what people wait for most."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from statistics import median, quantiles
from time import perf_counter
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alert4you.access.queries.line import children
from alert4you.access.rules.relations import may_speak
from alert4you.children.models import Child
from alert4you.kernel import clock, reading
from alert4you.organisations.models import Actor, Person
from alert4you.organisations.queries import actor_of, hats, parent_actor
from alert4you.web import middleware
from alert4you.web.rules.sessions import Door, Level

ROUNDS = 40
QUERY_BUDGET = 12
P50_BUDGET = 30.0
FORM = "application/x-www-form-urlencoded"
_LINK = re.compile(r'href="(/(?!static/)[^"#]*)"')
_FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
_SAID = "Vandaag samen gelachen om de regen."


@dataclass(frozen=True)
class Measure:
    """One thing as one person does it: server time in milliseconds, and its number of queries."""

    what: str
    who: str
    p50: float
    p95: float
    queries: int

    @property
    def verdict(self) -> str:
        """Empty within the limits."""
        words = []
        if self.queries > QUERY_BUDGET:
            words.append("too many queries")
        if self.p50 > P50_BUDGET:
            words.append("slow")
        return ", ".join(words)


def measure_daily(people: list[Person]) -> list[Measure]:
    """Today, a child's line, and saving a note (or own words), for everybody who does it."""
    return [found for person in people for found in _daily(person)]


def measure_pages(people: list[Person]) -> list[Measure]:
    """The slowest person of every page that a link leads to; slowest page first."""
    slowest: dict[str, Measure] = {}
    for person in people:
        client = _signed_in(person)
        for route, address in _reachable(client):
            found = _measured(route, person, partial(client.get, address), rounds=5)
            if route not in slowest or found.p50 > slowest[route].p50:
                slowest[route] = found
    return sorted(slowest.values(), key=lambda found: -found.p50)


def _daily(person: Person) -> Iterator[Measure]:
    client, actor = _signed_in(person), _actor(person)
    yield _measured("Today", person, lambda: client.get("/"))
    child = _best_known(actor)
    if child is None:
        return
    line = reverse("web:line", args=[child.pk])
    yield _measured("the child's line", person, lambda: client.get(line))
    if may_speak(actor, child):
        page = reverse("notes:words" if actor.is_parent else "notes:write", args=[child.pk])
        yield _measured("saving a note", person, lambda: _save(client, page))


@dataclass(frozen=True)
class Cost:
    """What a safeguard adds to a page: its share of the time without it, in percent."""

    what: str
    page: str
    who: str
    percent: float


def measure_costs(people: list[Person]) -> Iterator[Cost]:
    """What the second wall and the read log add to Today and the line; in one run."""
    for person in people:
        client, child = _signed_in(person), _best_known(_actor(person))
        pages = {"Today": "/"} | (
            {"the line": reverse("web:line", args=[child.pk])} if child else {}
        )
        for page, address in pages.items():
            for what, added in (("the wall", _share_of_wall), ("the log", _share_of_log)):
                percent = added(partial(client.get, address))
                yield Cost(what, page, person.name, percent)


def _share_of_log(do: Callable[[], Any]) -> float:
    """Gathering, writing and committing what was read, in the same requests: the machine may be busy."""
    shares = []
    for _round in range(ROUNDS):
        spent: list[float] = []
        with (
            patch.object(reading, "note", _timed(reading.note, spent)),
            patch.object(middleware, "_written", _timed(middleware._written, spent)),
        ):
            start = perf_counter()
            do()
            whole = perf_counter() - start
        shares.append(sum(spent) / (whole - sum(spent)))
    return median(shares) * 100


def _timed(do: Callable[..., Any], spent: list[float]) -> Callable[..., Any]:
    def timed(*arguments: Any) -> Any:
        start = perf_counter()
        try:
            return do(*arguments)
        finally:
            spent.append(perf_counter() - start)

    return timed


def _share_of_wall(do: Callable[[], Any]) -> float:
    """By turns with and without, because it is everywhere in a request."""
    times: dict[bool, list[float]] = {True: [], False: []}
    for number in range(2 * ROUNDS):
        bare = bool(number % 2)
        with _no_wall() if bare else nullcontext():
            start = perf_counter()
            do()
            times[bare].append(perf_counter() - start)
    return (median(times[False]) / median(times[True]) - 1) * 100


def _no_wall() -> AbstractContextManager[Any]:
    return patch.object(middleware, "seen_by", lambda _actor: nullcontext())


def _save(client: Client, page: str) -> Any:
    words = {"once": str(uuid4()), "text": _SAID, "category": "day", "readers": "parents"}
    return _sent(client, page, words)


def _sent(client: Client, page: str, told: Mapping[str, str]) -> Any:
    """A form as a browser sends it, when it was taken."""
    answer = client.post(page, urlencode(told), content_type=FORM)
    if answer.status_code != 302:
        raise RuntimeError(f"the form at {page} was not taken ({answer.status_code})")
    return answer


def _signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    session = client.session
    Door().opened(clock.now(), Level.CARE).keep(session)
    session.save()
    return client


def _actor(person: Person) -> Actor:
    hat = hats(person, clock.now()).first()
    return actor_of(hat, clock.now()) if hat else parent_actor(person, clock.now())


def _best_known(actor: Actor) -> Child | None:
    """Mieke, whose line is the longest, else the first child this hat may know."""
    known = list(children(actor))
    return next((child for child in known if child.first_name == "Mieke"), None) or (
        known[0] if known else None
    )


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


def _measured(what: str, person: Person, do: Callable[[], Any], rounds: int = ROUNDS) -> Measure:
    do()  # the first time fills caches that stay
    with CaptureQueriesContext(connection) as asked:
        do()
    queries = sum(not each["sql"].startswith(_FRAME) for each in asked.captured_queries)
    times = []
    for _round in range(rounds):
        start = perf_counter()
        do()
        times.append((perf_counter() - start) * 1000)
    p95 = quantiles(times, n=20)[-1]
    return Measure(what, person.name, median(times), p95, queries)
