"""Planning a room, a landing, a duo, and the team that goes round: one question per screen."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.access.queries import line as lines
from alert4you.access.queries.likely import likely
from alert4you.access.rules.relations import works_here_with
from alert4you.groups.commands import staffing
from alert4you.groups.forms import planning as forms
from alert4you.groups.forms.day import conditions
from alert4you.groups.queries import places
from alert4you.groups.queries import rota as rotas
from alert4you.groups.rules import planning
from alert4you.groups.rules.counting import may_decide
from alert4you.kernel.decision import NotVisible, require
from alert4you.organisations.forms import People
from alert4you.organisations.models import OrganisationKind, Role
from alert4you.organisations.queries import colleagues, own_groups, professionals
from alert4you.organisations.rules import RUNS_THE_PLACE
from alert4you.ui.forms import Form
from alert4you.ui.one_question import Step, answered, show
from alert4you.ui.screens import Screens


def room(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Part of the group goes to another room for a while, every working day."""
    group = places.group(request.actor, group_id)
    require(planning.runs(request.actor, group.location))
    form = forms.RoomForm(request.POST or None, people=places.workers(request.actor, group))
    back = reverse("groups:day", args=[group.pk])
    done = answered(
        request,
        form,
        lambda data: staffing.plan_room(
            request.actor,
            group,
            data["room"],
            form.people[data["worker"]],
            data["begins"],
            data["until"],
            once=form.once,
        ),
        _("Planned. The ratio of the group is counted with it."),
        back,
    )
    step = Step(
        _("Who goes to another room with some children?"),
        back,
        group.name,
        kicker=str(group.location),
        why_heading=_("Every working day from today"),
        why=_("Which child lands there, you agree on the page of the child."),
    )
    return done or show(request, form, step)


def landing(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """What a substitute must know about the landing of a child."""
    child = lines.child(request.actor, child_id)
    require(works_here_with(request.actor, child))
    groups = places.groups_of(request.actor, child)
    slots = places.slots_on(groups, request.actor.today)
    if not slots:
        may = [each for each in groups if planning.runs(request.actor, each.location)]
        page = {"child": child, "groups": groups, "plans": next(iter(may), None)}
        return render(request, "groups/no_room.html", page)
    form = forms.LandingForm(request.POST or None, slots=slots)
    back = reverse("web:line", args=[child.pk])
    done = answered(
        request,
        form,
        lambda data: staffing.agree_landing(
            request.actor, child, form.slots[data["slot"]], data["text"], once=form.once
        ),
        _("Agreed. Everybody who works on the group reads it."),
        back,
    )
    step = Step(_("Where does %(child)s land?") % {"child": child}, back, child.first_name)
    return done or show(request, form, step)


def duo(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """One colleague of childcare and one of youth care share the group."""
    group = places.group(request.actor, group_id)
    require(may_decide(request.actor, group))
    actor = request.actor
    near = likely(actor, locations=[group.location_id])
    guests = professionals(actor, Role.GROUP_WORKER, Role.COACH, Role.PARTNER).filter(
        organisation__kind=OrganisationKind.YOUTH_CARE_PROVIDER
    )
    offered = {
        "own": People(actor, colleagues(actor, Role.GROUP_WORKER), near),
        "others": People(actor, guests, near),
        "today": actor.today,
    }
    screens = Screens(request, lambda sent: forms.DuoForm(sent, **offered), forms.DUO)
    form: Any = screens.form
    back = reverse("groups:day", args=[group.pk])
    done = screens.arrived and answered(
        request,
        form,
        lambda data: staffing.plan_duo(
            actor,
            group,
            data["childcare"],
            data["youth_care"],
            (actor.today, data["last_day"] + timedelta(days=1)),
            staffing.Counting(conditions(data)),
            once=form.once,
        ),
        _("Planned from today."),
        back,
    )
    return done or screens.show(Step(_("A duo on %(group)s") % {"group": group}, back, group.name))


def team(request: HttpRequest) -> HttpResponse:
    """A team that goes round some groups."""
    _runs(request)
    form = forms.TeamForm(request.POST or None, groups=own_groups(request.actor))
    return _rota_step(
        request,
        form,
        lambda told: staffing.make_cluster(
            request.actor, told["name"], form.chosen, once=form.once
        ),
        _("A team that goes round"),
    )


def member(request: HttpRequest) -> HttpResponse:
    """One more colleague on a team."""
    _runs(request)
    teams = rotas.clusters(request.actor)
    places = {each.location_id for team in teams for each in team.groups.all()}
    own = colleagues(request.actor, Role.GROUP_WORKER)
    people = People(request.actor, own, likely(request.actor, locations=places))
    form = forms.MemberForm(request.POST or None, teams=teams, people=people)
    return _rota_step(
        request,
        form,
        lambda told: staffing.join_rota(
            request.actor,
            form.teams[told["team"]],
            told["who"],
            told["contract"] * 60,
            told["extra"] * 60,
            once=form.once,
        ),
        _("Who goes round?"),
    )


def shift(request: HttpRequest) -> HttpResponse:
    """Hours of a colleague who goes round, on a group or in a meeting."""
    _runs(request)
    form = forms.ShiftForm(
        request.POST or None,
        members=rotas.members(request.actor),
        groups=rotas.groups_of_teams(request.actor),
        today=request.actor.today,
    )
    return _rota_step(
        request,
        form,
        lambda told: staffing.plan_shift(
            request.actor,
            form.members[told["who"]],
            form.groups.get(told["where"]),
            told["day"],
            form.minutes,
            once=form.once,
        ),
        _("Who goes where, and for how long?"),
    )


def _rota_step(
    request: HttpRequest, form: Form, act: Callable[[dict[str, Any]], Any], heading: str
) -> HttpResponse:
    back = reverse("groups:rota")
    done = answered(request, form, act, _("Written down."), back)
    return done or show(request, form, Step(heading, back, _("The team that goes round")))


def _runs(request: HttpRequest) -> None:
    if request.actor.role not in RUNS_THE_PLACE:
        raise NotVisible
