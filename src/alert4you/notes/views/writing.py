"""Pages to write on: a note about a child, the notes of a group, words of the parents."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from alert4you.access.queries import line as lines
from alert4you.access.rules.relations import is_guardian, works_here_with, works_with
from alert4you.children.models import Child
from alert4you.kernel.decision import Denied, require
from alert4you.notes import queries
from alert4you.notes.commands.writing import (
    add_parent_words,
    reword,
    write_group_note,
    write_note,
    write_notes,
    write_parents_words,
)
from alert4you.notes.forms.noting import (
    GroupNoteForm,
    NoteForm,
    OwnWordsForm,
    RewordForm,
    SeenForm,
    ToldWordsForm,
)
from alert4you.notes.models import Note, NotingWords
from alert4you.notes.rules.judging import Aid, remarks
from alert4you.notes.rules.place import may_change_words
from alert4you.notes.rules.tagging import tags
from alert4you.notes.rules.writing import may_reword, works_on
from alert4you.organisations.rules import STAFF_OF_THE_PLACE

NEWEST = 50
FOUR_WEEKS = timedelta(weeks=4)


def write(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """A note in 20 seconds: about one child, or several that are here."""
    actor = request.actor
    child, own = lines.child(actor, child_id), queries.noting_words(actor)
    others = partial(queries.others_here, actor, child.pk)
    form = NoteForm(request.POST or None, tags=tags(own, "child"), about=child, others=others)
    if form.is_valid():
        about = [child, *form.also_about]
        try:
            note = _written(request, about, form)
        except Denied as refused:
            form.refuse(refused)
        else:
            said = (
                _("Saved with %(child)s. Only the care team reads it.")
                if form.internal
                else _("Saved with %(child)s. The parents can read it.")
            )
            messages.success(request, said % {"child": _and(about)})
            return _after(form, note, own, reverse("web:today"))
    require(works_with(actor, child))
    page = {"child": child, "form": form, "last": queries.last_notes(actor, child)}
    names = [each.first_name for each in (child, *form.others.values())]
    page["aid"] = queries.writing_aid(own, names)
    page["photos"] = bool(own and own.photos)
    return render(request, "notes/write.html", {**page, "may_ask": _asks(request)})


def _written(request: HttpRequest, about: list[Child], form: NoteForm) -> Note:
    if len(about) > 1:
        return write_notes(request.actor, about, form.seen, once=form.once)
    return write_note(request.actor, *about, **vars(form.seen), once=form.once)


def group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """What was written about a group, and room for more."""
    actor = request.actor
    found = queries.group(actor, group_id)
    own = queries.noting_words(actor)
    form = GroupNoteForm(request.POST or None, tags=tags(own, "group"))
    if form.is_valid():
        told = form.cleaned_data
        try:
            note = write_group_note(
                actor, found, told["text"], told["tags"], told["incident"], once=form.once
            )
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved with the group."))
            return _after(form, note, own, reverse("notes:group", args=[found.pk]))
    page = {
        "group": found,
        "may_write": works_on(actor, found),
        "may_ask": _asks(request),
        "may_change": may_change_words(actor),
        "form": form,
        "aid": queries.writing_aid(own),
        "notes": queries.group_notes(actor, found)[:NEWEST],
        "counted": queries.tags_of_group(actor, found, actor.today - FOUR_WEEKS),
    }
    return render(request, "notes/group.html", page)


def look_again(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """A note is saved; some of its words judge. Change it, or leave it as it is: both are fine."""
    note = queries.note(request.actor, entry_id)
    require(may_reword(request.actor, note, note.text))
    aid = _aid(queries.noting_words(request.actor), note)
    form = RewordForm(request.POST or None, initial={"text": note.text})
    group = note.group if note.child is None else None
    back = reverse("notes:group", args=[group.pk]) if group else reverse("web:today")
    if form.is_valid():
        try:
            reword(request.actor, note, form.cleaned_data["text"], once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Changed."))
            return redirect(back)
    page = {"form": form, "back": back, "remarks": remarks(note.text, aid)}
    page["about"] = note.child or group
    return render(request, "notes/look_again.html", page)


def _after(form: SeenForm, note: Note, own: NotingWords | None, back: str) -> HttpResponse:
    """Who did not see the remarks while writing, sees them now; the note is saved already."""
    if form.cleaned_data["aided"] or not remarks(note.text, _aid(own, note)):
        return redirect(back)
    return redirect("notes:look_again", note.pk)


def _aid(own: NotingWords | None, note: Note) -> Aid:
    return queries.writing_aid(own, [note.child.first_name] if note.child else [])


def _and(children: list[Child]) -> str:
    names = [str(each) for each in children]
    return get_text_list(names, _("and"))


def words(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """The parents' own words on the line of their child; staff write down what they told."""
    child = lines.child(request.actor, child_id)
    if not request.actor.is_parent:
        return _told_words(request, child)
    require(is_guardian(request.actor, child))
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
    require(works_here_with(request.actor, child))
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
