"""The folder of an application: begun, one question per screen, approved by the parents, sent."""

from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alert4you.funding.commands import applications as commands
from alert4you.funding.forms import applications as forms
from alert4you.funding.models import Work
from alert4you.funding.queries import applications as queries
from alert4you.funding.queries import money as money_queries
from alert4you.funding.queries.applications import Folder
from alert4you.funding.rules.questions import APPLIED_FOR
from alert4you.funding.rules.streams import streams
from alert4you.kernel.decision import NotVisible, require
from alert4you.trajectories.views.paper import take_along, typeset
from alert4you.ui.one_question import Step, answered, choose, show

PAPER = Path(__file__).resolve().parent.parent / "templates/funding/folder.typ"


def apply(request: HttpRequest, trajectory_id: UUID, stream: str) -> HttpResponse:
    """Begin a folder: where it is asked, for what, and what goes along."""
    page = money_queries.money(request.actor, trajectory_id)
    require(page.may_write)
    if stream not in APPLIED_FOR:
        raise NotVisible
    back = reverse("funding:money", args=[trajectory_id])
    step = Step(
        capfirst(str(streams()[stream].title)),
        back,
        _("Who pays"),
        kicker=f"{page.about} · {page.practice.title}",
        action=_("Begin"),
    )
    sets = queries.asked(request.actor, stream)
    if not sets:
        return render(request, "funding/nothing_asked.html", {"step": step, "page": page})
    form = forms.ApplyForm(
        request.POST or None, sets=sets, initial={"work": request.GET.get("work", Work.CHILD)}
    )
    asked = choose(request, form, ["asks", "work", "growth"], step)
    if asked is not None:
        return asked
    done = answered(
        request,
        form,
        lambda data: commands.begin_application(
            request.actor,
            page.trajectory,
            form.sets[data["asks"]],
            data["work"],
            data["growth"] == "yes",
            once=form.once,
        ),
        _("The folder is there. The parents see it too."),
        back,
    )
    return done or show(request, form, step)


def folder(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """What is asked and answered, what is missing, whose turn it is."""
    page = queries.folder(request.actor, application_id)
    return render(request, "funding/folder.html", {"page": page, "folder": page.application})


def answer(request: HttpRequest, application_id: UUID, key: str) -> HttpResponse:
    """One question; then the next one that this person can answer."""
    page = queries.folder(request.actor, application_id)
    row = next((each for each in page.rows if each.question.key == key), None)
    if row is None:
        raise NotVisible
    require(page.may_work)
    if not row.may_fill:
        raise NotVisible
    form = forms.AnswerForm(
        request.POST or None, question=row.question.words, initial={"words": row.words}
    )
    left = [each for each in page.missing if each.may_fill and each.question.key != key]
    to = _address(page) if not left else _address(page, "answer", left[0].question.key)
    done = answered(
        request,
        form,
        lambda data: commands.fill(
            request.actor, page.application, key, data["words"], once=form.once
        ),
        _("Written down."),
        to,
    )
    lead = ""
    if left:
        lead = _("After this, %(n)d more.") % {"n": len(left)}
    return done or show(request, form, _step(page, row.question.words, lead))


@require_POST
def approve(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """This parent read it, and it may go."""
    page = queries.folder(request.actor, application_id)
    commands.approve(request.actor, page.application, seen=request.POST.get("seen", ""))
    messages.success(request, _("Thank you. It may go out."))
    return redirect("funding:folder", application_id)


def told(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """A parent said yes in a talk or on paper."""
    page = _of_staff(request, application_id)
    form = forms.ToldForm(request.POST or None, parents=page.waiting)
    done = answered(
        request,
        form,
        lambda data: commands.approve(
            request.actor, page.application, form.parents[data["parent"]], once=form.once
        ),
        _("Written down."),
        _address(page),
    )
    lead = _("The parent read the answers, or you went through them together.")
    return done or show(request, form, _step(page, _("Who said yes?"), lead))


def send(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """It goes out: the term of who decides begins."""
    page = _of_staff(request, application_id)
    require(page.ready)
    form = forms.SendForm(
        request.POST or None, today=request.actor.today, label=_("On which day was it sent?")
    )
    done = answered(
        request,
        form,
        lambda data: commands.send(request.actor, page.application, data["on"], once=form.once),
        _("Written down. Their term has begun."),
        _address(page),
    )
    lead = _("Print the folder and give it, or let the parents send it. Then write the day here.")
    return done or show(request, form, _step(page, _("Send it"), lead))


def stop(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """It is not sent."""
    page = queries.folder(request.actor, application_id)
    require(page.may_work)
    form = forms.StopForm(request.POST or None)
    done = answered(
        request,
        form,
        lambda data: commands.stop(request.actor, page.application, data["why"], once=form.once),
        _("Written down."),
        _address(page),
    )
    return done or show(request, form, _step(page, _("Do not send it")))


def paper(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The folder on paper."""
    page = queries.folder(request.actor, application_id)
    child = page.application.child
    take_along(request.actor, child)
    name = slugify(f"{_('application')} {child}")
    return HttpResponse(
        typeset(str(PAPER), queries.printed(page)),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )


def _of_staff(request: HttpRequest, application_id: UUID) -> Folder:
    page = queries.folder(request.actor, application_id)
    if request.actor.is_parent:
        raise NotVisible
    require(page.may_work)
    return page


def _address(page: Folder, name: str = "folder", *args: str) -> str:
    return reverse(f"funding:{name}", args=[page.application.pk, *args])


def _step(page: Folder, heading: str, lead: str = "") -> Step:
    about = f"{page.application.child} · {page.application.title}"
    return Step(heading, _address(page), _("The folder"), lead, about)
