"""What is shared with whom: the parents decide, staff ask and write down answers given elsewhere."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alert4you.access.commands import consent as commands
from alert4you.access.forms.consent import (
    AnswerForm,
    AskForm,
    ByLawForm,
    ConfirmForm,
    ExemptForm,
    ExtendForm,
    Parties,
    RecordForm,
    ShareForm,
)
from alert4you.access.models import Answer
from alert4you.access.queries import confirming
from alert4you.access.queries import consent as agreements
from alert4you.access.queries import line as lines
from alert4you.access.queries.agreement import Agreement
from alert4you.access.queries.likely import likely
from alert4you.access.queries.trail import read_by
from alert4you.access.rules.by_law import PROFESSIONALS, YOUTH_CARE, may_be_exempt
from alert4you.access.rules.consent import Terms, child_signs, may_answer, may_record_here
from alert4you.access.rules.relations import works_here_with
from alert4you.access.rules.wording import NEVER_SHARED, NEVER_SHARED_BY_STAFF, WORDS, text_of
from alert4you.children.models import Guardian, GuardianKind
from alert4you.kernel.decision import Denied, require
from alert4you.organisations.forms import People
from alert4you.organisations.models import Actor, Membership, Role
from alert4you.organisations.queries import professionals
from alert4you.ui.one_question import Step, answered, choose, made, show
from alert4you.ui.screens import Question, Screens

WHO_CAN_BE_ASKED_FOR = (
    Role.COACH,
    Role.PARTNER,
    Role.PEDAGOGUE,
    Role.CARE_COORDINATOR,
    Role.GROUP_WORKER,
)
THE_CHILD = "child"
OBJECTS = {GuardianKind.PARENT, GuardianKind.FOSTER_PARENT}


def sharing(request: HttpRequest) -> HttpResponse:
    """All agreements about the parents' own children; what waits for them first."""
    actor = request.actor
    if not actor.is_parent:
        return redirect("web:children")
    known = lines.known_children(actor)
    found = agreements.agreements_of(actor, known)
    waiting = [a for a in found if a.waits_for(a.signer(actor), actor.today)]
    others = [a for a in found if a not in waiting]
    context = {
        "waiting": waiting,
        "others": [a for a in others if not a.by_law],
        "by_law": [a for a in others if a.by_law],
        "never": NEVER_SHARED,
    }
    return render(request, "access/sharing.html", context)


def agreement(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request: what it means, who must sign, and for the parents: yes, no, or not now."""
    actor = request.actor
    found = agreements.agreement(actor, request_id)
    me = found.signer(actor)
    decision = may_answer(actor, found.request)
    asked = [line.consent.category for line in found.lines]
    form = AnswerForm(
        request.POST or None,
        asked=asked,
        today=actor.today,
        initial={f"about_{line.consent.category}": line.by(me) for line in found.lines},
    )
    if request.method == "POST" and form.is_valid():
        try:
            commands.answer_consent(
                actor,
                found.request,
                form.answers,
                form.cleaned_data["revisit_on"],
                once=form.once,
            )
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _thanks(form.answers))
            return redirect("access:agreement", request_id)
    context = {**_shown(found, request), **_asked_of(found, me, actor.today)}
    context |= {"form": form, "me": me, "may_answer": decision}
    return render(request, "access/agreement.html", context)


@require_POST
def withdraw(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One tap: from now on nothing of this is shared any more."""
    found = agreements.agreement(request.actor, request_id)
    commands.withdraw_consent(request.actor, found.request)
    messages.success(request, _("It has stopped. From now on nothing of this is shared any more."))
    return redirect("access:agreement", request_id)


def record(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Staff write down what somebody said: a tap for who, one for how, then the answers."""
    actor = request.actor
    found = agreements.agreement(actor, request_id)
    require(may_record_here(actor, found.request))
    form = RecordForm(
        request.POST or None,
        asked=[line.consent.category for line in found.lines],
        today=actor.today,
        signers=_signers(found, lines.guardians(actor, found.request.child)),
        how=request.POST.get("how") or request.GET.get("how", ""),
    )
    step = _record_step(found)
    if page := choose(request, form, ("who", "how"), step):
        return page

    def act(told: dict[str, Any]) -> None:
        who = _guardian(actor, found, told["who"])
        manner = told["how"], told["witness"]
        commands.record_answer(actor, found.request, who, form.answers, *manner, once=form.once)

    if done := answered(request, form, act, _("Written down. The parents see it too."), step.back):
        return done
    return show(request, form, replace(step, lead=made(form, ("who", "how"))))


def ask(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Ask the parents whether somebody of another organisation may know something."""
    actor = request.actor
    child = lines.child(actor, child_id)
    require(works_here_with(actor, child))
    people = Parties(actor, _outside(actor), likely(actor, child))
    offered: Any = {"people": people, "today": actor.today}
    offered["initial"] = {"who": request.GET.get("who", "")}
    screens = Screens(request, lambda sent: AskForm(sent, **offered), _questions())
    form: Any = screens.form
    if screens.arrived:
        organisation, person = form.cleaned_data["who"]
        purpose = form.cleaned_data["purpose"]
        try:
            asked = commands.ask_consent(
                actor, child, organisation, purpose, _terms(form), person, once=form.once
            )
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Asked. The parents see it the next time they look."))
            return redirect("access:agreement", asked.pk)
    step = Step(
        _("Ask the parents"),
        reverse("web:line", args=[child.pk]),
        str(child),
        action=_("Ask the parents"),
        icon="mail",
        shown=child if lines.supervised_by(actor, child) else None,
    )
    return screens.show(step, "access/ask.html")


def _questions() -> list[Question]:
    lead = _(
        "Nothing is shared until all parents with authority say yes. No is a good answer too: then you"
        " go on together without it."
    )
    return [
        Question(_("Who, and what for?"), ("who", "purpose"), lead),
        Question(_("What, and why?"), ("categories", "why")),
        Question(_("From when, until when?"), ("until", "content_from")),
    ]


def by_law(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """A supervision order: the institution may read what it needs, without consent; parents see it."""
    actor = request.actor
    child = lines.child(actor, child_id)
    require(works_here_with(actor, child))
    institutions = lines.supervised_by(actor, child)
    there = _outside(actor).filter(organisation__in=institutions)
    people = People(actor, there, likely(actor, child))
    form = ByLawForm(request.POST or None, people=people, today=actor.today)
    if form.is_valid():
        person, ground = form.cleaned_data["who"], form.cleaned_data["ground"]
        try:
            shared = commands.share_by_law(
                actor, child, person.organisation, ground, _terms(form), person, once=form.once
            )
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(
                request,
                _(
                    "Written down. It is shared once they confirm that they need it; parents see it."
                ),
            )
            return redirect("access:agreement", shared.pk)
    return render(request, "access/by_law.html", {"child": child, "form": form})


def extend(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Ask everybody anew whether it may go on after its end."""
    actor = request.actor
    found = agreements.agreement(actor, request_id)
    require(may_record_here(actor, found.request))
    form = ExtendForm(request.POST or None, ends=found.request.ends)
    if form.is_valid():
        try:
            follows = commands.extend_consent(actor, found.request, form.ends, once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(
                request, _("Asked. Until everybody says yes, it ends on its last day.")
            )
            return redirect("access:agreement", follows.pk)
    return render(request, "access/extend.html", {**_shown(found, request), "form": form})


def exempt(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """A youth-care professional decided that others sign than the age says; with the reason."""
    actor = request.actor
    found = agreements.agreement(actor, request_id)
    require(may_record_here(actor, found.request))
    decides = professionals(actor, *PROFESSIONALS).filter(organisation__kind__in=YOUTH_CARE)
    people = People(actor, decides, likely(actor, found.request.child))
    form = ExemptForm(request.POST or None, people=people)
    if form.is_valid():
        said = form.cleaned_data
        try:
            commands.exempt_request(
                actor, found.request, said["exempt"], said["why"], said["by"], once=form.once
            )
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(
                request,
                _("Written down. It counts once this professional confirms it; parents see it."),
            )
            return redirect("access:agreement", request_id)
    return render(request, "access/exempt.html", {**_shown(found, request), "form": form})


def confirm(request: HttpRequest, exception_id: UUID) -> HttpResponse:
    """A professional says whether what was written down in her name is right."""
    asked = confirming.asked(request.actor, exception_id)
    form = ConfirmForm(request.POST or None)
    back = reverse("web:agenda")

    def act(told: dict[str, Any]) -> None:
        stands = told["stands"] == form.YES
        commands.confirm_exception(request.actor, asked, stands, once=form.once)

    if done := answered(request, form, act, _("Thank you. The parents see it too."), back):
        return done
    heading = _("You need this, it says") if asked.is_by_law else _("You decided this, it says")
    step = Step(heading, back, _("Agenda"), kicker=asked.child.first_name, shown=asked)
    return show(request, form, step, "access/confirm.html")


def proof(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Everything that was asked and said, as proof: who, as whom, when, how, on which words."""
    found = agreements.agreement(request.actor, request_id)
    context = {
        **_shown(found, request),
        "text": text_of(found.request.text_version, get_language() or "nl"),
    }
    return render(request, "access/proof.html", context)


def _shown(found: Agreement, request: HttpRequest) -> dict[str, object]:
    return {
        "agreement": found,
        "child": found.request.child,
        "people": lines.involved_for(request.actor, found.request),
        "never": NEVER_SHARED if request.actor.is_parent else NEVER_SHARED_BY_STAFF,
        "words": WORDS,
        "may_record": may_record_here(request.actor, found.request),
        "may_exempt": may_be_exempt(found.request, request.actor.today),
        "read_before": read_by(request.actor, found.request) if found.request.ran_at else [],
    }


def _asked_of(found: Agreement, me: Guardian | None, today: date) -> dict[str, object]:
    """What this signer is asked, and said before."""
    said = {line.by(me) for line in found.lines}
    return {
        "waits": me is not None and found.waits_for(me, today),
        "revisit_on": found.revisit_on(me),
        "mixed": len(said) > 1,
        "gave_something": Answer.GIVEN in said,
        "child_signs": None in found.signers,
    }


def _record_step(found: Agreement) -> Step:
    asked = found.request
    return Step(
        _("Write down an answer"),
        reverse("access:agreement", args=[asked.pk]),
        str(asked.organisation),
        _(
            "For who does not use Alert4you, or said it in a talk. The answer counts as if it was "
            "given here, and can be taken back as easily."
        ),
        f"{asked.child} · {asked.organisation}",
        _("Write down"),
    )


def _thanks(answers: dict[str, str]) -> str:
    given = set(answers.values())
    if given == {Answer.GIVEN}:
        return _("Thank you. You said yes; you can stop it at any moment.")
    if given == {Answer.REFUSED}:
        return _("You said no. That is fine: nothing changes for the place of your child.")
    if given == {Answer.LATER}:
        return _("Not now. We leave it until the date you chose.")
    return _("Thank you, your choices are kept. You can change them at any moment.")


def _signers(found: Agreement, guardians: Iterable[Guardian]) -> list[tuple[str, object]]:
    """Who must sign, the child that may, and who can only object."""
    child = found.request.child.first_name
    signing = [(str(each.pk), each.person.name) for each in found.signers if each]
    if None in found.signers or child_signs(found.request, found.today):
        signing.append((THE_CHILD, child))
    others = [
        (str(each.pk), _("%(name)s, who does not decide (only a no)") % {"name": each.person.name})
        for each in guardians
        if each not in found.signers and each.kind in OBJECTS
    ]
    return [*signing, *others]


def _guardian(actor: Actor, found: Agreement, chosen: str) -> Guardian | None:
    around = lines.guardians(actor, found.request.child)
    return next((each for each in around if str(each.pk) == chosen), None)


def _outside(actor: Actor) -> QuerySet[Membership]:
    people = professionals(actor, *WHO_CAN_BE_ASKED_FOR)
    return people.exclude(organisation=actor.organisation_id)


def _terms(form: ShareForm) -> Terms:
    said = form.cleaned_data
    return Terms(said["categories"], said["why"], form.ends, said["content_from"])
