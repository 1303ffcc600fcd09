"""Who else helps, what is asked through the parents, and what can still be done after a no."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.access.queries import line as lines
from alert4you.access.rules.relations import works_here_with
from alert4you.children.models import Child
from alert4you.kernel.decision import NotVisible, require
from alert4you.notes import queries
from alert4you.notes.commands.parents import (
    ask_through_parents,
    carry,
    note_involved,
    set_ask_again,
    tell_answer,
)
from alert4you.notes.forms.noting import (
    AnswerOfPartyForm,
    AskAgainForm,
    CarryForm,
    InvolvedForm,
    ThroughParentsForm,
)
from alert4you.notes.models import Carried
from alert4you.notes.rules.helps import knows_what_helps
from alert4you.ui.forms import Form
from alert4you.ui.one_question import Step, answered, show


def around(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Who else helps this child, what runs through the parents, and what can still be done."""
    actor = request.actor
    child = lines.child(actor, child_id)
    page = {
        "child": child,
        "involved": queries.involved(actor, child),
        "requests": queries.requests(actor, child),
        "refused": queries.refused(actor, child),
        "may_add": knows_what_helps(actor, child),
        "works_here": not actor.is_parent and bool(works_here_with(actor, child)),
    }
    return render(request, "notes/around.html", page)


def involve(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """The parents told that somebody helps already."""
    actor = request.actor
    child = lines.child(actor, child_id)
    require(knows_what_helps(actor, child))
    guardians = [] if actor.is_parent else lines.guardians(actor, child)
    form = InvolvedForm(request.POST or None, guardians=guardians, today=actor.today)
    done = answered(
        request,
        form,
        lambda data: note_involved(
            actor,
            child,
            data["party"],
            data["what_for"],
            data["since"],
            form.teller,
            once=form.once,
        ),
        _("Written down. Nobody is contacted."),
        _back(child),
    )
    step = Step(
        _("Who helps already?"),
        _back(child),
        _("Around %(child)s") % {"child": child},
        kicker=child.first_name,
        why_heading=_("Nobody is contacted"),
        why=_("They get no message and see nothing. Talking with them runs through the parents."),
    )
    return done or show(request, form, step)


def ask_through(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Something to ask of somebody, through the parents."""
    actor = request.actor
    child = lines.child(actor, child_id)
    require(works_here_with(actor, child))
    initial = {"party": request.GET.get("party", "")}
    form = ThroughParentsForm(request.POST or None, initial=initial)
    done = answered(
        request,
        form,
        lambda data: ask_through_parents(actor, child, data["party"], data["text"], once=form.once),
        _("The parents see it. They decide whether they ask it."),
        _back(child),
    )
    step = Step(
        _("Ask through the parents"),
        _back(child),
        _("Around %(child)s") % {"child": child},
        kicker=child.first_name,
        lead=_("You do not contact them. The parents may ask it, in their own way."),
        action=_("Give it to the parents"),
        icon="parents",
    )
    return done or show(request, form, step)


def carried(request: HttpRequest, carried_id: UUID) -> HttpResponse:
    """One request: what is asked, whether the parents carry it, and what the answer was."""
    actor = request.actor
    found = queries.request(actor, carried_id)
    if found.child is None:
        raise NotVisible
    form = _form(request, found) if knows_what_helps(actor, found.child) else None
    if form is not None:
        done = answered(
            request,
            form,
            lambda data: _tell(request, found, form, data),
            _("Thank you."),
            request.path,
        )
        if done:
            return done
    page = {"request_": found, "child": found.child, "form": form}
    return render(request, "notes/carried.html", page)


def ask_again(request: HttpRequest, child_id: UUID, organisation_id: UUID) -> HttpResponse:
    """When may this party be talked about again?"""
    actor = request.actor
    child = lines.child(actor, child_id)
    found = [e for e in queries.refused(actor, child) if e.organisation.pk == organisation_id]
    if not found:
        raise NotVisible
    require(works_here_with(actor, child))
    form = AskAgainForm(request.POST or None, today=actor.today, initial={"on": found[0].again})
    done = answered(
        request,
        form,
        lambda data: set_ask_again(
            actor,
            child,
            found[0].organisation,
            data["on"],
            data["why"],
            once=form.once,
        ),
        _("Until that day nobody raises it."),
        _back(child),
    )
    step = Step(
        _("Leave it alone until"),
        _back(child),
        _("Around %(child)s") % {"child": child},
        kicker=str(found[0].organisation),
        lead=_(
            "The parents said no. That stands. On this day somebody may talk with them about it again."
        ),
    )
    return done or show(request, form, step)


def _form(request: HttpRequest, found: Carried) -> Form | None:
    """The one thing to say about it now."""
    if found.declined_at or found.answered_at:
        return None
    data = request.POST or None
    return AnswerOfPartyForm(data) if found.carried_at else CarryForm(data)


def _tell(request: HttpRequest, found: Carried, form: Form, told: dict[str, Any]) -> None:
    if found.carried_at:
        tell_answer(request.actor, found, told["text"], once=form.once)
    else:
        carry(request.actor, found, told["will"] == "yes", once=form.once)


def _back(child: Child) -> str:
    return reverse("notes:around", args=[child.pk])
