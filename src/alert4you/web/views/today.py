"""Today: for every hat, what is asked of it now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alert4you.organisations.models import Role
from alert4you.web.queries import (
    care_coordinator,
    coach,
    group_worker,
    manager,
    municipality,
    parent,
    partner,
)

VIEWS = {
    Role.GROUP_WORKER: group_worker.today,
    Role.PEDAGOGUE: coach.today,
    Role.COACH: coach.today,
    Role.CARE_COORDINATOR: care_coordinator.today,
    Role.MANAGER: manager.today,
    Role.PARTNER: partner.today,
    Role.MUNICIPALITY: municipality.today,
    Role.PARENT: parent.today,
}


def today(request: HttpRequest) -> HttpResponse:
    """``queries.<hat>.today(actor)`` answers what ``web/today/<hat>.html`` shows."""
    role = Role(request.actor.role)
    query = VIEWS[role]
    page = query.__module__.rsplit(".", 1)[-1]
    return render(request, f"web/today/{page}.html", {"page": query(request.actor)})
