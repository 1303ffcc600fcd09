"""Who waits; one referral, from the first question until a person closes it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alert4you.access.queries.likely import likely
from alert4you.access.queries.line import known_child
from alert4you.access.rules.refusals import may_address
from alert4you.access.rules.relations import at_work_here
from alert4you.children.models import Child
from alert4you.kernel.decision import Denied, NotVisible, require
from alert4you.organisations.forms import Organisations, People
from alert4you.organisations.models import Actor, Role
from alert4you.organisations.queries import (
    colleagues,
    partner_organisations,
    professionals,
)
from alert4you.referrals.commands import ways as commands
from alert4you.referrals.forms import (
    START,
    AskForm,
    CloseForm,
    DatedForm,
    HearForm,
    LedForm,
    MeanwhileForm,
    NoForm,
    RevokeForm,
    StartForm,
    YesForm,
)
from alert4you.referrals.models import Outcome, Referral
from alert4you.referrals.queries import needs
from alert4you.referrals.queries import ways as queries
from alert4you.referrals.queries.ways import Way
from alert4you.referrals.rules.ways import TO_TELL, Ask
from alert4you.trajectories.queries.caseload import trajectory
from alert4you.ui.finding import as_id
from alert4you.ui.forms import Form
from alert4you.ui.one_question import Step
from alert4you.ui.screens import Screens

RECEIVING = (Role.COACH, Role.PARTNER, Role.CARE_COORDINATOR, Role.PEDAGOGUE, Role.GROUP_WORKER)
KEEP = (Role.GROUP_WORKER, Role.PEDAGOGUE, Role.CARE_COORDINATOR, Role.MANAGER)


def overview(request: HttpRequest) -> HttpResponse:
    """Who waits, the longest first; what else is under way; help that is not there."""
    if request.actor.role == Role.MUNICIPALITY:
        raise NotVisible
    context = {
        "waiting": queries.who_waits(request.actor),
        "under_way": queries.under_way(request.actor),
        "needs": list(needs.open_needs(request.actor)),
    }
    return render(request, "referrals/overview.html", context)


def referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The same page for the parents, the party and the staff; what they may do differs by rule."""
    way = queries.way(request.actor, referral_id)
    return render(request, "referrals/referral.html", {"way": way, "referral": way.referral})


# Starting ---------------------------------------------------------------------------------------


def start(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Five questions, one per screen; four when the party is not in this system."""
    known = known_child(request.actor, child_id)
    may = at_work_here(request.actor, known.ties)
    require(may)
    actor, party = request.actor, request.POST.get("party", "")
    offered: dict[str, Any] = {
        "organisations": Organisations(
            partner_organisations(actor), queries.parties(actor, known.child)
        ),
        "contacts": _contacts(actor, known.child, party),
        "outside": not party and bool(request.POST.get("party_words", "").strip()),
        "may_address": lambda asked: may_address(actor, known.child, asked),
        "people": _colleagues(actor, known.child),
        "initial": {"categories": [str(each) for each in TO_TELL], "lead": actor.membership_id},
    }
    screens = Screens(request, lambda sent: StartForm(sent, **offered), START)
    if screens.arrived and (begun := _begin(request, known.child, screens.form)):
        messages.success(request, _("It has started. The parents are asked what may go along."))
        return redirect("referrals:referral", begun.pk)
    heading = _("Other help for %(child)s") % {"child": known.child}
    back = reverse("web:line", args=[child_id])
    return screens.show(Step(heading, back, known.child.full_name, action=_("Start")))


def _contacts(actor: Actor, child: Child, party: str) -> People | None:
    there = as_id(party)
    if there is None:
        return None
    receiving = professionals(actor, *RECEIVING).filter(organisation=there)
    return People(actor, receiving, likely(actor, child))


def _colleagues(actor: Actor, child: Child) -> People:
    return People(actor, colleagues(actor), likely(actor, child))


def _begin(request: HttpRequest, child: Child, form: Any) -> Referral | None:
    given = form.cleaned_data
    followed = _trajectory(request)
    ask = Ask(given["what_for"], given.get("categories") or (), given["meanwhile"], followed)
    try:
        return commands.start_referral(
            request.actor, child, form.receiver, ask, *form.led, once=form.once
        )
    except Denied as denied:
        form.refuse(denied)
        return None


def _trajectory(request: HttpRequest) -> Any:
    given = request.GET.get("trajectory")
    try:
        return trajectory(request.actor, UUID(given)) if given else None
    except ValueError as broken:
        raise NotVisible from broken


# The steps --------------------------------------------------------------------------------------


def ask(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The party was asked, with the parents."""
    way = _at_work(request, referral_id)
    if way.referral.to_id:
        require(way.parents)
    in_words = way.referral.to_id is None
    form = AskForm(request.POST or None, today=request.actor.today, in_words=in_words)

    def write() -> None:
        commands.ask_party(request.actor, way.referral, **_answers(form), once=form.once)

    heading = _("When did you ask %(party)s?") % {"party": way.referral.party}
    done = _("Written down. From now on you see how long it takes.")
    return _page(request, way, form, write, {"heading": heading, "done": done})


def answer(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """What does the party say: not yet, yes, it has started, or no."""
    way = queries.way(request.actor, referral_id)
    require(way.powers.answer)
    said = request.GET.get("said", "")
    if said not in SAID:
        return render(request, "referrals/answer.html", {"way": way, "referral": way.referral})
    form_of, command, words, done = SAID[said]
    form = form_of(request.POST or None, today=request.actor.today)

    def write() -> None:
        command(request.actor, way.referral, **_answers(form), once=form.once)

    told = {"heading": words % {"party": way.referral.party}, "done": done}
    return _page(request, way, form, write, told)


SAID: dict[str, tuple[Any, Callable[..., Any], Promise, Promise]] = {
    "waits": (
        HearForm,
        commands.hear_party,
        _("%(party)s says: not yet"),
        _("Written down, with the day on which you ask again."),
    ),
    "yes": (
        YesForm,
        commands.accept_referral,
        _("%(party)s says yes"),
        _("A yes. Now the start."),
    ),
    "no": (
        NoForm,
        commands.refuse_referral,
        _("%(party)s says no"),
        _("Written down. Who keeps hold of it looks for another way, with the parents."),
    ),
    "started": (
        DatedForm,
        commands.record_start,
        _("It has started at %(party)s"),
        _("It has started. Close it when the hand-over is done."),
    ),
}


def meanwhile(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """What we do while the child waits, and what that does to the group."""
    way = _at_work(request, referral_id)
    now = {
        "meanwhile": way.referral.meanwhile,
        "effect_on_group": way.referral.effect_on_group,
    }
    form = MeanwhileForm(request.POST or None, initial=now)

    def write() -> None:
        commands.tell_meanwhile(request.actor, way.referral, **_answers(form), once=form.once)

    told = {"heading": _("Meanwhile"), "done": _("Saved. The parents read it too.")}
    return _page(request, way, form, write, told)


def lead(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Somebody else keeps hold of it from now on."""
    way = _at_work(request, referral_id)
    now = {"lead": way.referral.lead_id, "cover": way.referral.cover_id}
    form = LedForm(
        request.POST or None, people=_colleagues(request.actor, way.referral.child), initial=now
    )

    def write() -> None:
        commands.pass_coordination(request.actor, way.referral, *form.led, once=form.once)

    told = {"heading": _("Who keeps hold of it?"), "done": _("Passed on. The parents see who.")}
    return _page(request, way, form, write, told)


def revoke(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The parents take it back."""
    way = queries.way(request.actor, referral_id)
    require(way.powers.revoke)
    form = RevokeForm(request.POST or None)

    def write() -> None:
        commands.revoke_referral(request.actor, way.referral, **_answers(form), once=form.once)

    told = {"heading": _("Do you not want this any more?"), "done": _("Written down. It stops.")}
    return _page(request, way, form, write, told)


def close(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """A person closes it."""
    way = queries.way(request.actor, referral_id)
    require(way.powers.lead)
    form = CloseForm(request.POST or None, initial=_how_it_ended(way.referral))

    def write() -> None:
        commands.close_referral(request.actor, way.referral, **_answers(form), once=form.once)

    told = {"heading": _("Close it"), "done": _("Closed. What was written stays to be read.")}
    return _page(request, way, form, write, told)


def _how_it_ended(referral: Referral) -> dict[str, str]:
    """What is known of it already."""
    if referral.revoked_on:
        return {"outcome": Outcome.WITHDRAWN}
    if referral.refused_on:
        return {"outcome": Outcome.REFUSED}
    return {"outcome": Outcome.STARTED} if referral.started_on else {}


def _at_work(request: HttpRequest, referral_id: UUID) -> Way:
    way = queries.way(request.actor, referral_id)
    require(way.powers.work)
    return way


def _answers(form: Form) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "once"}


def _page(
    request: HttpRequest,
    way: Way,
    form: Form,
    write: Callable[[], None],
    told: dict[str, Any],
) -> HttpResponse:
    """One question about a referral: written by one command, then back to its page."""
    if form.is_valid():
        try:
            write()
        except Denied as denied:
            form.refuse(denied)
        else:
            messages.success(request, told["done"])
            return redirect("referrals:referral", way.referral.pk)
    context = {"way": way, "referral": way.referral, "form": form, "heading": told["heading"]}
    return render(request, "referrals/question.html", context)
