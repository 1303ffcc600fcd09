"""Preparing a talk with parents, holding it, and looking back on it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alert4you.access.queries import line as lines
from alert4you.access.rules.relations import works_with
from alert4you.coaching.commands import talks as commands
from alert4you.coaching.forms.talks import TALK_ICONS, HeldTalkForm, PreparationForm
from alert4you.coaching.models import Level, TalkForm, TalkPreparation
from alert4you.coaching.queries import talks as queries
from alert4you.coaching.queries.leaving import careful_with
from alert4you.coaching.rules import talks as rules
from alert4you.kernel.decision import Denied, NotVisible, require
from alert4you.organisations.models import Role


def prepare(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """A new card for a talk with the parents of a child."""
    actor = request.actor
    child = lines.child(actor, child_id)
    require(works_with(actor, child))
    people = queries.talk_workers(actor, child)
    careful = careful_with(people)
    if request.GET.get("suggest"):
        suggestion = _suggestion(request.GET, careful)
        return render(request, "coaching/suggestion.html", {"suggestion": suggestion})
    form = PreparationForm(
        request.POST or None,
        people=people,
        careful=careful,
        today=actor.today,
        initial={"worker": str(actor.membership_id)},
    )
    if form.is_valid():
        day = form.cleaned_data["planned_on"]
        try:
            card = commands.prepare_talk(actor, child, form.chosen, day, form.card, once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The card is ready. Good luck with the talk."))
            return redirect("coaching:talk", card.pk)
    page = {"child": child, "form": form, "people": people} | _suggested(form, careful)
    return render(request, "coaching/prepare_talk.html", page)


def change(request: HttpRequest, preparation_id: UUID) -> HttpResponse:
    """Change a card, as long as the talk was not held."""
    actor = request.actor
    card = queries.talk_preparation(actor, preparation_id)
    require(rules.may_work_on_talk(actor, card))
    careful = careful_with([card.worker])
    form = PreparationForm(
        request.POST or None,
        people=[card.worker],
        careful=careful,
        today=min(actor.today, card.planned_on),
        initial=PreparationForm.of(card),
    )
    if form.is_valid():
        try:
            commands.change_preparation(
                actor, card, form.cleaned_data["planned_on"], form.card, once=form.once
            )
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The card is changed."))
            return redirect("coaching:talk", card.pk)
    page = {"child": card.child, "form": form, "people": [card.worker], "card": card}
    return render(request, "coaching/prepare_talk.html", page | _suggested(form, careful))


def talk(request: HttpRequest, preparation_id: UUID) -> HttpResponse:
    """The card: form and why, message, words, reactions; then the talk, and looking back."""
    actor = request.actor
    card = queries.talk_preparation(actor, preparation_id)
    held = queries.held_talk(actor, card)
    form = None if held else HeldTalkForm(request.POST or None, today=actor.today)
    if form and form.is_valid():
        told = form.cleaned_data
        try:
            commands.hold_talk(
                actor, card, told["agreed"], told["next_on"], told["after_talk"], once=form.once
            )
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(
                request, _("The talk is on the line of %(child)s.") % {"child": card.child}
            )
            return redirect("coaching:talk", card.pk)
    page = {
        "card": card,
        "held": held,
        "form": form,
        "forms": _three_forms(card),
        "earlier": [each for each in queries.earlier_talks(actor, card.worker) if each != card],
    }
    return render(request, "coaching/talk.html", page)


def _three_forms(card: TalkPreparation) -> list[dict[str, Any]]:
    """The three forms as steps towards leading oneself; the chosen one says why."""
    why = card.why_this_form or rules.why_suggested(card.complexity, card.wants_to_learn)
    return [
        {"title": capfirst(each.label), "text": why, "state": "now"}
        if each == card.form
        else {"title": capfirst(each.label), "state": "later"}
        for each in TalkForm
    ]


def _suggested(form: PreparationForm, careful: set[UUID]) -> dict[str, Any]:
    """What is suggested for what the form says now."""
    said = {name: form[name].value() for name in ("complexity", "wants_to_learn", "worker")}
    return {"suggestion": _suggestion(said, careful)}


def _suggestion(said: Any, careful: set[UUID]) -> dict[str, Any] | None:
    """The form that fits, with the reason in words; None as long as something is not chosen."""
    try:
        complexity, wants = Level(int(said["complexity"])), Level(int(said["wants_to_learn"]))
    except (KeyError, ValueError, TypeError):
        return None
    after_setback = said.get("worker") in {str(each) for each in careful}
    form = rules.suggested_for(complexity, wants, after_setback)
    why = rules.why_suggested(complexity, wants, after_setback)
    return {"form": form, "icon": TALK_ICONS[form], "why": why}


def growth(request: HttpRequest) -> HttpResponse:
    """How group workers move from watching to leading; never to compare them."""
    actor = request.actor
    if actor.role not in rules.SEES_GROWTH:
        raise NotVisible
    page = {
        "people": queries.growth(actor),
        "forms": TalkForm,
        "own": actor.role == Role.GROUP_WORKER,
    }
    return render(request, "coaching/growth.html", page)
