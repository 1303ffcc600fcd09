"""Help that is not there: two questions, what is missing, and looking again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alert4you.access.queries.line import known_child
from alert4you.access.rules.relations import at_work_here, works_here_with
from alert4you.kernel.decision import Denied, require
from alert4you.referrals.commands import needs as commands
from alert4you.referrals.forms import LookForm, NeedForm
from alert4you.referrals.queries import needs as queries
from alert4you.referrals.rules.needs import Missing


def register(request: HttpRequest, child_id: UUID) -> HttpResponse:
    known = known_child(request.actor, child_id)
    require(at_work_here(request.actor, known.ties))
    form = NeedForm(request.POST or None, today=request.actor.today)
    if form.is_valid():
        told = form.cleaned_data
        missing = Missing(told["help"], told["what"], told["obstacle"], told["look_again_on"])
        try:
            need = commands.register_need(
                request.actor, known.child, form.judged, missing, once=form.once
            )
        except Denied as denied:
            form.refuse(denied)
        else:
            messages.success(request, _("Written down. It counts along, without a name."))
            return redirect("referrals:need", need.pk)
    return render(request, "referrals/register_need.html", {"form": form, "child": known.child})


def need(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """What is missing, what was seen since, and the two questions once more."""
    found = queries.need(request.actor, need_id)
    open_still = found.met_on is None
    may = open_still and works_here_with(request.actor, found.child)
    form = LookForm(request.POST or None, today=request.actor.today) if may else None
    if form and form.is_valid():
        try:
            commands.look_again(
                request.actor,
                found,
                form.judged,
                form.cleaned_data["look_again_on"],
                once=form.once,
            )
        except Denied as denied:
            form.refuse(denied)
        else:
            messages.success(request, _("Written down."))
            return redirect("referrals:need", found.pk)
    verdicts = found.verdicts.select_related("by__person").order_by("-at")
    context = {"need": found, "verdicts": verdicts, "form": form}
    return render(request, "referrals/need.html", context)
