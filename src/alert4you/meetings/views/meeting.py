"""One meeting before, during and after it; who sits at the table; its minutes."""

from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alert4you.access.queries.likely import likely_organisations
from alert4you.kernel.decision import Denied, NotVisible, require
from alert4you.meetings.commands import planning as commands
from alert4you.meetings.commands import table
from alert4you.meetings.forms.planning import CancelForm, ChairForm, InviteForm, MoveForm
from alert4you.meetings.forms.table import HoldForm
from alert4you.meetings.models import Seat
from alert4you.meetings.queries import agenda
from alert4you.meetings.queries import planning as queries
from alert4you.meetings.queries.agenda import Page
from alert4you.meetings.queries.paper import printed
from alert4you.meetings.rules.planning import NOT_YOURS, OVER
from alert4you.meetings.rules.table import has_begun
from alert4you.organisations.forms import Organisations
from alert4you.organisations.queries import partner_organisations
from alert4you.trajectories.views.paper import take_along, typeset

PAPER = Path(__file__).resolve().parent.parent / "templates/meetings/minutes.typ"


def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Who, where and when; the agenda; the chairs; what was agreed."""
    page = agenda.page(request.actor, meeting_id)
    has_come = bool(has_begun(request.actor, page.meeting))
    return render(request, "meetings/meeting.html", {"page": page, "has_come": has_come})


def minutes(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """What was said and agreed, for whoever was there and who was not."""
    page = agenda.minutes(request.actor, meeting_id)
    return render(request, "meetings/minutes.html", {"page": page})


def minutes_pdf(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The same on paper, for this reader only: it asks the same policy."""
    page = agenda.minutes(request.actor, meeting_id)
    take_along(request.actor, *(each.case.child for each in page.open_subjects if each.case))
    pdf = typeset(str(PAPER), printed(page, request.actor.today))
    name = slugify(f"{page.meeting.title} {page.meeting.day}")
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )


def invite(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Somebody more at the table; ``?seat=`` for the empty chair of a party."""
    actor, page = request.actor, _arranged(request, meeting_id)
    seat, find = _seat(page, request.GET.get("seat", "")), request.GET.get("find", "")
    if seat is not None and seat.organisation_id:
        people = queries.from_party(actor, seat.organisation_id)
    else:
        cases = [each.case for each in page.open_subjects if each.case]
        children = [each.child_id for each in cases if each.child_id]
        near = queries.close_to(actor, children, page.meeting.location)
        people = queries.not_yet_invited(actor, page.seats, near | queries.named(find))
    form = InviteForm(request.POST or None, people=people)
    if form.is_valid():
        try:
            commands.invite(actor, page.meeting, form.chosen, seat, once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Invited."))
            return redirect("meetings:meeting", meeting_id)
    context = {"page": page, "form": form, "seat": seat, "find": find}
    return render(request, "meetings/invite.html", context)


def chair(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Keep a chair for a party that may be needed."""
    actor, page = request.actor, _arranged(request, meeting_id)
    parties = Organisations(partner_organisations(actor), likely_organisations(actor))
    form = ChairForm(request.POST or None, parties=parties)
    if form.is_valid():
        try:
            commands.keep_chair(
                actor,
                page.meeting,
                form.cleaned_data["party"],
                form.cleaned_data["task"],
                once=form.once,
            )
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(
                request, _("The chair is kept. It stays empty until the parents agree.")
            )
            return redirect("meetings:meeting", meeting_id)
    return render(request, "meetings/chair.html", {"page": page, "form": form})


def move(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Another moment or place; everybody hears of it."""
    actor, page = request.actor, _arranged(request, meeting_id)
    found = page.meeting
    begins, ends = (timezone.localtime(each) for each in (found.begins, found.ends))
    initial = {"day": found.day, "begin": begins.time(), "end": ends.time(), "place": found.place}
    form = MoveForm(request.POST or None, today=actor.today, initial=initial)
    if form.is_valid():
        try:
            commands.move_meeting(
                actor, found, form.begins, form.ends, form.cleaned_data["place"], once=form.once
            )
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Moved. Everybody who is invited hears of it."))
            return redirect("meetings:meeting", meeting_id)
    return render(request, "meetings/move.html", {"page": page, "form": form})


def cancel(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Are you sure, and why."""
    page = _arranged(request, meeting_id)
    form = CancelForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            commands.cancel_meeting(request.actor, page.meeting, reason, once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Cancelled. Everybody who is invited hears of it."))
            return redirect("meetings:meeting", meeting_id)
    return render(request, "meetings/cancel.html", {"page": page, "form": form})


@require_POST
def answer(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Whether I come."""
    page = agenda.outline(request.actor, meeting_id)
    if page.my_seat is None:
        raise NotVisible
    page.my_seat.meeting = page.meeting
    coming = request.POST.get("coming") == "yes"
    commands.answer_invitation(request.actor, page.my_seat, coming)
    said = _("Good. You are expected.") if coming else _("They know that you cannot come.")
    messages.success(request, said)
    return redirect("meetings:meeting", meeting_id)


def hold(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """It took place: who was there, what it counts for, what else is in the minutes."""
    actor, page = request.actor, _arranged(request, meeting_id)
    require(has_begun(actor, page.meeting))
    children = [each.case.child_id for each in page.subjects if each.case]
    offered = queries.countable(actor, page.meeting, children)
    form = HoldForm(
        request.POST or None,
        seats=page.seats,
        counts=[(key, title) for key, title, _case in offered],
    )
    if form.is_valid():
        chosen = form.cleaned_data.get("counts", ())
        counts = [
            table.Counts(case.trajectory, key.split(":")[1])
            for key, _title, case in offered
            if key in chosen
        ]
        try:
            table.hold_meeting(
                actor, page.meeting, form.here, form.cleaned_data["notes"], counts, once=form.once
            )
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Done. What was agreed stands where it belongs."))
            return redirect("meetings:minutes", meeting_id)
    return render(request, "meetings/hold.html", {"page": page, "form": form})


def _arranged(request: HttpRequest, meeting_id: UUID) -> Page:
    """The meeting, for whoever may change it. Denied for others who know of it."""
    page = agenda.outline(request.actor, meeting_id)
    if not page.arranges:
        raise Denied(NOT_YOURS)
    if not page.meeting.is_open:
        raise Denied(OVER)
    return page


def _seat(page: Page, wanted: str) -> Seat | None:
    return next((each for each in page.empty if str(each.pk) == wanted), None)
