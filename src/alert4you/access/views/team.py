"""Who is involved with a child, and why."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alert4you.access.commands.team import name_on_team, release_from_team
from alert4you.access.forms.team import JoinForm, NameForm
from alert4you.access.models import CareTeamMember
from alert4you.access.queries import line as lines
from alert4you.access.queries.likely import likely
from alert4you.access.rules.relations import at_work_here, may_join_with
from alert4you.children.models import Child
from alert4you.kernel.decision import Denied, require
from alert4you.organisations.forms import People
from alert4you.organisations.models import Role
from alert4you.organisations.queries import membership_of, professionals
from alert4you.ui.forms import Form

WHO_CAN_JOIN = tuple(role for role in Role if role not in (Role.PARENT, Role.MUNICIPALITY))


def team(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """The care team; staff of the own place name and release, and join themselves with a reason."""
    actor = request.actor
    known = lines.known_child(actor, child_id)
    named = list(lines.care_team(actor, known.child))
    may_name = may_join_with(actor, known.ties)
    if request.method == "POST":
        require(may_name)
    if request.method == "POST" and "release" in request.POST:
        return _release(request, known.child, named)
    join = JoinForm(_sent(request, "join"), prefix="join") if may_name else None
    people = People(actor, professionals(actor, *WHO_CAN_JOIN), likely(actor, known.child))
    name = NameForm(_sent(request, "name"), people=people, prefix="name") if may_name else None
    for form in (join, name):
        if form is not None and form.is_bound and _named(request, known.child, form):
            return redirect("access:team", child_id)
    context = {
        "child": known.child,
        "team": named if may_name else _once(named),
        "join": None if known.ties.on_team else join,
        "name": name,
        "may_ask": bool(at_work_here(actor, known.ties)),
    }
    return render(request, "access/team.html", context)


def _once(named: list[CareTeamMember]) -> list[CareTeamMember]:
    """Who is there for two agreements with one reason stands in the list once."""
    return list({(each.membership_id, each.why): each for each in named}.values())


def _sent(request: HttpRequest, name: str) -> QueryDict | None:
    """What was sent with this one of the two forms."""
    return request.POST if name in request.POST else None


def _named(request: HttpRequest, child: Child, form: Form) -> bool:
    """Carry out a form; True when somebody was named."""
    if not form.is_valid():
        return False
    who = form.cleaned_data.get("who") or membership_of(request.actor)
    try:
        name_on_team(
            request.actor,
            child,
            who,
            form.cleaned_data["why"],
            form.cleaned_data.get("purpose", ""),
            once=form.once,
        )
    except Denied as refused:
        form.refuse(refused)
        return False
    said = _("%(name)s is on the care team now. The parents see it.")
    messages.success(request, said % {"name": who.person.name})
    return True


def _release(request: HttpRequest, child: Child, named: list[CareTeamMember]) -> HttpResponse:
    leaving = next((m for m in named if str(m.pk) == request.POST["release"]), None)
    if leaving is not None:
        release_from_team(request.actor, child, leaving.membership)
        said = _("%(name)s is not on the care team any more, and sees nothing of it from now on.")
        messages.success(request, said % {"name": leaving.membership.person.name})
    own = leaving is not None and leaving.membership_id == request.actor.membership_id
    return redirect("web:children") if own else redirect("access:team", child.pk)
