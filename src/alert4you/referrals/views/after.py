"""A question to whoever helped before."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alert4you.kernel.decision import Denied, require
from alert4you.referrals.commands.after import ask_former_worker
from alert4you.referrals.forms import AfterForm
from alert4you.referrals.queries.after import afterwards
from alert4you.referrals.rules.after import may_ask_after
from alert4you.trajectories.queries.caseload import trajectory


def ask(request: HttpRequest, trajectory_id: UUID) -> HttpResponse:
    """Without a new file, as long as the practice allows; after that: what one can do instead."""
    found = trajectory(request.actor, trajectory_id)
    may = may_ask_after(request.actor, found)
    require(may)
    after = afterwards(request.actor, found)
    form = AfterForm(request.POST or None) if after.may else None
    if form and found.child_id is None:
        del form.fields["details"]
    if form and form.is_valid():
        told = form.cleaned_data
        try:
            question = ask_former_worker(
                request.actor, found, told["text"], told.get("details", ""), once=form.once
            )
        except Denied as denied:
            form.refuse(denied)
        else:
            messages.success(
                request, _("Your question is asked. You see here by when you get an answer.")
            )
            return redirect("coaching:question", question.pk)
    context = {"after": after, "form": form, "trajectory": found}
    return render(request, "referrals/after.html", context, status=200 if after.may else 403)
