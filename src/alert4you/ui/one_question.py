"""A page with one question on it: what stands around the form, and where one goes with the answer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from alert4you.kernel.decision import Denied
from alert4you.ui.finding import FindField, Shown, typed
from alert4you.ui.forms import Form

Text = str | Promise


@dataclass(frozen=True)
class Step:
    """What stands above the form, on its button, and where one goes afterwards (and back)."""

    heading: Text
    back: str
    back_label: Text
    lead: Text = ""
    kicker: Text = ""
    action: Text = ""
    icon: str = "check"
    why: Text = ""
    why_heading: Text = ""
    shown: Any = None  # what an own template shows beside the question


def answered(
    request: HttpRequest, form: Form, act: Callable[[dict[str, Any]], Any], said: Text, to: str
) -> HttpResponse | None:
    """Carry out what was filled in and go on; None when it is not right or was refused."""
    if not form.is_valid():
        return None
    try:
        act(form.cleaned_data)
    except Denied as refused:
        form.refuse(refused)
        return None
    messages.success(request, str(said))
    return redirect(to)


def choose(
    request: HttpRequest,
    form: Form,
    names: Iterable[str],
    step: Step,
    template: str = "ui/choose.html",
) -> HttpResponse | None:
    """One tap per choice: the page of the first one that the address does not hold yet.

    None when all are made (or something is sent); the form then carries them along, out of sight. Who is
    one of many is found by name, and stands first of ``names``.
    """
    made = request.GET.copy()
    made.pop("find", None)
    for name in names:
        field: Any = form.fields[name]
        if request.method != "POST" and not _holds(field, made.get(name, "")):
            shown = _shown(field, typed(request.GET, "find"))
            ways = []
            for value, label, more, icon in _offered(field, shown):
                made[name] = value
                ways.append((label, more, icon, f"?{made.urlencode()}"))
            page = {"question": field.label, "ways": ways, "step": step, "shown": shown}
            return render(request, template, page)
        form.initial[name] = made.get(name)
        field.widget = field.hidden_widget()
    return None


def _holds(field: Any, key: str) -> bool:
    if isinstance(field, FindField):
        return field.source.one(key) is not None
    return key in {str(value) for value, _label in field.choices}


def _shown(field: Any, words: str) -> Shown | None:
    return field.source.shown(words) if isinstance(field, FindField) else None


def _offered(field: Any, shown: Shown | None) -> list[tuple[str, Text, Text, str]]:
    """Of each what is sent, its words, more words, and its icon."""
    if shown:
        return [(each.key, each.name, each.more, "") for each in shown.matches or shown.listed]
    icons, more = field.widget.icons, field.widget.descriptions
    known = ((str(value), label) for value, label in field.choices)
    return [(value, label, more.get(value, ""), icons.get(value, "")) for value, label in known]


def made(form: Form, names: Iterable[str]) -> str:
    """The choices that ``choose`` led to, in words."""
    words = [dict(form.fields[each].choices).get(form[each].value(), "") for each in names]  # type: ignore[attr-defined]
    return " · ".join(str(each) for each in words)


def show(
    request: HttpRequest, form: Form, step: Step, template: str = "ui/one_question.html"
) -> HttpResponse:
    return render(request, template, {"form": form, "step": step})
