"""Going through the whole audit trail: does every record still say what was written, in its place?"""

import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from multiprocessing import get_context
from typing import Any, TypeAlias
from uuid import UUID

import django
from django.db import connection
from django.db.models import Subquery
from django.utils.translation import gettext as _

from alert4you.kernel import cutting
from alert4you.kernel.audit import SEALED, seal
from alert4you.kernel.models import AuditCut, AuditLane, AuditLink, AuditRecord, AuditRoot
from alert4you.kernel.roots import holds

Task: TypeAlias = tuple[AuditLane, dict[int, str]]
Looked: TypeAlias = tuple[int, AuditCut | None, list["Fault"]]
AT_ONCE = 10_000
PLACE = SEALED.index("at")
RECORDS = SEALED.index("records")
COLUMNS = ", ".join(f"r.{name}" for name in SEALED)
# As text, so that the driver does not make a moment of each.
ON_SQLITE = COLUMNS.replace("r.at", "CAST(r.at AS TEXT)")


@dataclass(frozen=True)
class Fault:
    """Something that was changed, taken away, put in or moved, and where: lane, number in it, row."""

    lane: str
    seq: int
    record: int | None
    what: str

    def __str__(self) -> str:
        where = _("lane {lane}, number {seq}").format(lane=self.lane, seq=self.seq)
        row = f" ({_('record')} {self.record})" if self.record is not None else ""
        return f"{where}{row}: {self.what}"


@dataclass
class Outcome:
    """How many records were looked at, in how many lanes, and what is wrong.

    ``cuts``: the true ones after which a lane begins, when its oldest part was cut off.
    """

    records: int = 0
    lanes: int = 0
    roots: int = 0
    cuts: tuple[AuditCut, ...] = ()
    faults: tuple[Fault, ...] = ()


def verify(organisation: UUID | None = None, processes: int = 1) -> Outcome:
    """Look at every record of every lane (or of one organisation), its chain, and all signed roots.

    With more than one process, lanes are looked at beside each other; for a database that other
    processes can reach.
    """
    lanes = AuditLane.objects.order_by("lane")
    if organisation is not None:
        lanes = lanes.filter(lane=organisation)
    roots = [] if organisation else list(AuditRoot.objects.order_by("at"))
    promised = _promised(roots)
    tasks = [(lane, promised.pop(lane.lane.hex, {})) for lane in lanes]
    outcome = Outcome(lanes=len(tasks), roots=len(roots))
    for looked, begins, faults in _all(tasks, processes):
        outcome.records += looked
        outcome.cuts += (begins,) if begins else ()
        outcome.faults += tuple(faults)
    if organisation is None:
        outcome.faults += tuple(_lost_lane(lane, seqs) for lane, seqs in promised.items())
        outcome.faults += tuple(_outside_the_chain())
        outcome.faults += tuple(_bad_root(root) for root in roots if not holds(root))
    return outcome


def _all(tasks: list[Task], processes: int) -> Iterator[Looked]:
    if processes < 2 or len(tasks) < 2:
        yield from map(_look, tasks)
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), initializer=django.setup) as pool:
        yield from pool.map(_look, tasks)


def _look(task: Task) -> Looked:
    """How many records a lane holds, after which cut it begins, and what is wrong in it."""
    lane, promised = task
    begins, faults = _cuts(lane)
    last, before = (begins.seq, begins.hash) if begins else (0, "")
    kept = {seq: end for seq, end in promised.items() if seq > last}
    faults += [*_walk(lane, kept, last, before), *_past_its_end(lane)]
    looked = AuditLink.objects.filter(lane=lane.lane, seq__lte=lane.seq).count()
    return looked, begins, faults


def _cuts(lane: AuditLane) -> tuple[AuditCut | None, list[Fault]]:
    """The last true cut of a lane, and what is false; the last one is noted in the lane itself."""
    begins, faults = None, []
    for cut in AuditCut.objects.filter(lane=lane.lane).select_related("root").order_by("seq"):
        if cutting.true(cut, begins.seq if begins else 0):
            begins = cut
        else:
            faults.append(Fault(lane.lane.hex, cut.seq, None, _("this cut is false")))
    noted = AuditRecord.objects.filter(lane=lane.lane, name=cutting.NOTED)
    if begins and not noted.filter(records__cut=[begins.signature]).exists():
        faults.append(Fault(lane.lane.hex, begins.seq, None, _("nobody noted this cut")))
    for link in AuditLink.objects.filter(lane=lane.lane, seq__lte=begins.seq if begins else 0):
        faults.append(Fault(lane.lane.hex, link.seq, link.record_id, _("it stands before the cut")))
    return begins, faults


def _walk(lane: AuditLane, promised: dict[int, str], last: int, before: str) -> Iterator[Fault]:
    """One lane, from after number ``last`` and the hash ``before``, to where it ended when we began: what
    is written meanwhile comes after it.
    """
    name = lane.lane.hex
    for record, seq, stored, digest, values in _rows(lane, last):
        if seq != last + 1:
            yield Fault(name, last + 1, None, _("{n} records are gone").format(n=seq - last - 1))
        elif stored != sha256(f"{before}{seq}{digest}".encode()).hexdigest():
            yield Fault(name, seq, record, _("it does not follow the one before it"))
        if digest is None:
            yield Fault(name, seq, record, _("the record is gone"))
        elif seal(values) != digest:
            yield Fault(name, seq, record, _("the record was changed"))
        if promised.pop(seq, stored) != stored:
            yield Fault(name, seq, record, _("it is not what an earlier root was signed over"))
        before, last = stored, seq
    if (last, before) != (lane.seq, lane.hash) or promised:
        yield Fault(name, last + 1, None, _("the end of the chain was cut off"))


def _past_its_end(lane: AuditLane) -> Iterator[Fault]:
    now = AuditLane.objects.filter(lane=lane.lane).values("seq")
    for link in AuditLink.objects.filter(lane=lane.lane, seq__gt=Subquery(now)):
        what = _("it stands past the end of the chain")
        yield Fault(lane.lane.hex, link.seq, link.record_id, what)


def _rows(lane: AuditLane, seen: int) -> Iterator[tuple[int, int, str, str, list[Any]]]:
    """(record, seq, hash, digest, sealed values) of each link after number ``seen``, in order.

    SQLite keeps a moment as text in UTC, without a fraction when there is none, and a table as it was
    written; PostgreSQL writes a table its own way.
    """
    link, record = AuditLink._meta.db_table, AuditRecord._meta.db_table
    embedded = connection.vendor == "sqlite"
    columns = ON_SQLITE if embedded else COLUMNS
    told = f"l.record_id, l.seq, l.hash, r.digest, {columns}"
    joined = f"{link} l LEFT JOIN {record} r ON r.id = l.record_id"
    after = "WHERE l.lane = %s AND l.seq > %s AND l.seq <= %s ORDER BY l.seq LIMIT %s"
    query = f"SELECT {told} FROM {joined} {after}"  # noqa: S608 - names of our own tables
    key = lane.lane.hex if embedded else lane.lane
    with connection.cursor() as cursor:
        while True:
            cursor.execute(query, [key, seen, lane.seq, AT_ONCE])
            rows = cursor.fetchall()
            for row in rows:
                values = list(row[4:])
                if embedded and len(values[PLACE] or "") == len("2026-11-20 09:00:00"):
                    values[PLACE] += ".000000"
                elif not embedded and row[3] is not None:
                    values[RECORDS] = json.loads(values[RECORDS])
                yield row[0], row[1], row[2], row[3], values
            if len(rows) < AT_ONCE:
                return
            seen = rows[-1][1]


def _outside_the_chain() -> Iterator[Fault]:
    """Records that no link leads to: put in past the trigger."""
    for record in AuditRecord.objects.filter(link=None)[:1000]:
        yield Fault(record.lane.hex, 0, record.pk, _("the record is in no chain"))


def _promised(roots: list[AuditRoot]) -> dict[str, dict[int, str]]:
    """What the signed roots say of each lane: {lane: {seq: hash}}."""
    promised: dict[str, dict[int, str]] = {}
    for root in roots:
        for lane, (seq, end) in root.lanes.items():
            promised.setdefault(lane, {})[seq] = end
    return promised


def _lost_lane(lane: str, seqs: dict[int, str]) -> Fault:
    return Fault(lane, max(seqs), None, _("the whole lane is gone"))


def _bad_root(root: AuditRoot) -> Fault:
    what = _("the root of {at} is not signed by this installation").format(at=root.at)
    return Fault("-", 0, None, what)
