"""The plan: its page, writing a next version, own goals and words, and the plan on paper."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from alert4you.kernel.decision import Conflict, Denied, require
from alert4you.trajectories.commands.deciding import speak_about_decision
from alert4you.trajectories.commands.planning import add_goal, speak_about_plan, write_plan
from alert4you.trajectories.forms.deciding import VoiceForm
from alert4you.trajectories.forms.plan import GoalForm, PlanForm
from alert4you.trajectories.models import Plan
from alert4you.trajectories.queries.caseload import case
from alert4you.trajectories.queries.overview import gate_ahead
from alert4you.trajectories.queries.plan import PlanPage, plan_page, printed
from alert4you.trajectories.rules.planning import powers
from alert4you.trajectories.views.paper import take_along, typeset
from alert4you.trajectories.views.telling import is_filled_in, spoken, told_form


def plan(request: HttpRequest, trajectory_id: UUID) -> HttpResponse:
    """The plan for parents and professionals alike."""
    page = plan_page(request.actor, trajectory_id)
    voice = VoiceForm(initial={"version": page.papers.number})
    context = {"page": page, "goal_form": GoalForm(), "voice_form": voice}
    return render(request, "trajectories/plan.html", context)


def write(request: HttpRequest, trajectory_id: UUID) -> HttpResponse:
    """Write a next version. Who comes second sees both versions, and the own words stay in the form."""
    page = plan_page(request.actor, trajectory_id)
    require(page.powers.plan)
    form = _plan_form(request, page)
    theirs = None
    if request.method == "POST" and "more" not in request.POST and form.is_valid():
        given = form.cleaned_data
        try:
            write_plan(
                request.actor,
                page.trajectory,
                given["based_on"],
                form.goals,
                given["end_goal"],
                given["evaluation_on"],
                once=form.once,
            )
        except Conflict:
            page = plan_page(request.actor, trajectory_id)
            form = _plan_form(request, page, based_on=page.papers.number)
            theirs = page.current
        except Denied as denied:
            form.refuse(denied)
        else:
            messages.success(request, _("Saved as a new version. The earlier ones are kept."))
            return redirect("trajectories:plan", trajectory_id)
    context = {"page": page, "form": form, "theirs": theirs}
    return render(request, "trajectories/write_plan.html", context, status=409 if theirs else 200)


def _plan_form(request: HttpRequest, page: PlanPage, based_on: int | None = None) -> PlanForm:
    now = page.current
    kept = now.goals if now else []
    initial: dict[str, Any] = {
        "end_goal": now.plan.end_goal if now else "",
        "evaluation_on": now.plan.evaluation_on if now else None,
        "based_on": page.papers.number,
    }
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None and based_on is not None:
        data["based_on"] = str(based_on)
    return PlanForm(data, today=request.actor.today, goals=kept, initial=initial)


def goal(request: HttpRequest, trajectory_id: UUID) -> HttpResponse:
    """One goal more, of the parents or of who works with the child."""
    page = plan_page(request.actor, trajectory_id)
    require(page.powers.plan)
    form, told = GoalForm(request.POST or None), told_form(request, page.trajectory)
    if is_filled_in(told) and form.is_valid():
        try:
            add_goal(request.actor, page.trajectory, form.as_goal, spoken(told), once=form.once)
        except Denied as denied:
            form.refuse(denied)
        else:
            messages.success(request, _("The goal is in the plan now."))
            return redirect("trajectories:plan", trajectory_id)
    context = {"page": page, "form": form, "told": told}
    return render(request, "trajectories/goal.html", context)


def speak(request: HttpRequest, trajectory_id: UUID) -> HttpResponse:
    """What one thinks of the plan, or (``?about=decision``) of the decision that is coming."""
    if request.GET.get("about") == "decision":
        return _speak_about_decision(request, trajectory_id)
    page = plan_page(request.actor, trajectory_id)
    version = page.current
    if version is None:
        return redirect("trajectories:plan", trajectory_id)
    require(page.powers.speak)
    form = VoiceForm(request.POST or None, initial={"version": version.plan.number})
    told = told_form(request, page.trajectory)
    if is_filled_in(told) and form.is_valid() and _is_read(form, version.plan):
        try:
            given = form.cleaned_data
            speak_about_plan(
                request.actor,
                page.trajectory,
                version.plan,
                given["words"],
                given["agrees"],
                spoken(told),
                once=form.once,
            )
        except Denied as denied:
            form.refuse(denied)
        else:
            messages.success(request, _("Your words stand beside the plan."))
            return redirect("trajectories:plan", trajectory_id)
    context = {"page": page, "form": form, "told": told}
    return render(request, "trajectories/speak.html", context)


def _is_read(form: VoiceForm, plan: Plan) -> bool:
    """Whether the version on the screen is the newest one; the words stay when it is not."""
    if form.cleaned_data["version"] in (None, plan.number):
        return True
    form.add_error(None, _("There is a newer version of the plan. Read it, then save your words."))
    form.data = {**form.data.dict(), "version": str(plan.number)}
    return False


def _speak_about_decision(request: HttpRequest, trajectory_id: UUID) -> HttpResponse:
    found = case(request.actor, trajectory_id)
    gate = gate_ahead(found)
    if gate is None:
        return redirect("trajectories:trajectory", trajectory_id)
    require(powers(request.actor, found.trajectory, found.trajectory.plans_known).speak)
    form, told = VoiceForm(request.POST or None), told_form(request, found.trajectory)
    if is_filled_in(told) and form.is_valid():
        try:
            speak_about_decision(
                request.actor,
                found.trajectory,
                gate.key,
                form.cleaned_data["words"],
                form.cleaned_data["agrees"],
                spoken(told),
                once=form.once,
            )
        except Denied as denied:
            form.refuse(denied)
        else:
            messages.success(request, _("Your words stand beside the decision."))
            return redirect("trajectories:trajectory", trajectory_id)
    context = {"case": found, "gate": gate, "form": form, "told": told}
    return render(request, "trajectories/speak.html", context)


def plan_pdf(request: HttpRequest, trajectory_id: UUID) -> HttpResponse:
    """The plan on paper: the same words as on the page."""
    page = plan_page(request.actor, trajectory_id)
    take_along(request.actor, page.trajectory.child)
    pdf = typeset("plan.typ", printed(page, request.actor.today))
    name = slugify(f"plan {page.trajectory.child or page.trajectory.location}")
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )
