"""Opening a file in an emergency, letting support look along, closing, and when the parents hear of it."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alert4you.access.commands import openings as commands
from alert4you.access.forms.looking import FindFileForm, ReasonForm, SupportForm, TellParentsForm
from alert4you.access.models import HOLD_AT_MOST
from alert4you.access.queries import line as lines
from alert4you.access.queries import openings as queries
from alert4you.access.rules.officers import looks_after
from alert4you.access.rules.openings import EMERGENCY, FINDS_BY_LIST, may_find_by_name
from alert4you.children.models import Child
from alert4you.kernel.clock import day_of
from alert4you.kernel.decision import Denied, NotVisible, require
from alert4you.organisations.models import Actor, Role
from alert4you.organisations.queries import colleagues
from alert4you.organisations.rules import RUNS_THE_PLACE
from alert4you.ui.finding import typed

TICKET_SALT = "alert4you.opening"
TICKET_LASTS = timedelta(minutes=15)


def ticket_of(actor: Actor, child_id: UUID) -> str:
    """What leads this hat, for a quarter of an hour, from the choice of a child to the reason."""
    return TimestampSigner(salt=TICKET_SALT).sign(f"{actor.membership_id.hex}.{child_id.hex}")


def _behind(actor: Actor, ticket: str) -> Child:
    try:
        told = TimestampSigner(salt=TICKET_SALT).unsign(ticket, max_age=TICKET_LASTS)
        hat, child_id = told.split(".")
    except (BadSignature, ValueError):
        raise NotVisible from None
    if hat != actor.membership_id.hex:
        raise NotVisible
    return queries.child_here(actor, UUID(child_id))


def find_file(request: HttpRequest) -> HttpResponse:
    """Which child: chosen from a list, or typed in full by whoever works on a group."""
    actor = request.actor
    if request.method != "POST":
        require(may_find_by_name(actor))
    if actor.role in FINDS_BY_LIST:
        asked = typed(request.GET, "q")
        children = queries.placed_children(actor, asked)
        found = [(each, ticket_of(actor, each.pk)) for each in children]
        return render(request, "access/find_file.html", {"found": found, "q": asked, "lists": True})
    form = FindFileForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        try:
            child_id = commands.find_by_name(actor, told["name"], told["born"])
        except Denied as refused:
            form.refuse(refused)
        else:
            if child_id is not None:
                return redirect("access:open_file", ticket_of(actor, child_id))
            form.add_error(None, _("No child with this name and birth date has a place here."))
    return render(request, "access/find_file.html", {"form": form})


def open_file(request: HttpRequest, ticket: str) -> HttpResponse:
    """What happens when one opens it, and why one does."""
    actor = request.actor
    child = _behind(actor, ticket)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            commands.break_glass(actor, child, form.cleaned_data["reason"], once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            return redirect("web:line", child.pk)
    context = {"child": child, "form": form, "minutes": EMERGENCY.seconds // 60}
    return render(request, "access/open_file.html", context)


def openings(request: HttpRequest) -> HttpResponse:
    """What was opened at the own organisation in a month."""
    actor = request.actor
    context = {"opened": queries.of_organisation(actor), "alarms": queries.alarms(actor)}
    return render(request, "access/openings.html", context)


@require_POST
def close_opening(request: HttpRequest, opening_id: UUID) -> HttpResponse:
    opening = queries.opening(request.actor, opening_id)
    commands.close_opening(request.actor, opening)
    messages.success(request, _("Closed. Nobody reads along through this any more."))
    oversees = request.actor.role in {Role.PRIVACY_OFFICER, *RUNS_THE_PLACE}
    return redirect("access:openings" if oversees else "web:children")


def tell_parents(request: HttpRequest, opening_id: UUID) -> HttpResponse:
    """When the parents hear of an opening that a mark keeps from them for now."""
    actor = request.actor
    opening = queries.opening(actor, opening_id)
    if not looks_after(actor, actor.organisation_id):
        raise NotVisible
    last = day_of(opening.at + HOLD_AT_MOST) - timedelta(days=1)
    form = TellParentsForm(request.POST or None, today=actor.today, last=last)
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            commands.decide_telling(actor, opening, chosen["on"], chosen["reason"], once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Written down. The parents hear of it on that day."))
            return redirect("access:openings")
    context = {"opening": opening, "form": form, "file": queries.file_number(opening.child_id)}
    return render(request, "access/tell_parents.html", context)


def support(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Who runs the place lets a named person of support look along for hours."""
    actor = request.actor
    if actor.role not in RUNS_THE_PLACE:
        raise NotVisible
    child = lines.child(actor, child_id)
    people = list(colleagues(actor, Role.SUPPORT))
    form = SupportForm(request.POST or None, people=people)
    if form.is_valid():
        chosen = form.cleaned_data
        who = next(each for each in people if str(each.pk) == chosen["who"])
        lasting = timedelta(hours=chosen["hours"])
        try:
            commands.let_support_in(actor, child, who, chosen["reason"], lasting, once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Support can look along now. The parents see it."))
            return redirect("access:support", child_id)
    running = queries.support_of(actor, child)
    context = {"child": child, "form": form, "people": people, "running": running}
    return render(request, "access/support.html", context)
