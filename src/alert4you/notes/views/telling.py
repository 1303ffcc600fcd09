"""What staff wrote down for a parent: the parent's view of it, and a question about who looked."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.access.queries import line as lines
from alert4you.access.queries.likely import likely
from alert4you.access.rules.relations import works_here_with
from alert4you.kernel.decision import require
from alert4you.notes import queries
from alert4you.notes.commands.writing import contest, write_look_question
from alert4you.notes.forms.noting import ContestForm, LookToldForm
from alert4you.notes.rules.writing import may_contest
from alert4you.organisations.forms import People
from alert4you.organisations.queries import colleagues
from alert4you.ui.one_question import Step, answered, show


def told(request: HttpRequest, told_id: UUID) -> HttpResponse:
    """How it was written down; whose words it is can say that it was not said like this."""
    actor = request.actor
    found = queries.told(actor, told_id)
    asked = may_contest(actor, found, "x")
    form = ContestForm(request.POST or None) if asked else None
    if form is not None and (
        done := answered(
            request,
            form,
            lambda data: contest(actor, found, data["words"], once=form.once),
            _("Thank you. Your words stand beside it, and everybody who reads it sees that."),
            reverse("notes:told", args=[found.pk]),
        )
    ):
        return done
    return render(request, "notes/told.html", {"told": found, "form": form})


def look(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """A parent asks in a talk or on paper why somebody looked."""
    actor = request.actor
    child = lines.child(actor, child_id)
    require(works_here_with(actor, child))
    people = People(actor, colleagues(actor), likely(actor, child))
    guardians = lines.guardians(actor, child)
    form = LookToldForm(request.POST or None, guardians=guardians, people=people, today=actor.today)
    back = reverse("notes:words", args=[child.pk])

    def write(given: dict[str, Any]) -> None:
        write_look_question(
            actor, child, given["who"], given["on"], given["text"], form.spoken, once=form.once
        )

    said = _("Written down. The parents get an answer within five working days.")
    done = answered(request, form, write, said, reverse("web:line", args=[child.pk]))
    heading = _("A question about who looked")
    return done or show(request, form, Step(heading, back, _("Words of the parents")))
