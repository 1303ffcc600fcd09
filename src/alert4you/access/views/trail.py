"""Who looked: parents see every colleague and helper who read about their child, and why."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from alert4you.access.commands.review import ask_about_look
from alert4you.access.forms.looking import LookQuestionForm
from alert4you.access.queries import line as lines
from alert4you.access.queries.review import asked_by_parents
from alert4you.access.queries.trail import PERIODS, look, who_looked
from alert4you.kernel.decision import Denied, NotVisible
from alert4you.organisations.models import Person


def looked(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    if not actor.is_parent:
        return redirect("web:children")
    children = list(lines.children(actor))
    chosen = [child for child in children if str(child.pk) == request.GET.get("child")]
    period = request.GET.get("period", "")
    context = {
        "children": children,
        "chosen": chosen[0] if chosen else None,
        "period": period if period in PERIODS else "",
        "looks": who_looked(actor, chosen or children, days=PERIODS.get(period)),
        "asked": asked_by_parents(actor, chosen or children),
    }
    return render(request, "access/looked.html", context)


def look_question(request: HttpRequest, record: int) -> HttpResponse:
    """“This is not right”: a question about one look, answered within five working days."""
    actor = request.actor
    if not actor.is_parent:
        raise NotVisible
    row, seen = look(actor, list(lines.children(actor)), record)
    form = LookQuestionForm(request.POST or None)
    if form.is_valid():
        person = get_object_or_404(Person, pk=row.person_id)
        said = form.cleaned_data["text"]
        try:
            ask_about_look(actor, seen.child, person, row, said, once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Your question is asked. You read the answer here."))
            return redirect("access:looked")
    return render(request, "access/look_question.html", {"look": seen, "form": form})
