"""For whoever runs a place: which other systems come in, what they may do, and ending one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alert4you.api import commands, queries
from alert4you.api.forms import ApplicationForm, WebhookForm
from alert4you.api.models import Application, Scope
from alert4you.api.rules import hears, may_change, may_give, may_let_in
from alert4you.kernel.decision import Denied, NotVisible
from alert4you.organisations.models import Role


def applications(request: HttpRequest) -> HttpResponse:
    """All that come in or came in, and one more."""
    _only_who_may_let_in(request)
    may = {"today": request.actor.today, "scopes": may_give(request.actor)}
    form = ApplicationForm(request.POST or None, **may)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("name", "scopes", "last_day")}
        try:
            added = commands.add_application(request.actor, **said, once=form.once)
        except Denied as denied:
            form.refuse(denied)
        else:
            return redirect("api:application", added.pk)
    page = {
        "form": form,
        "applications": queries.applications_of(request.actor),
        "of_all": request.actor.role == Role.MUNICIPALITY,
    }
    return render(request, "api/applications.html", page)


def application(request: HttpRequest, system_id: UUID) -> HttpResponse:
    """What it may do, since when, until when, and when it was here last."""
    return _shown(request, _found(request, system_id))


@require_POST
def secret(request: HttpRequest, system_id: UUID) -> HttpResponse:
    """A secret, on this page and never again."""
    found = _found(request, system_id)
    return _shown(request, found, commands.make_secret(request.actor, found))


def webhook(request: HttpRequest, system_id: UUID) -> HttpResponse:
    """Where it hears of changes, and the secret of its messages, on this page and never again."""
    found = _found(request, system_id)
    form = WebhookForm(request.POST or None)
    page = {"application": found, "form": form}
    if form.is_valid():
        try:
            page["secret"] = commands.tell_at(request.actor, found, form.cleaned_data["url"])
        except Denied as denied:
            form.refuse(denied)
    return render(request, "api/webhook.html", page)


@require_POST
def quiet(request: HttpRequest, system_id: UUID) -> HttpResponse:
    """It hears of nothing any more."""
    commands.tell_no_more(request.actor, _found(request, system_id))
    messages.success(request, _("It hears of changes no more."))
    return redirect("api:application", system_id)


def end(request: HttpRequest, system_id: UUID) -> HttpResponse:
    """At once."""
    found = _found(request, system_id)
    if request.method == "POST":
        commands.end_application(request.actor, found)
        messages.success(request, _("This system does not come in any more."))
        return redirect("api:applications")
    page = {
        "heading": _("Let “%(name)s” in no more?") % {"name": found},
        "text": _("At once: what it asks from now on is refused. What it wrote stays."),
        "action": _("Yes, end it"),
        "kind": "primary nl-button--negative",
        "cancel_url": reverse("api:application", args=[found.pk]),
    }
    return render(request, "ui/confirm.html", page)


def _shown(request: HttpRequest, found: Application, secret: str | None = None) -> HttpResponse:
    webhook = queries.webhook_of(found)
    page = {
        "application": found,
        "secret": secret,
        "webhook": webhook,
        "deliveries": queries.deliveries(webhook) if webhook else [],
        "hears": bool(hears(found)),
        "scopes": [Scope(each).label for each in found.scopes],
        "runs": bool(may_change(request.actor, found)),
        "token_url": request.build_absolute_uri(reverse("api:token")),
        "document_url": request.build_absolute_uri(reverse("api:openapi")),
    }
    return render(request, "api/application.html", page)


def _found(request: HttpRequest, system_id: UUID) -> Application:
    _only_who_may_let_in(request)
    found = queries.application_of(request.actor, system_id)
    if found is None:
        raise NotVisible
    return found


def _only_who_may_let_in(request: HttpRequest) -> None:
    if not may_let_in(request.actor):
        raise NotVisible
