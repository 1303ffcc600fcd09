"""What is due to go: the list, one file of it with its two approvals, and the proof afterwards."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alert4you.access.commands.marks import hold_by_law, release_hold
from alert4you.kernel.decision import Denied
from alert4you.retention import commands
from alert4you.retention.forms import HoldForm, YesForm
from alert4you.retention.queries import pages


def overview(request: HttpRequest) -> HttpResponse:
    return render(request, "retention/overview.html", {"page": pages.overview(request.actor)})


def erasure(request: HttpRequest, erasure_id: UUID) -> HttpResponse:
    """One file: what goes and why, and the yes of this person; or, gone, its proof."""
    actor = request.actor
    page = pages.erasure(actor, erasure_id)
    form = YesForm(request.POST or None)
    if form.is_valid():
        try:
            if "back" in request.POST:
                commands.withdraw_approval(actor, page.row.erasure, once=form.once)
                messages.info(request, _("Taken back: it stays until two people say yes."))
            else:
                commands.approve_erasure(actor, page.row.erasure, once=form.once)
                messages.success(request, _("Your yes is written down."))
            return redirect("retention:erasure", erasure_id)
        except Denied as refused:
            form.refuse(refused)
    told = {"page": page, "row": page.row, "erasure": page.row.erasure, "form": form}
    return render(request, "retention/erasure.html", told)


def hold(request: HttpRequest, erasure_id: UUID) -> HttpResponse:
    """A legal hold on everything about this child, or its end; with a reason."""
    page = pages.to_hold(request.actor, erasure_id)
    child = page.row.erasure.child
    form = HoldForm(request.POST or None)
    if form.is_valid():
        change = release_hold if page.row.hold else hold_by_law
        try:
            change(request.actor, child, form.cleaned_data["reason"], once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Written down. It holds from now on."))
            return redirect("retention:erasure", erasure_id)
    return render(request, "retention/hold.html", {"row": page.row, "form": form})
