"""What is counted with each child, and what follows from its numbers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.kernel.decision import require
from alert4you.ui.one_question import answered
from alert4you.wellbeing import commands
from alert4you.wellbeing.forms import CountingForm
from alert4you.wellbeing.queries import pages
from alert4you.wellbeing.rules.writing import may_choose


def counting(request: HttpRequest) -> HttpResponse:
    """Which of the words that are tapped ask to look again together, and when?"""
    actor = request.actor
    require(may_choose(actor))
    now = pages.counting_of(actor.organisation_id)
    known = pages.what_can_be_tapped(actor)
    form = CountingForm(request.POST or None, known=known, watch=now.watch)

    def choose(told: dict[str, object]) -> None:
        rule = {name: told[name] for name in ("tags", "more", "of", "days")}
        commands.watch_tags(actor, **rule, expected=form.expected, once=form.once)

    here = reverse("wellbeing:counting")
    if done := answered(request, form, choose, _("Saved. It holds from now on."), here):
        return done
    return render(request, "wellbeing/counting.html", {"form": form, "counting": now})
