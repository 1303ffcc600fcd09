"""Registering a child, its guardians and its places: by whoever runs the location."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.access.commands.places import place_child
from alert4you.access.queries import line
from alert4you.access.queries.likely import likely, likely_organisations
from alert4you.children.commands import (
    Terms,
    end_placement,
    name_guardian,
    register_child,
)
from alert4you.children.models import Child, Standing
from alert4you.kernel.decision import Denied, NotVisible
from alert4you.organisations.commands import know_person
from alert4you.organisations.forms import Organisations, People
from alert4you.organisations.models import Actor, Role
from alert4you.organisations.queries import certified_institutions, colleagues, own_groups
from alert4you.organisations.rules import RUNS_THE_PLACE
from alert4you.ui.one_question import Step
from alert4you.ui.screens import Question, Screens
from alert4you.web.forms import ChildForm, EndPlaceForm, GuardianForm, PlaceForm


def child(request: HttpRequest) -> HttpResponse:
    """A new child with its first place; next, its guardians."""
    _only_who_runs_the_place(request)
    offered = _offered(request.actor)
    screens = Screens(request, lambda sent: ChildForm(sent, **offered), _about_a_child(request))
    form: Any = screens.form
    if screens.arrived:
        told = form.cleaned_data
        try:
            new = register_child(
                request.actor,
                (told["first_name"], told["last_name"]),
                told["born"],
                form.group_chosen,
                told["starts"],
                Terms(
                    form.days,
                    told["basis"],
                    mentor=form.cleaned_data["mentor"],
                    asked_by_parents=told["unborn"],
                ),
                once=form.once,
            )
        except Denied as denied:
            form.refuse(denied)
        else:
            messages.success(
                request, _("%(child)s is registered. Now the parents.") % {"child": new}
            )
            return redirect("web:guardian", new.pk)
    return screens.show(_intake())


def guardian(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """A parent or guardian, with or without authority, and how that was shown."""
    _only_who_runs_the_place(request)
    about = line.child(request.actor, child_id)
    there = Organisations(certified_institutions(), likely_organisations(request.actor, about))
    form = GuardianForm(request.POST or None, institutions=there)
    if form.is_valid():
        told = form.cleaned_data
        standing = Standing(
            told["authority"] == "yes", told["kind"], told.get("organisation"), told["proof"]
        )
        try:
            person = know_person(request.actor, told["name"], told["email"])
            name_guardian(
                request.actor, about, person, standing, request.actor.today, once=form.once
            )
        except Denied as denied:
            form.refuse(denied)
        else:
            messages.success(request, _("%(name)s is written down.") % {"name": told["name"]})
            return redirect("web:guardian" if "another" in request.POST else "web:line", child_id)
    known = line.guardians(request.actor, about)
    return _page(
        request, form, _("Parents and guardians of %(child)s") % {"child": about}, about, known
    )


def place(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """One more place; several can run side by side."""
    _only_who_runs_the_place(request)
    about = line.child(request.actor, child_id)
    offered = _offered(request.actor)
    screens = Screens(request, lambda sent: PlaceForm(sent, **offered), _about_a_place())
    form: Any = screens.form
    if screens.arrived:
        told = form.cleaned_data
        ends = told["last_day"] and told["last_day"] + timedelta(days=1)
        terms = Terms(
            form.days,
            told["basis"],
            told["purpose"],
            told["review_on"],
            form.cleaned_data["mentor"],
        )
        try:
            place_child(
                request.actor, about, form.group_chosen, told["starts"], ends, terms, once=form.once
            )
        except Denied as denied:
            form.refuse(denied)
        else:
            messages.success(request, _("The place is written down."))
            return redirect("web:line", child_id)
    heading = _("A place for %(child)s") % {"child": about}
    step = Step(heading, reverse("web:line", args=[about.pk]), about.full_name, shown=about)
    return screens.show(step, "web/place.html")


def end_place(request: HttpRequest, child_id: UUID, placement_id: UUID) -> HttpResponse:
    """The last day of a place; next, why the child leaves."""
    _only_who_runs_the_place(request)
    about = line.child(request.actor, child_id)
    ending = line.placements(request.actor, about).filter(pk=placement_id).first()
    if ending is None:
        raise NotVisible
    form = EndPlaceForm(request.POST or None, today=request.actor.today)
    if form.is_valid():
        try:
            end_placement(
                request.actor,
                ending,
                form.cleaned_data["last_day"] + timedelta(days=1),
                once=form.once,
            )
        except Denied as denied:
            form.refuse(denied)
        else:
            messages.success(request, _("The last day is written down. One more question."))
            return redirect("coaching:why_left", ending.pk)
    heading = _("%(child)s leaves %(group)s") % {"child": about, "group": ending.group}
    return _page(request, form, heading, about)


def _offered(actor: Actor) -> dict[str, Any]:
    """What a form about a place has to choose from."""
    mentors = People(actor, colleagues(actor, Role.GROUP_WORKER), likely(actor))
    return {"groups": own_groups(actor), "mentors": mentors, "today": actor.today}


def _intake() -> Step:
    return Step(
        _("Register a child"),
        reverse("web:children"),
        _("Children"),
        why_heading=_("Talk about this at the intake"),
        why=_(
            "Tell the parents who can think along when there is ever a question: the coach, the"
            " neighbourhood team or the youth team. Ask what they think of it now, so that it does"
            " not come as a shock later. They may say no to anybody; the rest goes on."
        ),
    )


def _about_a_place(with_days: bool = True) -> list[Question]:
    days = Question(_("On which days?"), ("weekdays", "parts"))
    why = ("mentor", "basis", "purpose", "review_on")
    return [
        Question(_("Where, and from when?"), ("group", "starts", "last_day")),
        *([days] if with_days else []),
        Question(_("Who is the mentor, and why this place?"), why),
    ]


def _about_a_child(request: HttpRequest) -> list[Question]:
    """Who is not born yet comes on no day."""
    who = Question(_("Who is the child?"), ("first_name", "last_name", "born", "unborn"))
    return [who, *_about_a_place(with_days="unborn" not in request.POST)]


def _only_who_runs_the_place(request: HttpRequest) -> None:
    if request.actor.role not in RUNS_THE_PLACE:
        raise NotVisible


def _page(
    request: HttpRequest, form: object, heading: str, about: Child | None = None, known: object = ()
) -> HttpResponse:
    context = {"form": form, "heading": heading, "child": about, "known": known}
    return render(request, "web/register.html", context)
