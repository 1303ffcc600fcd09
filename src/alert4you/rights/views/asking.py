"""My rights: what parents can ask, one question at a time, and what became of it."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alert4you.access.models import Entry
from alert4you.access.queries import line as lines
from alert4you.children.models import Child
from alert4you.kernel.decision import Denied, NotVisible, require
from alert4you.organisations.models import Organisation
from alert4you.rights.commands.asking import ask as ask_for
from alert4you.rights.forms import AskForm
from alert4you.rights.models import Right
from alert4you.rights.queries import requests
from alert4you.rights.rules.asking import Asked, may_exercise
from alert4you.rights.rules.handling import may_hand_over
from alert4you.rights.rules.limiting import is_limited
from alert4you.rights.rules.wording import WORDS, after_no

NEWEST = 30
ABOUT_ONE = (Right.STATEMENT, Right.CORRECTION)


def rights(request: HttpRequest) -> HttpResponse:
    """What can be asked about which child, and what was asked already."""
    actor = request.actor
    if not actor.is_parent:
        return redirect("web:children")
    children = list(lines.children(actor))
    chosen = next((c for c in children if str(c.pk) == request.GET.get("child")), None)
    child = chosen or next(iter(children), None)
    context = {
        "children": children,
        "child": child,
        "may": may_exercise(actor, child) if child else None,
        "asked": requests.asked_by(actor, child) if child else [],
        "words": [(right.value, words) for right, words in WORDS.items()],
    }
    return render(request, "rights/rights.html", context)


def ask(request: HttpRequest, child_id: UUID, right: str) -> HttpResponse:
    """First what it is about or of whom it is asked, when there is a choice; then the words."""
    actor = request.actor
    child = _child(request, child_id)
    if right not in Right.values:
        raise NotVisible
    require(may_exercise(actor, child))
    entry = requests.chosen_entry(actor, child, request.GET.get("entry", ""))
    if right in ABOUT_ONE and entry is None and "entry" not in request.GET:
        newest = lines.line(actor, child)[:NEWEST]
        context = {"child": child, "right": right, "words": WORDS[Right(right)], "entries": newest}
        return render(request, "rights/about.html", context)
    keepers = requests.keepers(actor, child)
    keeper = _keeper(request, keepers, entry)
    if keeper is None:
        context = {"child": child, "words": WORDS[Right(right)], "keepers": keepers}
        return render(request, "rights/of_whom.html", context)
    return _ask(request, child, Asked(right, keeper, entry=entry))


def _ask(request: HttpRequest, child: Child, asked: Asked) -> HttpResponse:
    form = AskForm(request.POST or None, right=asked.right)
    if form.is_valid():
        told = replace(asked, text=form.cleaned_data.get("text", ""))
        try:
            made = ask_for(request.actor, child, told, once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            at_once = _("Done: it needed nobody's answer.")
            said = _("Your question is received. You read below until when it is answered.")
            messages.success(request, said if made.is_open else at_once)
            return redirect("rights:asked", made.pk)
    context = {"child": child, "asked": asked, "words": WORDS[Right(asked.right)], "form": form}
    return render(request, "rights/ask.html", context)


def asked(request: HttpRequest, rights_id: UUID) -> HttpResponse:
    """The receipt, the clock, the answer, and what one can do with it."""
    actor = request.actor
    case = requests.asked(actor, rights_id)
    found = case.request
    context = {
        "case": case,
        "words": WORDS[Right(found.right)],
        "about": requests.about(actor, found),
        "limited": is_limited(found, actor.today),
        "gives_a_copy": bool(may_hand_over(actor, found)),
        "next": after_no(found.right, found.ground) if found.ground else [],
    }
    return render(request, "rights/asked.html", context)


def not_right(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """From the line: set it right, put own words beside it, or have it deleted."""
    actor = request.actor
    entry = lines.entry(actor, entry_id)
    if entry.child is None:
        raise NotVisible
    if not actor.is_parent:
        return redirect("access:why", entry.pk)
    require(may_exercise(actor, entry.child))
    choices = [(each.value, WORDS[each]) for each in (*ABOUT_ONE, Right.RESTRICTION, Right.ERASURE)]
    return render(request, "rights/not_right.html", {"entry": entry, "choices": choices})


def _child(request: HttpRequest, child_id: UUID) -> Child:
    if not request.actor.is_parent:
        raise NotVisible
    return lines.child(request.actor, child_id)


def _keeper(
    request: HttpRequest, keepers: list[Organisation], entry: Entry | None
) -> Organisation | None:
    """Who keeps it: of one thing its own organisation, else the only one there is or the chosen one."""
    if entry is not None and entry.organisation is not None:
        return entry.organisation
    chosen = request.GET.get("of", "")
    return next((k for k in keepers if len(keepers) == 1 or str(k.pk) == chosen), None)
