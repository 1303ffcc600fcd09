"""Plus groups: who is there and how they go back, one question per screen; and who passes children on."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.access.commands.places import place_child
from alert4you.access.queries import line as lines
from alert4you.children.models import Child, Terms
from alert4you.children.rules import came_from, is_plus
from alert4you.groups.commands import plus as commands
from alert4you.groups.forms import plus as forms
from alert4you.groups.queries import places
from alert4you.groups.queries import plus as queries
from alert4you.groups.rules.counting import may_decide
from alert4you.groups.rules.hiding import HIDDEN_BELOW
from alert4you.kernel.decision import NotVisible, require
from alert4you.organisations.models import Group, Role, Setting
from alert4you.organisations.queries import own_groups
from alert4you.organisations.rules import RUNS_THE_PLACE
from alert4you.ui.one_question import Step, answered, show
from alert4you.ui.screens import Screens


def plus(request: HttpRequest, plus_group_id: UUID) -> HttpResponse:
    """The children on a plus group with their way back, and how near home they are helped."""
    group = _plus_group(request, plus_group_id)
    agreed, rows = queries.chosen(group), queries.rows(request.actor, group)
    page = {
        "group": group,
        "agreed": agreed,
        "rows": rows,
        "environment": queries.environment(agreed, rows),
    }
    return render(request, "groups/plus.html", page)


def agree(request: HttpRequest, plus_group_id: UUID) -> HttpResponse:
    """The numbers that no source gives."""
    group = _plus_group(request, plus_group_id)
    agreed = queries.chosen(group)
    form = forms.AgreementForm(
        request.POST or None, initial=model_to_dict(agreed) if agreed else {}
    )
    back = reverse("groups:plus", args=[group.pk])
    done = answered(
        request,
        form,
        lambda data: commands.agree_plus(
            request.actor, group, data["near_km"], data["months"], data["by_design"], once=form.once
        ),
        _("Agreed."),
        back,
    )
    step = Step(
        _("What do you choose for this group?"),
        back,
        group.name,
        kicker=str(group.location),
        why_heading=_("Your own choice"),
        why=_("No source says how far is near, or how often to look again. So your place chooses."),
    )
    return done or show(request, form, step)


def of_child(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Why the child is on a plus group, what was tried, and how it comes back; for parents too."""
    child = lines.child(request.actor, child_id)
    rows = queries.of_child(request.actor, child)
    runs = request.actor.role in RUNS_THE_PLACE
    if not rows and not runs:
        raise NotVisible
    page = {
        "child": child,
        "rows": rows,
        "runs": runs,
        "organisation": request.actor.organisation_id,
        "groups": _plus_groups(request) if runs else [],
    }
    return render(request, "groups/plus_child.html", page)


def place(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """A new place on a plus group: where, why, how back, how far."""
    child = lines.child(request.actor, child_id)
    groups = _plus_groups(request)
    if request.actor.role not in RUNS_THE_PLACE or not groups:
        raise NotVisible
    today = request.actor.today
    known = {"groups": groups, "today": today, "sent_by": came_from(child, today)}
    screens = Screens(request, lambda sent: forms.PlaceForm(sent, **known), forms.QUESTIONS)

    def act(told: dict[str, Any]) -> None:
        days = [(int(day), part) for day in told["weekdays"] for part in told["parts"]]
        agreed = forms.plus_terms(told)
        terms = Terms(days, told["basis"], told["purpose"], told["review_on"], plus=agreed)
        form: Any = screens.form
        group = form.groups[told["group"]]
        place_child(request.actor, child, group, told["starts"], None, terms, once=form.once)

    return _walked(screens, child, act, _("The place is written down, with its way back."))


def way_back(request: HttpRequest, plus_id: UUID) -> HttpResponse:
    """Purpose, date and way back of a child that is on the plus group already."""
    placement = queries.place(request.actor, plus_id)
    child = placement.child
    known = {
        "initial": forms.written_before(placement, queries.plus_of(placement)),
        "sent_by": came_from(child, placement.starts),
    }
    screens = Screens(request, lambda sent: forms.WayBackForm(sent, **known), forms.QUESTIONS)

    def act(told: dict[str, Any]) -> None:
        agreed = forms.plus_terms(told)
        terms = Terms((), placement.basis, told["purpose"], told["review_on"], plus=agreed)
        commands.agree_way_back(request.actor, placement, terms, once=screens.form.once)

    return _walked(screens, child, act, _("Written down. The parents can read it."))


def _walked(
    screens: Screens, child: Child, act: Callable[[dict[str, Any]], None], said: str
) -> HttpResponse:
    back = reverse("groups:plus_child", args=[child.pk])
    done = screens.arrived and answered(screens.request, screens.form, act, said, back)
    step = Step(
        _("%(child)s on a plus group") % {"child": child.first_name},
        back,
        child.first_name,
        why_heading=_("A plus group is for a time"),
        why=_(
            "From the first day it says why the child is there, when you look again, and how it "
            "comes back. The parents read it too."
        ),
    )
    return done or screens.show(step)


def decide(request: HttpRequest, plus_id: UUID) -> HttpResponse:
    """Can this child go to a regular place now?"""
    placement = queries.place(request.actor, plus_id)
    form = forms.DecideForm(request.POST or None)
    back = reverse("groups:plus_child", args=[placement.child_id])
    done = answered(
        request,
        form,
        lambda data: commands.decide_way_back(
            request.actor,
            placement,
            data["answer"],
            data["on"],
            (data["why"], data["parents"]),
            once=form.once,
        ),
        _("Written down. The parents can read it."),
        back,
    )
    step = Step(
        _("Can %(child)s go to a regular place now?") % {"child": placement.child},
        back,
        placement.child.first_name,
        kicker=f"{placement.group}, {placement.group.location}",
        why_heading=_("A plus group is for a time"),
        why=_("You decide together with the parents. Not yet? Then you choose a new day here."),
    )
    return done or show(request, form, step)


def passed_on(request: HttpRequest) -> HttpResponse:
    """How many children went on to a plus group, and how many came back; no names."""
    role = request.actor.role
    if role not in {*RUNS_THE_PLACE, Role.MUNICIPALITY} or request.membership is None:
        raise NotVisible
    page = {
        "together": role == Role.MUNICIPALITY,
        "sent": queries.passed_on(request.actor),
        "received": [] if role == Role.MUNICIPALITY else queries.received(request.actor),
        "hidden_below": HIDDEN_BELOW,
    }
    return render(request, "groups/passed_on.html", page)


def _plus_group(request: HttpRequest, group_id: UUID) -> Group:
    """A plus group for whoever runs it."""
    group = places.group(request.actor, group_id)
    if not is_plus(group):
        raise NotVisible
    require(may_decide(request.actor, group))
    return group


def _plus_groups(request: HttpRequest) -> list[Group]:
    return list(own_groups(request.actor).filter(location__setting=Setting.PLUS_GROUP))
