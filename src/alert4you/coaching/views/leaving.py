"""After a place has ended: why, whom to support, and what is learnt; one question at a time."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alert4you.children.models import Placement
from alert4you.coaching.commands import leaving as commands
from alert4you.coaching.forms.leaving import LearntForm, WhoseTalkForm, WhyLeftForm
from alert4you.coaching.models import WhyLeft
from alert4you.coaching.queries import leaving as queries
from alert4you.ui.one_question import Step, answered, show


def why(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    """Why did the child leave? Then, after a talk about worries: whose talk; then: what is learnt."""
    place = queries.ended_place(request.actor, placement_id)
    if queries.why_left(place) is not None:
        return _learnt(request, place)
    if request.GET.get("why") == WhyLeft.AFTER_TALK:
        return _whose_talk(request, place)
    return _reason(request, place)


def _reason(request: HttpRequest, place: Placement) -> HttpResponse:
    form = WhyLeftForm(request.POST or None)
    if form.is_valid() and form.cleaned_data["why"] == WhyLeft.AFTER_TALK:
        return redirect(f"{request.path}?why={WhyLeft.AFTER_TALK.value}")
    done = answered(
        request,
        form,
        lambda data: commands.tell_why_left(request.actor, place, data["why"], once=form.once),
        _("Thank you. That is all."),
        reverse("web:today"),
    )
    step = _step(place, _("Why does %(child)s leave?"), action=_("Save"))
    return done or show(request, form, step)


def _whose_talk(request: HttpRequest, place: Placement) -> HttpResponse:
    form = WhoseTalkForm(request.POST or None, people=queries.talkers(request.actor, place))
    done = answered(
        request,
        form,
        lambda _data: commands.tell_why_left(
            request.actor, place, WhyLeft.AFTER_TALK, form.chosen, once=form.once
        ),
        _("She is offered support. Now: what do you learn from it?"),
        request.path,
    )
    step = _step(place, _("Whom do we support?"), action=_("Next"))
    return done or show(request, form, step)


def _learnt(request: HttpRequest, place: Placement) -> HttpResponse:
    left = queries.why_left(place)
    form = LearntForm(request.POST or None, initial={"text": left.text if left else ""})
    done = answered(
        request,
        form,
        lambda data: commands.add_learnt(request.actor, place, data["text"], once=form.once),
        _("Kept for the team. Nobody is blamed."),
        reverse("web:today"),
    )
    return done or show(
        request, form, _step(place, _("What do we learn from it?"), action=_("Save"))
    )


def _step(place: Placement, heading: str, action: str) -> Step:
    return Step(
        heading % {"child": place.child},
        reverse("web:today"),
        _("Today"),
        kicker=f"{place.child} · {place.group}",
        action=action,
        why_heading=_("To learn, not to blame"),
        why=_("Only your own team reads this. Counts show whether it happens more often."),
    )


@require_POST
def debrief(request: HttpRequest, debrief_id: UUID) -> HttpResponse:
    """One tap: look back with the coach, or rather not."""
    offered = queries.offer(request.actor, debrief_id)
    if "decline" in request.POST:
        commands.decline_debrief(request.actor, offered)
        messages.success(request, _("That is fine. You can always ask later."))
        return redirect("web:today")
    asked = commands.ask_for_debrief(request.actor, offered)
    messages.success(request, _("Asked. You see who answers, and by when."))
    return redirect("coaching:question", asked.question_id)
