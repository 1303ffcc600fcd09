from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alert4you.trajectories.queries import caseload as cases


def _page(request: HttpRequest, trajectory_id: Any, **_: Any) -> HttpResponse:
    case = cases.case(request.actor, trajectory_id)
    return render(request, "trajectories/trajectory.html", {"case": case})


trajectory = activity = lead = _page
