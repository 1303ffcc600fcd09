"""Rhythms, what goes on at more places, and what the municipality gets to read."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alert4you.access.queries.likely import likely
from alert4you.kernel.decision import Denied
from alert4you.meetings.commands.planning import set_rhythm
from alert4you.meetings.commands.signals import arrange_training, write_signal
from alert4you.meetings.forms.rhythm import RhythmForm, SignalForm, TrainingForm
from alert4you.meetings.queries import lists, signals
from alert4you.meetings.queries.report import report as report_of
from alert4you.meetings.rules.rhythm import SET_RHYTHMS
from alert4you.organisations.forms import People
from alert4you.organisations.models import Role
from alert4you.organisations.queries import colleagues
from alert4you.organisations.rules import STAFF_OF_THE_PLACE

LIST = "/meetings/?show=rhythms"


def rhythm(request: HttpRequest) -> HttpResponse:
    """How often people want to meet."""
    actor = request.actor
    if actor.role not in SET_RHYTHMS:
        raise Http404
    form = RhythmForm(request.POST or None, locations=lists.places(actor), today=actor.today)
    if form.is_valid():
        told = form.cleaned_data
        try:
            set_rhythm(
                actor,
                told["kind"],
                form.place,
                told["number"],
                told["per"],
                told["starts"],
                once=form.once,
            )
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(
                request, _("The rhythm is there. Now you see what was met and missed.")
            )
            return redirect(LIST)
    return render(request, "meetings/rhythm.html", {"form": form})


def all_signals(request: HttpRequest) -> HttpResponse:
    """What goes on at more places, and the trainings that came of it."""
    actor = request.actor
    if actor.role not in STAFF_OF_THE_PLACE:
        raise Http404
    found = list(signals.signals(actor)[: signals.MOST])
    page = {
        "themes": signals.themes(found),
        "trainings": signals.trainings(found),
        "may_train": actor.role in SET_RHYTHMS,
    }
    return render(request, "meetings/signals.html", page)


def signal(request: HttpRequest) -> HttpResponse:
    """Write down what goes on, without a name."""
    actor = request.actor
    if actor.role not in STAFF_OF_THE_PLACE:
        raise Http404
    initial = {"theme": request.GET.get("theme", "")}
    form = SignalForm(request.POST or None, locations=lists.places(actor), initial=initial)
    if form.is_valid():
        told = form.cleaned_data
        try:
            write_signal(actor, form.place, told["theme"], told["words"], once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Thank you. Together with the others it tells more."))
            return redirect("meetings:signals")
    return render(request, "meetings/signal.html", {"form": form})


def training(request: HttpRequest) -> HttpResponse:
    """A training out of all signals with one name (``?theme=``)."""
    actor = request.actor
    if actor.role not in SET_RHYTHMS:
        raise Http404
    wanted = request.GET.get("theme", "").casefold()
    found = signals.themes(signals.signals(actor)[: signals.MOST])
    theme = next((each for each in found if each.key == wanted), None)
    if theme is None:
        return redirect("meetings:signals")
    form = TrainingForm(
        request.POST or None,
        people=People(actor, colleagues(actor), likely(actor)),
        today=actor.today,
        initial={"owner": str(actor.membership_id)},
    )
    if form.is_valid():
        told = form.cleaned_data
        try:
            arrange_training(
                actor, theme.signals, told["what"], told["owner"], told["due"], once=form.once
            )
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Agreed. It stands on the page of whoever arranges it."))
            return redirect("meetings:signals")
    return render(request, "meetings/training.html", {"form": form, "theme": theme})


def report(request: HttpRequest) -> HttpResponse:
    """In numbers, without names: for the municipality, and for whoever runs the place."""
    actor = request.actor
    if actor.role not in {*SET_RHYTHMS, Role.MUNICIPALITY}:
        raise Http404
    return render(request, "meetings/report.html", {"report": report_of(actor)})
