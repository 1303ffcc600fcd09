"""Many tablets that come back to the network at once: does everything arrive, once, and how fast?

A real server, spoken to over HTTP. Every item is sent twice, in a random order, and of every fifth answer
the device hears nothing: it sends those again. At the end every device reads back what is safe.
"""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from http.client import HTTPConnection
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection

from alert4you.access.models import Entry
from alert4you.children.models import Child, DayPart, LegalBasis, Placement, PlacementDay
from alert4you.kernel.clock import wall_clock
from alert4you.kernel.wall.names import SERVING
from alert4you.offline.commands.keys import current_key
from alert4you.offline.models import Arrival
from alert4you.offline.rules.sealing import sealed_text
from alert4you.offline.rules.stamps import stamp_of
from alert4you.organisations.models import Group, Location, Membership, Organisation, Person, Roster
from alert4you.organisations.queries import actor_of
from alert4you.tablets.queries import signed_name

PLACES, GROUP_SIZE = 4, 16
BATCH = 100
DROPPED = 5  # of so many answers one is never heard
LONG_AGO = date(2020, 1, 1)
SERVER = "alert4you_server"
STARTED = (
    "import django; django.setup(); from alert4you.config.server import serve;"
    " serve('127.0.0.1', {port}, {workers}, quiet=True)"
)


@dataclass(frozen=True)
class Result:
    """What a run found; ``seconds`` from the first request until everything was read back."""

    items: int
    devices: int
    requests: int
    rows: int
    lost: int
    seconds: float

    @property
    def duplicates(self) -> int:
        return self.rows - (self.items - self.lost)


@dataclass
class Tablet:
    """``cookie`` says which device it is; ``queue`` holds sealed items."""

    cookie: str
    queue: list[dict[str, Any]]
    requests: int = 0

    def deliver(self, port: int, seed: int) -> int:
        """Send everything twice and again until it is safe; answers how many never were."""
        chance = random.Random(seed)  # noqa: S311 - the same order in every run
        line = HTTPConnection("127.0.0.1", port, timeout=120)
        waiting = [*self.queue, *self.queue]
        chance.shuffle(waiting)
        while waiting:
            batch, waiting = waiting[:BATCH], waiting[BATCH:]
            told = {"now": wall_clock().isoformat(), "items": batch}
            status, __ = self._post(line, "items", told)
            if status != 200 or chance.randrange(DROPPED) == 0:
                waiting += batch
        return len(self.queue) - self._safe(line)

    def _safe(self, line: HTTPConnection) -> int:
        here = 0
        for start in range(0, len(self.queue), BATCH):
            ids = [each["id"] for each in self.queue[start : start + BATCH]]
            __, told = self._post(line, "safe", {"ids": ids})
            here += sum(each["state"] == "written" for each in told["items"])
        return here

    def _post(self, line: HTTPConnection, page: str, told: Any) -> tuple[int, Any]:
        self.requests += 1
        headers = {"Content-Type": "application/json", "Cookie": self.cookie}
        line.request("POST", f"/offline/{page}/", json.dumps(told), headers)
        answer = line.getresponse()
        body = answer.read()
        return answer.status, json.loads(body) if answer.status == 200 else None


def measure(items: int, devices: int, workers: int, port: int) -> Result:
    """One run on the database of this process, which must be empty."""
    tablets = _tablets(items, devices)
    before = _rows()
    with _served(port, workers), ThreadPoolExecutor(devices) as pool:
        start = monotonic()
        lost = sum(pool.map(lambda each: each[1].deliver(port, each[0]), enumerate(tablets)))
        seconds = monotonic() - start
    asked = sum(each.requests for each in tablets)
    return Result(items, devices, asked, _rows() - before, lost, seconds)


def _rows() -> int:
    """What stands on the line because a device sent it."""
    return Entry.objects.unrestricted(reason="a measurement").count()


def unwritten() -> int:
    """Arrivals that are not on the line."""
    return Arrival.objects.exclude(state="written").count()


def _tablets(items: int, devices: int) -> list[Tablet]:
    places = [_place(number) for number in range(PLACES)]
    number = items // devices
    return [_tablet(places[each % PLACES], each, number) for each in range(devices)]


def _place(number: int) -> tuple[Group, list[Child]]:
    organisation = Organisation.objects.create(name=f"Bench {number}", kind="childcare")
    location = Location.objects.create(organisation=organisation, name="Bench", setting="daycare")
    group = Group.objects.create(location=location, name="Bench")
    return group, [_child(group, each) for each in range(GROUP_SIZE)]


def _child(group: Group, number: int) -> Child:
    child = Child.objects.create(first_name=f"Kind{number}", last_name="Bench", born=LONG_AGO)
    placement = Placement.objects.create(
        child=child, group=group, basis=LegalBasis.CONTRACT, starts=LONG_AGO
    )
    PlacementDay.objects.bulk_create(
        PlacementDay(placement=placement, weekday=day, part=DayPart.MORNING) for day in range(7)
    )
    return child


def _tablet(place: tuple[Group, list[Child]], number: int, items: int) -> Tablet:
    group, children = place
    person = Person.objects.create(name=f"Medewerker {number}", email=f"{number}@example.org")
    hat = Membership.objects.create(
        person=person,
        organisation=group.location.organisation,
        role="group_worker",
        starts=LONG_AGO,
    )
    Roster.objects.bulk_create(
        Roster(membership=hat, group=group, weekday=day, starts=LONG_AGO) for day in range(7)
    )
    device, now, key = uuid4(), wall_clock(), current_key(wall_clock())
    stamp = stamp_of(actor_of(hat, now), device)
    queue = []
    for kind, about, said in _deeds(group, children, items):
        item, made_at = uuid4(), now.isoformat()
        told = {"stamp": stamp, "kind": kind, "about": about, "said": said, "made_at": made_at}
        sealed = sealed_text(key.public, item, json.dumps(told).encode())
        queue.append({"id": str(item), "key": str(key.pk), "made_at": made_at, "sealed": sealed})
    return Tablet(f"{settings.DEVICE_COOKIE_NAME}={signed_name(device)}", queue)


def _deeds(
    group: Group, children: Sequence[Child], items: int
) -> Iterator[tuple[str, list[str], dict[str, Any]]]:
    """A rating of every child, one in ten about the group, and notes about one child."""
    seen = {"text": "Speelde lang in de zandbak.", "tags": []}
    for number in range(items):
        child = str(children[number % len(children)].pk)
        if number < len(children):
            yield "rating", [child], {"itself": "4", "staff": "4", "others": "", "involved": "5"}
        elif number % 10 == 0:
            yield "group_note", [str(group.pk)], {"text": "Het was rustig.", "tags": []}
        else:
            yield "note", [child], {**seen, "category": "day", "readers": "parents"}


@contextmanager
def _served(port: int, workers: int) -> Iterator[None]:
    """A server of its own, which on PostgreSQL connects as no owner of anything."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "alert4you.config.settings"}
    if connection.vendor == "postgresql":
        environment["DATABASE_URL"] = _served_url()
    connection.close()
    code = STARTED.format(port=port, workers=workers)
    server = subprocess.Popen([sys.executable, "-c", code], env=environment)  # noqa: S603
    try:
        _wait_for(port)
        yield
    finally:
        server.terminate()
        server.wait(20)


def _served_url() -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {SERVER} NOINHERIT LOGIN IN ROLE {SERVING}")
    told = connection.settings_dict
    return f"postgresql://{SERVER}@{told['HOST']}:{told['PORT']}/{told['NAME']}"


def _wait_for(port: int) -> None:
    until = monotonic() + timedelta(seconds=30).total_seconds()
    while monotonic() < until:
        try:
            line = HTTPConnection("127.0.0.1", port, timeout=2)
            line.request("GET", "/offline/key/")
            if line.getresponse().status == 200:
                return
        except OSError:
            sleep(0.2)
    raise TimeoutError("the server did not start")
