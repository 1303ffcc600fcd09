"""The practices one can choose from, and the page of one practice with its route."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from alert4you.practices import queries
from alert4you.practices.models import PracticeTemplate
from alert4you.practices.rules.cards import card
from alert4you.practices.rules.route import route


def practices(request: HttpRequest) -> HttpResponse:
    """All practices as cards."""
    templates = queries.current_templates()
    cards = [card(queries.practice_of(each)) for each in templates]
    return render(request, "practices/practices.html", {"cards": cards})


def practice(request: HttpRequest, slug: str) -> HttpResponse:
    """One practice: for whom, who, how often, what it needs, and its route as a picture."""
    try:
        template = queries.template(slug)
    except PracticeTemplate.DoesNotExist as unknown:
        raise Http404 from unknown
    found = queries.practice_of(template)
    page = {"template": template, "card": card(found), "route": route(found)}
    return render(request, "practices/practice.html", page)
