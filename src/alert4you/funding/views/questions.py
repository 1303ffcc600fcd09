"""What municipalities ask with an application, and a new version of it."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.funding.commands.applications import write_questions
from alert4you.funding.forms import applications as forms
from alert4you.funding.queries import applications as queries
from alert4you.funding.rules.questions import questions
from alert4you.funding.rules.streams import streams
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.forms import Organisations
from alert4you.ui.one_question import Step, answered, choose, show


def asked(request: HttpRequest) -> HttpResponse:
    """Per municipality and sort of money: the newest version."""
    known = streams()
    rows = [(each, known[each.stream], questions(each)) for each in queries.asked(request.actor)]
    return render(
        request, "funding/asked.html", {"rows": rows, "writes": queries.may_write(request.actor)}
    )


def write(request: HttpRequest) -> HttpResponse:
    """Write down what a municipality asks; folders that run keep what they began with."""
    actor = request.actor
    if not queries.may_write(actor):
        raise NotVisible
    back = reverse("funding:asked")
    known = partial(queries.known_municipalities, actor)
    asking = Organisations(queries.municipalities(actor), known)
    form = forms.QuestionsForm(request.POST or None, municipalities=asking)
    step = Step(_("What has to be filled in?"), back, _("What municipalities ask"))
    first = choose(request, form, ["municipality", "stream"], step)
    if first is not None:
        return first
    of, stream = asking.one(request.GET.get("municipality", "")), request.GET.get("stream", "")
    if of is not None:
        form.start(queries.own(actor, of.what.pk, stream), stream)
    done = answered(
        request,
        form,
        lambda data: write_questions(
            actor,
            data["municipality"],
            data["stream"],
            form.chosen,
            once=form.once,
        ),
        _("Written down. New folders ask this; those that run keep their own questions."),
        back,
    )
    return done or show(request, form, step)
