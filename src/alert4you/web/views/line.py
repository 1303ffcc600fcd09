"""Children one may know, and the line of one child."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from alert4you.access.models import Opening
from alert4you.access.queries import line as lines
from alert4you.access.queries.line import Known
from alert4you.access.queries.openings import open_now
from alert4you.access.rules.openings import OPENS_IN_NEED
from alert4you.kernel import reading
from alert4you.organisations.models import Actor, Role
from alert4you.organisations.rules import RUNS_THE_PLACE
from alert4you.safety.queries import offers_concern
from alert4you.ui.finding import typed
from alert4you.web.queries import children as found
from alert4you.web.queries.line import page

CAN_HAVE_OPENED = {*OPENS_IN_NEED, Role.SUPPORT}


def children(request: HttpRequest) -> HttpResponse:
    """Those one works with today, the care team's, and for whoever keeps an overview all who have a place."""
    asked = typed(request.GET, "q")
    shown = found.children(request.actor, asked)
    if asked and shown.may_search:
        reading.note_search(asked, shown.number)
    context = {
        "page": shown,
        "q": asked,
        "may_open": request.actor.role in OPENS_IN_NEED,
    }
    return render(request, "web/children.html", context)


def line(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """One child's line; who knows only the name sees that, and how to join."""
    actor = request.actor
    known = lines.known_child(actor, child_id)
    context: dict[str, Any] = {
        "child": known.child,
        "age": found.age_in_words(known.child, actor.today),
    }
    context["opened"] = opened = _opened(actor, known)
    context["may_open"] = actor.role in OPENS_IN_NEED
    if opened is None and page.knows_only_the_name(actor, known):
        context["page"] = page.name_only(actor, known)
        return render(request, "web/line/name_only.html", context)
    shown = page.shown_kinds(request.GET.get("show"))
    context["page"] = page.line(actor, known, shown, request.GET.get("before", ""))
    if opened is not None:
        # Read-only: no button that the rules would refuse.
        context["page"] = replace(context["page"], actions=[], asked=[])
    context["shown"] = shown
    context["runs_the_place"] = actor.role in RUNS_THE_PLACE
    context["may_worry"] = offers_concern(actor, known)
    return render(request, "web/line.html", context)


@require_POST
def printed(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """The browser prints a page about the child: asking who it is leaves the trace."""
    lines.known_child(request.actor, child_id)
    return HttpResponse(status=204)


def _opened(actor: Actor, known: Known) -> Opening | None:
    """The opening through which it is read by someone without a place on the group or the team."""
    tied = known.ties.on_group or known.ties.on_team
    return None if tied or actor.role not in CAN_HAVE_OPENED else open_now(actor, known.child)
