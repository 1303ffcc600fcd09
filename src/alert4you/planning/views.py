"""Finding a place for a child near home, keeping it free, and what a group has to offer."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.access.queries import line as lines
from alert4you.children.models import Child, DayPart
from alert4you.kernel.decision import require
from alert4you.organisations.models import Actor, Group
from alert4you.planning import commands, forms, queries
from alert4you.planning.rules.finding import Wish
from alert4you.planning.rules.holding import may_describe, may_let_go, may_seek
from alert4you.ui.forms import Form
from alert4you.ui.one_question import Step, answered, show

MOST_SHOWN = 30


def room(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Which groups fit, week by week, and why the others do not; nothing is asked before it answers."""
    child = lines.child(request.actor, child_id)
    require(may_seek(request.actor))
    groups = queries.groups(request.actor)
    holds = list(queries.holds_of(request.actor, child))
    form, found = _wish_form(request, child, groups), []
    if form.is_valid():
        found = queries.rooms(request.actor, child, _wish(form, child), groups, holds)
    page = {
        "child": child,
        "form": form,
        "rooms": found[:MOST_SHOWN],
        "more": len(found) - MOST_SHOWN,
        "fitting": sum(each.found.fits for each in found),
        "asked": request.GET.urlencode() or form.data.urlencode(),
        "holds": holds,
    }
    return render(request, "planning/room.html", page)


def keep(request: HttpRequest, child_id: UUID, group_id: UUID) -> HttpResponse:
    """Keep the days that were looked for free, until a day."""
    child = lines.child(request.actor, child_id)
    require(may_seek(request.actor))
    group = queries.group_of_own(request.actor, group_id)
    wish = _wish_form(request, child, queries.groups(request.actor))
    form = forms.KeepForm(request.POST or None, today=request.actor.today)
    back = f"{reverse('planning:room', args=[child.pk])}?{request.GET.urlencode()}"
    if not wish.is_valid():
        return show(request, form, Step(_("First choose the days."), back, child.first_name))
    done = answered(
        request,
        form,
        lambda data: commands.hold_place(
            request.actor,
            child,
            group,
            wish.cleaned_data["first"],
            wish.slots,
            data["until"],
            once=form.once,
        ),
        _("Kept free. Nobody else gets these days until then."),
        back,
    )
    step = Step(
        _("Until when do we keep it free?"),
        back,
        child.first_name,
        kicker=f"{group}, {group.location}",
        lead=_("In the meantime the parents decide, and the place is not given to another child."),
        action=_("Keep free"),
    )
    return done or show(request, form, step)


def let_go(request: HttpRequest, child_id: UUID, hold_id: UUID) -> HttpResponse:
    """The days are for others again."""
    child = lines.child(request.actor, child_id)
    held = queries.hold(request.actor, child, hold_id)
    require(may_let_go(request.actor, held))
    back = reverse("planning:room", args=[child.pk])
    form = Form(request.POST or None)
    done = answered(
        request,
        form,
        lambda _data: commands.let_go(request.actor, held, once=form.once),
        _("The place is free again."),
        back,
    )
    step = Step(
        _("Let this place go?"),
        back,
        child.first_name,
        kicker=f"{held.group}, {held.group.location}",
        lead=_("From now on another child can get these days."),
        action=_("Let go"),
    )
    return done or show(request, form, step)


def offers(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """What this group has, so that a child that needs it can be found a place."""
    group = queries.group_of_own(request.actor, group_id)
    require(may_describe(request.actor, group))
    profile = queries.profile_of(group)
    known = {"has": profile.has, "most": profile.most, "point": queries.point_of(group.location)}
    form = forms.OffersForm(request.POST or None, initial=known)
    back = reverse("groups:day", args=[group.pk])
    done = answered(
        request,
        form,
        lambda data: commands.describe_group(
            request.actor, group, data["has"], data["most"], data["point"], once=form.once
        ),
        _("Saved."),
        back,
    )
    step = Step(
        _("What does this group have to offer?"), back, group.name, kicker=str(group.location)
    )
    return done or show(request, form, step)


def _wish_form(request: HttpRequest, child: Child, groups: Iterable[Group]) -> forms.WishForm:
    """What was asked, or what the child has now."""
    anchors = queries.anchors(request.actor, child, groups)
    asked: Mapping[str, Any] = request.GET if "days" in request.GET else _usual(request, child)
    return forms.WishForm(asked, today=request.actor.today, anchors=anchors)


def _usual(request: HttpRequest, child: Child) -> QueryDict:
    slots = queries.usual_days(request.actor, child)
    usual = QueryDict(mutable=True)
    usual.setlist("days", [str(day) for day in sorted({day for day, _part in slots} or {0, 1})])
    usual.setlist("parts", sorted({part for _day, part in slots} or {DayPart.MORNING.value}))
    usual["first"], usual["weeks"] = _monday(request.actor).isoformat(), "8"
    return usual


def _monday(actor: Actor) -> date:
    """The next one."""
    return actor.today + timedelta(days=7 - actor.today.weekday())


def _wish(form: forms.WishForm, child: Child) -> Wish:
    told, anchor = form.cleaned_data, form.anchor
    first: date = told["first"]
    return Wish(
        child.born,
        first - timedelta(days=first.weekday()),
        told["weeks"],
        form.slots,
        frozenset(told["needs"]),
        anchor.at if anchor else None,
    )
