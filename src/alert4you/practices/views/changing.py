"""Changing a practice for the own organisation: one part per screen, and the text for whoever knows it."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alert4you.kernel.decision import Conflict, Denied, NotVisible, require
from alert4you.practices.commands import changing as commands
from alert4you.practices.forms.changing import FileForm, PartForm, TextForm, TitleForm
from alert4you.practices.models import Draft
from alert4you.practices.queries.changing import (
    Workbench,
    draft_here,
    own_draft,
    starting_point,
    workbench,
)
from alert4you.practices.queries.templates import practice_of
from alert4you.practices.rules import asking, editing, parts
from alert4you.practices.rules.adopting import may_adopt
from alert4you.practices.rules.cards import card
from alert4you.practices.rules.drafts import Path, title_in
from alert4you.practices.rules.outline import outline
from alert4you.practices.rules.route import route
from alert4you.practices.rules.writing import Tree
from alert4you.practices.views.adopting import as_file

WHOLE = "whole"


def change(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft at a glance, with its picture and what is wrong; or the start of one."""
    _require_administrator(request)
    draft = own_draft(request.actor, slug)
    if draft is None:
        return _begin(request, slug)
    bench = workbench(draft)
    page = {
        **_beside(bench),
        "shelves": outline(bench.tree, [each.screen for each in bench.remedies])
        if bench.tree
        else (),
    }
    return render(request, "practices/change.html", page)


def _require_administrator(request: HttpRequest) -> None:
    require(may_adopt(request.actor))


def _begin(request: HttpRequest, slug: str) -> HttpResponse:
    start = starting_point(request.actor, slug)
    if start is None:
        raise NotVisible
    if request.method == "POST":
        commands.begin_draft(request.actor, start)
        return redirect("practices:change", slug)
    practice = practice_of(start)
    page = {"template": start, "card": card(practice), "route": route(practice)}
    return render(request, "practices/change_begin.html", page)


def _beside(bench: Workbench, here: Path | None = None) -> dict[str, Any]:
    """What stands beside every screen: the picture, and what is still wrong elsewhere than ``here``."""
    return {
        "bench": bench,
        "draft": bench.draft,
        "route": route(bench.picture) if bench.picture else None,
        "remedies": [
            ("/".join(each.screen) or WHOLE, _where(bench, each.screen), each)
            for each in bench.remedies
            if each.screen != here
        ],
    }


def _where(bench: Workbench, path: Path) -> str:
    """The part that something is about, as people call it."""
    if bench.tree is None:
        return ""
    return title_in(editing.part(bench.tree, path), path[-1]) if path else _("The whole")


def part(request: HttpRequest, slug: str, at: str) -> HttpResponse:
    """One part on one screen. Who comes second sees both, and the own words stay."""
    bench, path = _open(request, slug, at)
    asked = parts.questions(bench.tree, path)
    own = editing.own(bench.tree, path)
    form = _form(request, bench, path, own)
    theirs: Tree | None = None
    if request.method == "POST" and form.is_valid():
        typed = asking.answered(asked, own, form.cleaned_data)
        try:
            saved = commands.change_part(
                request.actor, bench.draft, path, typed, form.cleaned_data["seen"], once=form.once
            )
        except Conflict as conflict:
            theirs = cast(Tree, conflict.theirs)
            form.data = {**asking.filled(asked, typed), "seen": editing.mark(theirs)}
        except Denied as denied:
            form.refuse(denied)
        else:
            return _saved(request, saved, path)
    page = {
        **_beside(bench, here=path),
        "form": form,
        "at": at,
        "title": _where(bench, path),
        "is_whole": not path,
        "wrong": [each for each in bench.remedies if each.screen == path],
        "theirs": _differences(asked, theirs, form) if theirs is not None else (),
    }
    return render(request, "practices/change_part.html", page, status=409 if theirs else 200)


def _open(request: HttpRequest, slug: str, at: str) -> tuple[Workbench, Path]:
    """The draft and the place in it. Raises NotVisible for what is not there."""
    _require_administrator(request)
    bench = workbench(draft_here(request.actor, slug))
    path = () if at == WHOLE else tuple(at.split("/"))
    if bench.tree is None or not parts.has_screen(path):
        raise NotVisible
    try:
        editing.own(bench.tree, path)
    except LookupError as gone:
        raise NotVisible from gone
    return bench, path


def _form(request: HttpRequest, bench: Workbench, path: Path, own: Tree) -> PartForm:
    """As it is now, with what is wrong at its fields; or as it was typed."""
    asked = parts.questions(bench.tree, path)
    if request.method == "POST":
        return PartForm(request.POST, questions=asked)
    now = {**asking.filled(asked, own), "seen": editing.mark(own)}
    wrong = [each for each in bench.remedies if each.screen == path]
    form = PartForm(now if wrong else None, questions=asked, initial=now)
    if wrong and form.is_valid():
        form.show(wrong)
    return form


def _saved(request: HttpRequest, draft: Draft, path: Path) -> HttpResponse:
    """Back to the whole when this part is complete; else it shows what is still missing."""
    bench = workbench(draft)
    if any(each.screen == path for each in bench.remedies):
        messages.warning(request, _("Saved. Something here is still missing."))
        return redirect("practices:change_part", draft.slug, "/".join(path) or WHOLE)
    messages.success(request, _("Saved in your draft. Nobody works with it until you publish it."))
    return redirect("practices:change", draft.slug)


def _differences(
    asked: tuple[asking.Question, ...], theirs: Tree, form: PartForm
) -> list[tuple[str, str]]:
    """What somebody else wrote in between, where it is not what was typed here."""
    now, mine = asking.filled(asked, theirs), form.data
    return [
        (str(form[name].label), _spoken(form, name, value))
        for name, value in now.items()
        if value != mine.get(name)
    ]


def _spoken(form: PartForm, name: str, value: Any) -> str:
    labels = {str(key): str(label) for key, label in getattr(form.fields[name], "choices", ())}
    found = value if isinstance(value, list) else [value]
    return ", ".join(labels.get(str(each), str(each)) for each in found) or "–"


def add(request: HttpRequest, slug: str, into: str) -> HttpResponse:
    """What a new part is called; then its own screen."""
    _require_administrator(request)
    bench = workbench(draft_here(request.actor, slug))
    container = tuple(into.split("/"))
    if bench.tree is None or not parts.has_screen((*container, "new")):
        raise NotVisible
    form = TitleForm(request.POST or None)
    if form.is_valid():
        title = {key: form.cleaned_data[key] for key in ("nl", "en") if form.cleaned_data[key]}
        try:
            key = editing.name_for(
                title.get("en", title["nl"]), editing.taken_names(bench.tree, container)
            )
            commands.add_part(request.actor, bench.draft, container, key, title, once=form.once)
        except LookupError as gone:
            raise NotVisible from gone
        except Denied as denied:
            form.refuse(denied)
        else:
            return redirect("practices:change_part", slug, f"{into}/{key}")
    page = {**_beside(bench), "form": form, "list": container[-1]}
    return render(request, "practices/change_add.html", page)


def remove(request: HttpRequest, slug: str, at: str) -> HttpResponse:
    """A page asks whether that is meant."""
    bench, path = _open(request, slug, at)
    if not path:
        raise NotVisible
    if request.method == "POST":
        commands.remove_part(request.actor, bench.draft, path)
        messages.success(request, _("Taken out of your draft."))
        return redirect("practices:change", slug)
    title = title_in(editing.part(bench.tree, path), path[-1])
    page = {
        "heading": _("Take out “%(title)s”?") % {"title": title},
        "text": _("What led to it must be repaired then; the draft tells you what."),
        "action": _("Take it out"),
        "kind": "primary nl-button--negative",
        "cancel_url": reverse("practices:change_part", args=[slug, at]),
    }
    return render(request, "ui/confirm.html", page)


@require_POST
def move(request: HttpRequest, slug: str, at: str) -> HttpResponse:
    """One place up or down in its list."""
    bench, path = _open(request, slug, at)
    commands.move_part(request.actor, bench.draft, path, -1 if "up" in request.POST else 1)
    return redirect("practices:change", slug)


def expert(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft as its text, for whoever knows the language."""
    _require_administrator(request)
    bench = workbench(draft_here(request.actor, slug))
    now = {"text": bench.draft.text, "seen": editing.mark(bench.draft.text)}
    form = TextForm(request.POST or None, initial=now)
    theirs = ""
    if form.is_valid():
        text = form.cleaned_data["text"].replace("\r\n", "\n")
        try:
            commands.rewrite_draft(
                request.actor, bench.draft, text, form.cleaned_data["seen"], once=form.once
            )
        except Conflict as conflict:
            theirs = str(conflict.theirs)
            form.data = {"text": text, "seen": editing.mark(theirs)}
        except Denied as denied:
            form.refuse(denied)
        else:
            messages.success(request, _("Saved in your draft."))
            return redirect("practices:change_text", slug)
    page = {**_beside(bench), "form": form, "theirs": theirs}
    return render(request, "practices/change_text.html", page, status=409 if theirs else 200)


def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """What becomes different, and then: for everybody of the organisation."""
    _require_administrator(request)
    draft = own_draft(request.actor, slug)
    if draft is None:
        return redirect("practices:ours")
    bench = workbench(draft)
    if request.method == "POST":
        published = commands.publish_draft(request.actor, draft)
        messages.success(request, _("Published. Now choose your numbers, and you work with it."))
        adopt = reverse("practices:adopt", args=[slug])
        return redirect(f"{adopt}?version={published.pk}")
    return render(request, "practices/change_publish.html", _beside(bench))


def discard(request: HttpRequest, slug: str) -> HttpResponse:
    """Throw the draft away, after a page that asks."""
    _require_administrator(request)
    draft = draft_here(request.actor, slug)
    if request.method == "POST":
        commands.discard_draft(request.actor, draft)
        messages.success(request, _("The draft is gone. The version you work with is as it was."))
        return redirect("practices:ours")
    page = {
        "heading": _("Throw away this draft?"),
        "text": _("What you changed since the last version is lost then."),
        "action": _("Throw it away"),
        "kind": "primary nl-button--negative",
        "cancel_url": reverse("practices:change", args=[slug]),
    }
    return render(request, "ui/confirm.html", page)


def file(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft as a file."""
    return as_file(draft_here(request.actor, slug).text, f"{slug}-draft.yaml")


def bring(request: HttpRequest) -> HttpResponse:
    """A draft from a file; what is wrong in it is shown at its place."""
    _require_administrator(request)
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            draft = commands.bring_draft(request.actor, form.cleaned_data["file"], once=form.once)
        except Denied as denied:
            form.refuse(denied)
        else:
            messages.success(request, _("Read. It is a draft now: nobody works with it yet."))
            return redirect("practices:change", draft.slug)
    return render(request, "practices/bring.html", {"form": form})
