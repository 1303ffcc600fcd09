"""Adopting a practice in three steps, what the own organisation works with, and how it spread."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.kernel.decision import Denied, NotVisible, require
from alert4you.practices.commands.adopting import adopt_practice, stop_practice
from alert4you.practices.forms.changing import NumbersForm
from alert4you.practices.queries import adopting, changing
from alert4you.practices.queries.adopting import Offer
from alert4you.practices.queries.spreading import source_of
from alert4you.practices.queries.templates import practice_of
from alert4you.practices.rules.adopting import may_adopt
from alert4you.practices.rules.cards import card
from alert4you.practices.rules.comparing import changes
from alert4you.practices.rules.language import adopted
from alert4you.practices.rules.route import route
from alert4you.practices.rules.spreading import stain
from alert4you.practices.rules.writing import write


def ours(request: HttpRequest) -> HttpResponse:
    """With what the own organisation works, what it is changing, and bringing in a file."""
    if request.actor.is_parent:
        raise NotVisible
    page = {
        "adoptions": [
            (each, card(adopted(practice_of(each.template), each.chosen)))
            for each in adopting.own_adoptions(request.actor)
        ],
        "drafts": [changing.workbench(each) for each in changing.own_drafts(request.actor)],
        "may_adopt": may_adopt(request.actor),
    }
    return render(request, "practices/ours.html", page)


def version(request: HttpRequest, slug: str, template_id: UUID) -> HttpResponse:
    """One version, with what is different from the one it was made from."""
    template = changing.version(slug, template_id)
    practice = practice_of(template)
    before = practice_of(template.based_on) if template.based_on else None
    page = {
        "template": template,
        "card": card(practice),
        "route": route(practice),
        "changes": changes(before, practice) if before else (),
        "may_adopt": may_adopt(request.actor),
        "is_own": template.owner_id == request.actor.organisation_id,
    }
    return render(request, "practices/version.html", page)


def export(request: HttpRequest, slug: str, template_id: UUID) -> HttpResponse:
    """The file of a version; with ``?numbers=ours`` the numbers of the own organisation in it."""
    template = changing.version(slug, template_id)
    here = adopting.adoption(request.actor.organisation_id, slug)
    text = template.text
    if request.GET.get("numbers") == "ours" and here and here.template_id == template.pk:
        text = write(adopted(practice_of(template), here.chosen))
    return as_file(text, f"{slug}-{template.version}.yaml")


def as_file(text: str, name: str) -> HttpResponse:
    """A text to keep, never shown as a page."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="text/yaml; charset=utf-8", headers=headers)


def adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """See what it is, choose the open numbers, see the route with them; then it is adopted."""
    require(may_adopt(request.actor))
    offer = adopting.offer(request.actor, slug, _id(request, "seen"), _id(request, "version"))
    if request.method == "POST":
        return _adopt(request, offer)
    step = request.GET.get("step")
    if step == "picture":
        return _show_picture(request, offer, _numbers(offer, request.GET))
    if step == "numbers":
        return _ask_numbers(request, offer, _numbers(offer))
    practice = offer.practice
    page = {**_about(offer), "card": card(practice), "route": route(practice)}
    return render(request, "practices/adopt_see.html", page)


def _id(request: HttpRequest, name: str) -> UUID | None:
    given = request.GET.get(name)
    try:
        return UUID(given) if given else None
    except ValueError as broken:
        raise NotVisible from broken


def _about(offer: Offer) -> dict[str, Any]:
    which = f"seen={offer.seen.pk}" if offer.seen else f"version={offer.template.pk}"
    return {"offer": offer, "which": which, "practice": offer.practice}


def _numbers(offer: Offer, data: Any = None) -> NumbersForm:
    now = offer.current.chosen if offer.current else {}
    choices = offer.practice.choices
    return NumbersForm(data, choices=choices, hints=offer.hints, initial=now)


def _ask_numbers(request: HttpRequest, offer: Offer, form: NumbersForm) -> HttpResponse:
    page = {**_about(offer), "form": form}
    return render(request, "practices/adopt_numbers.html", page)


def _show_picture(request: HttpRequest, offer: Offer, form: NumbersForm) -> HttpResponse:
    if not form.is_valid():
        return _ask_numbers(request, offer, form)
    filled = adopted(offer.practice, form.chosen)
    page = {**_about(offer), "form": form, "card": card(filled), "route": route(filled)}
    page["changes"] = _changes(offer, form)
    return render(request, "practices/adopt_picture.html", page)


def _changes(offer: Offer, form: NumbersForm) -> tuple[object, ...]:
    """What is different from how the organisation works with it now."""
    if offer.current is None:
        return ()
    now = adopted(practice_of(offer.current.template), offer.current.chosen)
    return changes(now, adopted(offer.practice, form.chosen))


def _adopt(request: HttpRequest, offer: Offer) -> HttpResponse:
    form = _numbers(offer, request.POST)
    if not form.is_valid():
        return _ask_numbers(request, offer, form)
    try:
        adopt_practice(
            request.actor, offer.template, form.chosen, came_from=offer.seen, once=form.once
        )
    except Denied as denied:
        form.refuse(denied)
        return _ask_numbers(request, offer, form)
    title = offer.practice.title
    messages.success(request, _("You work with %(practice)s from now on.") % {"practice": title})
    return redirect("practices:ours")


def stop(request: HttpRequest, slug: str) -> HttpResponse:
    """The organisation does not start it any more; a page asks whether that is meant."""
    here = adopting.adoption(request.actor.organisation_id, slug)
    require(may_adopt(request.actor))
    if here is None:
        raise NotVisible
    title = practice_of(here.template).title
    if request.method == "POST":
        stop_practice(request.actor, here)
        messages.success(request, _("You do not work with this practice any more."))
        return redirect("practices:ours")
    page = {
        "heading": _("Stop with %(practice)s?") % {"practice": title},
        "text": _("What runs goes on as it was agreed. Nothing new starts with your numbers."),
        "action": _("Yes, we stop with it"),
        "cancel_url": reverse("practices:ours"),
    }
    return render(request, "ui/confirm.html", page)


def spread(request: HttpRequest, slug: str) -> HttpResponse:
    """From whom to whom the practice went, as a picture and as a table."""
    source = source_of(slug)
    page = {
        "slug": slug,
        "source": source,
        "stain": stain(adopting.adopters(slug)),
        "elsewhere": adopting.elsewhere(request.actor, slug),
        "may_adopt": may_adopt(request.actor),
    }
    return render(request, "practices/spread.html", page)
