"""The money of a trajectory, one line of it, and who could pay."""

from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alert4you.funding.commands import lines as commands
from alert4you.funding.forms.money import AskForm, LineForm, said
from alert4you.funding.models import Work
from alert4you.funding.queries import applications
from alert4you.funding.queries import money as queries
from alert4you.funding.queries.money import Money
from alert4you.funding.rules.questions import APPLIED_FOR
from alert4you.funding.rules.routing import Facts
from alert4you.funding.rules.streams import streams
from alert4you.kernel.decision import NotVisible, require
from alert4you.ui.one_question import Step, answered, choose, show


def money(request: HttpRequest, trajectory_id: UUID) -> HttpResponse:
    """Which money there is, how many hours are on it, and how many are on none."""
    context = {
        "page": queries.money(request.actor, trajectory_id),
        "folders": applications.running(request.actor, trajectory_id),
    }
    return render(request, "funding/money.html", context)


def line(request: HttpRequest, money_id: UUID) -> HttpResponse:
    """One line of money with its term and its hours."""
    page, shown = queries.line(request.actor, money_id)
    hours = [each for each in page.hours if each.line == money_id]
    context = {"page": page, "shown": shown, "line": shown.line, "hours": hours}
    context["folder"] = applications.of_line(request.actor, money_id)
    return render(request, "funding/line.html", context)


@require_safe
def ways(request: HttpRequest, trajectory_id: UUID) -> HttpResponse:
    """Who can pay this? One question per screen, only what is not known yet; then the answer."""
    page = queries.money(request.actor, trajectory_id)
    back = reverse("funding:money", args=[trajectory_id])
    form = AskForm()
    step = Step(_("Who can pay this?"), back, _("Who pays"), kicker=page.about)
    asked = choose(request, form, ["work"], step)
    if asked is not None:
        return asked
    told = queries.facts(request.actor, page.trajectory, request.GET["work"])
    asked = choose(request, form, _open(told), step)
    if asked is not None:
        return asked
    facts = _with_what_was_asked(request, told)
    context = {
        "page": page,
        "ways": queries.ways(facts),
        "work": Work(facts.work).label,
        "again": request.path,
        "applied_for": APPLIED_FOR,
        "carried": urlencode({"work": facts.work, "named": "yes" if facts.named else "no"}),
    }
    return render(request, "funding/ways.html", context)


def _open(told: Facts) -> list[str]:
    """Which questions are still open, after what has to be paid is known."""
    if told.work == Work.GROUP and told.months is not None:
        return ["named"]
    if told.work == Work.PLACE:
        return ["allowance"] if told.contract else ["contract", "allowance"]
    return []


def _with_what_was_asked(request: HttpRequest, told: Facts) -> Facts:
    contract = said(request.GET.get("contract"))
    return replace(
        told,
        named=request.GET.get("named") == "yes",
        contract=told.contract if told.contract is not None else contract,
        allowance=said(request.GET.get("allowance")),
    )


def write(request: HttpRequest, trajectory_id: UUID, stream: str) -> HttpResponse:
    """Write down a line of money; the router chose the sort, the rule judges it again."""
    page = queries.money(request.actor, trajectory_id)
    require(page.may_write)
    if stream not in streams():
        raise NotVisible
    chosen = streams()[stream]
    work = request.GET.get("work", Work.GROUP if page.trajectory.child is None else Work.CHILD)
    named = request.GET.get("named") == "yes"
    form = LineForm(
        request.POST or None,
        today=request.actor.today,
        stream=chosen,
        only_asked=request.GET.get("granted") == "no",
    )
    back = reverse("funding:money", args=[trajectory_id])
    step = _step(page, back, capfirst(str(chosen.title)))
    first = choose(request, form, ["granted"] if chosen.is_decided_elsewhere else [], step)
    if first is not None:
        return first
    done = answered(
        request,
        form,
        lambda _data: commands.write_line(
            request.actor, page.trajectory, form.wanted(work, named), once=form.once
        ),
        _("Written down. The parents can read it."),
        back,
    )
    return done or show(request, form, step)


def _step(page: Money, back: str, heading: str) -> Step:
    return Step(heading, back, _("Who pays"), kicker=f"{page.about} · {page.practice.title}")
