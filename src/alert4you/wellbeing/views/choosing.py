"""The rule of the organisation, and what follows from its numbers: one question at a time."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.kernel.decision import require
from alert4you.ui.one_question import Step, answered, choose, made, show
from alert4you.wellbeing import commands
from alert4you.wellbeing.forms import ExpectedForm, RuleForm
from alert4you.wellbeing.queries.pages import chosen
from alert4you.wellbeing.rules.choosing import Chosen
from alert4you.wellbeing.rules.odds import Expected
from alert4you.wellbeing.rules.writing import may_choose


def rule(request: HttpRequest) -> HttpResponse:
    """When do we look again together, and how often is that wrong?"""
    require(may_choose(request.actor))
    now = chosen(request.actor.organisation_id)
    which = request.GET.get("expect", "")
    return _expect(request, now, which) if which in ExpectedForm.QUESTIONS else _rule(request, now)


def _rule(request: HttpRequest, now: Chosen) -> HttpResponse:
    """The sort of rule as a tap; then its own few numbers, filled in with what holds or is usual."""
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    form = RuleForm(request.POST or None, chosen=now, kind=kind)
    here, heading = reverse("wellbeing:rule"), _("When do we look again together?")
    lead = _(
        "A rule that everybody can check by hand. It gives no marks, ranks nobody, and a person "
        "decides what is done."
    )
    today = Step(heading, reverse("web:today"), _("Today"), lead, shown=now)
    if page := choose(request, form, ["kind"], today, "wellbeing/which.html"):
        return page
    said = _("Saved. It holds from now on.")

    def act(_told: dict[str, object]) -> None:
        commands.set_rule(request.actor, form.chosen, once=form.once)

    if done := answered(request, form, act, said, here):
        return done
    rule_chosen = made(form, ["kind"]).capitalize()
    step = Step(heading, here, _("Which rule?"), kicker=rule_chosen, shown=now)
    return show(request, form, step, "wellbeing/rule.html")


def _expect(request: HttpRequest, now: Chosen, which: str) -> HttpResponse:
    """Three questions; the address carries what was answered, so that one can go back."""
    told, here = request.GET.copy(), reverse("wellbeing:rule")
    form = ExpectedForm(
        request.POST or None, which=which, expected=now.expected, initial=told.dict()
    )
    ways = list(ExpectedForm.QUESTIONS)
    at = ways.index(which)
    if form.is_valid():
        for name, number in form.told.items():
            told[name] = str(number)
        open_ = [
            way for way in ways if way not in ways[: at + 1] or not _asked(way, told).is_valid()
        ]
        if open_:
            return redirect(_address(told, open_[0]))

        def act(_told: dict[str, object]) -> None:
            whole = replace(now, expected=_expected(told))
            commands.set_rule(request.actor, whole, once=form.once)

        if done := answered(request, form, act, _("Saved. It holds from now on."), here):
            return done
    lead = _(
        "From this follows how often the rule is wrong. Fill in what your own people find likely, "
        "of a hundred times looking; nobody else’s numbers are in here."
    )
    back = _address(told, ways[at - 1]) if at else here
    kicker = f"{_('What do you expect to see?')} {at + 1}/{len(ways)}"
    label = ExpectedForm.QUESTIONS[ways[at - 1]] if at else _("When do we look again together?")
    action = _("Save and compute") if which == ways[-1] else _("Next")
    heading = ExpectedForm.QUESTIONS[which]
    step = Step(heading, back, label, lead, kicker, action, shown=now)
    return show(request, form, step, "wellbeing/rule.html")


def _asked(way: str, told: QueryDict) -> ExpectedForm:
    return ExpectedForm(told, which=way, expected=None)


def _address(told: QueryDict, way: str) -> str:
    told = told.copy()
    told["expect"] = way
    return f"{reverse('wellbeing:rule')}?{told.urlencode()}"


def _expected(told: QueryDict) -> Expected:
    """From an address of which every part was found right."""
    numbers = {}
    for way in ExpectedForm.QUESTIONS:
        form = _asked(way, told)
        form.full_clean()
        numbers[way] = list(form.told.values())
    return Expected(numbers["well"], numbers["low"], *numbers["often"])
