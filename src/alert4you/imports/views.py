"""For whoever runs a place: bringing a file, saying what is in it, looking, saying yes, mending the rest."""

import csv
from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alert4you.imports import queries
from alert4you.imports.commands import importing as commands
from alert4you.imports.commands.working import work
from alert4you.imports.forms import ColumnsForm, FileForm
from alert4you.imports.models import Import, Kind, Row
from alert4you.imports.rules.columns import WORDS, lacking, shape
from alert4you.imports.rules.examples import example_of
from alert4you.imports.rules.files import Unusable
from alert4you.imports.rules.importing import TO_SAVE, may_load
from alert4you.kernel.decision import Denied, NotVisible
from alert4you.organisations.queries import own_groups

SECONDS = 2.0  # of one request; a small file is done in it
State = Import.State
ICONS = {
    Kind.GROUPS: "home",
    Kind.STAFF: "person",
    Kind.CHILDREN: "child",
    Kind.GUARDIANS: "parents",
    Kind.PLACEMENTS: "calendar",
    Kind.ROSTERS: "clock",
}
TONES = {
    Row.Outcome.NEW: "good",
    Row.Outcome.CHANGED: "good",
    Row.Outcome.SAME: "calm",
    Row.Outcome.ASKS: "wait",
    Row.Outcome.CANNOT: "attention",
}


def files(request: HttpRequest) -> HttpResponse:
    """What can be loaded, in the order in which files need each other; and what waits."""
    _only_who_may_load(request)
    page = {
        "kinds": [(kind, ICONS[kind]) for kind in Kind],
        "files": queries.files_of(request.actor),
    }
    return render(request, "imports/files.html", page)


def bring(request: HttpRequest, contents: str) -> HttpResponse:
    """Choose a file. One that cannot be read is refused here, and nothing of it is kept."""
    _only_who_may_load(request)
    kind = _kind(contents)
    form = FileForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"]
        try:
            brought = commands.bring(request.actor, kind, content.name or "", content)
        except Unusable as unusable:
            form.add_error("file", str(unusable))
        else:
            return redirect("imports:columns", brought.pk)
    told = shape(kind)
    needed = [" / ".join(str(WORDS[each]) for each in some) for some in told.needed]
    named = {each for some in told.needed for each in some}
    others = [str(WORDS[each]) for each in told.fields if each not in named]
    page = {"form": form, "kind": kind, "needed": needed, "others": others}
    return render(request, "imports/bring.html", page)


def columns(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """What stands in which column: guessed, and remembered for the next file."""
    found = _file(request, file_id)
    form = ColumnsForm(request.POST or None, file=found)
    if form.is_valid():
        try:
            commands.name_columns(request.actor, found, form.columns)
        except Denied as denied:
            form.refuse(denied)
        else:
            work(found.pk, request.now, SECONDS)
            return redirect("imports:file", found.pk)
    seen = queries.looked_like(found)
    rows = [
        (form[f"column{at}"], [cells[at] for cells in seen if at < len(cells) and cells[at]])
        for at in range(len(found.header))
    ]
    page = {"form": form, "rows": rows, "file": found, "kind": Kind(found.kind)}
    page["lacking"] = lacking(found.kind, found.columns)
    return render(request, "imports/columns.html", page)


def file(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Where a file stands: being looked at, waiting for a yes, being saved, or done."""
    found = _file(request, file_id)
    if found.state == State.NAMING:
        return redirect("imports:columns", found.pk)
    page = {"file": found, "kind": Kind(found.kind)}
    if found.state in (State.CHECKING, State.SAVING):
        done, total = queries.progress(found)
        return render(request, "imports/busy.html", {**page, "done": done, "total": total})
    count = found.counts.get
    page["counts"] = [
        (f"{count(each)} {each.label}", TONES[each]) for each in Row.Outcome if count(each)
    ]
    page["cannot"] = queries.shown(found, Row.Outcome.CANNOT)
    page["asks"] = queries.shown(found, Row.Outcome.ASKS)
    answered_now = sum(bool(row.answer) for row in page["asks"])
    page["to_save"] = sum(count(each, 0) for each in TO_SAVE) + answered_now
    return render(request, "imports/file.html", page)


@require_POST
def go_on(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """A few seconds of work; whoever watches drives it, else the worker goes on."""
    found = _file(request, file_id)
    work(found.pk, request.now, SECONDS)
    return redirect("imports:file", found.pk)


@require_POST
def approve(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Yes, once; a second tap shows what became of the first."""
    found = _file(request, file_id)
    if found.state == State.CHECKED:
        commands.approve(request.actor, found)
        work(found.pk, request.now, SECONDS)
    return redirect("imports:file", found.pk)


@require_POST
def answer(request: HttpRequest, file_id: UUID, number: int) -> HttpResponse:
    """Whether the child of a row is the one that is here already."""
    row = queries.row_of(_file(request, file_id), number)
    said = request.POST.get("answer", "")
    if row is None:
        raise NotVisible
    if said in Row.Answer.values:
        commands.answer(request.actor, row, said)
    return redirect(f"{reverse('imports:file', args=[file_id])}#row{number}")


def left(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """The rows that were not saved, with why, to mend and load again."""
    found = _file(request, file_id)
    return _table(_("mend") + ".csv", queries.left(found, _("why not")))


def forget(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Done with it: nothing of the file is kept."""
    found = _file(request, file_id)
    if request.method == "POST":
        commands.forget(request.actor, found)
        messages.success(request, _("Nothing of this file is kept here any more."))
        return redirect("imports:files")
    page = {
        "heading": _("Are you done with “%(name)s”?") % {"name": found.file_name},
        "text": _("What was saved stays. The rows that were not saved go; download them first."),
        "action": _("Yes, throw the file away"),
        "cancel_url": reverse("imports:file", args=[found.pk]),
    }
    return render(request, "ui/confirm.html", page)


def example(request: HttpRequest, contents: str) -> HttpResponse:
    """A small file of this kind to try with, for a group that is here; one of its rows is wrong."""
    _only_who_may_load(request)
    kind = _kind(contents)
    return _table(f"{kind.label}.csv", example_of(kind, own_groups(request.actor).first()))


def _table(name: str, rows: Iterable[list[str]]) -> HttpResponse:
    """As spreadsheets here open it: UTF-8 with its mark, and semicolons."""
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    csv.writer(answer, delimiter=";").writerows(rows)
    return answer


def _only_who_may_load(request: HttpRequest) -> None:
    if not may_load(request.actor):
        raise NotVisible


def _kind(contents: str) -> Kind:
    if contents not in Kind.values:
        raise NotVisible
    return Kind(contents)


def _file(request: HttpRequest, file_id: UUID) -> Import:
    _only_who_may_load(request)
    found = queries.file_of(request.actor, file_id)
    if found is None:
        raise NotVisible
    return found
