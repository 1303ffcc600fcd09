"""What another version would mean for a trajectory, and moving it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alert4you.kernel.decision import Denied, require
from alert4you.practices.rules.route import route
from alert4you.trajectories.commands.moving import move_trajectory
from alert4you.trajectories.forms.moving import MoveForm
from alert4you.trajectories.queries.caseload import case
from alert4you.trajectories.queries.moving import preview_of, target
from alert4you.trajectories.rules.moving import may_move, may_see_move


def move(request: HttpRequest, trajectory_id: UUID) -> HttpResponse:
    """First what changes for this trajectory; who has the lead then moves it (``?phase=``: to there)."""
    found = case(request.actor, trajectory_id)
    require(may_see_move(request.actor, found.trajectory))
    wanted = target(found.trajectory)
    if wanted is None:
        messages.info(request, _("It already follows the version that you work with."))
        return redirect("trajectories:trajectory", trajectory_id)
    practice = wanted.practice
    phase = practice.phase(request.GET.get("phase", ""))
    chosen = phase.key if phase else ""
    form = MoveForm(request.POST or None, version=wanted.template.pk)
    if form.is_valid():
        why = form.cleaned_data["reason"]
        try:
            move_trajectory(request.actor, found.trajectory, wanted, why, chosen, once=form.once)
        except Denied as denied:
            form.refuse(denied)
        else:
            messages.success(request, _("It follows the new version now. The parents can read it."))
            return redirect("trajectories:trajectory", trajectory_id)
    seen = preview_of(request.actor, found.trajectory, wanted, chosen)
    page = {
        "case": found,
        "target": wanted,
        "seen": seen,
        "phase": phase,
        "phases": practice.phases,
        "may_move": may_move(request.actor, found.trajectory, "?"),
        "route": route(practice, here=seen.would_stand.phase),
        "form": form,
    }
    return render(request, "trajectories/move.html", page)
