"""Which meetings are coming, which were held, and whether the rhythms are met."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alert4you.meetings.queries import lists
from alert4you.meetings.rules.rhythm import SET_RHYTHMS
from alert4you.organisations.models import Role
from alert4you.organisations.rules import STAFF_OF_THE_PLACE


def meetings(request: HttpRequest) -> HttpResponse:
    """``?show=past`` and ``?show=rhythms``; otherwise what is coming and what one said one would do."""
    actor, shown = request.actor, request.GET.get("show", "")
    page = {
        "shown": shown if shown in ("past", "rhythms") else "",
        "may_plan": actor.role in STAFF_OF_THE_PLACE,
        "may_set": actor.role in SET_RHYTHMS,
        "has_rhythms": actor.role in STAFF_OF_THE_PLACE,
        "has_report": actor.role in {*SET_RHYTHMS, Role.MUNICIPALITY},
    }
    if page["shown"] == "past":
        page["rows"] = lists.as_rows(actor, lists.past(actor)[: lists.MOST])
    elif page["shown"] == "rhythms":
        page["rhythms"] = lists.rhythms(lists.series(actor), actor.today)
    else:
        page["rows"] = lists.as_rows(actor, lists.coming(actor)[: lists.MOST])
        page["actions"] = lists.open_actions(actor)
    return render(request, "meetings/meetings.html", page)
