"""A second proof: giving it, and setting it up."""

from base64 import b64encode

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal import auth as totp
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.kernel.decision import Denied
from alert4you.organisations.commands import accept_invitation, knock
from alert4you.organisations.queries import invitation_for, issuers
from alert4you.organisations.rules import was_last_try
from alert4you.web.commands.keys import add_app, renew_recovery_codes, use_proof
from alert4you.web.forms import CodeForm
from alert4you.web.queries.factors import factors
from alert4you.web.rules.sessions import Door
from alert4you.web.views.door.entering import GUESSED, go_further, on_to, record, wanted, warn


def step_up(request: HttpRequest) -> HttpResponse:
    """Why more is asked for this page, and every way to give it."""
    door = Door.of(request.session)
    if door.is_own and door.is_fresh(request.now):
        return redirect(wanted(request))
    mine = factors(request.user)
    if not mine and door.enrols:
        return on_to(request, "web:second")
    by_hand = request.POST.get("way") == "hand"
    proof = CodeForm(request.POST if "way" in request.POST and not by_hand else None)
    hand = CodeForm(request.POST if by_hand else None, prefix="hand")
    if proof.is_valid() and _proves(request, proof):
        return redirect(wanted(request))
    if hand.is_valid() and _was_given(request, hand):
        return on_to(request, "web:second")
    context = {
        "mine": mine,
        "proof": proof,
        "hand": hand,
        "next": wanted(request),
        "by_pin": bool(door.hat),
        "again": door.is_own,
    }
    return render(request, "web/door/step_up.html", context)


def _proves(request: HttpRequest, form: CodeForm) -> bool:
    """The code of the app, or a recovery code."""
    try:
        knock(request.actor, "factor", str(request.user.pk))
    except Denied as too_often:
        form.refuse(too_often)
        return False
    if use_proof(request.actor, request.user, form.cleaned_data["code"]):
        go_further(request, "proof")
        return True
    record(request, "door.proof", request.user, refused=True)
    if was_last_try(request.actor, "factor", str(request.user.pk)):
        warn(request.user, GUESSED)
    form.add_error("code", _("This is not the code of now. Wait for the next one, and type that."))
    return False


def _was_given(request: HttpRequest, form: CodeForm) -> bool:
    """The code that the staff gave by hand: with it one may set up a second proof."""
    invitation = invitation_for(request.user.pk, request.now)
    try:
        knock(request.actor, "invitation", str(request.user.pk))
        typed = form.cleaned_data["code"]
        known = invitation and accept_invitation(request.actor, invitation, typed)
    except Denied as refused:
        form.refuse(refused)
        return False
    if not known:
        record(request, "door.hand", request.user, refused=True)
        form.add_error(
            "code", _("This is not the code. Look once more, or ask the staff for a new one.")
        )
        return False
    request.session.cycle_key()
    Door.of(request.session).may_enrol(request.now).keep(request.session)
    record(request, "door.hand", request.user)
    return True


def enrols(request: HttpRequest) -> bool:
    """Who may set up a second proof: with a proof that was more than a mailbox, or with another one."""
    door = Door.of(request.session)
    return door.enrols or door.is_own


def second(request: HttpRequest) -> HttpResponse:
    """A passkey, or an app with codes: which of the two."""
    if not enrols(request):
        return on_to(request, "web:step_up")
    own = issuers().filter(organisation=request.actor.organisation_id)
    context = {"next": wanted(request), "issuers": own}
    return render(request, "web/door/second.html", context)


def second_app(request: HttpRequest) -> HttpResponse:
    """Scan the square, type the first code."""
    if not enrols(request):
        return on_to(request, "web:step_up")
    secret = totp.get_totp_secret(regenerate=request.method == "GET")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if totp.validate_totp_code(secret, form.cleaned_data["code"]):
            add_app(request.actor, request.user, secret)
            totp.clear_totp_secret(request)
            return added(request, "app")
        form.add_error(
            "code", _("This is not the code of now. Wait for the next one, and type that.")
        )
    address = get_adapter().build_totp_url(request.user, secret)
    drawing = get_adapter().build_totp_svg(address)
    context = {
        "form": form,
        "address": address,
        "next": wanted(request),
        "square": b64encode(drawing.encode()).decode(),
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
    }
    return render(request, "web/door/second_app.html", context)


def added(request: HttpRequest, way: str) -> HttpResponse:
    """The owner hears of it by mail; the codes for a lost device come next."""
    go_further(request, f"added_{way}")
    warn(request.user, _("There is a new way to sign in to your account."))
    return on_to(request, "web:recovery_codes")


def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ten codes on paper, for when the device is lost; sent, ten new ones in their place."""
    kept = factors(request.user).recovery
    if kept is None:
        return redirect("web:keys")
    if request.method == "POST":
        renew_recovery_codes(request.actor, request.user)
        warn(request.user, _("Your codes on paper were replaced by new ones."))
        messages.success(request, _("These are new. The old ones open nothing any more."))
        return on_to(request, "web:recovery_codes")
    record(request, "door.read_recovery_codes", request.user)
    codes = kept.wrap().get_unused_codes()
    context = {"codes": codes, "next": wanted(request), "keys_url": reverse("web:keys")}
    return render(request, "web/door/recovery.html", context)
