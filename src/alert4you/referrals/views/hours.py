"""Logging guidance and support; hours, numbers without names, teams."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alert4you.access.queries.line import known_child
from alert4you.access.rules.relations import at_work_here
from alert4you.coaching.commands.contacts import Details
from alert4you.kernel.decision import Denied, NotVisible, require
from alert4you.organisations.models import Role
from alert4you.referrals.commands import hours as commands
from alert4you.referrals.forms import GuidanceForm, TeamForm
from alert4you.referrals.models import Sort
from alert4you.referrals.queries import hours, teams, ways
from alert4you.referrals.queries import numbers as counts
from alert4you.referrals.rules.hours import Route, may_set_team


def guidance(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Help with forms, indications and referrals: what, how long, and for what."""
    known = known_child(request.actor, child_id)
    require(at_work_here(request.actor, known.ties))
    open_ways, trajectories = hours.routes_for(request.actor, known.child)
    routes: dict[str, Any] = {str(each.pk): Route(each) for each in open_ways}
    routes |= {str(each.pk): Route(None, each) for each in trajectories}
    named = [(str(each.pk), each.title) for each in [*open_ways, *trajectories]]
    form = GuidanceForm(request.POST or None, today=request.actor.today, routes=named, waits=False)
    if form.is_valid() and _log(request, known.child, form, routes):
        return redirect("web:line", child_id)
    return render(request, "referrals/guidance.html", {"form": form, "child": known.child})


def support(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Support while the child waits: its minutes are bridging hours."""
    way = ways.way(request.actor, referral_id)
    require(way.powers.work)
    form = GuidanceForm(request.POST or None, today=request.actor.today, routes=(), waits=True)
    if form.is_valid() and _log(request, way.referral.child, form, {"": Route(way.referral)}):
        return redirect("referrals:referral", referral_id)
    context = {"form": form, "child": way.referral.child, "referral": way.referral}
    return render(request, "referrals/guidance.html", context)


def _log(request: HttpRequest, child: Any, form: GuidanceForm, routes: dict[str, Any]) -> bool:
    """Whether it was written; else the form says why not."""
    told = form.cleaned_data
    route = routes.get(told.get("route", ""), Route())
    details = Details(minutes=told["minutes"], day=told["day"])
    sort = told.get("sort", Sort.MEANWHILE)
    try:
        commands.log_guidance(
            request.actor, child, sort, told["text"], route, details, once=form.once
        )
    except Denied as denied:
        form.refuse(denied)
        return False
    messages.success(request, _("Saved. The minutes are counted."))
    return True


def numbers(request: HttpRequest) -> HttpResponse:
    """Who waits for which party, and which help is not there: numbers without names."""
    if request.actor.role not in counts.SEE_NUMBERS:
        raise NotVisible
    context = {
        "numbers": counts.numbers(request.actor),
        "of_all": request.actor.role == Role.MUNICIPALITY,
    }
    return render(request, "referrals/numbers.html", context)


def team(request: HttpRequest, practice: str) -> HttpResponse:
    """How big the team is, who has how many, where there is room."""
    if request.actor.role not in teams.SEE_TEAMS:
        raise NotVisible
    board = teams.board(request.actor, practice)
    now = {"fte": board.size.fte.normalize(), "room": board.size.room} if board.size else {}
    form = TeamForm(request.POST or None, initial=now) if may_set_team(request.actor) else None
    if form and form.is_valid():
        told = form.cleaned_data
        commands.set_team(request.actor, practice, told["fte"], told["room"], once=form.once)
        messages.success(request, _("Saved."))
        return redirect("referrals:team", practice)
    return render(request, "referrals/team.html", {"board": board, "form": form})
