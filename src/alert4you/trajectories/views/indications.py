"""The indications of a child: what is valid until when, a new one, and giving a place back."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alert4you.access.queries.likely import likely_organisations
from alert4you.kernel.decision import Denied, require
from alert4you.organisations.forms import Organisations
from alert4you.trajectories.commands.indications import record_indication, release_indication
from alert4you.trajectories.forms.indications import IndicationForm, ReleaseForm
from alert4you.trajectories.queries import indications as queries
from alert4you.trajectories.rules import indications as rules


def indications(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """For parents and professionals alike."""
    page = queries.indications_of(request.actor, child_id)
    return render(request, "trajectories/indications.html", {"page": page, "child": page.child})


def new(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Write down what was decided."""
    page = queries.indications_of(request.actor, child_id)
    require(page.may_record)
    likely = likely_organisations(request.actor, page.child)
    parties = Organisations(queries.parties(page.child), likely)
    form = IndicationForm(request.POST or None, today=request.actor.today, parties=parties)
    if form.is_valid():
        try:
            record_indication(request.actor, page.child, form.granted(), once=form.once)
        except Denied as denied:
            form.refuse(denied)
        else:
            messages.success(request, _("The indication stands on the line now."))
            return redirect("trajectories:indications", child_id)
    return render(request, "trajectories/new_indication.html", {"child": page.child, "form": form})


def release(request: HttpRequest, indication_id: UUID) -> HttpResponse:
    """The place may go: a parent, the party, or staff for whoever told them."""
    found = queries.indication(request.actor, indication_id)
    words = queries.whose_word(request.actor, found)
    if not words:
        require(rules.may_release(request.actor, found, None))
    form = ReleaseForm(
        request.POST or None, whose=[(key, label) for key, (label, __) in words.items()]
    )
    if form.is_valid():
        given = form.cleaned_data
        told = words[given["whose"]][1] if words else None
        if told is not None and told.guardian is None:
            told = replace(told, name=given["name"])
        try:
            release_indication(request.actor, found, given["words"], told, once=form.once)
        except Denied as denied:
            form.refuse(denied)
        else:
            messages.success(request, _("It is written down that the place may go."))
            return redirect("trajectories:indications", found.child_id)
    context = {"found": found, "child": found.child, "form": form}
    return render(request, "trajectories/release.html", context)
