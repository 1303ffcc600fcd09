"""At the table: one point with own words, options, a decision, actions. Short lines, written in the talk."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alert4you.children.models import Guardian
from alert4you.kernel.decision import Denied, NotVisible
from alert4you.meetings.commands import table as commands
from alert4you.meetings.forms.table import ActionForm, DecideForm, OptionForm, PointForm, WordsForm
from alert4you.meetings.queries import agenda, lists
from alert4you.meetings.queries.agenda import Page, Subject
from alert4you.meetings.rules.planning import NOT_AT_THE_TABLE, OVER
from alert4you.ui.forms import Form


def item(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """What it is about, what was said, what to choose from, what was decided and who does what."""
    page, subject = agenda.subject(request.actor, item_id)
    form: Form = OptionForm()
    option = None
    if request.method == "POST":
        answer = _write_line(request, subject)
        if not isinstance(answer, Form):
            return answer
        form, option = answer, request.POST.get("option", "")
    context = {"page": page, "subject": subject, "option": option, "point_form": PointForm()}
    context["option_form"], context["wrong"] = (
        (form, None) if option in (None, "") else (OptionForm(), form)
    )
    return render(request, "meetings/item.html", context)


def _write_line(request: HttpRequest, subject: Subject) -> Any:
    """An option, or a plus or minus of one; the form itself when it was not right or refused."""
    of, side = request.POST.get("option", ""), request.POST.get("side", "")
    form: Form = PointForm(request.POST) if of else OptionForm(request.POST)
    if not form.is_valid():
        return form
    words = form.cleaned_data["words"]
    try:
        if of:
            option = subject.option(of)
            commands.weigh(request.actor, option, words, side == "plus", once=form.once)
        else:
            commands.name_option(request.actor, subject.item, words, once=form.once)
    except Denied as refused:
        form.refuse(refused)
        return form
    return redirect(f"{request.path}#{'option-' + of if of else 'options'}")


def words(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Own words of a parent, also beforehand; or written down for a parent at the table."""
    actor = request.actor
    page, subject = agenda.subject(actor, item_id)
    guardians = _guardians(request, page, subject)
    form = WordsForm(request.POST or None, guardians=[] if actor.is_parent else guardians)
    if form.is_valid():
        chosen = form.cleaned_data.get("guardian", str(guardians[0].pk))
        guardian = next(each for each in guardians if str(each.pk) == chosen)
        try:
            commands.speak(
                actor, subject.item, form.cleaned_data["words"], guardian, once=form.once
            )
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("It stands with the point now, in your own words."))
            return redirect("meetings:item", item_id)
    return render(request, "meetings/words.html", {"page": page, "subject": subject, "form": form})


def _guardians(request: HttpRequest, page: Page, subject: Subject) -> list[Guardian]:
    """Whose words can be added: the own ones of a parent; of who is invited for staff."""
    if subject.case is None:
        raise NotVisible
    if not page.meeting.is_open:
        raise Denied(OVER)
    invited = [
        each.guardian
        for each in page.seats
        if each.guardian and each.guardian.child_id == subject.case.child_id
    ]
    if request.actor.is_parent:
        invited = [each for each in invited if each.person_id == request.actor.person_id]
    if not invited or not (request.actor.is_parent or page.is_writer):
        raise Denied(NOT_AT_THE_TABLE)
    return invited


def decide(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Choose an option, or say in own words what was decided."""
    page, subject = _written(request, item_id)
    form = DecideForm(request.POST or None, options=subject.options)
    if form.is_valid():
        told = form.cleaned_data
        try:
            chosen = subject.option(told["option"]) if told.get("option") else None
            commands.decide(
                request.actor, subject.item, told["words"], chosen, told["outcome"], once=form.once
            )
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Decided. Who does what?"))
            return redirect("meetings:item", item_id)
    return render(request, "meetings/decide.html", {"page": page, "subject": subject, "form": form})


def act(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Who does what by when."""
    page, subject = _written(request, item_id)
    own = None if subject.case is None else subject.case.child_id
    seats = [each for each in page.seats if each.guardian is None or each.guardian.child_id == own]
    form = ActionForm(request.POST or None, seats=seats, today=request.actor.today)
    if form.is_valid():
        told = form.cleaned_data
        try:
            commands.agree_on_action(
                request.actor,
                subject.item,
                told["what"],
                form.owner,
                told["due"],
                told["at_once"],
                once=form.once,
            )
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Agreed. It stands on the page of whoever does it."))
            return redirect("meetings:item", item_id)
    return render(request, "meetings/act.html", {"page": page, "subject": subject, "form": form})


@require_POST
def done(request: HttpRequest, action_id: UUID) -> HttpResponse:
    action = lists.action(request.actor, action_id)
    commands.finish_action(request.actor, action)
    messages.success(request, _("Well done."))
    if action.item.meeting_id:
        return redirect("meetings:meeting", action.item.meeting_id)
    return redirect("meetings:signals")


@require_POST
def report(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Pass a point without a name on to the municipality."""
    _page, subject = agenda.subject(request.actor, item_id)
    commands.report_item(request.actor, subject.item)
    messages.success(request, _("The municipality reads it in its report, without a name."))
    return redirect("meetings:item", item_id)


def _written(request: HttpRequest, item_id: UUID) -> tuple[Page, Subject]:
    """An item for whoever may write at the table. Denied for others who may read it."""
    page, subject = agenda.subject(request.actor, item_id)
    if not page.meeting.is_open:
        raise Denied(OVER)
    if not page.is_writer:
        raise Denied(NOT_AT_THE_TABLE)
    return page, subject
