"""The shared tablet of a location: its own start page, a name and a PIN, and nobody when it was left."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alert4you.kernel.decision import Denied, NotVisible
from alert4you.organisations.commands import knock
from alert4you.organisations.models import Membership
from alert4you.tablets import queries
from alert4you.tablets.commands import enrol, use_pin
from alert4you.tablets.forms import DigitsForm
from alert4you.tablets.models import Tablet
from alert4you.tablets.rules import OLD_CODE, may_try, tries_left
from alert4you.web.context import WORK_OFFLINE
from alert4you.web.forms import CodeForm
from alert4you.web.middleware import device_id, keep_device
from alert4you.web.rules.sessions import Door, Level
from alert4you.web.views.door.entering import (
    PIN,
    come_in,
    device_here,
    record,
    stranger,
    tablet_here,
)
from alert4you.web.views.door.signing import BACK

# Whoever may still be signed in, on these pages there is nobody yet.
NOBODY_YET: dict[str, Any] = {"nav": [], "hat": None, "shared": None, "work_offline": WORK_OFFLINE}


@login_not_required
def tablet(request: HttpRequest) -> HttpResponse:
    """Who works here today; a device that is no tablet (any more) asks for the code."""
    here = tablet_here(request)
    if here is None:
        return _set_up(request)
    context = {"tablet": here, "names": queries.here_today(here, request.now), **NOBODY_YET}
    return render(request, "web/tablet/names.html", context)


@login_not_required
def tablet_others(request: HttpRequest) -> HttpResponse:
    """Colleagues who are not on the roster here today."""
    here = tablet_here(request)
    if here is None:
        return redirect("web:tablet")
    context = {"tablet": here, "names": queries.others(here, request.now), **NOBODY_YET}
    return render(request, "web/tablet/others.html", context)


@login_not_required
def tablet_pin(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """The second tap: six digits, and one is in."""
    here = tablet_here(request)
    if here is None:
        return redirect("web:tablet")
    person = queries.who(here, request.now, membership_id)
    if person is None:
        raise NotVisible
    form = DigitsForm(request.POST or None)
    if form.is_valid() and _comes_in(request, here, person, form):
        return redirect(_place(request, person))
    may = may_try(stranger(request), here, person)
    context = {"tablet": here, "person": person, "form": form, "may": may, **NOBODY_YET}
    return render(request, "web/tablet/pin.html", context)


@require_POST
def tablet_here_still(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - django calls it so
    """Somebody is busy on the page: the session goes on (`DoorMiddleware` marks it)."""
    return HttpResponse(status=204)


def _set_up(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            return _enrolled(request, form.cleaned_data["code"])
        except Denied as refused:
            form.refuse(refused)
    device = device_here(request)
    context = {"form": form, "taken_back": device and device.revoked_at, **NOBODY_YET}
    return render(request, "web/tablet/set_up.html", context)


def _enrolled(request: HttpRequest, code: str) -> HttpResponse:
    """Whoever typed the code leaves: nobody is signed in on a tablet that was just set up."""
    # A device that is known here counts for itself: who guesses elsewhere does not keep it out.
    whom = device_id(request) or request.META.get("REMOTE_ADDR", "")
    knock(stranger(request), "tablet", str(whom))
    waiting = queries.waiting_for(code, request.now)
    if waiting is None:
        raise Denied(OLD_CODE)
    enrolled = enrol(stranger(request), waiting)
    logout(request)
    answer = redirect("web:tablet")
    keep_device(answer, enrolled.device)
    return answer


def _comes_in(request: HttpRequest, here: Tablet, person: Membership, form: DigitsForm) -> bool:
    """A known tablet and a known PIN are two proofs: care is open, but not what needs proofs of her own."""
    try:
        known = use_pin(stranger(request), here, person, form.cleaned_data["pin"])
    except Denied as refused:
        form.refuse(refused)
        return False
    if known is None:
        record(request, "door.pin", person.person, refused=True)
        left = tries_left(here, person)
        more = ngettext("You can try %(n)s more time.", "You can try %(n)s more times.", left)
        words = _("This is not your PIN.")
        form.add_error("pin", f"{words} {more % {'n': left}}" if left else words)
        return False
    come_in(request, person.person, PIN, Level.CARE)
    replace(Door.of(request.session), hat=str(person.pk)).keep(request.session)
    request.session["hat"] = str(person.pk)
    return True


def _place(request: HttpRequest, person: Membership) -> str:
    """Where she was when she locked the screen; somebody else begins at Today."""
    whose, place = request.session.pop(BACK, ("", "/"))
    return place if whose == str(person.pk) else "/"
