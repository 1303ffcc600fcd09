"""Passkeys: coming in with one, and setting one up. The only pages here that need JavaScript."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alert4you.web.commands.keys import add_passkey
from alert4you.web.forms import PasskeyForm
from alert4you.web.rules.sessions import Level
from alert4you.web.views.door.entering import come_in, go_further, on_to, record, wanted
from alert4you.web.views.door.proofs import added, enrols

# What a made-up answer of a device can run into while it is read.
UNREADABLE = (ValidationError, ValueError, TypeError, KeyError, AttributeError)


@login_not_required
def passkey(request: HttpRequest) -> HttpResponse:
    """The device says who this is; inside a session it proves that it is still the same person."""
    here = request.user if request.user.is_authenticated else None
    form = PasskeyForm(request.POST or None)
    if form.is_valid():
        key = _recognised(form.cleaned_data["credential"])
        if key is not None and key.user.is_active and here in (None, key.user):
            key.record_usage()
            if here is None:
                come_in(request, key.user, "passkey", Level.CARE)
            else:
                go_further(request, "passkey")
            return redirect(wanted(request))
        record(request, "door.passkey", here, refused=True)
        form.add_error(
            None, _("This passkey is not known here. Try again, or come in another way.")
        )
    options = auth.begin_authentication(here)
    context = {"form": form, "options": options, "next": wanted(request), "way": "get"}
    return render(request, "web/door/passkey.html", context)


def _recognised(credential: Any) -> Authenticator | None:
    try:
        person = auth.extract_user_from_response(credential)
        return auth.complete_authentication(person, credential)
    except UNREADABLE:
        return None
    finally:
        auth.clear_state()


def second_passkey(request: HttpRequest) -> HttpResponse:
    """This device, or a key one carries."""
    if not enrols(request):
        return on_to(request, "web:step_up")
    form = PasskeyForm(request.POST or None)
    if form.is_valid():
        name = form.cleaned_data["name"] or _("My device")
        if _made(request, name, form.cleaned_data["credential"]):
            return added(request, "passkey")
        form.add_error(None, _("That did not work. Try again."))
    options = auth.begin_registration(request.user, passwordless=True)
    context = {"form": form, "options": options, "next": wanted(request), "way": "create"}
    return render(request, "web/door/passkey.html", context)


def _made(request: HttpRequest, name: str, credential: Any) -> bool:
    try:
        auth.complete_registration(auth.parse_registration_response(credential))
    except UNREADABLE:
        return False
    finally:
        auth.clear_state()
    add_passkey(request.actor, request.user, name, credential)
    return True
