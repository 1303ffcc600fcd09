"""All trajectories one may see: which run, what is next, who has it."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from alert4you.organisations.models import Actor
from alert4you.trajectories.queries import caseload as trajectories
from alert4you.trajectories.queries.caseload import Case
from alert4you.trajectories.rules.beginning import can_ever_begin

PAGE = 25
FILTERS: dict[str, tuple[object, Callable[[Case, Actor], bool]]] = {
    "all": (_("All"), lambda _case, _actor: True),
    "mine": (_("Asked of me"), lambda case, actor: case.is_asked_of(actor)),
    "late": (_("Late"), lambda case, _actor: case.is_late),
    "decision": (_("Decision due"), lambda case, _actor: case.decision_is_due),
    "parents": (_("Waits for parents"), lambda case, _actor: case.waits_for_parents),
    "evaluation": (_("No evaluation date"), lambda case, _actor: case.lacks_evaluation_date),
}


def caseload(request: HttpRequest) -> HttpResponse:
    """What runs, with filters; or (``?show=ended``) what ended."""
    if request.GET.get("show") == "ended":
        page = _page(request, trajectories.ended(request.actor))
        return render(
            request, "trajectories/ended.html", {"page": page, "today": request.actor.today}
        )
    running = trajectories.caseload(request.actor)
    chosen = request.GET.get("filter", "all")
    chosen = chosen if chosen in FILTERS else "all"
    chips = [
        (key, label, sum(fits(each, request.actor) for each in running))
        for key, (label, fits) in FILTERS.items()
    ]
    fits = FILTERS[chosen][1]
    page = _page(request, [each for each in running if fits(each, request.actor)])
    context = {"page": page, "chips": chips, "chosen": chosen, "any": bool(running)}
    context["may_begin"] = can_ever_begin(request.actor)
    return render(request, "trajectories/caseload.html", context)


def _page(request: HttpRequest, cases: list[Case]) -> object:
    return Paginator(cases, PAGE).get_page(request.GET.get("page"))
