"""The library: by what somebody runs into, by words, or page by page; and one card of it."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from alert4you.practices.models import PracticeCard
from alert4you.practices.queries import cards
from alert4you.practices.rules import describing, finding
from alert4you.practices.rules.importing import may_add_cards

AT_ONCE = 12  # practices on a page
FIRST = 8  # obstacles in sight; the others unfold


def practices(request: HttpRequest) -> HttpResponse:
    """What answers the question, with the filters that are left; all of it works without a script."""
    shelf = cards.shelf()
    asked = request.GET.get(finding.SEARCH, "").strip()[: finding.LONGEST]
    query = shelf.index.understood(asked) if asked else None
    found = shelf.found(query)
    chosen = finding.wanted(request.GET.dict())
    obstacles, *more = finding.filters(found, chosen, asked)
    shown = Paginator([each for each in found if finding.fits(each, chosen)], AT_ONCE)
    part = shown.get_page(request.GET.get(finding.PAGE))
    everything = finding.filters(shelf.listed, {}, "")[0].chips
    page = {
        "any": bool(shelf.listed),
        "asked": asked,
        "read_as": finding.did_you_mean(query) if query else "",
        "obstacles": obstacles,
        "all_obstacles": everything,
        "first_obstacles": everything[:FIRST],
        "more_obstacles": everything[FIRST:],
        "more": [each for each in more if each.chips],
        "chosen": chosen,
        "part": part,
        "hits": [finding.hit(each, query) for each in part],
        "may_add": may_add_cards(request.actor),
        "here": finding.query(chosen | ({finding.SEARCH: asked} if asked else {})),
    }
    return render(request, "practices/practices.html", page)


def card(request: HttpRequest, slug: str) -> HttpResponse:
    """A practice in its ten elements, with what its source does not tell shown as missing."""
    try:
        found = cards.card(slug)
    except PracticeCard.DoesNotExist as unknown:
        raise Http404 from unknown
    page = {
        "card": found,
        "listed": cards.listed(found),
        "told": describing.ten_elements(found.elements),
        "tags": finding.labels(found.tags),
        "angle": describing.angle(found.angle),
    }
    return render(request, "practices/card.html", page)
