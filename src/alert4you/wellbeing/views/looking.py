"""How a child is doing: the same page for parents and staff, and what is done with a notice."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.access.queries import line as lines
from alert4you.access.rules.relations import may_speak, works_here_with
from alert4you.kernel.decision import Denied, require
from alert4you.ui.one_question import answered
from alert4you.wellbeing import commands
from alert4you.wellbeing.forms import AnswerForm, ViewForm
from alert4you.wellbeing.models import Way
from alert4you.wellbeing.queries import pages
from alert4you.wellbeing.rules.writing import may_choose


def child(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Whoever was asked to look again first writes what she sees herself."""
    actor = request.actor
    found = lines.child(actor, child_id)
    require(may_speak(actor, found))
    page = pages.page(actor, found)
    form = ViewForm(request.POST or None) if page.first_look else None
    here = reverse("wellbeing:child", args=[found.pk])

    def write(told: dict[str, str]) -> None:
        commands.write_view(actor, found, told["text"], once=form.once if form else None)

    if form and (done := answered(request, form, write, _("Thank you. Now the rest."), here)):
        return done
    may = not actor.is_parent and bool(works_here_with(actor, found))
    return render(
        request,
        "wellbeing/child.html",
        {
            "page": page,
            "child": found,
            "form": form,
            "may_rate": may,
            "may_choose": bool(may_choose(actor)),
        },
    )


def notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Talk with the parents, ask the coach, or let it go; with a reason."""
    actor = request.actor
    asked = pages.notice(actor, notice_id)
    about = asked.notice.child
    require(works_here_with(actor, about))
    if not asked.open or pages.looks_first(actor, asked):
        return redirect("wellbeing:child", about.pk)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        way, reason = form.cleaned_data["way"], form.cleaned_data["reason"]
        try:
            if way == AnswerForm.LET_GO:
                commands.let_go(actor, asked.notice, reason, once=form.once)
            else:
                commands.take_up(actor, asked.notice, way, reason, once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved. The parents can read it."))
            return redirect(_next(way, about.pk))
    return render(request, "wellbeing/notice.html", {"asked": asked, "child": about, "form": form})


def _next(way: str, child_id: UUID) -> str:
    if way == Way.PARENTS:
        return reverse("coaching:prepare_talk", args=[child_id])
    if way == Way.COACH:
        return f"{reverse('coaching:ask')}?child={child_id}"
    return reverse("wellbeing:child", args=[child_id])
