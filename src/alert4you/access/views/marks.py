"""The marks about a child: who may know nothing, what is secret, what is kept; for whoever runs its place."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alert4you.access.commands import marks as commands
from alert4you.access.forms.base import people_choices
from alert4you.access.forms.looking import EndMarkForm, ForbidForm, ProtectForm
from alert4you.access.models import Mark
from alert4you.access.queries import line as lines
from alert4you.access.queries import marks as queries
from alert4you.access.queries.openings import file_number
from alert4you.children.models import Guardian
from alert4you.kernel.decision import Denied
from alert4you.organisations.models import Person, Role
from alert4you.organisations.queries import colleagues


def marks(request: HttpRequest, child_id: UUID) -> HttpResponse:
    child = lines.child(request.actor, child_id)
    found = queries.marks_of(request.actor, child)
    return render(request, "access/marks.html", {"child": child, "marks": found})


def marks_here(request: HttpRequest) -> HttpResponse:
    """For the privacy officer: which marks run, by the number of the file."""
    found = [(each, file_number(each.child_id)) for each in queries.marks_here(request.actor)]
    return render(request, "access/marks_here.html", {"marks": found})


def forbid(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Shut somebody out: a colleague, or a parent or guardian."""
    actor = request.actor
    child = lines.child(actor, child_id)
    queries.marks_of(actor, child)
    people = [each for each in colleagues(actor) if each.person_id != actor.person_id]
    family = queries.guardians_of(actor, child)
    form = ForbidForm(request.POST or None, people=_who(family, people))
    if form.is_valid():
        chosen = form.cleaned_data
        by_key = {str(each.pk): each.person for each in (*family, *people)}
        person: Person = by_key[chosen["who"]]
        try:
            commands.forbid(
                actor, child, person, Mark(chosen["mark"]), chosen["reason"], once=form.once
            )
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("From now on this person sees nothing of the child."))
            return redirect("access:marks", child_id)
    return render(request, "access/forbid.html", {"child": child, "form": form})


def _who(family: list[Guardian], people: list) -> list:
    told = [(str(each.pk), each.person.name) for each in family]
    return [(_("Parents and guardians"), told), *people_choices(people)]


def protect(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """A secret address of a parent or guardian, or a legal hold."""
    actor = request.actor
    child = lines.child(actor, child_id)
    queries.marks_of(actor, child)
    family = queries.guardians_of(actor, child)
    address = _("The address and telephone number of %(name)s are secret")
    choices = [(str(each.pk), address % {"name": each.person.name}) for each in family]
    hold = (Mark.LEGAL_HOLD.value, _("Nothing about this child is deleted, for now"))
    form = ProtectForm(request.POST or None, choices=[*choices, hold])
    if form.is_valid():
        what, reason = form.cleaned_data["what"], form.cleaned_data["reason"]
        guardian = next((each for each in family if str(each.pk) == what), None)
        mark = Mark.SECRET_ADDRESS if guardian else Mark.LEGAL_HOLD
        try:
            commands.protect(actor, child, mark, reason, guardian, once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Written down. It holds from now on."))
            return redirect("access:marks", child_id)
    return render(request, "access/protect.html", {"child": child, "form": form})


def end_mark(request: HttpRequest, mark_id: UUID) -> HttpResponse:
    actor = request.actor
    mark = queries.mark(actor, mark_id)
    officer = actor.role == Role.PRIVACY_OFFICER
    form = EndMarkForm(request.POST or None)
    if form.is_valid():
        try:
            commands.end_mark(actor, mark, form.cleaned_data["reason"], once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Ended. That it was there, and why it ended, is kept."))
            return (
                redirect("access:marks_here")
                if officer
                else redirect("access:marks", mark.child_id)
            )
    name = file_number(mark.child_id) if officer else mark.child
    return render(request, "access/end_mark.html", {"mark": mark, "name": name, "form": form})
