"""One trajectory, what is done in it, and who has the lead."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alert4you.access.queries.likely import likely
from alert4you.coaching.commands.contacts import Details
from alert4you.coaching.rules.questions import WHO_ASK
from alert4you.kernel.decision import Denied, NotVisible, require
from alert4you.organisations.forms import People
from alert4you.trajectories.commands.running import do_activity, pass_lead
from alert4you.trajectories.forms.doing import ActivityForm
from alert4you.trajectories.forms.starting import LeadForm
from alert4you.trajectories.queries import starting
from alert4you.trajectories.queries.caseload import case
from alert4you.trajectories.queries.moving import has_newer_version
from alert4you.trajectories.queries.overview import overview
from alert4you.trajectories.rules.planning import is_of_parents, may_do, powers


def trajectory(request: HttpRequest, trajectory_id: UUID) -> HttpResponse:
    """The same page for staff, parents and partners; what they may do differs by rule."""
    seen = overview(request.actor, trajectory_id)
    context = {
        "seen": seen,
        "case": seen.case,
        "may_ask": request.actor.role in WHO_ASK,
        "newer": has_newer_version(request.actor, seen.case),
    }
    return render(request, "trajectories/trajectory.html", context)


def activity(request: HttpRequest, trajectory_id: UUID, activity: str) -> HttpResponse:
    """Log that an activity of the current phase was done."""
    found = case(request.actor, trajectory_id)
    phase = found.practice.phase(found.state.phase or "")
    wanted = phase.activity(activity) if phase else None
    if wanted is None:
        raise NotVisible
    require(may_do(request.actor, found.trajectory, activity))
    today = request.actor.today
    form = ActivityForm(request.POST or None, first=found.state.begun or today, today=today)
    if form.is_valid():
        given = form.cleaned_data
        details = Details(
            minutes=given["minutes"], helps_others=given["helps_others"], day=given["day"]
        )
        try:
            do_activity(
                request.actor, found.trajectory, activity, given["text"], details, once=form.once
            )
        except Denied as denied:
            form.refuse(denied)
        else:
            messages.success(request, _("Saved. It stands on the line and counts once."))
            return redirect("trajectories:trajectory", trajectory_id)
    of_parents = is_of_parents(found.practice, activity)
    context = {"case": found, "activity": wanted, "form": form, "of_parents": of_parents}
    return render(request, "trajectories/activity.html", context)


def lead(request: HttpRequest, trajectory_id: UUID) -> HttpResponse:
    """Somebody else has the lead from now on."""
    found = case(request.actor, trajectory_id)
    require(powers(request.actor, found.trajectory).pass_lead)
    about = found.trajectory
    near = likely(request.actor, about.child, [each for each in (about.location_id,) if each])
    people = People(request.actor, starting.people(request.actor), near)
    form = LeadForm(
        request.POST or None,
        people=people.of(own=not found.practice.asks),
        initial={"lead": found.trajectory.lead_id, "cover": found.trajectory.cover_id},
    )
    if form.is_valid():
        new = [form.cleaned_data[name] for name in ("lead", "cover")]
        try:
            pass_lead(request.actor, found.trajectory, *new, once=form.once)
        except Denied as denied:
            form.refuse(denied)
        else:
            messages.success(
                request, _("%(name)s has the lead now.") % {"name": new[0].person.name}
            )
            return redirect("trajectories:trajectory", trajectory_id)
    return render(request, "trajectories/lead.html", {"case": found, "form": form})
