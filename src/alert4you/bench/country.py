"""What people wait for in a generated country, what it costs the machine, and the least it could cost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from re import DOTALL, findall, search
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.template.backends.django import Template
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.module_loading import import_string

from alert4you.access.models import CoachPost
from alert4you.access.rules.relations import may_speak
from alert4you.bench.daily import _actor, _best_known, _save, _sent, _signed_in
from alert4you.children.models import Guardian, Placement
from alert4you.kernel import clock
from alert4you.kernel.wall.names import ACTING
from alert4you.kernel.wall.standing import opened, seen_by
from alert4you.organisations.models import Membership, Organisation, Person, Role
from alert4you.trajectories.models import Trajectory
from alert4you.trajectories.tasks import refresh_running

ROUNDS, LOOKED = 20, 5
FIRST = 4  # times that fill caches and make plans, which stay
LOCATIONS = 30  # of the operator whose people are followed, in a country that has one as large
MEASURED, DJANGO = "a measurement", "Django"
NOTE, STARTING, PAGE = "saving a note", "starting a trajectory", "a page"
PROCESSOR = {NOTE: 5.0, PAGE: 8.0}
P95 = {NOTE: 60.0, PAGE: 80.0, "search": 120.0}
MOST = 12  # queries of a page
LIMIT = 0.6  # of what a bare view does that asks the database the same
READS = ("SELECT", "WITH")
FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
EASY = "on-request"  # a practice that can begin without more
PAGES = {
    "today": "/",
    "children": "/children/",
    "search": "/children/?q=Mads",
    "caseload": "/trajectories/",
}
DOES = {
    Role.GROUP_WORKER: {"today", "children"},
    Role.COACH: {"today", "caseload"},
    Role.MANAGER: {"today", "children", "search"},
    Role.CARE_COORDINATOR: {"today", "children", "search", "caseload"},
    Role.PARENT: {"today"},
}


@dataclass
class Spent:
    """Milliseconds of one round; ``sql`` and ``rendering`` are parts of ``web``, but for the waiting;
    ``wrote`` is what the statements that write cost both sides.
    """

    waited: list[float] = field(default_factory=list)
    web: float = 0.0
    database: float = 0.0
    sql: float = 0.0
    rendering: float = 0.0
    wrote: float = 0.0
    queries: int = 0

    @property
    def processor(self) -> float:
        return self.web + self.database


@dataclass(frozen=True)
class Waited:
    """One thing as one person does it; ``bare``: the processor's time of a view of Django that asks the
    database the same, and does nothing else.
    """

    what: str
    who: str
    spent: Spent
    bare: float

    @property
    def p50(self) -> float:
        return median(self.spent.waited)

    @property
    def p95(self) -> float:
        return quantiles(self.spent.waited, n=20)[-1]

    @property
    def share(self) -> float:
        """How many of the bare ones this is worth: 1 when the product costs nothing."""
        return self.bare / self.spent.processor

    @property
    def missed(self) -> str:
        """Which aims are not reached; empty when all are."""
        own = self.what if self.what in P95 else PAGE
        budget = PROCESSOR[NOTE if own == NOTE else PAGE]
        late = f"p95 over {P95[own]:.0f}" if self.p95 > P95[own] else ""
        costly = f"processor over {budget:.0f}" if self.spent.processor > budget else ""
        many = f"over {MOST} queries" if self.what in PAGES and self.spent.queries > MOST else ""
        little = f"under {LIMIT:.0%}" if self.share < LIMIT else ""
        return ", ".join(filter(None, (late, costly, many, little)))


def measure() -> Iterator[Waited]:
    """The limits of this machine, then what people do every day; the process begins as the server does."""
    import_string(settings.WSGI_APPLICATION)
    listed, inserted = _bare("/listed"), _bare("/inserted")
    yield Waited("a bare page of 20 rows", DJANGO, listed, listed.processor)
    yield Waited("a bare insert", DJANGO, inserted, inserted.processor)
    for person in _people():
        client, actor = _signed_in(person), _actor(person)
        for what, address in PAGES.items():
            if what in DOES[Role(actor.role)]:
                yield _done(what, actor, partial(client.get, address))
        with opened(reason=MEASURED):
            child = _best_known(actor)
            speaks = child is not None and may_speak(actor, child)
            helped = _helped(actor)
        if child is not None:
            line = reverse("web:line", args=[child.pk])
            yield _done("the child's line", actor, partial(client.get, line))
        if child is not None and speaks:
            page = reverse("notes:words" if actor.is_parent else "notes:write", args=[child.pk])
            save, look = partial(_save, client, page), partial(client.get, page)
            yield _done(NOTE, actor, save, before=look)
        if helped:
            yield _done(STARTING, actor, _starting(client, helped), rounds=LOOKED)


def sweep() -> tuple[int, float]:
    """How many trajectories the night looks at, and the processor's seconds that takes."""
    with opened(reason=MEASURED):
        refresh_running(clock.now())  # reads every practice for the first time
        web, database = process_time(), _backend()
        number = refresh_running(clock.now())
    return number, process_time() - web + _backend() - database


def memory() -> int:
    """Megabytes of this process, which answered all these requests itself."""
    told = Path("/proc/self/status")
    found = search(r"VmRSS:\s+(\d+)", told.read_text()) if told.exists() else None
    return int(found[1]) // 1024 if found else 0


def _helped(actor: Any) -> Any:
    """A child for whom a care coordinator has the lead: its parents were talked with."""
    begun = Trajectory.objects.unrestricted(reason=MEASURED).filter(lead=actor.membership_id)
    of_children = begun.exclude(child=None).order_by("pk").values_list("child", flat=True)
    return of_children.first() if actor.role == Role.CARE_COORDINATOR else None


def _bare(address: str, **told: Any) -> Spent:
    with override_settings(ROOT_URLCONF="alert4you.bench.bare", MIDDLEWARE=[]):
        return _spent(partial(Client().get, address, **told))


def _done(
    what: str,
    actor: Any,
    do: Callable[[], Any],
    before: Callable[[], Any] = tuple,
    rounds: int = ROUNDS,
) -> Waited:
    """With the least it could cost. What it writes is not written twice: that is told while it is done."""
    spent = _spent(do, before, rounds)
    asked: list[tuple[str, Any, bool]] = []

    def keep(execute: Any, sql: str, params: Any, *rest: Any) -> Any:
        if _plain(sql).startswith(READS):
            asked.append((sql, params, _is_open()))
        return execute(sql, params, *rest)

    before()
    with connection.execute_wrapper(keep):
        do()

    def ask() -> None:
        with seen_by(actor):
            for sql, params, around in asked:
                with opened(reason=MEASURED) if around else nullcontext():
                    cursor = connection.cursor()
                    cursor.execute(sql, params)
                    cursor.fetchall()

    return Waited(what, actor.role, spent, _bare("/asked", ask=ask).processor + spent.wrote)


def _plain(sql: str) -> str:
    """Without the role that stands before it on PostgreSQL."""
    return sql.rpartition("*/ ")[2] if sql.startswith("/*") else sql


def _is_open() -> bool:
    """Whether what is asked now goes around the wall."""
    return getattr(connection, "viewer", None) is None or getattr(connection, "worn", "") == ACTING


def _spent(do: Callable[[], Any], before: Callable[[], Any] = tuple, rounds: int = ROUNDS) -> Spent:
    """Rounds as they are, and some in which is looked where the time goes; not at what comes ``before``."""
    spent = Spent()
    for _round in range(FIRST):
        before()
        do()
    for _round in range(rounds):
        before()
        web, database, start = process_time(), _backend(), perf_counter()
        do()
        spent.waited.append((perf_counter() - start) * 1000)
        spent.web += (process_time() - web) * 1000 / rounds
        spent.database += (_backend() - database) * 1000 / rounds
    for _round in range(LOOKED):
        before()
        with _watched(spent):
            do()
    for part in ("sql", "rendering", "wrote"):
        setattr(spent, part, getattr(spent, part) * 1000 / LOOKED)
    spent.queries //= LOOKED
    return spent


@contextmanager
def _watched(spent: Spent) -> Iterator[None]:
    """Rendering is the processor's time of the outermost template, without that of its questions."""
    render, inside = Template.render, 0

    def rendered(*arguments: Any) -> Any:
        nonlocal inside
        inside += 1
        start = process_time()
        try:
            return render(*arguments)
        finally:
            inside -= 1
            spent.rendering += process_time() - start if not inside else 0

    def asked(execute: Any, *arguments: Any) -> Any:
        statement = _plain(arguments[0])
        database, start, web = _backend(), perf_counter(), process_time()
        try:
            return execute(*arguments)
        finally:
            worked = process_time() - web
            spent.sql += perf_counter() - start
            spent.rendering -= worked if inside else 0
            spent.queries += not statement.startswith(FRAME)
            spent.wrote += (
                0 if statement.startswith(READS + FRAME) else worked + _backend() - database
            )

    with patch.object(Template, "render", rendered), connection.execute_wrapper(asked):
        yield


def _backend() -> float:
    """The processor's seconds of the other end of this connection; 0 when it is not on this machine."""
    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(told.read_text().split()[0]) / 1e9 if told.exists() else 0.0


def _starting(client: Client, child: Any) -> Callable[[], Any]:
    """Sends a form with somebody for every part: who is likely, else a guest. It stays: a rollback would take
    the plans of the connection along.
    """
    guest = str(Membership.objects.filter(role=Role.PARTNER).earliest("pk").pk)
    page = reverse("trajectories:start") + f"?child={child}&practice={EASY}"
    form = client.get(page).content.decode()
    told = dict(findall(r'<input type="number" name="([\w-]+)"[^>]* min="(\d+)"', form))
    for name, options in findall(r'<select name="([\w-]+)"(.*?)</select>', form, DOTALL):
        people = [*findall(r'value="([^"]+)"', options), guest]
        told[name] = people[1 if name == "cover" else 0]  # who stands in is somebody else

    return lambda: _sent(client, page, {**told, "once": str(uuid4())})


def _people() -> list[Person]:
    """At one location of a large operator, where somebody has a trajectory: a group worker, the coach,
    manager and care coordinator, and a parent.
    """
    with opened(reason=MEASURED):
        sizes = Organisation.objects.annotate(size=Count("locations")).order_by("size", "pk")
        operator = sizes.filter(size__gte=LOCATIONS).first() or sizes.last()
        coached = CoachPost.objects.filter(location__organisation=operator).values("location")
        placed = Placement.objects.unrestricted(reason=MEASURED).filter(group__location__in=coached)
        begun = Trajectory.objects.unrestricted(reason=MEASURED).filter(
            child__in=placed.values("child"), lead__role=Role.CARE_COORDINATOR, ended_on=None
        )
        helped = begun.earliest("pk")
        group = placed.filter(child=helped.child).earliest("pk").group
        weekday = clock.day_of(clock.now()).weekday()
        works = Membership.objects.filter(organisation=operator)
        guards = Guardian.objects.filter(
            child__in=placed.filter(group=group).values("child"), has_authority=True
        )
        return [
            works.filter(rosters__group=group, rosters__weekday=weekday).earliest("pk").person,
            CoachPost.objects.filter(location=group.location).earliest("pk").membership.person,
            works.filter(role=Role.MANAGER, location=group.location).earliest("pk").person,
            helped.lead.person,
            guards.earliest("pk").person,
        ]
