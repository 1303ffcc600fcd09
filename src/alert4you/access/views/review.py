"""The weekly list of the privacy officer, and what parents ask about who looked."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alert4you.access.commands import review as commands
from alert4you.access.forms.looking import LookAnswerForm, ManyForm, VerdictForm
from alert4you.access.queries import review as queries
from alert4you.kernel.decision import Denied


def review(request: HttpRequest) -> HttpResponse:
    """What waits; the weeks; from how many children in an hour on it is many."""
    actor = request.actor
    page = queries.page(actor)
    form = ManyForm(request.POST or None, initial={"children_an_hour": page.children_an_hour})
    if form.is_valid():
        commands.set_children_an_hour(actor, form.cleaned_data["children_an_hour"], once=form.once)
        messages.success(request, _("Saved. It counts from the next list on."))
        return redirect("access:review")
    return render(request, "access/review.html", {"page": page, "form": form})


def review_week(request: HttpRequest, review_id: UUID) -> HttpResponse:
    week, lines = queries.week(request.actor, review_id)
    return render(request, "access/review_week.html", {"week": week, "lines": lines})


def review_line(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """One line: what was found about it, in words."""
    actor = request.actor
    found = queries.line(actor, line_id)
    form = VerdictForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            commands.review_line(actor, found.line, said["verdict"], said["word"], once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Written down."))
            return redirect("access:review")
    return render(request, "access/review_line.html", {"found": found, "form": form})


def look_questions(request: HttpRequest) -> HttpResponse:
    """What parents asked about who looked, with its clock."""
    queries.officer_only(request.actor)
    asked = list(queries.questions(request.actor))
    return render(request, "access/look_questions.html", {"questions": asked})


def answer_look(request: HttpRequest, asked_id: UUID) -> HttpResponse:
    actor = request.actor
    question = queries.question(actor, asked_id)
    form = LookAnswerForm(request.POST or None)
    if form.is_valid():
        try:
            commands.answer_look(actor, question, form.cleaned_data["answer"], once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Answered. The parents can read it now."))
            return redirect("access:look_questions")
    return render(request, "access/answer_look.html", {"question": question, "form": form})
