"""What a coach took over: the agreement, what runs, and giving it back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.coaching.commands import take_overs as commands
from alert4you.coaching.forms.take_overs import AgreementForm, GiveBackForm, TakeOverForm
from alert4you.coaching.queries import take_overs as queries
from alert4you.coaching.rules.questions import WHO_ASK, WHO_COACH
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor
from alert4you.organisations.queries import locations_of
from alert4you.organisations.rules import RUNS_THE_PLACE
from alert4you.ui.one_question import Step, answered, show

NEWEST = 50


def overview(request: HttpRequest) -> HttpResponse:
    """What was agreed, what is taken over now and what is late; per coach for the evaluation."""
    actor = request.actor
    if actor.role not in WHO_ASK | WHO_COACH:
        raise NotVisible
    agreements = list(queries.agreements(actor))
    runs = actor.role in RUNS_THE_PLACE
    page = {
        "agreements": agreements,
        "taken": queries.taken(actor)[:NEWEST],
        "per_coach": queries.per_coach(actor) if runs or _coaches(actor) else [],
        "places": queries.places(actor) if runs else [],
        "may_take": _coaches(actor) and bool(agreements),
    }
    return render(request, "coaching/take_overs.html", page)


def agree(request: HttpRequest, location_id: UUID) -> HttpResponse:
    """Where is the limit of the coach?"""
    actor = request.actor
    if actor.role not in RUNS_THE_PLACE:
        raise NotVisible
    place = locations_of(actor).filter(pk=location_id).first()
    if place is None:
        raise NotVisible
    partners = queries.partners(actor, place)
    if not partners:
        return render(request, "coaching/no_coach.html", {"location": place})
    form = AgreementForm(request.POST or None, partners=partners, today=actor.today)
    back = reverse("coaching:take_overs")
    done = answered(
        request,
        form,
        lambda data: commands.agree_take_overs(
            actor,
            place,
            form.partner,
            form.tasks("may"),
            form.tasks("never"),
            data["review_on"],
            once=form.once,
        ),
        _("Agreed. The coach and your staff see it."),
        back,
    )
    step = Step(
        _("Where is the limit of the coach?"),
        back,
        _("Taken over for a while"),
        kicker=place.name,
        lead=_("Agree beforehand what she may do for the group for a while, and what surely not."),
    )
    return done or show(request, form, step)


def take(request: HttpRequest) -> HttpResponse:
    """Something the coach does for a while."""
    actor = request.actor
    agreements = list(queries.agreements(actor)) if _coaches(actor) else []
    if not agreements:
        raise NotVisible
    form = TakeOverForm(request.POST or None, agreements=agreements, today=actor.today)
    back = reverse("coaching:take_overs")

    def act(told: dict[str, object]) -> object:
        place, task = form.tasks[str(told["task"])]
        return commands.take_over(
            actor, place, task, told["give_back_by"], told["text"], once=form.once
        )

    done = answered(request, form, act, _("The groups see it, and when they get it back."), back)
    step = Step(
        _("Take over for a while"),
        back,
        _("Taken over for a while"),
        lead=_("Only what was agreed, and with a day on which the group does it itself again."),
    )
    return done or show(request, form, step)


def give_back(request: HttpRequest, take_over_id: UUID) -> HttpResponse:
    """The group does it again."""
    actor = request.actor
    found = queries.take_over(actor, take_over_id)
    form = GiveBackForm(request.POST or None)
    back = reverse("coaching:take_overs")
    done = answered(
        request,
        form,
        lambda data: commands.give_back(actor, found, data["learnt"], once=form.once),
        _("Given back."),
        back,
    )
    step = Step(
        _("Give it back"),
        back,
        _("Taken over for a while"),
        kicker=f"{found.title} · {found.location}",
        action=_("The group does it again"),
    )
    return done or show(request, form, step)


def _coaches(actor: Actor) -> bool:
    return actor.role in WHO_COACH - WHO_ASK
