"""Keeping work lists true as days pass."""

from datetime import datetime

from alert4you.kernel.rhythm import nightly
from alert4you.organisations.queries import system_actor
from alert4you.trajectories.commands.running import refresh
from alert4you.trajectories.models import Trajectory


@nightly
def refresh_running(at: datetime) -> int:
    """Recompute what work lists keep of every running trajectory; safe to repeat."""
    running = Trajectory.objects.unrestricted(reason="nightly refresh").filter(ended_on=None)
    for trajectory in running.select_related("template").iterator(chunk_size=500):
        refresh(system_actor(at), trajectory)
    return running.count()
