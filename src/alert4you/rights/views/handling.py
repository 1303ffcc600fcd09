"""The work list of who answers, one request with what can be said, and writing one down."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alert4you.access.queries import line as lines
from alert4you.access.rules.relations import may_join_with
from alert4you.kernel.decision import NotVisible, require
from alert4you.organisations.queries import membership_of
from alert4you.rights.commands import handling as commands
from alert4you.rights.commands import limiting
from alert4you.rights.commands.asking import record_request
from alert4you.rights.forms import (
    THE_CHILD,
    ExtendForm,
    GrantForm,
    LiftForm,
    RecordForm,
    RefuseForm,
)
from alert4you.rights.models import Right
from alert4you.rights.queries import requests
from alert4you.rights.queries.requests import Case
from alert4you.rights.rules import handling as rules
from alert4you.rights.rules.asking import Asked, Heard, child_asks, represents
from alert4you.rights.rules.limiting import can_lift, is_limited
from alert4you.rights.rules.wording import WORDS
from alert4you.ui.forms import Form
from alert4you.ui.one_question import Step, answered, choose, made, show

ONE_BY_ONE = ("who", "right", "came")


def work(request: HttpRequest) -> HttpResponse:
    """What waits, by date; what is late; who has it."""
    return render(request, "rights/work.html", {"work": requests.work(request.actor)})


def handle(request: HttpRequest, work_id: UUID) -> HttpResponse:
    """One request: what is asked, until when, and the ways to answer."""
    actor = request.actor
    case = requests.to_answer(actor, work_id)
    found = case.request
    context = {
        "case": case,
        "words": WORDS[Right(found.right)],
        "about": requests.about(actor, found),
        "may": rules.may_handle(actor, found),
        "mine": found.taken_by_id == actor.membership_id,
        "can_extend": rules.can_extend(found, actor.today),
        "limited": is_limited(found, actor.today),
        "can_lift": can_lift(found),
        "represents": represents(found.child, found.asked_by, actor.today),
        "may_hand_over": bool(rules.may_hand_over(actor, found)),
    }
    return render(request, "rights/handle.html", context)


@require_POST
def take(request: HttpRequest, work_id: UUID) -> HttpResponse:
    case = requests.to_answer(request.actor, work_id)
    commands.take_request(request.actor, case.request)
    messages.success(request, _("You have it now."))
    return redirect("rights:handle", work_id)


def extend(request: HttpRequest, work_id: UUID) -> HttpResponse:
    """Two months more, with a reason that who asked reads."""
    case = _open(request, work_id)
    form = ExtendForm(request.POST or None)

    def act(said: dict[str, Any]) -> Any:
        return commands.extend_request(request.actor, case.request, said["reason"], once=form.once)

    heading = _("Take two months more")
    said = _("There is more time now. Who asked hears why.")
    return _answer(request, case, form, act, (heading, said))


def grant(request: HttpRequest, work_id: UUID) -> HttpResponse:
    """Yes."""
    case = _open(request, work_id)
    found = case.request
    corrects = found.right == Right.CORRECTION and found.entry_id is not None
    stops = found.right == Right.OBJECTION
    form = GrantForm(request.POST or None, corrects=corrects, stops=stops)

    def act(said: dict[str, Any]) -> Any:
        more = {key: said[key] for key in ("corrected", "purpose") if key in said}
        return commands.grant_request(request.actor, found, said["answer"], **more, once=form.once)

    said = _("Answered. Who asked hears that there is an answer.")
    return _answer(request, case, form, act, (_("Say yes"), said))


def refuse(request: HttpRequest, work_id: UUID) -> HttpResponse:
    """No: why, and what the asker can do now."""
    case = _open(request, work_id)
    found, today = case.request, request.actor.today
    without = not represents(found.child, found.asked_by, today)
    form = RefuseForm(
        request.POST or None,
        grounds=rules.grounds_for(found, today),
        asks_facts=without and found.right == Right.ACCESS,
    )

    def act(said: dict[str, Any]) -> Any:
        return commands.refuse_request(
            request.actor,
            found,
            said["ground"],
            said["answer"],
            said.get("facts", ""),
            once=form.once,
        )

    said = _("Answered. Who asked hears that there is an answer.")
    return _answer(request, case, form, act, (_("Say no"), said))


def lift(request: HttpRequest, work_id: UUID) -> HttpResponse:
    """What is only kept may be used again in a week; who asked hears that first."""
    case = requests.to_answer(request.actor, work_id)
    if not can_lift(case.request):
        raise NotVisible
    form = LiftForm(request.POST or None)

    def act(said: dict[str, Any]) -> Any:
        return limiting.lift(request.actor, case.request, said["reason"], once=form.once)

    said = _("It ends in a week. Who asked hears that now, and why.")
    return _answer(request, case, form, act, (_("Let it end"), said))


def record(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Somebody asked it on paper, by telephone or in a talk; ``?entry=``: about one thing on the line."""
    actor = request.actor
    known = lines.known_child(actor, child_id)
    if actor.is_parent:
        return redirect("rights:rights")
    require(may_join_with(actor, known.ties))
    entry = requests.chosen_entry(actor, known.child, request.GET.get("entry", ""))
    about_one = (Right.STATEMENT, Right.CORRECTION, Right.RESTRICTION, Right.ERASURE)
    form = RecordForm(
        request.POST or None,
        guardians=[each for each in known.guardians if each.person.pk != actor.person_id],
        child_asks=child_asks(known.child, actor.today),
        rights=about_one if entry else [each for each in Right if each != Right.STATEMENT],
        today=actor.today,
    )

    def act(said: dict[str, Any]) -> Any:
        people = {str(each.person.pk): each.person for each in known.guardians}
        asker = None if said["who"] == THE_CHILD else people[said["who"]]
        here = membership_of(actor).organisation
        asked = Asked(said["right"], here, said["text"], entry)
        heard = Heard(asker, said["came"], said["received_on"])
        return record_request(actor, known.child, asked, heard, once=form.once)

    to = reverse("web:line", args=[child_id])
    said = _("Written down. The term runs from the day it came in.")
    step = Step(
        _("Write down what was asked"),
        to,
        known.child.first_name,
        _(
            "A parent, or the child from 12 on, asks something about what is kept. You only write it down."
        ),
        action=_("Write down"),
    )
    page = answered(request, form, act, said, to) or choose(request, form, ONE_BY_ONE, step)
    return page or show(request, form, replace(step, kicker=made(form, ONE_BY_ONE)))


def _open(request: HttpRequest, work_id: UUID) -> Case:
    """A request that still can be answered by this hat."""
    case = requests.to_answer(request.actor, work_id)
    require(rules.may_handle(request.actor, case.request))
    return case


def _answer(
    request: HttpRequest,
    case: Case,
    form: Form,
    act: Callable[[dict[str, Any]], Any],
    texts: tuple[str, str],
) -> HttpResponse:
    heading, said = texts
    back = reverse("rights:handle", args=[case.request.pk])
    title = capfirst(case.request.get_right_display())
    step = Step(heading, back, title, kicker=case.who or case.child, action=heading)
    return answered(request, form, act, said, back) or show(request, form, step)
