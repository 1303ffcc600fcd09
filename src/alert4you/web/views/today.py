"""Today: for every hat, what is asked of it now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alert4you.access.queries.openings import told_to
from alert4you.access.queries.review import escalated
from alert4you.manifests.queries import to_sign
from alert4you.organisations.models import Role
from alert4you.organisations.rules import STAFF_OF_THE_PLACE
from alert4you.referrals.queries.ways import asked_of
from alert4you.retention.queries.pages import waits_for
from alert4you.web.queries import agenda as agendas
from alert4you.web.queries import (
    care_coordinator,
    coach,
    group_worker,
    manager,
    municipality,
    parent,
    partner,
    privacy_officer,
    support,
)
from alert4you.web.queries.door import days
from alert4you.web.rules.sessions import Door, Level

VIEWS = {
    Role.GROUP_WORKER: group_worker.today,
    Role.PEDAGOGUE: coach.today,
    Role.COACH: coach.today,
    Role.CARE_COORDINATOR: care_coordinator.today,
    Role.MANAGER: manager.today,
    Role.PARTNER: partner.today,
    Role.MUNICIPALITY: municipality.today,
    Role.PRIVACY_OFFICER: privacy_officer.today,
    Role.SUPPORT: support.today,
    Role.PARENT: parent.today,
}
RECEIVES = (Role.PARTNER, Role.COACH, Role.PEDAGOGUE)


def today(request: HttpRequest) -> HttpResponse:
    """``queries.<hat>.today(actor)`` answers what ``web/today/<hat>.html`` shows."""
    role = Role(request.actor.role)
    if Door.of(request.session).level < Level.CARE:
        return render(request, "web/today/door.html", {"days": days(request.actor)})
    query = VIEWS[role]
    page = query.__module__.rsplit(".", 1)[-1]
    context: dict[str, object] = {"page": query(request.actor)}
    if role in STAFF_OF_THE_PLACE:
        context["opened"] = told_to(request.actor)
    if role == Role.MANAGER:
        context["late_reviews"], context["to_review"] = escalated(request.actor)
    if role in (Role.PRIVACY_OFFICER, Role.MANAGER):
        context["to_delete"] = waits_for(request.actor)
    if role in RECEIVES:
        context["to_sign"] = to_sign(request.actor)
    if role == Role.PARTNER:
        context["asked"] = asked_of(request.actor)
    return render(request, f"web/today/{page}.html", context)


def agenda(request: HttpRequest) -> HttpResponse:
    """Fetched by Today after it is shown; a page of its own without scripts."""
    found = agendas.agenda(request.actor)
    page = "web/agenda_blocks.html" if request.htmx else "web/agenda.html"
    return render(request, page, vars(found))
