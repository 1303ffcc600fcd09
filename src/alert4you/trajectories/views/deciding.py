"""Taking down what was decided."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alert4you.kernel.decision import Denied, require
from alert4you.practices.rules.cards import leads_to
from alert4you.trajectories.commands.deciding import Why
from alert4you.trajectories.commands.deciding import decide as record_decision
from alert4you.trajectories.forms.deciding import DecisionForm
from alert4you.trajectories.queries.overview import Overview, overview
from alert4you.trajectories.rules.deciding import missing
from alert4you.trajectories.templatetags.trajectories import party


def decide(request: HttpRequest, trajectory_id: UUID) -> HttpResponse:
    """The options of the gate with where each leads, the voices, the reasons, the next date."""
    seen = overview(request.actor, trajectory_id)
    require(seen.powers.decide)
    if seen.gate is None:
        return redirect("trajectories:trajectory", trajectory_id)
    form = _form(request, seen)
    if form.is_valid():
        given = form.cleaned_data
        why = Why(
            given["reasons"],
            form.voices,
            given["next_on"],
            given.get("early_reason", ""),
            given["round"],
        )
        try:
            record_decision(
                request.actor,
                seen.case.trajectory,
                given["gate"],
                given["choice"],
                why,
                once=form.once,
            )
        except Denied as denied:
            form.refuse(denied)
        else:
            messages.success(request, _("The decision is written down, with everyone's words."))
            return redirect("trajectories:trajectory", trajectory_id)
    context = {"seen": seen, "case": seen.case, "form": form}
    return render(request, "trajectories/decide.html", context)


def _form(request: HttpRequest, seen: Overview) -> DecisionForm:
    gate, state = seen.gate, seen.case.state
    if gate is None or state.decision is None:
        raise LookupError(seen.case.trajectory.pk)
    heard = {each.of for each in seen.papers.heard(gate)}
    initial: dict[str, Any] = {"gate": gate.key, "round": state.round}
    return DecisionForm(
        request.POST or None,
        gate=gate,
        leads={each.key: f"→ {leads_to(seen.case.practice, each)}" for each in gate.options},
        unheard=[(of, party(of)) for of in missing(gate, {}, heard)],
        first=request.actor.today + timedelta(days=1),
        early=not state.decision.ready,
        initial=initial,
    )
