"""The day of a group, its hours, who counts, who waits, and the rota."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.access.queries import line as lines
from alert4you.access.queries.likely import likely
from alert4you.children.models import DayPart
from alert4you.children.rules import is_plus
from alert4you.groups.commands import staffing
from alert4you.groups.commands import waiting as waiting_commands
from alert4you.groups.forms.day import (
    PRESENCE,
    HoursForm,
    OfferForm,
    PresenceForm,
    WaitForm,
    conditions,
)
from alert4you.groups.queries import places
from alert4you.groups.queries import rota as rotas
from alert4you.groups.queries import waiting as lists
from alert4you.groups.queries.day import group_on
from alert4you.groups.rules import planning, telling, wording
from alert4you.groups.rules.asked import Asked
from alert4you.groups.rules.counting import may_decide
from alert4you.groups.rules.day import Place
from alert4you.groups.rules.picture import picture
from alert4you.kernel.decision import Denied, NotVisible, require
from alert4you.organisations.forms import People
from alert4you.organisations.models import Role, Setting
from alert4you.organisations.queries import own_groups, professionals
from alert4you.organisations.rules import RUNS_THE_PLACE
from alert4you.ui.dates import read_day
from alert4you.ui.one_question import Step, answered, show
from alert4you.ui.screens import Screens

SATURDAY = 5
ON_GROUPS = (Role.GROUP_WORKER, Role.PEDAGOGUE, Role.COACH, Role.PARTNER)
PARTS = {Setting.AFTER_SCHOOL_CARE: DayPart.values}
CHILDCARE_PARTS = [DayPart.MORNING.value, DayPart.AFTERNOON.value]


def day(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Who is on the group when, and whether that is enough."""
    group = places.group(request.actor, group_id)
    wanted = asked_day(request)
    found = group_on(request.actor, group, wanted)
    moments: list[dict[str, Any]] = [
        {
            "moment": each,
            "when": telling.between(each.span),
            "state": telling.state(each),
            "why": wording.steps(each.answer),
            "rooms": _rooms(each.places, found.rooms),
        }
        for each in found.told.moments
    ]
    page = {
        "group": group,
        "page": found,
        "on": wanted,
        "before": _working_day(wanted, -1),
        "after": _working_day(wanted, 1),
        "answer": telling.answer(found.told),
        "advice": [*telling.advice(found.told), *(each.words for each in found.asked)],
        "moments": moments,
        "picture": picture(found.told, found.rooms),
        "rule": [*(moments[0]["why"] if moments else ()), *_rules(found.asked)],
        "runs": bool(may_decide(request.actor, group)),
        "children": [(e, found.away.get(key, "")) for key, e in found.names.items()],
        "is_plus": is_plus(group),
        "own": group.location.organisation_id == request.actor.organisation_id,
    }
    return render(request, "groups/day.html", page)


def hours(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """When the parts of the day begin and end at the location."""
    group = places.group(request.actor, group_id)
    require(planning.runs(request.actor, group.location))
    parts = PARTS.get(Setting(group.location.setting), CHILDCARE_PARTS)
    known = places.hours(group.location)
    initial = {
        f"{part}_{side}": getattr(each, side)
        for part, each in known.items()
        for side in ("begins", "until")
    }
    form = HoursForm(request.POST or None, parts=parts, initial=initial)
    back = reverse("groups:day", args=[group.pk])

    def act(told: dict[str, Any]) -> None:
        for part in form.parts:
            times = told[f"{part}_begins"], told[f"{part}_until"]
            staffing.set_hours(request.actor, group.location, part, *times)

    done = answered(request, form, act, _("The hours are written down."), back)
    step = Step(_("The hours of %(place)s") % {"place": group.location}, back, group.name)
    return done or show(request, form, step)


def presence(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Somebody stands on the group: when, and does that count?"""
    group = places.group(request.actor, group_id)
    require(may_decide(request.actor, group))
    near = likely(request.actor, locations=[group.location_id])
    people = People(request.actor, professionals(request.actor, *ON_GROUPS), near)
    screens = Screens(request, lambda sent: PresenceForm(sent, people=people), PRESENCE)
    form: Any = screens.form
    back = reverse("groups:day", args=[group.pk])

    def act(told: dict[str, Any]) -> None:
        days = tuple(int(each) for each in told["weekdays"])
        when = staffing.When(request.actor.today, None, days, told["begins"], told["until"])
        counting = staffing.Counting(conditions(told), told["trainee"])
        staffing.write_presence(request.actor, told["who"], group, when, counting, once=form.once)

    said = _("Written down. Below you see what it changes.")
    done = screens.arrived and answered(request, form, act, said, back)
    step = Step(_("Who stands on %(group)s?") % {"group": group}, back, group.name)
    return done or screens.show(step)


def waiting(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Who waits for this group, first come first."""
    group = places.group(request.actor, group_id)
    runs = may_decide(request.actor, group)
    require(runs)
    form = OfferForm(request.POST or None)
    if form.is_valid():
        place = lists.waiting_place(request.actor, form.cleaned_data["place"])
        try:
            if "withdraw" in request.POST:
                waiting_commands.withdraw_place(request.actor, place, once=form.once)
            else:
                waiting_commands.offer_place(
                    request.actor, place, form.cleaned_data["reason"], once=form.once
                )
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Written down."))
            return redirect("groups:waiting", group.pk)
    page = {"group": group, "line": lists.waiting_list(request.actor, group), "form": form}
    return render(request, "groups/waiting.html", page)


def wait(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """A place in the line for a child."""
    if request.actor.role not in RUNS_THE_PLACE:
        raise NotVisible
    child = lines.child(request.actor, child_id)
    form = WaitForm(request.POST or None, groups=own_groups(request.actor))
    if form.is_valid():
        try:
            waiting_commands.ask_place(request.actor, child, form.chosen, form.days, once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("%(child)s is on the waiting list.") % {"child": child})
            return redirect("web:line", child.pk)
    page = {"child": child, "form": form, "waits": lists.waits_for(request.actor, child)}
    return render(request, "groups/wait.html", page)


def rota(request: HttpRequest) -> HttpResponse:
    """The colleagues who go round: this week, with what is left of their hours."""
    if request.membership is None or request.actor.role not in planning.SEES_THE_ROTA:
        raise NotVisible
    week = [
        rotas.rota(request.actor, each, request.actor.today)
        for each in rotas.clusters(request.actor)
    ]
    runs = request.actor.role in RUNS_THE_PLACE
    return render(request, "groups/rota.html", {"week": week, "runs": runs})


def _rules(found: Iterable[Asked]) -> list[str]:
    """Where each thing that lacks is asked, once."""
    told = (f"{each.words} {' '.join(wording.version(each.rule))}" for each in found)
    return list(dict.fromkeys(told))


def _rooms(found: tuple[Place, ...], names: dict[UUID, str]) -> list[dict[str, object]]:
    """The group and its rooms, when it is divided over more than one."""
    if len(found) < 2:
        return []
    return [
        {"name": names.get(place.room, "") if place.room else "", "place": place} for place in found
    ]


def asked_day(request: HttpRequest) -> date:
    """The day that was asked for; today when it cannot be read."""
    try:
        return read_day(request.GET.get("on", ""))
    except ValueError:
        return request.actor.today


def _working_day(day: date, step: int) -> date:
    """The next working day, or (-1) the one before."""
    while (day := day + timedelta(days=step)).weekday() >= SATURDAY:
        pass
    return day
