"""Numbers about money, without names; and what municipalities agreed."""

import csv
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.funding.commands import agreements as commands
from alert4you.funding.forms.money import AgreeForm
from alert4you.funding.queries import agreements as queries
from alert4you.funding.queries.report import Report
from alert4you.funding.queries.report import report as report_of
from alert4you.funding.queries.spent import spent
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Role
from alert4you.referrals.queries.teams import teams
from alert4you.ui.forms import Form
from alert4you.ui.one_question import Step, answered, show


def _report(request: HttpRequest) -> Report:
    told = request.GET.get("year", "")
    known = told.isascii() and told.isdigit() and 2000 <= int(told) <= request.actor.today.year
    return report_of(request.actor, int(told) if known else request.actor.today.year)


def hours(request: HttpRequest) -> HttpResponse:
    """Hours per way of working of the own organisation, and which money they are on."""
    context = {"report": spent(request.actor), "teams": teams()}
    return render(request, "funding/hours.html", context)


def report(request: HttpRequest) -> HttpResponse:
    """Hours that nobody pays, help for parents, and waiting: per town."""
    found = _report(request)
    context = {
        "report": found,
        "agrees": request.actor.role == Role.MUNICIPALITY,
        "this_year": request.actor.today.year,
    }
    return render(request, "funding/report.html", context)


def table(request: HttpRequest) -> HttpResponse:
    """The same as a file for a spreadsheet; what is too small is a full stop."""
    found = _report(request)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="alert4you-{found.year}.csv"'
    answer.write("\ufeff")
    rows = csv.writer(answer, delimiter=";")
    rows.writerow(
        [
            _("Town"),
            _("Year"),
            _("Hours for children, on no money"),
            _("Hours of the group, on no money"),
            _("Hours of help for parents"),
            _("Children who wait"),
            _("Weeks of waiting (median)"),
        ]
    )
    for each in found.rows:
        cells = (each.uncovered, each.of_group, each.guidance, each.waiting, each.weeks)
        rows.writerow([_plain(each.town), found.year, *("." if n is None else n for n in cells)])
    return answer


def _plain(words: str) -> str:
    """A spreadsheet reads no formula in it."""
    return f"'{words}" if words[:1] in tuple("=+-@\t\r") else words


def agreements(request: HttpRequest) -> HttpResponse:
    """By which money municipalities pay, and where that stands."""
    context = {
        "agreed": queries.agreements(request.actor),
        "agrees": request.actor.role == Role.MUNICIPALITY,
    }
    return render(request, "funding/agreements.html", context)


def agree(request: HttpRequest) -> HttpResponse:
    """A municipality writes down by which money it pays."""
    if request.actor.role != Role.MUNICIPALITY:
        raise NotVisible
    form = AgreeForm(request.POST or None, towns=queries.towns())
    back = reverse("funding:agreements")
    done = answered(
        request,
        form,
        lambda data: commands.agree(
            request.actor,
            data["town"],
            data["stream"],
            data["where"],
            data["weeks"],
            once=form.once,
        ),
        _("Written down. Who looks for money sees it at once."),
        back,
    )
    step = Step(_("By which money do you pay?"), back, _("Agreements about money"))
    return done or show(request, form, step)


def stop(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """This is agreed no more."""
    found = queries.agreement(request.actor, agreement_id)
    form = Form(request.POST if request.method == "POST" else None)
    back = reverse("funding:agreements")
    done = answered(
        request,
        form,
        lambda _data: commands.stop_agreement(request.actor, found.agreement, once=form.once),
        _("Written down."),
        back,
    )
    heading = _("Does this agreement end today?")
    kicker = f"{found.agreement.town} · {found.stream.title}"
    step = Step(heading, back, _("Agreements about money"), kicker=kicker, action=_("End it"))
    return done or show(request, form, step)
