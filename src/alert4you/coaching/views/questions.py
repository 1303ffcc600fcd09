"""Asking the coach, answering, and asking the parents."""

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alert4you.access.models import Purpose
from alert4you.access.policy import KNOWS_ALL_GROUPS
from alert4you.access.queries import consent
from alert4you.access.queries import line as lines
from alert4you.access.rules.relations import at_work, works_here_with, works_with
from alert4you.children.models import Child
from alert4you.coaching.commands import questions as commands
from alert4you.coaching.forms.questions import AnswerForm, AskForm, AskParentsForm, PassOnForm
from alert4you.coaching.models import About, Question
from alert4you.coaching.queries import questions as queries
from alert4you.coaching.rules import questions as rules
from alert4you.kernel.decision import Denied, NotVisible, require
from alert4you.organisations.models import Actor

NEWEST = 50
ABOUT = (
    # about, icon
    (About.CHILD, "child"),
    (About.CHILD_IN_GROUP, "people"),
    (About.GROUP, "home"),
    (About.OWN_HANDLING, "hand"),
    (About.PARENT_TALK, "talk"),
)
TABS: dict[str, Callable[[Actor], Any]] = {
    "waiting": queries.waiting_for,
    "answered": queries.answered_by,
    "asked": queries.asked_by,
    "late": partial(queries.past_the_clock, most=NEWEST),
}


def overview(request: HttpRequest) -> HttpResponse:
    """What one asked, and what waits for one's answer."""
    tabs = _tabs(request.actor)
    if not tabs:
        raise NotVisible
    shown = request.GET.get("show", "")
    shown = shown if shown in tabs else tabs[0]
    found = queries.as_seen(request.actor, TABS[shown](request.actor)[:NEWEST])
    page = {
        "tabs": tabs,
        "shown": shown,
        "edge": shown == "waiting",
        "open": [each for each in found if each.question.answered_at is None],
        "answered": [each for each in found if each.question.answered_at is not None],
        "may_ask": request.actor.role in rules.WHO_ASK,
    }
    return render(request, "coaching/questions.html", page)


def question(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """One question: what was asked, who answers by when, the answers, and what is next."""
    asked = queries.question(request.actor, question_id)
    may_answer = rules.is_asked(request.actor, asked)
    form = AnswerForm(request.POST or None) if may_answer else None
    if form and form.is_valid():
        try:
            commands.answer_question(
                request.actor,
                asked,
                form.cleaned_data["text"],
                form.cleaned_data["helps_others"],
                once=form.once,
            )
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Your answer is with whoever asked."))
            return redirect("coaching:question", asked.pk)
    return render(request, "coaching/question.html", _page(request.actor, asked, form))


def _page(actor: Actor, asked: Question, form: AnswerForm | None) -> dict[str, Any]:
    seen = queries.as_seen(actor, [asked])[0]
    child = seen.opened.child if seen.opened else None
    outside = asked.to.organisation_id != actor.organisation_id
    ask_parents = child is not None and seen.is_mine and outside
    agreement = (
        consent.standing(actor, child, asked.to.organisation, Purpose.COACHING)
        if ask_parents and child
        else None
    )
    return {
        "asked": seen,
        "child": child,
        "form": form,
        "answers": queries.answers(actor, asked),
        "may_pass_on": form is not None or seen.is_mine,
        "ask_parents": ask_parents,
        "agreement": agreement,
    }


def ask(request: HttpRequest) -> HttpResponse:
    """Choose what it is about, then (sometimes) which child, then write."""
    if request.actor.role not in rules.WHO_ASK:
        raise NotVisible
    about, child = request.GET.get("about", ""), _child(request)
    if about not in About.values:
        choices = [(each, icon, _with(each, child)) for each, icon in ABOUT]
        return render(request, "coaching/ask_about.html", {"choices": choices, "child": child})
    if about not in rules.WITH_A_CHILD:
        child = None
    elif child is None and "no_child" not in request.GET:
        children = lines.worked_with(request.actor, at_work)
        return render(
            request, "coaching/ask_whom.html", {"about": About(about), "children": children}
        )
    return _write_question(request, About(about), child)


def _write_question(request: HttpRequest, about: About, child: Child | None) -> HttpResponse:
    actor = request.actor
    if child is not None:
        require(works_with(actor, child))
    places = queries.places_to_ask_for(actor, child)
    people = queries.addresses(actor, places)
    who = {place: found[0] for place, found in people.items()}
    if not who:
        raise Denied(queries.NOBODY_ANSWERS)
    first = who.get(places[0].pk) if len(places) == 1 else None
    may_know = bool(child and first and queries.may_be_told(actor, first, child))
    form = AskForm(
        request.POST or None,
        initial={"text": request.GET.get("text", "")},
        places=places,
        who=who,
        child=child,
        may_know=may_know,
    )
    if form.is_valid():
        try:
            asked = _ask(actor, form, about, child)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Your question is on its way."))
            return redirect("coaching:question", asked.pk)
    page = {
        "form": form,
        "about": about,
        "child": child,
        "may_know": may_know,
        "who": first,
        "second": next(iter(people[places[0].pk][1:]), None) if first else None,
        "due": rules.answer_due(actor.at),
    }
    return render(request, "coaching/ask.html", page)


def _ask(actor: Actor, form: AskForm, about: About, child: Child | None) -> Question:
    told = form.cleaned_data
    return commands.ask_coach(
        actor,
        form.place,
        about,
        told.get("text", ""),
        child=child,
        details=told.get("details", ""),
        once=form.once,
    )


def ask_parents(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """May the coach know this child? The parents decide."""
    child = lines.child(request.actor, child_id)
    require(works_here_with(request.actor, child))
    coaches = list(queries.coaches_for(request.actor, child))
    back_url = _back(request, child)
    form = AskParentsForm(request.POST or None, coaches=coaches, initial=_coach_of(request))
    if form.is_valid():
        try:
            commands.ask_parents_about(
                request.actor,
                child,
                form.chosen,
                form.cleaned_data["why"],
                form.categories,
                once=form.once,
            )
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The parents see your request now. They decide."))
            return redirect(back_url)
    guardians = [each for each in lines.guardians(request.actor, child) if each.has_authority]
    page = {
        "child": child,
        "form": form,
        "coaches": coaches,
        "guardians": guardians,
        "back_url": back_url,
    }
    return render(request, "coaching/ask_parents.html", page)


def pass_on(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Somebody else answers."""
    asked = queries.question(request.actor, question_id)
    people = list(queries.who_else_answers(request.actor, asked))
    form = PassOnForm(request.POST or None, people=people)
    back_url = reverse("coaching:question", args=[asked.pk])
    if form.is_valid():
        try:
            commands.pass_question(request.actor, asked, form.chosen, once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            said = _("%(name)s answers from now on.") % {"name": form.chosen.person.name}
            messages.success(request, said)
            return redirect(back_url)
    page = {"form": form, "people": people, "asked": asked, "back_url": back_url}
    return render(request, "coaching/pass_on.html", page)


@require_POST
def thanks(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """The answer helped."""
    asked = queries.question(request.actor, question_id)
    commands.thank_for_answer(request.actor, asked)
    name = asked.to.person.name
    messages.success(request, _("%(name)s sees that it helped.") % {"name": name})
    return redirect("coaching:question", asked.pk)


def _tabs(actor: Actor) -> list[str]:
    """Which lists of questions this hat has; the first is shown."""
    tabs = ["waiting", "answered"] if actor.role in rules.WHO_COACH else []
    if actor.role in rules.WHO_ASK:
        tabs.append("asked")
    if actor.role in KNOWS_ALL_GROUPS:
        tabs.append("late")
    return tabs


def _child(request: HttpRequest) -> Child | None:
    """The child in the address, if there is one."""
    if not (given := request.GET.get("child")):
        return None
    return lines.child(request.actor, _uuid(given))


def _with(about: About, child: Child | None) -> str:
    """The address of the next step after choosing what it is about."""
    chosen = {"about": about.value}
    if child is not None and about in rules.WITH_A_CHILD:
        chosen["child"] = str(child.pk)
    return f"?{urlencode(chosen)}"


def _back(request: HttpRequest, child: Child) -> str:
    """Back to the question one came from, else to the line of the child."""
    if given := request.GET.get("question"):
        return reverse("coaching:question", args=[_uuid(given)])
    return reverse("web:line", args=[child.pk])


def _coach_of(request: HttpRequest) -> dict[str, str]:
    """The coach of the question one came from."""
    if not (given := request.GET.get("question")):
        return {}
    return {"coach": str(queries.question(request.actor, _uuid(given)).to_id)}


def _uuid(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError as broken:
        raise NotVisible from broken
