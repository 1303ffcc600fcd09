"""What parents of other children say about the group, and what the organisation answers."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.kernel.decision import NotVisible
from alert4you.notes import queries
from alert4you.notes.commands.place import note_complaint, set_vision
from alert4you.notes.forms.noting import ComplaintForm, VisionForm
from alert4you.notes.rules.place import SETS_RULES
from alert4you.ui.one_question import Step, answered, show


def complaints(request: HttpRequest, location_id: UUID) -> HttpResponse:
    """The explanation to give, what was said here, and room for more."""
    actor = request.actor
    location = queries.location(actor, location_id)
    form = ComplaintForm(request.POST or None)
    done = answered(
        request,
        form,
        lambda data: note_complaint(actor, location, data["text"], once=form.once),
        _("Written down with the location, without a child."),
        request.path,
    )
    page = {
        "location": location,
        "form": form,
        "explanation": queries.explanation_of(location.organisation_id),
        "complaints": queries.complaints(location),
        "may_set": actor.role in SETS_RULES,
    }
    return done or render(request, "notes/complaints.html", page)


def vision(request: HttpRequest) -> HttpResponse:
    """What the organisation says to parents."""
    actor = request.actor
    if actor.role not in SETS_RULES:
        raise NotVisible
    initial = {"explanation": queries.explanation_of(actor.organisation_id)}
    form = VisionForm(request.POST or None, initial=initial)
    today = reverse("web:today")
    done = answered(
        request,
        form,
        lambda data: set_vision(actor, data["explanation"], once=form.once),
        _("Everybody of your organisation sees these words now."),
        today,
    )
    step = Step(
        _("Our words to parents"),
        today,
        _("Today"),
        lead=_(
            "For parents who ask why all children are welcome. Your own vision on parents, in plain words."
        ),
    )
    return done or show(request, form, step)
