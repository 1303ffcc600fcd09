"""The page of one practice with its route."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alert4you.practices.queries import cards, changing, templates
from alert4you.practices.rules.cards import card
from alert4you.practices.rules.route import route


def practice(request: HttpRequest, slug: str) -> HttpResponse:
    """One practice: for whom, who, how often, what it needs, and its route as a picture."""
    template = changing.shown(request.actor, slug)
    found = templates.practice_of(template)
    page = {
        "template": template,
        "card": card(found),
        "route": route(found),
        "told_by": cards.card_of(slug),
        "here": changing.here(request.actor, slug),
    }
    return render(request, "practices/practice.html", page)
