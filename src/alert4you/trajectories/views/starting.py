"""Starting a practice in two short steps: which one, and with whom."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alert4you.access.queries.likely import likely
from alert4you.access.queries.line import worked_with
from alert4you.kernel.decision import Denied, NotVisible
from alert4you.organisations.forms import People
from alert4you.practices.rules.cards import card
from alert4you.practices.rules.language import Practice
from alert4you.trajectories.commands.running import Setup, start_trajectory
from alert4you.trajectories.forms.starting import StartForm
from alert4you.trajectories.models import Trajectory
from alert4you.trajectories.queries import starting
from alert4you.trajectories.queries.starting import Chosen, Subject
from alert4you.trajectories.rules.beginning import can_ever_begin


def start(request: HttpRequest) -> HttpResponse:
    """For whom (``?child=`` or ``?location=``), then which practice, then with whom."""
    if not can_ever_begin(request.actor):
        raise NotVisible
    child, location = _id(request, "child"), _id(request, "location")
    if not child and not location:
        return _choose_whom(request)
    whom = starting.subject(request.actor, child, location)
    slug = request.GET.get("practice")
    if not whom.may or not slug:
        return _choose_practice(request, whom)
    return _choose_people(request, whom, starting.chosen(request.actor, slug))


def _id(request: HttpRequest, name: str) -> UUID | None:
    given = request.GET.get(name)
    try:
        return UUID(given) if given else None
    except ValueError as broken:
        raise NotVisible from broken


def _choose_whom(request: HttpRequest) -> HttpResponse:
    context = {
        "children": worked_with(request.actor),
        "locations": starting.places(request.actor),
        "practice": request.GET.get("practice", ""),
        "today": request.actor.today,
    }
    return render(request, "trajectories/start_whom.html", context)


def _choose_practice(request: HttpRequest, whom: Subject) -> HttpResponse:
    fitting, others = starting.offers(request.actor, whom) if whom.may else ([], [])
    context = {"whom": whom, "fitting": fitting, "others": others}
    return render(request, "trajectories/start.html", context, status=200 if whom.may else 403)


def _choose_people(request: HttpRequest, whom: Subject, chosen: Chosen) -> HttpResponse:
    practice = chosen.practice
    form = _form(request, practice, whom)
    if form.is_valid():
        try:
            begun = _begin(request, whom, chosen, form)
        except Denied as denied:
            form.refuse(denied)
        else:
            messages.success(request, _("It has started. Everyone who takes part can see it now."))
            return redirect("trajectories:trajectory", begun.pk)
    context = {
        "whom": whom,
        "card": card(practice),
        "practice": practice,
        "adopted": bool(chosen.numbers),
        "ready": starting.ready(request.actor, practice, whom.child),
        "form": form,
    }
    return render(request, "trajectories/start_people.html", context)


def _form(request: HttpRequest, practice: Practice, whom: Subject) -> StartForm:
    """Somebody of another organisation has the lead only where the practice asks the parents for one."""
    actor = request.actor
    near = likely(actor, whom.child, () if whom.child else [whom.about.pk])
    people = People(actor, starting.people(actor), near)
    return StartForm(
        request.POST or None,
        people=people,
        leads=people.of(own=not practice.asks),
        roles=starting.roles(practice),
        choices=practice.open_choices,
        initial={"lead": str(request.actor.membership_id)},
    )


def _begin(request: HttpRequest, whom: Subject, chosen: Chosen, form: StartForm) -> Trajectory:
    begun: Trajectory = start_trajectory(
        request.actor,
        whom.about,
        chosen.template,
        form.cleaned_data["lead"],
        form.cleaned_data["cover"],
        Setup(form.parts, {**chosen.numbers, **form.chosen}),
        once=form.once,
    )
    return begun
