"""The coach at a location: how it works there, when she comes, and hours to walk in."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.access.queries import line as lines
from alert4you.coaching.commands import places as commands
from alert4you.coaching.forms.places import ArrangeForm, HourForm, KeepForm, WalkInForm
from alert4you.coaching.queries import places as queries
from alert4you.coaching.queries.leaving import offers
from alert4you.coaching.rules.places import may_count
from alert4you.coaching.rules.questions import WHO_ASK, WHO_COACH
from alert4you.coaching.rules.talks import SEES_GROWTH
from alert4you.kernel.decision import NotVisible
from alert4you.notes.rules.place import SETS_RULES
from alert4you.ui.one_question import Step, answered, show


def here(request: HttpRequest) -> HttpResponse:
    """For parents, staff and the coach: the same page about the same location."""
    actor = request.actor
    if not (actor.is_parent or actor.role in WHO_ASK | WHO_COACH):
        raise NotVisible
    page = {
        "places": queries.here(actor),
        "sets": actor.role in SETS_RULES,
        "coaches": actor.role in WHO_COACH - WHO_ASK,
        "asks": actor.role in WHO_ASK,
        "grows": actor.role in SEES_GROWTH,
        "keep": queries.hours_to_keep(actor) if actor.is_parent else [],
        "offers": offers(actor),
    }
    return render(request, "coaching/here.html", page)


def arrange(request: HttpRequest, location_id: UUID) -> HttpResponse:
    """How coaching works here, from now on."""
    actor = request.actor
    place = queries.location(actor, location_id)
    form = ArrangeForm(request.POST or None)
    back = reverse("coaching:here")
    done = answered(
        request,
        form,
        lambda data: commands.arrange_coaching(
            actor,
            place,
            data["arrangement"],
            data["why"],
            data["weeks_between"],
            commands.FirstTo(pedagogue=data["pedagogue_first"]),
            once=form.once,
        ),
        _("Agreed. Staff and parents see it."),
        back,
    )
    step = Step(
        _("How does coaching work here?"),
        back,
        _("The coach"),
        kicker=place.name,
        why_heading=_("Parents see it too"),
        why=_("That a coach comes, when, and why. So that her being there is ordinary."),
    )
    return done or show(request, form, step)


def walk_in(request: HttpRequest) -> HttpResponse:
    """The walk-in hours of a coach: those to come, those that were, and a new one."""
    actor = request.actor
    if actor.role not in WHO_COACH:
        raise NotVisible
    hours = list(queries.own_hours(actor))
    page = {
        "coming": [each for each in hours if each.day > actor.today],
        "been": [each for each in hours if each.day <= actor.today][::-1],
    }
    return render(request, "coaching/walk_in.html", page)


def open_hour(request: HttpRequest) -> HttpResponse:
    """When one can walk in."""
    actor = request.actor
    if actor.role not in WHO_COACH:
        raise NotVisible
    places = list(lines.posted_locations(actor))
    if not places:
        raise NotVisible
    form = HourForm(request.POST or None, places=places, today=actor.today)
    back = reverse("coaching:walk_in")
    done = answered(
        request,
        form,
        lambda data: commands.open_hour(
            actor, form.place, data["day"], data["begins"], data["ends"], once=form.once
        ),
        _("Parents and staff see when they can walk in."),
        back,
    )
    step = Step(
        _("A walk-in hour"),
        back,
        _("Walk-in hours"),
        lead=_("Whoever comes needs no appointment and leaves no file."),
        kicker=places[0].name if len(places) == 1 else "",
    )
    return done or show(request, form, step)


def hour(request: HttpRequest, hour_id: UUID) -> HttpResponse:
    """One hour: count who came."""
    actor = request.actor
    found = queries.own_hour(actor, hour_id)
    form = WalkInForm(request.POST or None) if may_count(actor, found) else None
    if form is not None:
        done = answered(
            request,
            form,
            lambda data: commands.count_walk_in(
                actor, found, data["who"], data["theme"], once=form.once
            ),
            _("Counted. Nothing else is kept."),
            request.path,
        )
        if done:
            return done
    return render(request, "coaching/hour.html", {"hour": found, "form": form})


def cancel_hour(request: HttpRequest, hour_id: UUID) -> HttpResponse:
    """Are you sure?"""
    found = queries.own_hour(request.actor, hour_id)
    if request.method == "POST":
        commands.cancel_hour(request.actor, found)
        messages.success(request, _("The hour is cancelled."))
        return redirect("coaching:walk_in")
    page = {
        "heading": _("Cancel this walk-in hour?"),
        "text": _("Parents and staff then see that you are not there."),
        "action": _("Cancel the hour"),
        "kind": "primary nl-button--negative",
        "cancel_url": reverse("coaching:hour", args=[found.pk]),
    }
    return render(request, "ui/confirm.html", page)


def keep(request: HttpRequest, hour_id: UUID) -> HttpResponse:
    """The parents want something of the talk on the line of their child."""
    actor = request.actor
    found = queries.hour_to_keep(actor, hour_id)
    form = KeepForm(request.POST or None, children=list(lines.children(actor)))
    back = reverse("coaching:here")
    done = answered(
        request,
        form,
        lambda data: commands.keep_walk_in(actor, form.chosen, found, data["text"], once=form.once),
        _("It is on the line of your child."),
        back,
    )
    step = Step(
        _("Keep something of the talk"),
        back,
        _("The coach"),
        kicker=found.coach.person.name,
        lead=_(
            "Of a walk-in talk nothing is written down. Do you want something kept? You decide."
        ),
        action=_("Keep this"),
    )
    return done or show(request, form, step)
