"""For whoever runs the installation: what runs in the background, what is stuck and why, and what to do."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alert4you.kernel.decision import NotVisible
from alert4you.operations import commands, queries
from alert4you.organisations.models import Actor
from alert4you.organisations.queries import system_actor


def work(request: HttpRequest) -> HttpResponse:
    """What waits, what runs, what is stuck, and when each kind of work was last done."""
    return render(request, "operations/work.html", {"work": queries.work(_runs(request))})


@require_POST
def try_again(request: HttpRequest, job: str) -> HttpResponse:
    commands.try_again(_runs(request), _there(queries.job_called(job)))
    messages.success(request, _("A worker takes it within seconds."))
    return redirect("operations:work")


@require_POST
def send_again(request: HttpRequest, number: int) -> HttpResponse:
    commands.send_again(_runs(request), _there(queries.message(number)))
    messages.success(request, _("It is tried at the next round, within minutes."))
    return redirect("operations:work")


def give_up(request: HttpRequest, number: int) -> HttpResponse:
    """It is never sent: so that is asked first."""
    actor, found = _runs(request), _there(queries.message(number))
    if request.method == "POST":
        commands.give_up(actor, found)
        messages.success(request, _("This message is not sent any more."))
        return redirect("operations:work")
    page = {
        "heading": _("Never send this message?"),
        "text": _(
            "Who it was for is not told. What it is about stays, and she reads it when she signs in."
        ),
        "action": _("Yes, do not send it"),
        "kind": "primary nl-button--negative",
        "cancel_url": reverse("operations:work"),
    }
    return render(request, "ui/confirm.html", page)


def _runs(request: HttpRequest) -> Actor:
    """Who runs the installation acts as it, under her own name; for others this is not there."""
    if not request.user.is_superuser:
        raise NotVisible
    return replace(system_actor(request.now), person_id=request.user.pk)


def _there(found: Any) -> Any:
    if found is None:
        raise NotVisible
    return found
