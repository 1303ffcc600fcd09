"""The shared notebook of a child: the group, the parents and the coach write in turn."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alert4you.access.queries import line as lines
from alert4you.access.rules.relations import is_guardian, works_with
from alert4you.children.models import Child
from alert4you.kernel.decision import Denied
from alert4you.notes import queries
from alert4you.notes.commands.writing import add_parent_words, invite_to_write, write_note
from alert4you.notes.forms.noting import NotebookForm
from alert4you.notes.models import Turn
from alert4you.notes.rules.notebook import Written, whose_turn
from alert4you.organisations.models import Actor, Role


def notebook(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """What was written in turn, whose turn it is, and room to write."""
    actor = request.actor
    child = lines.child(actor, child_id)
    may_write = is_guardian(actor, child) if actor.is_parent else works_with(actor, child)
    form = NotebookForm(request.POST or None, turns=_turns(actor)) if may_write else None
    if form and form.is_valid():
        try:
            _write(actor, child, form)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("It is in the notebook."))
            return redirect("notes:notebook", child.pk)
    pages = queries.notebook(actor, child)
    turn = whose_turn(Written(each.by, each.invites) for each in reversed(pages))
    page = {"child": child, "form": form, "pages": pages, "turn": turn, "mine": turn == _own(actor)}
    return render(request, "notes/notebook.html", page)


def _turns(actor: Actor) -> list[tuple[str, Any]]:
    """Whom this hat can invite: parents write whenever they like, and the group reads it."""
    if actor.is_parent:
        return []
    other = Turn.STAFF if actor.role == Role.COACH else Turn.COACH
    return [(Turn.PARENTS.value, Turn.PARENTS.label), (other.value, other.label)]


def _own(actor: Actor) -> Turn:
    if actor.is_parent:
        return Turn.PARENTS
    return Turn.COACH if actor.role == Role.COACH else Turn.STAFF


def _write(actor: Actor, child: Child, form: NotebookForm) -> None:
    told = form.cleaned_data
    if actor.is_parent:
        add_parent_words(actor, child, told["text"], once=form.once)
    elif told.get("invites"):
        invite_to_write(actor, child, told["text"], told["invites"], once=form.once)
    else:
        write_note(actor, child, told["text"], once=form.once)
