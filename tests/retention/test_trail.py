"""The audit trail is cut after its term: shown first, by two people, and never where it is kept."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from alert4you.access.commands.marks import protect
from alert4you.access.models import Mark
from alert4you.kernel import audit
from alert4you.kernel.models import AuditCut, AuditLink, AuditRecord
from alert4you.kernel.tasks import sign_audit_root
from alert4you.kernel.verifying import verify
from alert4you.retention.commands import approve_erasure
from alert4you.retention.models import Erasure, Why
from tests.cast import NOW, Cast
from tests.retention.conftest import Place

THEN = timezone.make_aware(datetime(NOW.year, NOW.month, 28, 20))
DUE = timezone.make_aware(datetime(NOW.year + 5, NOW.month + 1, 2, 3))


def look(cast: Cast, at: datetime) -> None:
    record = AuditRecord.of(cast.actor("fatima"), "R", "web:line", cast.mila.pk)
    record.at = at
    audit.append([record])


@pytest.fixture
def old(cast: Cast, place: Place) -> Place:
    """Two looks under a root, and one after it; then five years and a month go by."""
    look(cast, THEN), look(cast, THEN)
    sign_audit_root(THEN)
    look(cast, THEN + timedelta(days=3))
    return place


def shown(place: Place) -> list[Erasure]:
    return [each for each in place.listed if each.why == Why.TRAIL]


def test_the_part_that_is_old_enough_is_shown_and_goes_after_two_people(
    cast: Cast, old: Place
) -> None:
    lane = AuditLink.objects.filter(lane=cast.nursery.pk)
    kept = lane.get(record__at=THEN + timedelta(days=3)).seq
    old.night(DUE - timedelta(days=3))
    assert shown(old) == []
    old.night(DUE)
    [erasure] = shown(old)
    assert erasure.shown[0].counts == {"kernel.AuditRecord": kept - 1}
    old.night(DUE + timedelta(days=1))
    assert shown(old) == [erasure] and lane.filter(seq=1).exists()
    approve_erasure(cast.actor("olga"), erasure)
    old.night(DUE + timedelta(days=2))
    assert not AuditCut.objects.exists()
    approve_erasure(cast.actor("marit"), erasure)
    old.night(DUE + timedelta(days=3))
    assert lane.order_by("seq").first().seq == kept
    cut = AuditCut.objects.get()
    assert cut.approved_by == sorted(p.person_id.hex for p in (cast.olga, cast.marit))
    assert verify().faults == () and verify().cuts == (cut,)


def test_a_hold_on_one_child_keeps_what_the_trail_tells_of_it(cast: Cast, old: Place) -> None:
    protect(cast.actor("carla"), cast.mila, Mark.LEGAL_HOLD, "Klacht loopt.")
    old.night(DUE)
    assert shown(old) == []
