"""Who may be where: the cards of the people of a place, one card, and a word more on it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alert4you.access.queries.likely import likely, likely_organisations
from alert4you.groups.commands.card import Proof, write_fact
from alert4you.groups.forms.card import FactForm
from alert4you.groups.queries import card as queries
from alert4you.groups.queries.places import payers
from alert4you.groups.rules.card import Kind
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.forms import Organisations, People
from alert4you.organisations.queries import professionals
from alert4you.organisations.rules import RUNS_THE_PLACE
from alert4you.ui.finding import typed
from alert4you.ui.one_question import Step, answered, show


def cards(request: HttpRequest) -> HttpResponse:
    """All who work with children here, first who needs something."""
    found = queries.cards(request.actor)
    return render(request, "groups/cards.html", {"cards": found})


def others(request: HttpRequest) -> HttpResponse:
    """People of other organisations, to begin a card for whoever comes to work here."""
    if request.actor.role not in RUNS_THE_PLACE:
        raise NotVisible
    everybody = professionals(request.actor, *queries.WITH_CHILDREN)
    guests = everybody.exclude(organisation=request.actor.organisation_id)
    people = People(request.actor, guests, likely(request.actor))
    page = {"shown": people.shown(typed(request.GET, "find"))}
    return render(request, "groups/card_others.html", page)


def card(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """What stands on one card: until when, who pays, and what it means per place."""
    found = queries.card(request.actor, membership_id)
    shown = {each.kind for each in found.lines}
    page = {
        "card": found,
        "writes": _writes(request, membership_id),
        "mine": membership_id == request.actor.membership_id,
        "more": [(each.value, each.label) for each in Kind if each not in shown],
    }
    return render(request, "groups/card.html", page)


def fact(request: HttpRequest, membership_id: UUID, fact_kind: str) -> HttpResponse:
    """One word more on a card."""
    if not _writes(request, membership_id) or fact_kind not in Kind.values:
        raise NotVisible
    hat = queries.somebody(request.actor, membership_id)
    paying = Organisations(payers(), likely_organisations(request.actor))
    form = FactForm(request.POST or None, kind=fact_kind, today=request.actor.today, payers=paying)
    back = reverse("groups:card", args=[hat.pk])
    done = answered(
        request,
        form,
        lambda data: write_fact(
            request.actor,
            hat,
            fact_kind,
            data["starts"],
            form.ends,
            Proof(data["seen"], data["payer"], form.points),
            once=form.once,
        ),
        _("Written on the card."),
        back,
    )
    step = Step(capfirst(str(Kind(fact_kind).label)), back, hat.person.name, kicker=hat.task)
    return done or show(request, form, step)


def _writes(request: HttpRequest, membership_id: UUID) -> bool:
    runs = request.actor.role in RUNS_THE_PLACE
    return runs and membership_id != request.actor.membership_id
