"""The own calendar: a secret address, and what a calendar reads there."""

from secrets import token_urlsafe

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alert4you.kernel.decision import NotVisible
from alert4you.kernel.wall.standing import seen_by
from alert4you.meetings.commands.calendar import make_feed, revoke_feed
from alert4you.meetings.queries import calendar as queries


def calendar(request: HttpRequest) -> HttpResponse:
    """Make an address (it is shown once) or stop the one there is."""
    actor = request.actor
    if request.method != "POST":
        feed = queries.feed_of(actor)
        return render(request, "meetings/calendar.html", {"feed": feed})
    if "stop" in request.POST:
        feed = queries.feed_of(actor)
        if feed is not None:
            revoke_feed(actor, feed)
        messages.success(request, _("The address works no more."))
        return redirect("meetings:calendar")
    token = token_urlsafe(32)
    feed = make_feed(actor, token)
    address = request.build_absolute_uri(reverse("meetings:feed", args=[token]))
    return render(request, "meetings/calendar.html", {"feed": feed, "address": address})


@login_not_required
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar reads: when and where, never what about or about whom."""
    try:
        reader = queries.reader_of(token, request.now)
    except NotVisible as gone:
        raise Http404 from gone
    with seen_by(reader):
        found = queries.calendar(reader, get_language() or "nl")
    return HttpResponse(
        found,
        content_type="text/calendar; charset=utf-8",
        headers={"Cache-Control": "no-store, private", "X-Robots-Tag": "noindex"},
    )
