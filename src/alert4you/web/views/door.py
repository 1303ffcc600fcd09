"""Signing in, signing out, choosing a hat."""

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import PasswordResetConfirmView, PasswordResetView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from alert4you.organisations.models import Role
from alert4you.organisations.queries import hats
from alert4you.web.forms import ForgotPasswordForm, HatForm, NewPasswordForm, SignInForm

choose_language = login_not_required(set_language)
forgot_password = PasswordResetView.as_view(
    template_name="web/password/forgot.html",
    form_class=ForgotPasswordForm,
    email_template_name="web/password/mail.txt",
    subject_template_name="web/password/mail_subject.txt",
    success_url=reverse_lazy("web:password_mail_sent"),
)
new_password = PasswordResetConfirmView.as_view(
    template_name="web/password/new.html",
    form_class=NewPasswordForm,
    post_reset_login=True,
    success_url=reverse_lazy("web:today"),
)


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """By e-mail and password; the same words whatever was wrong."""
    form = SignInForm(request.POST or None)
    if form.is_valid():
        person = authenticate(
            request,
            username=form.cleaned_data["email"].lower(),
            password=form.cleaned_data["password"],
        )
        if person is not None:
            login(request, person)
            return redirect("web:today")
        form.add_error(None, _("This e-mail address and password do not belong together."))
    return render(request, "web/sign_in.html", {"form": form})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect(settings.LOGIN_URL)


def choose_hat(request: HttpRequest) -> HttpResponse:
    """One person can be a colleague here and a parent there; one hat at a time."""
    mine = [
        (str(hat.pk), f"{hat.task}, {hat.organisation}") for hat in hats(request.user, request.now)
    ]
    mine.append((Role.PARENT.value, _("Parent or guardian")))
    form = HatForm(request.POST or None, hats=mine)
    if form.is_valid():
        request.session["hat"] = form.cleaned_data["hat"]
        return redirect("web:today")
    return render(request, "web/hats.html", {"form": form})


@login_not_required
def password_mail_sent(request: HttpRequest) -> HttpResponse:
    """The same page whether or not the address is known."""
    return render(request, "web/password/sent.html")
