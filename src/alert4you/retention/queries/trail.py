"""The oldest part of an organisation's audit trail, and at which root it may be cut off."""

from datetime import date, datetime, time

from django.utils import timezone

from alert4you.access.rules.marks import some_are_kept
from alert4you.kernel import cutting
from alert4you.kernel.clock import day_of, months_after
from alert4you.kernel.models import AuditRecord
from alert4you.organisations.models import Organisation
from alert4you.retention.models import Line
from alert4you.retention.queries.due import Found
from alert4you.retention.queries.rows import Going
from alert4you.retention.rules.terms import term
from alert4you.safety.rules import some_have_a_concern

TRAIL = "access_log"


def trail_due(organisation: Organisation, today: date) -> Found | None:
    """What is older than its term: a whole month at once, so that nobody is asked every day.

    A chain is cut in one place, so what tells of a child that is kept keeps what came after it too.
    """
    rule = term(TRAIL, today)
    first = months_after(today.replace(day=1), -(rule.months or 0))
    root = cutting.newest_root(
        organisation.pk, timezone.make_aware(datetime.combine(first, time()))
    )
    if root is None:
        return None
    seq = root.lanes[organisation.pk.hex][0]
    old = AuditRecord.objects.filter(lane=organisation.pk, link__seq__lte=seq)
    told_of = old.exclude(subject_id=None).values("subject_id")
    if some_are_kept(told_of, today) or some_have_a_concern(told_of):
        return None
    counts = {"kernel.AuditRecord": seq - cutting.ends(organisation.pk)}
    line = Line(TRAIL, counts, rule.starts, rule.months, day_of(root.at), today)
    return Found([line], Going(), root)
