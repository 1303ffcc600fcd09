"""Planning how somebody comes less and less often."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alert4you.kernel.decision import Conflict, Denied, require
from alert4you.trajectories.commands.planning import plan_taper
from alert4you.trajectories.forms.plan import TaperForm
from alert4you.trajectories.queries.plan import PlanPage, plan_page
from alert4you.trajectories.rules import tapers


def taper(request: HttpRequest, trajectory_id: UUID) -> HttpResponse:
    """From which week on how many days; the next version of the plan."""
    page = plan_page(request.actor, trajectory_id)
    if not page.has_taper:
        return redirect("trajectories:plan", trajectory_id)
    require(page.powers.plan)
    form = _form(request, page)
    if request.method == "POST" and "more" not in request.POST and form.is_valid():
        try:
            plan_taper(
                request.actor,
                page.trajectory,
                form.cleaned_data["based_on"],
                form.steps,
                once=form.once,
            )
        except Conflict:
            form.add_error(None, _("Somebody else changed the plan. Look at it first."))
        except Denied as denied:
            form.refuse(denied)
        else:
            messages.success(request, _("Saved as a new version. The earlier ones are kept."))
            return redirect("trajectories:plan", trajectory_id)
    return render(request, "trajectories/write_taper.html", {"page": page, "form": form})


def _form(request: HttpRequest, page: PlanPage) -> TaperForm:
    today = request.actor.today
    planned = tapers.taper_of(page.current.plan.taper) if page.current else ()
    return TaperForm(
        request.POST if request.method == "POST" else None,
        today=today,
        steps=tapers.from_now(planned, today),
        initial={"based_on": page.papers.number},
    )
