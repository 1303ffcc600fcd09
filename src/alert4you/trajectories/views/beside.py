"""How each sees what was seen."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alert4you.kernel.decision import Denied, NotVisible, require
from alert4you.trajectories.commands.deciding import speak_about_entry
from alert4you.trajectories.forms.deciding import ViewForm
from alert4you.trajectories.queries.beside import entry_of, seen_of
from alert4you.trajectories.queries.caseload import case
from alert4you.trajectories.rules.planning import powers
from alert4you.trajectories.views.telling import is_filled_in, spoken, told_form


def see(request: HttpRequest, trajectory_id: UUID, seen_id: UUID) -> HttpResponse:
    """Give one's own view on what somebody saw or did; it stands beside it."""
    found = case(request.actor, trajectory_id)
    entry = entry_of(request.actor, found, seen_id)
    if entry is None:
        raise NotVisible
    require(powers(request.actor, found.trajectory).view)
    form, told = ViewForm(request.POST or None), told_form(request, found.trajectory)
    if is_filled_in(told) and form.is_valid():
        words = form.cleaned_data["words"]
        try:
            speak_about_entry(
                request.actor, found.trajectory, entry, words, spoken(told), once=form.once
            )
        except Denied as denied:
            form.refuse(denied)
        else:
            messages.success(request, _("Your view stands beside it."))
            return redirect("trajectories:trajectory", trajectory_id)
    context = {"case": found, "entry": entry, "columns": seen_of(found, entry), "form": form}
    context["told"] = told
    return render(request, "trajectories/see.html", context)
