"""Logging what happened with a child, and what of it helps the others."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alert4you.access.models import Kind
from alert4you.access.queries import line as lines
from alert4you.access.rules.relations import works_with
from alert4you.children.models import Child
from alert4you.coaching.commands import contacts as commands
from alert4you.coaching.commands.contacts import category_of
from alert4you.coaching.forms.contacts import ContactForm, HelpsOthersForm
from alert4you.coaching.queries import contacts as queries
from alert4you.coaching.rules import questions as rules
from alert4you.kernel.decision import Denied, require
from alert4you.organisations.models import Actor

KINDS_OF_COACH = (Kind.OBSERVATION, Kind.VISIT, Kind.COACHING, Kind.SESSION, Kind.TALK, Kind.ADVICE)
KINDS_OF_STAFF = (Kind.OBSERVATION, Kind.TALK)


def log(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Something happened with a child, or advice about it."""
    child = lines.child(request.actor, child_id)
    require(works_with(request.actor, child))
    coaches = request.actor.role in rules.WHO_COACH
    form = ContactForm(
        request.POST or None,
        kinds=_kinds(request.actor, child) if coaches else KINDS_OF_STAFF,
        coaches=coaches,
        today=request.actor.today,
        initial={"kind": request.GET.get("kind", "")},
    )
    if form.is_valid():
        try:
            _write(request.actor, child, form)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("It is on the line of %(child)s.") % {"child": child})
            return redirect("web:line", child.pk)
    page = {"child": child, "form": form, "coaches": coaches}
    return render(request, "coaching/log.html", page)


def _kinds(actor: Actor, child: Child) -> list[Kind]:
    """What a coach can write down and still read afterwards."""
    readable = rules.readable(actor, child)
    return [each for each in KINDS_OF_COACH if category_of(each) in readable]


def _write(actor: Actor, child: Child, form: ContactForm) -> None:
    told = form.cleaned_data
    if form.is_advice:
        helps_others = told["helps_others"]
        commands.give_advice(
            actor, told["text"], child=child, helps_others=helps_others, once=form.once
        )
        return
    details = commands.Details(
        minutes=told["minutes"],
        helps_others=told["helps_others"],
        parents_present=told["kind"] == Kind.TALK and told["with_parents"],
        day=told["day"],
    )
    commands.log_contact(
        actor, told["kind"], told["text"], child=child, details=details, once=form.once
    )


def complete(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """What of this contact helps the other children too?"""
    contact = queries.contact(request.actor, contact_id)
    form = HelpsOthersForm(request.POST or None, initial={"helps_others": contact.helps_others})
    if form.is_valid():
        helps_others = form.cleaned_data["helps_others"]
        try:
            commands.add_what_helps_others(request.actor, contact, helps_others, once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved. That helps the whole group."))
            return redirect("coaching:visits")
    return render(request, "coaching/complete.html", {"contact": contact, "form": form})
