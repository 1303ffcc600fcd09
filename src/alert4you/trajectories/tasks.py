"""Keeping work lists true as days pass."""

from datetime import datetime

from django.db import transaction

from alert4you.kernel.rhythm import nightly
from alert4you.organisations.queries import system_actor
from alert4you.trajectories.commands.running import refresh_all
from alert4you.trajectories.models import Trajectory

AT_ONCE = 500  # nobody changes these meanwhile


@nightly
def refresh_running(at: datetime) -> int:
    """Recompute what work lists keep of every running trajectory; safe to repeat."""
    rows = Trajectory.objects.unrestricted(reason="nightly refresh").filter(ended_on=None)
    running = list(rows.order_by("pk").values_list("pk", flat=True))
    whole = rows.select_related("child").prefetch_related("template")
    for start in range(0, len(running), AT_ONCE):
        part = running[start : start + AT_ONCE]
        with transaction.atomic():
            some = whole.filter(pk__gte=part[0], pk__lte=part[-1]).select_for_update(of=("self",))
            refresh_all(system_actor(at), list(some))
    return len(running)
