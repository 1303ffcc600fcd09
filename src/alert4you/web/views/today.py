"""Today: for every hat, what is asked of it now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alert4you.meetings.queries.lists import today as meetings_of
from alert4you.organisations.models import Role
from alert4you.referrals.queries.ways import asked_of, kept_by
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
KEEP_HOLD = {Role.GROUP_WORKER, Role.PEDAGOGUE, Role.CARE_COORDINATOR}


def today(request: HttpRequest) -> HttpResponse:
    """``queries.<hat>.today(actor)`` answers what ``web/today/<hat>.html`` shows."""
    role = Role(request.actor.role)
    query = VIEWS[role]
    page = query.__module__.rsplit(".", 1)[-1]
    context = {"page": query(request.actor), "meetings": meetings_of(request.actor)}
    if role in KEEP_HOLD:
        context["kept"] = kept_by(request.actor)
    if role == Role.PARTNER:
        context["asked"] = asked_of(request.actor)
    return render(request, f"web/today/{page}.html", context)
