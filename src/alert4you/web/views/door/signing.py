"""Signing in with a password, choosing a hat, leaving, and locking a shared device."""

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import PasswordResetConfirmView, PasswordResetView
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from alert4you.kernel.decision import Denied
from alert4you.organisations.commands import knock
from alert4you.organisations.models import Person, Role
from alert4you.organisations.queries import hats, people_with
from alert4you.organisations.rules import was_last_try
from alert4you.web.forms import ForgotPasswordForm, HatForm, NewPasswordForm, SignInForm
from alert4you.web.queries.factors import factors
from alert4you.web.rules.sessions import Door, Level
from alert4you.web.views.door.entering import (
    GUESSED,
    come_in,
    record,
    stranger,
    tablet_here,
    wanted,
    warn,
    works,
)

BACK = "back"
choose_language = login_not_required(set_language)


class ForgotPassword(PasswordResetView):
    """A link by mail, so many in a quarter of an hour."""

    template_name = "web/password/forgot.html"
    form_class = ForgotPasswordForm
    email_template_name = "web/password/mail.txt"
    subject_template_name = "web/password/mail_subject.txt"
    success_url = reverse_lazy("web:password_mail_sent")

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            knock(stranger(self.request), "mail", form.cleaned_data["email"])
        except Denied as too_often:
            form.refuse(too_often)
            return self.form_invalid(form)
        return super().form_valid(form)


class NewPassword(PasswordResetConfirmView):
    """The link of the mail is one proof: what it opens is what a password opens."""

    template_name = "web/password/new.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("web:today")

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        _with_password(self.request, self.user)
        warn(self.user, _("Your account has a new password."))
        return answer


forgot_password = ForgotPassword.as_view()
new_password = NewPassword.as_view()


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """By e-mail and password; the same words whatever was wrong."""
    form = SignInForm(request.POST or None)
    if form.is_valid():
        person = _known(request, form)
        if person is not None:
            _with_password(request, person)
            return redirect(wanted(request))
    context = {"form": form, "next": wanted(request)}
    return render(request, "web/sign_in.html", context)


def _known(request: HttpRequest, form: SignInForm) -> Person | None:
    email, password = form.cleaned_data["email"].lower(), form.cleaned_data["password"]
    try:
        knock(stranger(request), "password", email)
    except Denied as refused:
        form.refuse(refused)
        return None
    person = authenticate(request, username=email, password=password)
    if person is None:
        record(request, "door.password", None, refused=True)
        if was_last_try(stranger(request), "password", email):
            for owner in people_with(email):
                warn(owner, GUESSED)
        form.add_error(None, _("This e-mail address and password do not belong together."))
    return person


def _with_password(request: HttpRequest, person: Person) -> None:
    """One proof. Staff without a second one are led to set it up; a parent gets a code by hand first."""
    staff = works(request, person) or person.is_staff
    come_in(request, person, "password", Level.DAY, enrols=staff and not factors(person))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    _leave(request, "door.leave")
    return redirect(settings.LOGIN_URL)


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """On a shared device: nothing stays, not even in the browser's cache."""
    tablet, back = tablet_here(request), [_whose(request), wanted(request)]
    _leave(request, "door.lock")
    if tablet is None:
        return redirect("web:locked")
    # Only whose hat it was comes back there; the browser does not know where it is.
    request.session[BACK] = back
    return redirect("web:tablet" if request.POST.get("to") == "names" else "web:locked")


def _whose(request: HttpRequest) -> str:
    return str(request.membership.pk) if request.membership else ""


def _leave(request: HttpRequest, name: str) -> None:
    record(request, name, request.user)
    logout(request)


@login_not_required
def locked(request: HttpRequest) -> HttpResponse:
    tablet = tablet_here(request)
    context = {"login_url": "web:tablet" if tablet else settings.LOGIN_URL, "on_tablet": tablet}
    answer = render(request, "web/door/locked.html", context)
    answer["Clear-Site-Data"] = '"cache"'
    answer["Cache-Control"] = "no-store"
    return answer


def choose_hat(request: HttpRequest) -> HttpResponse:
    """One person can be a colleague here and a parent there; one hat at a time."""
    only = Door.of(request.session).organisation
    mine = [
        (str(hat.pk), f"{hat.task}, {hat.organisation}")
        for hat in hats(request.user, request.now)
        if only in ("", str(hat.organisation_id))
    ]
    if not only:
        mine.append((Role.PARENT.value, _("Parent or guardian")))
    form = HatForm(request.POST or None, hats=mine)
    if form.is_valid():
        request.session["hat"] = form.cleaned_data["hat"]
        rotate_token(request)  # a form that is still open in another tab was for the hat of before
        return redirect("web:today")
    return render(request, "web/hats.html", {"form": form})


@login_not_required
def password_mail_sent(request: HttpRequest) -> HttpResponse:
    """The same page whether or not the address is known."""
    return render(request, "web/password/sent.html")
