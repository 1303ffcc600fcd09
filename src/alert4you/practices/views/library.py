"""The practices one can choose from, and the page of one practice with its route."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from alert4you.practices.models import PracticeTemplate
from alert4you.practices.queries import templates
from alert4you.practices.rules import finding
from alert4you.practices.rules.cards import card
from alert4you.practices.rules.route import route


def practices(request: HttpRequest) -> HttpResponse:
    """The practices that are looked for, as cards; the chips keep to the query string."""
    published = templates.current_practices()
    wanted = finding.wanted(request.GET.dict())
    found = [each for each in published if finding.fits(each, wanted)]
    first, *more = finding.filters(published, wanted)
    page = {
        "any": bool(published),
        "first": first,
        "more": more,
        "more_is_chosen": any(each.key in wanted for each in more),
        "shelves": [
            (about, [card(each) for each in found if each.about == about])
            for about in ("child", "group")
        ],
    }
    return render(request, "practices/practices.html", page)


def practice(request: HttpRequest, slug: str) -> HttpResponse:
    """One practice: for whom, who, how often, what it needs, and its route as a picture."""
    try:
        template = templates.template(slug)
    except PracticeTemplate.DoesNotExist as unknown:
        raise Http404 from unknown
    found = templates.practice_of(template)
    page = {"template": template, "card": card(found), "route": route(found)}
    return render(request, "practices/practice.html", page)
