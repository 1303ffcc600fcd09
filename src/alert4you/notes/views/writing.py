"""Pages to write on: a note about a child, the notes of a group, words of the parents."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alert4you.access.queries import line as lines
from alert4you.access.rules.relations import is_guardian, works_here_with, works_with
from alert4you.children.models import Child
from alert4you.kernel.decision import Decision, Denied
from alert4you.notes import queries
from alert4you.notes.commands.writing import (
    add_parent_words,
    write_group_note,
    write_note,
    write_parents_words,
)
from alert4you.notes.forms import GroupNoteForm, NoteForm, OwnWordsForm, ToldWordsForm
from alert4you.notes.rules.writing import works_on
from alert4you.organisations.rules import STAFF_OF_THE_PLACE

NEWEST = 50


def write(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """A note in 20 seconds."""
    child = lines.child(request.actor, child_id)
    _require(works_with(request.actor, child))
    form = NoteForm(request.POST or None)
    if form.is_valid():
        text, category = form.cleaned_data["text"], form.cleaned_data["category"]
        try:
            write_note(request.actor, child, text, category, form.internal, once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            said = (
                _("Saved with %(child)s. Only the care team reads it.")
                if form.internal
                else _("Saved with %(child)s. The parents can read it.")
            )
            messages.success(request, said % {"child": child})
            return redirect("web:today")
    last = queries.last_notes(request.actor, child)
    page = {"child": child, "form": form, "last": last, "may_ask": _asks(request)}
    return render(request, "notes/write.html", page)


def group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """What was written about a group, and room for more."""
    found = queries.group(request.actor, group_id)
    may_write = works_on(request.actor, found)
    form = GroupNoteForm(request.POST or None)
    if form.is_valid():
        try:
            write_group_note(request.actor, found, form.cleaned_data["text"], once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved with the group."))
            return redirect("notes:group", found.pk)
    notes = queries.group_notes(request.actor, found)[:NEWEST]
    page = {"group": found, "may_write": may_write, "form": form, "notes": notes}
    page["may_ask"] = _asks(request)
    return render(request, "notes/group.html", page)


def words(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """The parents' own words on the line of their child; staff write down what they told."""
    child = lines.child(request.actor, child_id)
    if not request.actor.is_parent:
        return _told_words(request, child)
    _require(is_guardian(request.actor, child))
    form = OwnWordsForm(request.POST or None)
    if form.is_valid():
        try:
            add_parent_words(request.actor, child, form.cleaned_data["text"], once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(
                request, _("Your words are on the line of %(child)s.") % {"child": child}
            )
            return redirect("web:line", child.pk)
    return render(request, "notes/words.html", {"child": child, "form": form})


def _told_words(request: HttpRequest, child: Child) -> HttpResponse:
    _require(works_here_with(request.actor, child))
    form = ToldWordsForm(request.POST or None, guardians=lines.guardians(request.actor, child))
    if form.is_valid():
        told = form.cleaned_data
        try:
            write_parents_words(request.actor, child, told["text"], form.spoken, once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(
                request,
                _("The words of %(name)s are on the line.") % {"name": form.spoken.guardian.person},
            )
            return redirect("web:line", child.pk)
    return render(request, "notes/told_words.html", {"child": child, "form": form})


def _asks(request: HttpRequest) -> bool:
    """Whether this hat has a coach to ask."""
    return request.actor.role in STAFF_OF_THE_PLACE


def _require(decision: Decision) -> None:
    if not decision:
        raise Denied(decision)
