"""The rule of the organisation, and what follows from its numbers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.ui.one_question import answered, require
from alert4you.wellbeing import commands
from alert4you.wellbeing.forms import RuleForm
from alert4you.wellbeing.queries.pages import chosen
from alert4you.wellbeing.rules.choosing import in_words
from alert4you.wellbeing.rules.writing import may_choose


def rule(request: HttpRequest) -> HttpResponse:
    """When do we look again together, and how often is that wrong?"""
    actor = request.actor
    require(may_choose(actor))
    now = chosen(actor.organisation_id)
    form = RuleForm(request.POST or None, chosen=now)
    here = reverse("wellbeing:rule")

    def choose(_told: dict[str, object]) -> None:
        commands.set_rule(actor, form.chosen, once=form.once)

    if done := answered(request, form, choose, _("Saved. It holds from now on."), here):
        return done
    page = {"form": form, "chosen": now, "odds": now.odds, "words": in_words(now.rule)}
    return render(request, "wellbeing/rule.html", page)
