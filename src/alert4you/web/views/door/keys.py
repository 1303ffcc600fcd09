"""My ways to come in: seeing, adding, taking away, and leaving everywhere."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alert4you.kernel.decision import NotVisible
from alert4you.organisations.commands import leave_everywhere as leave_all
from alert4you.organisations.commands import leave_there as leave_one
from alert4you.organisations.models import Role
from alert4you.organisations.queries import identities, issuers
from alert4you.organisations.rules import RUNS_THE_PLACE, STAFF_OF_THE_PLACE
from alert4you.tablets.queries import pin_of
from alert4you.web.commands.keys import remove_key as take_away
from alert4you.web.queries.factors import factors
from alert4you.web.queries.sessions import signed_in


def keys(request: HttpRequest) -> HttpResponse:
    """Passkeys, the app, the work account."""
    mine = identities(request.user.pk)
    here = request.session.session_key
    context = {
        "sessions": signed_in(request.user, request.now, here),
        "mine": factors(request.user),
        "work": mine,
        "issuers": _to_connect(request),
        "invites": request.actor.role in RUNS_THE_PLACE,
        "systems": request.actor.role in {*RUNS_THE_PLACE, Role.MUNICIPALITY},
        "runs_it": request.user.is_superuser,
        "pins": request.actor.role in STAFF_OF_THE_PLACE,
        "pin": request.membership and pin_of(request.membership.pk),
    }
    return render(request, "web/door/keys.html", context)


def _to_connect(request: HttpRequest) -> object:
    """The services of the organisation of this hat; a parent has none."""
    return issuers().filter(organisation=request.actor.organisation_id)


@require_POST
def remove_key(request: HttpRequest, number: int) -> HttpResponse:
    """One's own passkey or app; not the last one."""
    key = next((each for each in factors(request.user).all if each.pk == number), None)
    if key is None:
        raise NotVisible
    take_away(request.actor, key)
    messages.success(request, _("It opens nothing any more."))
    return redirect("web:keys")


@require_POST
def leave_there(request: HttpRequest, session_name: str) -> HttpResponse:
    """One session on another device ends; what ended already stays so."""
    leave_one(request.actor, session_name)
    messages.success(request, _("You are signed out there."))
    return redirect("web:keys")


@require_POST
def leave_everywhere(request: HttpRequest) -> HttpResponse:
    """Every session ends, on every device; this one too."""
    leave_all(request.actor)
    logout(request)
    messages.success(request, _("You are signed out on all devices."))
    return redirect("web:login")
