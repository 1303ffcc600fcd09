"""Holding something back from the parents for a while."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alert4you.access.commands.line import hold_back
from alert4you.access.forms.team import HoldForm
from alert4you.access.queries import line as lines
from alert4you.access.rules.relations import may_hold_now
from alert4you.kernel.decision import Denied, require
from alert4you.ui.dates import plain_date


def hold(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Until a day within 28 days, with a reason; the name of who decides stays with it."""
    actor = request.actor
    entry = lines.entry(actor, entry_id)
    require(may_hold_now(actor, entry))
    form = HoldForm(request.POST or None, written_at=entry.written_at, today=actor.today)
    if form.is_valid():
        try:
            hold_back(actor, entry, form.until, form.cleaned_data["reason"], once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            day = plain_date(form.cleaned_data["until"])
            messages.success(
                request, _("The parents can read this from %(day)s on.") % {"day": day}
            )
            return redirect("web:line", entry.child_id)
    return render(request, "access/hold.html", {"entry": entry, "child": entry.child, "form": form})
