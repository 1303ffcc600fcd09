"""Children one may know, and the line of one child."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alert4you.access.queries import line as lines
from alert4you.organisations.rules import RUNS_THE_PLACE
from alert4you.web.queries import children as found
from alert4you.web.queries.line import page


def children(request: HttpRequest) -> HttpResponse:
    """Those one works with today, the care team's, and for who keeps an overview all who have a place."""
    asked = request.GET.get("q", "").strip()
    return render(
        request, "web/children.html", {"page": found.children(request.actor, asked), "q": asked}
    )


def line(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """One child's line; who knows only the name sees that, and how to join."""
    actor = request.actor
    known = lines.known_child(actor, child_id)
    context = {"child": known.child, "age": found.age_in_words(known.child, actor.today)}
    if page.knows_only_the_name(actor, known):
        context["page"] = page.name_only(actor, known)
        return render(request, "web/line/name_only.html", context)
    shown = page.shown_kinds(request.GET.get("show"))
    context["page"] = page.line(actor, known, shown, request.GET.get("before", ""))
    context["shown"] = shown
    context["runs_the_place"] = actor.role in RUNS_THE_PLACE
    return render(request, "web/line.html", context)
