"""Rounds at a location: can all children be received well here? Numbers and words, no child."""

from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.coaching.commands.rounds import hold_round, turn_away
from alert4you.coaching.rules.rounds import Told, may_count_turned_away
from alert4you.kernel.decision import NotVisible, require
from alert4you.trajectories.forms.rounds import RoundForm, TurnedAwayForm
from alert4you.trajectories.queries import rounds as queries
from alert4you.ui.one_question import Step, answered, show

FIRST_ROUND = relativedelta(years=1)


def rounds(request: HttpRequest, location_id: UUID) -> HttpResponse:
    """What the numbers say since the last round, and what the team said in the rounds before."""
    actor = request.actor
    place = queries.location(actor, location_id)
    held = list(queries.held(place))
    starts = held[0].held_on if held else actor.today - FIRST_ROUND
    page = {
        "place": place,
        "held": held,
        "numbers": queries.numbers(actor, place, starts, actor.today),
        "runs": bool(may_count_turned_away(actor, place)),
    }
    return render(request, "trajectories/rounds.html", page)


def one(request: HttpRequest, location_id: UUID, round_id: UUID) -> HttpResponse:
    """One round: the words of the team beside the numbers of its time."""
    actor = request.actor
    place = queries.location(actor, location_id)
    round_ = queries.held(place).filter(pk=round_id).first()
    if round_ is None:
        raise NotVisible
    numbers = queries.numbers(actor, place, round_.starts, round_.held_on)
    page = {"place": place, "round": round_, "numbers": numbers}
    return render(request, "trajectories/round.html", page)


def hold(request: HttpRequest, location_id: UUID) -> HttpResponse:
    """The team answers in words."""
    actor = request.actor
    place = queries.location(actor, location_id)
    last = queries.held(place).first()
    since = last.held_on if last else actor.today - FIRST_ROUND
    form = RoundForm(request.POST or None, initial={"since": since})
    back = reverse("trajectories:rounds", args=[place.pk])
    done = answered(
        request,
        form,
        lambda data: hold_round(
            actor,
            place,
            Told(data["answer"], data["limit"], data["effect"]),
            data["since"],
            once=form.once,
        ),
        _("Written down. Thank you for looking back together."),
        back,
    )
    step = Step(
        _("Can all children be received well here?"),
        back,
        place.name,
        kicker=place.name,
        why_heading=_("About the place, not about a child"),
        why=_(
            "A name of a child or parent is refused here. What is about one child belongs with it."
        ),
    )
    return done or show(request, form, step)


def count_turned_away(request: HttpRequest, location_id: UUID) -> HttpResponse:
    """One more child that could not be received; only a number and a reason."""
    place = queries.location(request.actor, location_id)
    require(may_count_turned_away(request.actor, place))
    form = TurnedAwayForm(request.POST or None)
    back = reverse("trajectories:rounds", args=[place.pk])
    done = answered(
        request,
        form,
        lambda data: turn_away(request.actor, place, data["why"], once=form.once),
        _("Counted. Nothing about the child is kept."),
        back,
    )
    step = Step(
        _("A child could not be received"),
        back,
        place.name,
        kicker=place.name,
        lead=_("Only a number and a reason are kept, so that you can talk about it later."),
        action=_("Count it"),
    )
    return done or show(request, form, step)
