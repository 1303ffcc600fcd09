"""Visits of a coach: this week and the next, planning, and what happened during one."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.access.queries import line as lines
from alert4you.coaching.commands import contacts as commands
from alert4you.coaching.commands.questions import take_question
from alert4you.coaching.forms.contacts import AnotherQuestionForm, VisitContactForm, VisitForm
from alert4you.coaching.models import Visit
from alert4you.coaching.queries import contacts as queries
from alert4you.coaching.queries.questions import places_to_ask_for
from alert4you.coaching.rules import questions as rules
from alert4you.kernel.decision import Denied, NotVisible
from alert4you.organisations.models import Actor
from alert4you.ui.dates import plain_date


def overview(request: HttpRequest) -> HttpResponse:
    """This week and the next; for staff of a place, when a coach comes."""
    actor = request.actor
    if actor.role in rules.WHO_COACH:
        return render(request, "coaching/visits.html", _weeks(actor))
    if actor.role not in rules.WHO_ASK:
        raise NotVisible
    coming = queries.coming_visits(actor, places_to_ask_for(actor))
    return render(request, "coaching/visits_here.html", {"coming": coming[:20]})


def _weeks(actor: Actor) -> dict[str, Any]:
    monday = actor.today - timedelta(days=actor.today.weekday())
    next_monday = monday + timedelta(days=7)
    found = list(queries.visits(actor, monday, next_monday + timedelta(days=6)))
    return {
        "this_week": [each for each in found if each.day < next_monday],
        "next_week": [each for each in found if each.day >= next_monday],
        "owed": queries.owes_generalising(actor)[:20],
    }


def plan(request: HttpRequest) -> HttpResponse:
    """Plan a visit to a location where one coaches."""
    actor = request.actor
    if actor.role not in rules.WHO_COACH:
        raise NotVisible
    places = list(lines.posted_locations(actor))
    form = VisitForm(request.POST or None, places=places, today=actor.today)
    if form.is_valid():
        told = form.cleaned_data
        try:
            commands.plan_visit(actor, form.place, told["day"], told["purpose"], once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The visit is planned; the groups see it."))
            return redirect("coaching:visits")
    return render(request, "coaching/plan_visit.html", {"form": form, "places": places})


def cancel(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Are you sure?"""
    visit = queries.visit(request.actor, visit_id)
    if request.method == "POST":
        commands.cancel_visit(request.actor, visit)
        messages.success(request, _("The visit is cancelled."))
        return redirect("coaching:visits")
    day = plain_date(visit.day, request.actor.today)
    page = {
        "heading": _("Cancel this visit?"),
        "text": _("%(place)s, %(day)s. The groups then see that you do not come.")
        % {"place": visit.location, "day": day},
        "action": _("Cancel the visit"),
        "kind": "primary nl-button--negative",
        "cancel_url": reverse("coaching:visit", args=[visit.pk]),
    }
    return render(request, "ui/confirm.html", page)


def visit(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """What happened during a visit; another question in one tap, without the child."""
    actor = request.actor
    found = queries.visit(actor, visit_id)
    children = list(lines.team_children(actor))
    posted = request.POST or None
    contact = VisitContactForm(posted if _sent(request, "contact") else None, children=children)
    another = AnotherQuestionForm(posted if _sent(request, "another") else None, prefix="another")
    if _contact(request, found, contact) if contact.is_bound else _another(request, found, another):
        return redirect("coaching:visit", found.pk)
    page = {
        "visit": found,
        "contact": contact,
        "another": another,
        "contacts": queries.contacts_of_visit(actor, found),
    }
    return render(request, "coaching/visit.html", page)


def _sent(request: HttpRequest, button: str) -> bool:
    return request.POST.get("send") == button


def _contact(request: HttpRequest, visit: Visit, form: VisitContactForm) -> bool:
    """Whether what happened was written down."""
    if not form.is_valid():
        return False
    told = form.cleaned_data
    details = commands.Details(
        minutes=told["minutes"],
        helps_others=told["helps_others"],
        day=min(visit.day, request.actor.today),
        visit=visit,
    )
    try:
        commands.log_contact(
            request.actor,
            told["kind"],
            told["text"],
            child=form.about,
            location=visit.location,
            details=details,
            once=form.once,
        )
    except Denied as refused:
        form.refuse(refused)
        return False
    messages.success(request, _("Written down with this visit."))
    return True


def _another(request: HttpRequest, visit: Visit, form: AnotherQuestionForm) -> bool:
    """Whether another question was taken along."""
    if not form.is_valid():
        return False
    text, answer = form.cleaned_data["text"], form.cleaned_data["answer"]
    try:
        take_question(request.actor, visit, text, answer, once=form.once)
    except Denied as refused:
        form.refuse(refused)
        return False
    messages.success(
        request,
        _("The question is with the location, with your answer.")
        if answer
        else _("The question waits with your other questions."),
    )
    return True
