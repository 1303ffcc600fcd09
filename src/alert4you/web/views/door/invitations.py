"""Inviting somebody, and coming in with an invitation."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alert4you.access.queries import line
from alert4you.access.queries.likely import likely
from alert4you.access.rules.marks import may_see_contact
from alert4you.kernel.decision import Denied, NotVisible
from alert4you.kernel.mailing import send_beside
from alert4you.organisations.commands import (
    accept_invitation,
    knock,
    revoke_invitation,
)
from alert4you.organisations.commands import (
    invite as invite_colleague,
)
from alert4you.organisations.forms import People
from alert4you.organisations.models import Invitation, Person
from alert4you.organisations.queries import colleagues, invitation_behind, link_of, open_invitations
from alert4you.organisations.rules import OLD_INVITATION, RUNS_THE_PLACE, may_accept
from alert4you.ui.finding import typed
from alert4you.web.commands.invitations import invite_guardian as invite_parent
from alert4you.web.forms import CodeForm
from alert4you.web.rules.keys import NOT_FOR_YOU, may_invite_guardian
from alert4you.web.rules.sessions import Level
from alert4you.web.views.door.entering import come_in, record, refused, stranger


def invitations(request: HttpRequest) -> HttpResponse:
    """Whom one can invite, and which invitations still open something."""
    if request.actor.role not in RUNS_THE_PLACE:
        raise NotVisible
    actor = request.actor
    others = colleagues(actor).exclude(person=actor.person_id)
    people = People(actor, others, likely(actor))
    context = {
        "open": open_invitations(actor),
        "shown": people.shown(typed(request.GET, "find")),
    }
    return render(request, "web/door/invitations.html", context)


def invite(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """A colleague: is this the right one; then the code to give by hand."""
    whom = colleagues(request.actor).filter(pk=membership_id).first()
    if whom is None or request.actor.role not in RUNS_THE_PLACE:
        raise NotVisible
    back = reverse("web:invitations")
    return _invite(request, whom.person, lambda: invite_colleague(request.actor, whom), back)


def invite_guardian(request: HttpRequest, child_id: UUID, guardian_id: UUID) -> HttpResponse:
    """A parent or guardian of this child."""
    child = line.child(request.actor, child_id)
    whom = next((g for g in line.guardians(request.actor, child) if g.pk == guardian_id), None)
    if whom is None or request.actor.is_parent:
        raise NotVisible
    may = may_invite_guardian(request.actor, whom)
    if not may or not may_see_contact(request.actor, whom):
        raise Denied(may or NOT_FOR_YOU)
    back = reverse("web:line", args=[child_id])
    return _invite(request, whom.person, lambda: invite_parent(request.actor, whom), back)


def _invite(
    request: HttpRequest, person: Person, act: Callable[[], Invitation], back: str
) -> HttpResponse:
    context = {"person": person, "back": back}
    if request.method != "POST":
        return render(request, "web/door/invite.html", context)
    invitation = act()
    address = reverse("web:invited", args=[link_of(invitation)])
    words = render_to_string(
        "web/door/mail/invitation.txt", {"address": request.build_absolute_uri(address)}
    )
    send_beside(_("Your invitation for Alert4you"), words, str(person.email))
    return render(request, "web/door/invite.html", context | {"invitation": invitation})


@require_POST
def revoke(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    found = open_invitations(request.actor).filter(pk=invitation_id).first()
    if found is None:
        raise NotVisible
    revoke_invitation(request.actor, found)
    messages.success(
        request, _("The invitation of %(name)s is taken back.") % {"name": found.person}
    )
    return redirect("web:invitations" if request.actor.role in RUNS_THE_PLACE else "web:today")


@login_not_required
def invited(request: HttpRequest, link: str) -> HttpResponse:
    """The link does nothing by itself; the button with the code that was given by hand does."""
    invitation = invitation_behind(link)
    form = CodeForm(request.POST or None)
    if invitation is None or not may_accept(stranger(request), invitation):
        return refused(request, OLD_INVITATION, "web:login")
    if form.is_valid():
        try:
            knock(stranger(request), "invitation", str(invitation.pk))
            person = accept_invitation(stranger(request), invitation, form.cleaned_data["code"])
        except Denied as denied:
            return refused(request, denied.decision, "web:login")
        if person is not None:
            come_in(request, person, "invitation", Level.DAY, enrols=True)
            return redirect("web:second")
        record(request, "door.invitation", invitation.person, refused=True)
        form.add_error(
            "code", _("This is not the code. Look once more, or ask the staff for a new one.")
        )
    return render(request, "web/door/invited.html", {"form": form, "invitation": invitation})
