"""Who is involved with a child, and why."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alert4you.access.commands.team import name_on_team, release_from_team
from alert4you.access.forms import JoinForm, NameForm, people_choices, refuse
from alert4you.access.models import CareTeamMember
from alert4you.access.queries import line as lines
from alert4you.access.rules.relations import at_work_here, may_join_with
from alert4you.children.models import Child
from alert4you.kernel.decision import Denied
from alert4you.organisations.models import Membership, Role
from alert4you.organisations.queries import professionals
from alert4you.ui.forms import Form

WHO_CAN_JOIN = tuple(role for role in Role if role not in (Role.PARENT, Role.MUNICIPALITY))


def team(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """The care team; staff of the own place name and release, and join themselves with a reason."""
    actor = request.actor
    known = lines.known_child(actor, child_id)
    named = list(lines.care_team(actor, known.child))
    may_name = bool(may_join_with(actor, known.ties))
    if request.method == "POST" and "release" in request.POST:
        return _release(request, known.child, named)
    join, name = _forms(request, may_name and not known.ties.on_team, may_name)
    for form in (join, name):
        if form is not None and form.is_bound and _named(request, known.child, form):
            return redirect("access:team", child_id)
    context = {
        "child": known.child,
        "team": named,
        "join": join,
        "name": name,
        "may_ask": bool(at_work_here(actor, known.ties)),
    }
    return render(request, "access/team.html", context)


def _forms(request: HttpRequest, may_join: bool, may_name: bool) -> tuple[Form | None, Form | None]:
    """The forms this hat gets; only the one that was sent is bound."""
    data = request.POST or None
    join = JoinForm(data if data and "join" in data else None, prefix="join") if may_join else None
    if not may_name:
        return join, None
    people = people_choices(professionals(request.actor, *WHO_CAN_JOIN))
    sent = data if data and "join" not in data else None
    return join, NameForm(sent, people=people, prefix="name")


def _named(request: HttpRequest, child: Child, form: Form) -> bool:
    """Carry out a form; True when somebody was named."""
    if not form.is_valid():
        return False
    chosen = form.cleaned_data.get("who") or request.actor.membership_id
    who = Membership.objects.select_related("person").get(pk=chosen)
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
        refuse(form, refused.decision)
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
