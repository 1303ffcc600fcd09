"""For whoever runs a place: its tablets. For everybody on a group: the own PIN."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alert4you.kernel.decision import NotVisible
from alert4you.organisations.rules import STAFF_OF_THE_PLACE
from alert4you.tablets import commands, queries
from alert4you.tablets.forms import LockForm, NameForm, PinForm
from alert4you.tablets.models import Tablet
from alert4you.tablets.rules import may_manage
from alert4you.ui.one_question import Step, answered, show


def tablets(request: HttpRequest, location_id: UUID) -> HttpResponse:
    """The tablets of a location, and one more."""
    location = queries.location_of(request.actor, location_id)
    if location is None or not may_manage(request.actor, location):
        raise NotVisible
    form = NameForm(request.POST or None)
    if form.is_valid():
        name = form.cleaned_data["name"]
        added = commands.add_tablet(request.actor, location, name, once=form.once)
        return redirect("tablets:tablet", added.pk)
    minutes = queries.minutes_of(location.organisation_id)
    context = {
        "location": location,
        "tablets": queries.tablets_of(location),
        "form": form,
        "minutes": minutes,
    }
    return render(request, "tablets/tablets.html", context)


def tablet(request: HttpRequest, tablet_id: UUID) -> HttpResponse:
    """The code to type while it waits for that; its name, and who is locked out on it."""
    found = _managed(request, tablet_id)
    form = NameForm(request.POST or None, initial={"name": found.name})
    done = answered(
        request,
        form,
        lambda data: commands.rename(request.actor, found, data["name"], once=form.once),
        _("It is called so from now on."),
        request.path,
    )
    if done:
        return done
    context = {"tablet": found, "form": form, "locked": queries.locked_out(found)}
    context["works_until"] = queries.works_until(found, request.now)
    return render(request, "tablets/tablet.html", context)


@require_POST
def code(request: HttpRequest, tablet_id: UUID) -> HttpResponse:
    """A new code; the old one opens nothing any more."""
    found = _managed(request, tablet_id)
    commands.offer_code(request.actor, found)
    return redirect("tablets:tablet", found.pk)


def revoke(request: HttpRequest, tablet_id: UUID) -> HttpResponse:
    """Lost, stolen, or going to another place: at once."""
    found = _managed(request, tablet_id)
    if request.method == "POST":
        commands.revoke(request.actor, found)
        messages.success(request, _("Nobody comes in on this tablet any more."))
        return redirect("tablets:tablets", found.location_id)
    context = {
        "heading": _("Take “%(name)s” back?") % {"name": found.name},
        "text": _(
            "At once: who is signed in on it is out with the next tap, and no PIN opens anything there. "
            "What was written on it and not sent yet is not lost: it waits for the care coordinator."
        ),
        "action": _("Yes, take it back"),
        "kind": "primary nl-button--negative",
        "cancel_url": reverse("tablets:tablet", args=[found.pk]),
    }
    return render(request, "ui/confirm.html", context)


@require_POST
def unlock(request: HttpRequest, wrong_id: UUID) -> HttpResponse:
    """Somebody who forgot her PIN may try again on this tablet."""
    wrong = queries.wrong_pins(request.actor, wrong_id)
    if wrong is None or not may_manage(request.actor, wrong.tablet.location):
        raise NotVisible
    commands.unlock(request.actor, wrong)
    messages.success(request, _("Unlocked: there are five new tries."))
    return redirect("tablets:tablet", wrong.tablet_id)


def lock(request: HttpRequest) -> HttpResponse:
    """After how many minutes without a touch."""
    place = queries.a_location(request.actor)
    if place is None or not may_manage(request.actor, place):
        raise NotVisible
    minutes = queries.minutes_of(request.actor.organisation_id)
    form = LockForm(request.POST or None, initial={"minutes": minutes})
    back = reverse("tablets:tablets", args=[place.pk])
    done = answered(
        request,
        form,
        lambda data: commands.set_lock(request.actor, data["minutes"], once=form.once),
        _("Saved: it holds for whoever signs in from now on."),
        back,
    )
    step = Step(
        heading=_("When does a tablet lock itself?"),
        lead=_(
            "For all tablets of your organisation. Who works on goes on; nothing typed is lost."
        ),
        back=back,
        back_label=_("Tablets"),
    )
    return done or show(request, form, step)


def pin(request: HttpRequest) -> HttpResponse:
    """Six digits, for the tablets of the place of this hat."""
    if request.actor.role not in STAFF_OF_THE_PLACE:
        raise NotVisible
    form = PinForm(request.POST or None)
    done = answered(
        request,
        form,
        lambda data: commands.choose_pin(request.actor, request.membership, data["pin"]),
        _("Your PIN works from now on, on every tablet of your organisation."),
        reverse("web:keys"),
    )
    known = queries.pin_of(request.membership.pk)
    step = Step(
        heading=_("Another PIN") if known else _("Choose a PIN"),
        lead=_("With it you come in on the shared tablet of the group: your name, six digits."),
        back=reverse("web:keys"),
        back_label=_("How you sign in"),
        why_heading=_("What a PIN opens"),
        why=_("The daily work, on a tablet that your manager set up. Nothing on any other device."),
    )
    return done or show(request, form, step)


def _managed(request: HttpRequest, tablet_id: UUID) -> Tablet:
    found = queries.tablet_of(request.actor, tablet_id)
    if found is None or not may_manage(request.actor, found.location):
        raise NotVisible
    return found
