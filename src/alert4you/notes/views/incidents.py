"""Something went wrong: what happened, what is agreed, and who was told; one question at a time."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alert4you.access.queries import line as lines
from alert4you.access.rules.relations import works_here_with
from alert4you.kernel.decision import Denied, require
from alert4you.notes import queries
from alert4you.notes.commands.incidents import (
    agree_after,
    close_incident,
    report_incident,
    tell_other_parents,
    tell_parents,
)
from alert4you.notes.forms.noting import AfterForm, IncidentForm, TellOthersForm
from alert4you.notes.models import Incident
from alert4you.organisations.models import Actor
from alert4you.ui.forms import Form
from alert4you.ui.one_question import Step, show

AGREE, TELL_PARENTS, TELL_OTHERS, NOTHING = "agree", "parents", "others", ""


def report(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """What happened?"""
    actor = request.actor
    child = lines.child(actor, child_id)
    require(works_here_with(actor, child))
    form = IncidentForm(request.POST or None)
    if form.is_valid():
        try:
            made = report_incident(actor, child, form.cleaned_data["text"], once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Written down. Now: what do you agree?"))
            return redirect("notes:incident", made.pk)
    step = Step(
        _("Something happened"),
        reverse("notes:helps", args=[child.pk]),
        _("What helps %(child)s") % {"child": child},
        kicker=child.first_name,
        lead=_("First the facts. What you agree comes after this."),
        action=_("Next"),
        icon="arrow",
        why_heading=_("The parents read this"),
        why=_(
            "Tell them yourself first when you can. Is a child in danger? Then this is not the place."
        ),
    )
    return show(request, form, step)


def incident(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """One incident, and the one thing that is still to do."""
    actor = request.actor
    found = queries.incident(actor, incident_id)
    works = bool(found.child and works_here_with(actor, found.child))
    ask = _ask(found) if works else NOTHING
    form = _form(request, actor, found, ask)
    if form and form.is_valid():
        try:
            _answer(actor, found, ask, form)
        except Denied as refused:
            form.refuse(refused)
        else:
            return redirect("notes:incident", found.pk)
    page = {"incident": found, "child": found.child, "ask": ask, "form": form}
    return render(request, "notes/incident.html", page)


@require_POST
def close(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """Nothing more is to be told."""
    found = queries.incident(request.actor, incident_id)
    close_incident(request.actor, found)
    messages.success(request, _("Done. The agreement stays with what helps."))
    return redirect("notes:incident", found.pk)


def _ask(found: Incident) -> str:
    """The first thing that was not done yet."""
    if found.agreement_id is None:
        return AGREE
    if not found.parents_told:
        return TELL_PARENTS
    return NOTHING if found.closed_at else TELL_OTHERS


def _form(request: HttpRequest, actor: Actor, found: Incident, ask: str) -> Form | None:
    data = request.POST or None
    if ask == AGREE:
        helps = _("In one or two sentences. Everybody who stands in sees it from now on.")
        return AfterForm(
            data, label=_("What do you agree, so that it stays safe?"), help_text=helps
        )
    if ask == TELL_PARENTS:
        helps = _("For example: called her mother at four o’clock; she will talk about it at home.")
        return AfterForm(data, label=_("How and when did the parents hear it?"), help_text=helps)
    if ask == TELL_OTHERS and found.child:
        return TellOthersForm(data, groups=queries.groups_of(actor, found.child))
    return None


def _answer(actor: Actor, found: Incident, ask: str, form: Form) -> None:
    text = form.cleaned_data["text"]
    if ask == AGREE:
        agree_after(actor, found, text, once=form.once)
    elif ask == TELL_PARENTS:
        tell_parents(actor, found, text[:300], once=form.once)
    elif isinstance(form, TellOthersForm):
        tell_other_parents(actor, found, form.chosen, text, once=form.once)
        close_incident(actor, found)
