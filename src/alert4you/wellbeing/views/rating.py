"""Looking: one child in 15 seconds, or all children of the group while they sleep."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.access.queries import line as lines
from alert4you.access.rules.relations import works_here_with
from alert4you.kernel.decision import Denied, require
from alert4you.wellbeing import commands
from alert4you.wellbeing.forms import RatingForm
from alert4you.wellbeing.queries import pages


def rate(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """How is this child doing today?"""
    actor = request.actor
    child = lines.child(actor, child_id)
    require(works_here_with(actor, child))
    form = RatingForm(request.POST or None, before=pages.mine_today(actor, child))
    if form.is_valid():
        try:
            commands.rate(actor, child, form.steps, once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved with %(child)s.") % {"child": child})
            return redirect("wellbeing:child", child.pk)
    return render(request, "wellbeing/rate.html", {"child": child, "form": form})


def group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Child after child; each is saved by itself."""
    actor = request.actor
    found = pages.round_of(actor, group_id, request.GET.get("child", ""))
    turn = found.now
    form = RatingForm(request.POST or None, before=turn.rating) if turn else None
    if turn and form and form.is_valid():
        try:
            commands.rate(actor, turn.child, form.steps, once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            coming = pages.after(found)
            url = reverse("wellbeing:group", args=[found.group.pk])
            return redirect(f"{url}?child={coming}" if coming else url)
    return render(
        request, "wellbeing/group.html", {"round": found, "form": form, "after": pages.after(found)}
    )
