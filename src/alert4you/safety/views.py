"""The pages of safety: calm, one step at a time, and nothing on a screen that tells which child."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alert4you.access.queries.likely import likely
from alert4you.kernel.decision import Denied, NotVisible, require
from alert4you.organisations.forms import People
from alert4you.organisations.models import Actor
from alert4you.organisations.queries import colleagues
from alert4you.safety import commands, queries, rules
from alert4you.safety.forms import (
    ASKS,
    ActForm,
    AppointForm,
    CorrectForm,
    LeaveOutForm,
    NameForm,
    StartForm,
)
from alert4you.safety.models import About, Concern, Part
from alert4you.safety.rules import Start
from alert4you.ui.one_question import Step, answered, show

APART = gettext_lazy(
    "This is not on the line of the child, and parents do not see it. Nothing is sent to anybody."
)
APART_HEADING = gettext_lazy("Only for whoever has to know")


def concerns(request: HttpRequest) -> HttpResponse:
    """What this hat may know of, and who has which task; the same page for whoever knows of nothing."""
    actor = _staff(request)
    page = {
        "rows": queries.concerns(actor),
        "posts": queries.posts(actor),
        "manages": actor.role in rules.MANAGES_POSTS,
    }
    return render(request, "safety/concerns.html", page)


def start(request: HttpRequest, about_id: UUID) -> HttpResponse:
    """First what it is about, then the facts."""
    actor = _staff(request)
    child = queries.child_to_worry_about(actor, about_id)
    about = request.GET.get("about", "")
    back = reverse("web:line", args=[child.pk])
    if about not in About.values:
        page = {"back_url": back, "posts": queries.posts(actor)}
        return render(request, "safety/start.html", page)
    others = People(actor, queries.to_accuse(actor), likely(actor))
    form = StartForm(request.POST or None, people=others if about == About.STAFF else None)
    if form.is_valid():
        try:
            told = Start(child, about, form.cleaned_data["facts"], form.whom)
            return redirect(_back(commands.open_concern(actor, told, once=form.once)))
        except Denied as refused:
            form.refuse(refused)
    lead = _("You saw something that worries you. It is good that you write it down.")
    heading = _("What do you see and hear?")
    return show(request, form, _step(heading, lead, request.path, _("Back")))


def concern(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    actor = _staff(request)
    found = queries.concern(actor, concern_id)
    record_of = queries.record_of(actor, found)
    stands = [(stand, ASKS[stand.part]) for stand in record_of.stands]
    page = {"record": record_of, "stands": stands, "concern": found, "apart": APART}
    return render(request, "safety/concern.html", page)


def record(request: HttpRequest, concern_id: UUID, step: str) -> HttpResponse:
    """One step: taken, or left out with a reason (``?leave-out=1``)."""
    actor = _staff(request)
    found = queries.concern(actor, concern_id)
    if step not in (*rules.path(found, actor.today), *rules.BESIDE[About(found.about)]):
        raise NotVisible
    part = Part(step)
    require(rules.whose_turn(actor, found, part))
    form = _form(request, actor, found, part)
    done = answered(
        request,
        form,
        lambda _data: commands.record(actor, found, part, form.told, once=form.once),
        _("Written down, with the day and your name."),
        _back(found),
    )
    asks = ASKS[part]
    return done or show(request, form, _step(asks.heading, asks.lead, _back(found), _title()))


def _form(request: HttpRequest, actor: Actor, found: Concern, part: Part) -> ActForm | LeaveOutForm:
    if "leave-out" in request.GET and part not in rules.NEVER_LEFT_OUT:
        return LeaveOutForm(request.POST or None)
    why_so = not rules.in_order(actor, found, part, rules.Told()) or part == Part.HANDED
    return ActForm(
        request.POST or None,
        part=part,
        today=actor.today,
        questions=queries.questions(actor.today),
        why_so=why_so,
    )


def correct(request: HttpRequest, concern_id: UUID, act_id: UUID) -> HttpResponse:
    """What was written stays; the correction stands beside it."""
    actor = _staff(request)
    act = queries.act(actor, concern_id, act_id)
    form = CorrectForm(request.POST or None, initial={"text": act.text})
    done = answered(
        request,
        form,
        lambda data: commands.correct(actor, act, data["text"], data["why"], once=form.once),
        _("The correction stands beside what was written."),
        _back(act.concern),
    )
    lead = _("What was written stays to be read. Your correction stands beside it.")
    return done or show(request, form, _step(_("Correct"), lead, _back(act.concern), _title()))


def name(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    actor = _staff(request)
    found = queries.concern(actor, concern_id)
    form = NameForm(
        request.POST or None, people=People(actor, queries.to_name(actor, found), likely(actor))
    )
    done = answered(
        request,
        form,
        lambda data: commands.name_member(actor, found, data["who"], data["why"], once=form.once),
        _("This colleague can read it from now on. Tell it yourself: Alert4you sends nothing."),
        _back(found),
    )
    heading = _("Who has to know?")
    return done or show(request, form, _step(heading, "", _back(found), _title()))


def end_member(request: HttpRequest, concern_id: UUID, member_id: UUID) -> HttpResponse:
    actor = _staff(request)
    member = queries.member(actor, concern_id, member_id)
    require(rules.may_end(actor, member))
    if request.method == "POST":
        commands.end_member(actor, member)
        return redirect(_back(member.concern))
    page = {
        "heading": _("Does this colleague not have to know any more?"),
        "text": _("From now on %(name)s sees nothing of it.")
        % {"name": member.membership.person.name},
        "action": _("Take off"),
        "cancel_url": _back(member.concern),
    }
    return render(request, "ui/confirm.html", page)


def posts(request: HttpRequest) -> HttpResponse:
    """The management names who is attention officer and who the holder is."""
    actor = _staff(request)
    if actor.role not in rules.MANAGES_POSTS:
        raise NotVisible
    form = AppointForm(request.POST or None, people=People(actor, colleagues(actor), likely(actor)))
    back = reverse("safety:concerns")
    done = answered(
        request,
        form,
        lambda data: commands.appoint(actor, data["who"], data["task"], once=form.once),
        _("Everybody of your organisation sees who has this task."),
        back,
    )
    lead = _("So that everybody knows whom to turn to. You yourself see no concerns by this.")
    return done or show(request, form, Step(_("Who has which task?"), back, _("Safety"), lead=lead))


def end_post(request: HttpRequest, post_id: UUID) -> HttpResponse:
    actor = _staff(request)
    post = queries.post(actor, post_id)
    require(rules.may_appoint(actor, post.membership, post.task))
    if request.method == "POST":
        commands.end_post(actor, post)
        return redirect("safety:concerns")
    page = {
        "heading": _("Does this task end?"),
        "text": f"{post.membership.person.name}: {post.get_task_display()}",
        "action": _("End the task"),
        "cancel_url": reverse("safety:concerns"),
    }
    return render(request, "ui/confirm.html", page)


def _staff(request: HttpRequest) -> Actor:
    """For a parent's hat there is nothing at these addresses."""
    if request.actor.is_parent:
        raise NotVisible
    return request.actor


def _back(found: Concern) -> str:
    return reverse("safety:concern", args=[found.pk])


def _title() -> str:
    return _("Concern about safety")


def _step(heading: object, lead: object, back: str, label: object) -> Step:
    return Step(heading, back, label, lead=lead, why=APART, why_heading=APART_HEADING)
