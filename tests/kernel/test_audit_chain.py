"""The audit trail tells when somebody was at it: every change, gap, swap and cut is found and named."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.translation import override

from alert4you.kernel import audit, cutting, roots
from alert4you.kernel.models import AuditCut, AuditLane, AuditLink, AuditRecord, AuditRoot
from alert4you.kernel.tasks import send_audit_roots, sign_audit_root
from alert4you.kernel.verifying import verify
from alert4you.notes.commands.writing import write_note
from tests.cast import NOW, Cast
from tests.conftest import KEYS

RECORDS = 12
pytestmark = pytest.mark.django_db


@pytest.fixture
def trail(cast: Cast) -> list[AuditRecord]:
    """Twelve records more in the lane of the nursery, and one of the school."""
    for number in range(RECORDS):
        write_note(cast.actor("fatima"), cast.mila, f"Notitie {number}")
    audit.append([AuditRecord.of(cast.actor("pieter"), "R", "web:line", cast.mila.pk)])
    return list(AuditRecord.objects.filter(lane=cast.nursery.pk).order_by("link__seq"))


def tamper(*statements: str) -> None:
    """What somebody with the keys of the database can do: switch the triggers off first."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute(f"SET LOCAL ROLE {KEYS}")
            cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        if connection.vendor == "sqlite":
            for _name, sql in triggers:
                cursor.execute(sql)
        else:
            cursor.execute("SET LOCAL session_replication_role = origin")
            cursor.execute("RESET ROLE")


def test_an_untouched_trail_is_whole(trail: list[AuditRecord]) -> None:
    outcome = verify()
    assert outcome.faults == ()
    assert (outcome.records, outcome.lanes) == (AuditRecord.objects.count(), 2)


def test_the_places_in_a_lane_are_numbered_without_a_gap(trail: list[AuditRecord]) -> None:
    assert [record.link.seq for record in trail] == list(range(1, len(trail) + 1))


CHANGES: dict[str, Callable[[AuditRecord], str]] = {
    "another moment": lambda r: (
        f"UPDATE kernel_auditrecord SET at = '2026-01-01 10:00:00+00' WHERE id = {r.pk}"
    ),
    "another person": lambda r: f"UPDATE kernel_auditrecord SET person_id = NULL WHERE id = {r.pk}",
    "another name": lambda r: f"UPDATE kernel_auditrecord SET name = 'web:today' WHERE id = {r.pk}",
    "another child": lambda r: (
        f"UPDATE kernel_auditrecord SET subject_id = '{1:032x}' WHERE id = {r.pk}"
    ),
    "other rows": lambda r: f"UPDATE kernel_auditrecord SET records = '{{}}' WHERE id = {r.pk}",
    "refused instead of done": lambda r: (
        f"UPDATE kernel_auditrecord SET outcome = 8 WHERE id = {r.pk}"
    ),
    "another role": lambda r: f"UPDATE kernel_auditrecord SET role = 'coach' WHERE id = {r.pk}",
    "another address": lambda r: f"UPDATE kernel_auditrecord SET address = '::1' WHERE id = {r.pk}",
    "another digest": lambda r: (
        f"UPDATE kernel_auditrecord SET digest = '{'0' * 64}' WHERE id = {r.pk}"
    ),
    "the record gone": lambda r: f"DELETE FROM kernel_auditrecord WHERE id = {r.pk}",
}


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("place", [0, 5, -1])
def test_a_changed_row_is_named(trail: list[AuditRecord], what: str, place: int) -> None:
    record = trail[place]
    seq = record.link.seq
    tamper(CHANGES[what](record))
    assert (seq, record.pk) in [(fault.seq, fault.record) for fault in verify().faults]


def test_a_record_gone_with_its_link_is_a_gap(trail: list[AuditRecord]) -> None:
    gone = trail[4]
    seq = gone.link.seq
    tamper(
        f"DELETE FROM kernel_auditlink WHERE record_id = {gone.pk}",
        f"DELETE FROM kernel_auditrecord WHERE id = {gone.pk}",
    )
    assert seq in [fault.seq for fault in verify().faults]


def test_two_records_swapped_are_found(trail: list[AuditRecord]) -> None:
    one, other = trail[2].pk, trail[7].pk
    tamper(
        f"UPDATE kernel_auditlink SET record_id = -1 WHERE record_id = {one}",
        f"UPDATE kernel_auditlink SET record_id = {one} WHERE record_id = {other}",
        f"UPDATE kernel_auditlink SET record_id = {other} WHERE record_id = -1",
    )
    assert {one, other} <= {fault.record for fault in verify().faults}


def test_an_end_that_was_cut_off_is_found(trail: list[AuditRecord]) -> None:
    last = trail[-1]
    tamper(
        f"DELETE FROM kernel_auditlink WHERE record_id = {last.pk}",
        f"DELETE FROM kernel_auditrecord WHERE id = {last.pk}",
    )
    assert [fault.seq for fault in verify().faults] == [len(trail)]


def test_an_end_that_was_set_back_is_found(trail: list[AuditRecord]) -> None:
    seq, link = len(trail) - 2, trail[-3].link
    tamper(
        f"UPDATE kernel_auditlane SET seq = {seq}, hash = '{link.hash}' "  # nosec
        f"WHERE lane = '{link.lane.hex}'"
    )
    assert [fault.seq for fault in verify().faults] == [seq + 1, seq + 2]


def test_what_is_written_meanwhile_is_no_fault(trail: list[AuditRecord], cast: Cast) -> None:
    """The house goes on working while its trail is looked at."""
    written = []

    def works_on(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "LEFT JOIN kernel_auditrecord" in sql and not written:
            written.append(write_note(cast.actor("fatima"), cast.mila, "Intussen"))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(works_on):
        assert verify().faults == ()
    assert written and verify().records == AuditRecord.objects.count()


def test_a_record_put_in_past_the_chain_is_found(trail: list[AuditRecord]) -> None:
    columns = "at, role, action, name, outcome, records, session, address, lane, digest"
    row = "'2026-01-01 10:00:00+00', 'coach', 'R', 'x', 0, '{}', '', '', '%s', ''"
    tamper(f"INSERT INTO kernel_auditrecord ({columns}) VALUES ({row % trail[0].lane.hex})")
    assert [fault.seq for fault in verify().faults] == [0]


def test_who_recomputes_the_whole_chain_is_betrayed_by_the_signed_root(
    trail: list[AuditRecord], cast: Cast
) -> None:
    assert sign_audit_root(NOW) == 1
    lane = AuditLane.objects.get(lane=cast.nursery.pk)
    key = lane.lane.hex if connection.vendor == "sqlite" else str(lane.lane)
    forged = "f" * 64
    tamper(
        f"UPDATE kernel_auditlink SET hash = '{forged}' WHERE lane = '{key}' AND seq = {lane.seq}",
        f"UPDATE kernel_auditlane SET hash = '{forged}' WHERE lane = '{key}'",
    )
    with override("en"):
        assert any("root" in fault.what for fault in verify().faults)


def test_a_root_signed_by_somebody_else_is_found(trail: list[AuditRecord], settings: Any) -> None:
    sign_audit_root(NOW)
    assert verify().faults == ()
    settings.AUDIT_KEY = "another installation"
    assert len(verify().faults) == 1


def test_the_root_is_signed_every_hour_and_sent_without_content(
    trail: list[AuditRecord], settings: Any
) -> None:
    settings.AUDIT_MAIL = ["privacy@example.org"]
    assert sign_audit_root(NOW) == 1
    assert sign_audit_root(NOW + timedelta(minutes=59)) == 0
    assert (send_audit_roots(NOW), send_audit_roots(NOW)) == (1, 0)
    root = AuditRoot.objects.get()
    assert root.root in mail.outbox[0].body and "Mila" not in mail.outbox[0].body
    assert root.root == roots.merkle(root.lanes)


def test_a_hundred_random_changes_are_all_found(trail: list[AuditRecord]) -> None:
    """Each byte of each kept column, one after the other, in a trail that is put back each time."""
    columns = ("name", "role", "session", "address", "digest")
    for number in range(100):
        record, column = trail[number % len(trail)], columns[number % len(columns)]
        before = getattr(record, column)
        after = f"{before[:-1]}{'x' if before[-1:] != 'x' else 'y'}"
        tamper(f"UPDATE kernel_auditrecord SET {column} = '{after}' WHERE id = {record.pk}")
        assert record.pk in {fault.record for fault in verify().faults}, (column, record.pk)
        tamper(f"UPDATE kernel_auditrecord SET {column} = '{before}' WHERE id = {record.pk}")
    assert verify().faults == ()


def test_nobody_can_change_a_link_or_a_root(trail: list[AuditRecord]) -> None:
    sign_audit_root(NOW)
    for rows in (AuditLink.objects.all(), AuditRoot.objects.all(), AuditRecord.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


OLD = timezone.make_aware(datetime(2021, 10, 31, 10))
"""Something of the first days of the nursery, more than five years before NOW."""


@pytest.fixture
def aged(cast: Cast) -> AuditRoot:
    """Five records of five years ago under a root, one more of then, and six of now under another."""
    for days in range(5):
        audit.append([record(cast, OLD - timedelta(days=days))])
    sign_audit_root(OLD)
    audit.append([record(cast, OLD + timedelta(hours=1))])
    for _number in range(6):
        audit.append([record(cast, NOW)])
    sign_audit_root(NOW)
    return AuditRoot.objects.get(at=OLD)


def record(cast: Cast, at: datetime) -> AuditRecord:
    looked = AuditRecord.of(cast.actor("fatima"), "R", "web:line", cast.mila.pk)
    looked.at = at
    return looked


def cut(cast: Cast, root: AuditRoot) -> AuditCut:
    return cutting.cut(root, cast.actor("olga"), [cast.olga.person_id, cast.marit.person_id])


def test_after_a_cut_the_trail_is_whole_and_says_where_it_begins(
    cast: Cast, aged: AuditRoot
) -> None:
    before = AuditRecord.objects.count()
    seq, end = aged.lanes[cast.nursery.pk.hex]
    made = cut(cast, aged)
    outcome = verify()
    assert (outcome.faults, outcome.cuts) == ((), (made,))
    assert AuditRecord.objects.count() == before - seq + 1 == outcome.records
    assert (made.seq, made.hash, made.records) == (seq, end, seq)
    assert made.approved_by == sorted(p.person_id.hex for p in (cast.olga, cast.marit))
    assert AuditRecord.objects.get(name=cutting.NOTED).records["cut"] == [made.signature]


def test_only_what_a_cut_took_can_go_and_only_at_an_old_root(cast: Cast, aged: AuditRoot) -> None:
    young = AuditRoot.objects.get(at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        cut(cast, young)
    elsewhere = AuditRoot(pk=aged.pk, lanes={cast.nursery.pk.hex: [6, "0" * 64]}, root=aged.root)
    with pytest.raises(DatabaseError), transaction.atomic():
        cut(cast, elsewhere)
    made = cut(cast, aged)
    for rows in (AuditLink.objects.all(), AuditRecord.objects.all(), AuditCut.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.order_by("-pk")._raw_delete("default")
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditCut.objects.filter(pk=made.pk).update(seq=7)


AFTER_A_CUT = {
    "another number": "UPDATE kernel_auditcut SET seq = seq + 1",
    "another end": f"UPDATE kernel_auditcut SET hash = '{'0' * 64}'",
    "more went": "UPDATE kernel_auditcut SET records = records - 1",
    "one who never said yes": 'UPDATE kernel_auditcut SET approved_by = \'["a", "b"]\'',
    "another day": "UPDATE kernel_auditcut SET at = '2026-11-02 10:00:00+00'",
    "another lane": f"UPDATE kernel_auditcut SET lane = '{1:032x}'",
    "the cut gone": "DELETE FROM kernel_auditcut",
    "its note gone": "DELETE FROM kernel_auditrecord WHERE name = 'kernel.cut'",
    "a row more": "DELETE FROM kernel_auditlink WHERE seq = (SELECT MIN(seq) FROM kernel_auditlink)",
    "a changed row": "UPDATE kernel_auditrecord SET role = 'coach' WHERE name = 'web:line'",
    "two swapped": "UPDATE kernel_auditlink SET seq = CASE seq WHEN 10 THEN 90 WHEN 11 THEN 10 ELSE seq END",
    "the end": "DELETE FROM kernel_auditlink WHERE seq > 11",
    "the root": "UPDATE kernel_auditroot SET signature = '00' WHERE at < '2022-01-01'",
}


@pytest.mark.parametrize("what", AFTER_A_CUT)
def test_who_tampers_with_a_cut_is_found(cast: Cast, aged: AuditRoot, what: str) -> None:
    cut(cast, aged)
    tamper(AFTER_A_CUT[what])
    assert verify().faults


def test_a_false_cut_is_found_even_when_the_database_lets_it_through(
    cast: Cast, aged: AuditRoot, settings: Any
) -> None:
    """Somebody with the keys of the database and not of the trail; then with one yes."""
    key, seq = settings.AUDIT_KEY, aged.lanes[cast.nursery.pk.hex][0]
    settings.AUDIT_KEY = "somebody else"
    with transaction.atomic():
        cut(cast, aged)
        settings.AUDIT_KEY = key
        assert any(fault.seq == seq for fault in verify().faults)
        transaction.set_rollback(True)
    with transaction.atomic():
        cutting.cut(aged, cast.actor("olga"), [cast.olga.person_id])
        assert any(fault.seq == seq for fault in verify().faults)
        transaction.set_rollback(True)
    assert verify().faults == ()
