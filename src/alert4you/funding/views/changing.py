"""What changes on a line: a decision, a term that stands still, the end, and its hours."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alert4you.funding.commands import hours as hour_commands
from alert4you.funding.commands import lines as commands
from alert4you.funding.forms import money as forms
from alert4you.funding.models import MoneyLine
from alert4you.funding.queries import money as queries
from alert4you.funding.queries.money import Money, Shown
from alert4you.kernel.decision import require
from alert4you.ui.forms import Form
from alert4you.ui.one_question import Step, answered, show


def _found(request: HttpRequest, money_id: UUID) -> tuple[Money, Shown]:
    page, shown = queries.line(request.actor, money_id)
    require(page.may_write)
    return page, shown


def _ask(
    request: HttpRequest,
    found: tuple[Money, Shown],
    form: Form,
    act: Callable[[MoneyLine, dict[str, Any]], Any],
    heading: str,
    lead: str = "",
) -> HttpResponse:
    page, shown = found
    back = reverse("funding:line", args=[shown.line.pk])
    done = answered(request, form, lambda data: act(shown.line, data), _("Written down."), back)
    return done or show(
        request, form, Step(heading, back, capfirst(str(shown.stream.title)), lead, page.about)
    )


def decide(request: HttpRequest, money_id: UUID) -> HttpResponse:
    """The answer is there."""
    found = _found(request, money_id)
    form = forms.DecideForm(request.POST or None, today=request.actor.today)
    return _ask(
        request,
        found,
        form,
        lambda line, _told: commands.decide_line(
            request.actor, line, form.answer(), once=form.once
        ),
        _("What was decided?"),
    )


def pause(request: HttpRequest, money_id: UUID) -> HttpResponse:
    """Who decides waits for something."""
    found = _found(request, money_id)
    today = request.actor.today
    form = forms.PauseForm(request.POST or None, today=today, label=_("Since when?"))
    return _ask(
        request,
        found,
        form,
        lambda line, told: commands.pause_line(
            request.actor, line, told["on"], told["waits_for"], once=form.once
        ),
        _("The term stands still"),
    )


def resume(request: HttpRequest, money_id: UUID) -> HttpResponse:
    """What was waited for is there."""
    found = _found(request, money_id)
    today = request.actor.today
    form = forms.DayForm(request.POST or None, today=today, label=_("Since when is it there?"))
    return _ask(
        request,
        found,
        form,
        lambda line, told: commands.resume_line(request.actor, line, told["on"], once=form.once),
        _("The term goes on"),
    )


def put_off(request: HttpRequest, money_id: UUID) -> HttpResponse:
    """Who decides told that it takes longer."""
    found = _found(request, money_id)
    form = forms.PutOffForm(request.POST or None)
    return _ask(
        request,
        found,
        form,
        lambda line, told: commands.put_off_line(
            request.actor, line, told["weeks"], once=form.once
        ),
        _("It takes longer"),
    )


def end(request: HttpRequest, money_id: UUID) -> HttpResponse:
    """This money stops."""
    found = _found(request, money_id)
    form = forms.EndForm(request.POST or None, today=request.actor.today)
    return _ask(
        request,
        found,
        form,
        lambda line, told: commands.end_line(
            request.actor, line, told["on"], told["why"], once=form.once
        ),
        _("This money stops"),
    )


def book(request: HttpRequest, money_id: UUID) -> HttpResponse:
    """Put hours on this money."""
    found = _found(request, money_id)
    form = forms.HoursForm(request.POST or None, offered=found[1].fitting)
    return _ask(
        request,
        found,
        form,
        lambda line, _told: hour_commands.book_hours(
            request.actor, line, form.chosen, once=form.once
        ),
        _("Put hours on this money"),
        "" if found[1].fitting else _("There are no hours now that fit on this money."),
    )


def take_off(request: HttpRequest, money_id: UUID) -> HttpResponse:
    """Take hours off this money."""
    found = _found(request, money_id)
    held = [each for each in found[0].hours if each.line == money_id]
    form = forms.HoursForm(request.POST or None, offered=held, ticked=False)
    return _ask(
        request,
        found,
        form,
        lambda line, _told: hour_commands.take_off_hours(
            request.actor, line, form.chosen, once=form.once
        ),
        _("Take hours off this money"),
    )
