"""What people wait for in a generated country: as who works at one of the largest operators."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any

from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alert4you.access.models import CoachPost
from alert4you.access.rules.relations import may_speak
from alert4you.bench.daily import _actor, _best_known, _save, _signed_in
from alert4you.children.models import Guardian, Placement
from alert4you.kernel import clock
from alert4you.organisations.models import Group, Membership, Organisation, Person, Role

ROUNDS = 20
FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SELECT set_config", "RESET")


@dataclass(frozen=True)
class Waited:
    """Times in milliseconds; ``processor`` is that of the web process alone."""

    what: str
    who: str
    p50: float
    p95: float
    queries: int
    sql: float
    processor: float


def measure() -> Iterator[Waited]:
    """Today, the children one knows, search, the caseload, a child's line, saving a note."""
    for person in _people():
        client, actor = _signed_in(person), _actor(person)
        pages = {"today": "/", "children": reverse("web:children"), "search": _searching()}
        for what, address in pages.items():
            yield _waited(what, actor.role, partial(client.get, address))
        yield _waited("caseload", actor.role, partial(client.get, reverse("trajectories:caseload")))
        child = _best_known(actor)
        if child is not None:
            line = reverse("web:line", args=[child.pk])
            yield _waited("the child's line", actor.role, partial(client.get, line))
            if may_speak(actor, child):
                page = reverse("notes:words" if actor.is_parent else "notes:write", args=[child.pk])
                yield _waited("saving a note", actor.role, partial(_save, client, page))


def _searching() -> str:
    return reverse("web:children") + "?q=Mads"


def _people() -> Iterator[Person]:
    """A group worker, coach, manager and care coordinator of the largest operator, and a parent."""
    largest = Organisation.objects.annotate(size=Count("locations")).order_by("-size", "pk")[0]
    group = Group.objects.filter(
        location__organisation=largest, rosters__weekday=_weekday()
    ).latest("pk")
    works = Membership.objects.filter(organisation=largest)
    yield works.filter(rosters__group=group, rosters__weekday=_weekday()).earliest("pk").person
    yield CoachPost.objects.filter(location=group.location).earliest("pk").membership.person
    yield works.filter(role=Role.MANAGER, location=group.location).earliest("pk").person
    yield works.filter(role=Role.CARE_COORDINATOR).earliest("pk").person
    placed = Placement.objects.unrestricted(reason="a measurement").filter(group=group)
    known = Guardian.objects.filter(child__in=placed.values("child"), has_authority=True)
    yield known.earliest("pk").person


def _weekday() -> int:
    return clock.day_of(clock.now()).weekday()


def _waited(what: str, who: str, do: Callable[[], Any]) -> Waited:
    do()  # the first time fills caches that stay
    with CaptureQueriesContext(connection) as asked:
        do()
    told = [each for each in asked.captured_queries if not each["sql"].startswith(FRAME)]
    times = []
    worked = process_time()
    for _round in range(ROUNDS):
        start = perf_counter()
        do()
        times.append((perf_counter() - start) * 1000)
    worked = (process_time() - worked) / ROUNDS * 1000
    sql = sum(float(each["time"]) for each in asked.captured_queries) * 1000
    return Waited(what, who, median(times), quantiles(times, n=20)[-1], len(told), sql, worked)
