"""What a group carries, in numbers without names."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alert4you.groups.queries import places
from alert4you.planning.queries import profile_of
from alert4you.trajectories.queries import groups as counts


def load(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """With an indication, with a trajectory only, waiting; over time, and where children went."""
    group = places.group(request.actor, group_id)
    loads = counts.over_time(request.actor, group)
    page = {
        "group": group,
        "now": loads[-1],
        "loads": loads,
        "rises": counts.rises(loads),
        "most": max(each.weight for each in loads) or 1,
        "agreed": profile_of(group).most,
        "carried": counts.with_trajectory(request.actor.today, [group])[group.pk],
        "outflow": counts.outflow(request.actor, group),
        "hidden_below": counts.HIDDEN_BELOW,
    }
    return render(request, "web/group_load.html", page)
