"""What waits for a person, and what a manager decides about work without a network."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.kernel.decision import Denied, NotVisible
from alert4you.offline.commands.settling import choose_children, put_on_line, set_aside
from alert4you.offline.forms import DecideForm, KeepForm
from alert4you.offline.queries import waiting as queries
from alert4you.offline.queries.pack import keeps_children
from alert4you.organisations.models import Role
from alert4you.organisations.rules import RUNS_THE_PLACE
from alert4you.ui.one_question import answered


def waiting(request: HttpRequest) -> HttpResponse:
    """What came in and did not go on the line by itself: from whom, when and why."""
    if request.actor.role != Role.CARE_COORDINATOR:
        raise NotVisible
    return render(request, "offline/waiting.html", {"rows": queries.waiting(request.actor)})


def decide(request: HttpRequest, kept_id: UUID) -> HttpResponse:
    """One of them: read it, and put it on the line or set it aside."""
    kept = queries.one(request.actor, kept_id)
    if kept.outcome:
        return redirect("offline:waiting")
    form = DecideForm(request.POST or None)
    if form.is_valid():
        try:
            if form.cleaned_data["what"] == form.PUT:
                put_on_line(request.actor, kept, once=form.once)
                messages.success(request, _("It stands on the line, in your name."))
            else:
                set_aside(request.actor, kept, form.cleaned_data["reason"], once=form.once)
                messages.success(request, _("Set aside."))
        except Denied as refused:
            form.refuse(refused)
        else:
            return redirect("offline:waiting")
    page = {"kept": kept, "words": queries.words_of(kept), "form": form}
    return render(request, "offline/decide.html", page)


def devices(request: HttpRequest) -> HttpResponse:
    """What devices may keep, and what came in so damaged that nobody can read it."""
    if request.actor.role not in RUNS_THE_PLACE:
        raise NotVisible
    keeps = keeps_children(request.actor.organisation_id)
    form = KeepForm(request.POST or None, initial={"keep": "yes" if keeps else "no"})
    done = answered(
        request,
        form,
        lambda data: choose_children(request.actor, data["keep"] == "yes", once=form.once),
        _("Chosen. Tablets hear it the next time they have a network."),
        reverse("offline:devices"),
    )
    page = {"form": form, "damaged": queries.damaged(request.actor)}
    return done or render(request, "offline/devices.html", page)
