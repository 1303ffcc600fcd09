"""Planning a meeting in steps (what sort, about what, who, when), and one more point for one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.access.queries import line as lines
from alert4you.children.models import Child, Guardian
from alert4you.kernel.decision import Denied
from alert4you.meetings.commands import planning as commands
from alert4you.meetings.forms.planning import KIND_ICONS, SORT_ICONS, PlanForm, TopicForm, WhoForm
from alert4you.meetings.models import MeetingKind, Series, Sort
from alert4you.meetings.queries import lists
from alert4you.meetings.queries import planning as queries
from alert4you.meetings.queries.agenda import outline
from alert4you.meetings.rules.planning import Terms, Topic, must_be_invited
from alert4you.organisations.models import Membership
from alert4you.organisations.rules import STAFF_OF_THE_PLACE
from alert4you.ui.one_question import Step
from alert4you.ui.screens import Question, Screens


@dataclass(frozen=True)
class Steps:
    """What the address says was chosen so far; every step is a link, so going back loses nothing."""

    asked: QueryDict
    child: Child | None
    everybody: Sequence[Guardian]

    @property
    def sort(self) -> str:
        return self.asked.get("sort", "")

    @property
    def guardians(self) -> list[Guardian]:
        """Who of the parents is invited; everybody until somebody was unticked."""
        if "chosen" not in self.asked:
            return list(self.everybody)
        ticked = self.asked.getlist("guardians")
        return [each for each in self.everybody if str(each.pk) in ticked]

    @property
    def left_out(self) -> list[Guardian]:
        return [each for each in self.everybody if each not in self.guardians]

    def address(self, **more: str) -> str:
        """The same choices with these as well."""
        kept = [(key, each) for key, values in self.asked.lists() for each in values]
        return f"?{urlencode([*kept, *more.items()])}"

    def topic(self, form: TopicForm) -> Topic:
        told = form.cleaned_data
        return Topic(
            self.sort,
            told["words"],
            self.child,
            told.get("category", "development"),
            self.guardians,
            form.reasons,
            told.get("theme", ""),
        )


def _steps(request: HttpRequest) -> Steps:
    asked = request.GET.get("child", "")
    child = lines.child(request.actor, _uuid(asked)) if asked else None
    if request.GET.get("sort", Sort.CASE) not in Sort.values:
        raise Http404
    everybody = must_be_invited(child, request.actor.today) if child else []
    return Steps(request.GET, child, everybody)


def plan(request: HttpRequest) -> HttpResponse:
    """One question per screen: what sort of meeting, about what, who comes, and when."""
    if request.actor.role not in STAFF_OF_THE_PLACE:
        raise Http404
    steps = _steps(request)
    kind = request.GET.get("kind", "")
    if kind not in MeetingKind.values:
        kinds = [(each, KIND_ICONS[each], steps.address(kind=each.value)) for each in MeetingKind]
        return render(request, "meetings/plan_kind.html", {"kinds": kinds})
    if not steps.sort:
        return _about(request, steps)
    if "chosen" not in request.GET:
        return _who(request, steps, queries.people(request.actor, _proposed(request, steps)))
    return _when(request, steps, kind)


def _about(request: HttpRequest, steps: Steps) -> HttpResponse:
    """Which child, or which theme."""
    page = {
        "steps": steps,
        "children": [
            (each, steps.address(sort=Sort.CASE.value, child=str(each.pk)))
            for each in lines.worked_with(request.actor)
        ],
        "sorts": [(each, SORT_ICONS[each], steps.address(sort=each.value)) for each in Sort],
    }
    return render(request, "meetings/plan_about.html", page)


def _proposed(request: HttpRequest, steps: Steps) -> Q:
    """Who is close to it, who was ticked already, and who was found by typing."""
    actor = request.actor
    children = [steps.child.pk] if steps.child else []
    near = queries.close_to(actor, children, queries.home(actor, steps.child))
    return near | Q(pk__in=_ticked(request)) | queries.named(request.GET.get("find", ""))


def _ticked(request: HttpRequest) -> list[UUID]:
    return [_uuid(each) for each in request.GET.getlist("people")]


def _who(request: HttpRequest, steps: Steps, people: Sequence[Membership]) -> HttpResponse:
    asked = request.GET
    ticked = {name: asked.getlist(name) for name in ("people", "guardians") if name in asked}
    form = WhoForm(people=people, guardians=steps.everybody, initial=ticked)
    form.initial["find"] = asked.get("find", "")
    kept = [(key, each) for key, all_ in asked.lists() for each in all_ if key not in form.fields]
    page = {"form": form, "steps": steps, "kept": kept}
    return render(request, "meetings/plan_who.html", page)


def _when(request: HttpRequest, steps: Steps, kind: str) -> HttpResponse:
    actor = request.actor
    people = queries.people(actor, Q(pk__in=_ticked(request)))
    leads = [
        each
        for each in [*people, request.membership]
        if each.organisation_id == actor.organisation_id
    ]
    location = queries.home(actor, steps.child)
    rhythms = [each for each in lists.series(actor) if each.kind == kind]
    offered: dict[str, Any] = {
        "today": actor.today,
        "named": steps.child is not None,
        "left_out": steps.left_out,
        "leads": list(dict.fromkeys(leads)),
        "series": [(str(each.pk), _rhythm(each)) for each in rhythms],
        "initial": {"title": _title(kind), "lead": str(actor.membership_id)},
    }
    asked = _asked(steps, offered["leads"])
    screens = Screens(request, lambda sent: PlanForm(sent, **offered), asked, before=3)
    form: Any = screens.form
    if screens.arrived:
        told = form.cleaned_data
        lead = next(each for each in leads if str(each.pk) == told["lead"])
        terms = Terms(kind, told["title"], form.begins, form.ends, lead, location, told["place"])
        series = next((each for each in rhythms if str(each.pk) == told.get("series")), None)
        try:
            planned = commands.plan_meeting(
                actor, terms, people, [steps.topic(form)], series, once=form.once
            )
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Planned. Everybody who is invited sees it now."))
            return redirect("meetings:meeting", planned.pk)
    names = [str(request.user), *(each.person.name for each in (*steps.guardians, *people))]
    return screens.show(_planning(names))


def _planning(names: Sequence[str]) -> Step:
    return Step(
        _("Plan a meeting"),
        reverse("meetings:meetings"),
        _("Meetings"),
        lead=_("At the table: %(names)s.") % {"names": ", ".join(names)},
        action=_("Plan the meeting"),
    )


def _asked(steps: Steps, leads: Sequence[Membership]) -> list[Question]:
    """What is still to say when it is known what sort of meeting it is, about whom and with whom."""
    grounds = [f"{part}_{each.pk}" for each in steps.left_out for part in ("ground", "reason")]
    about = _("A meeting about %(child)s") % {"child": steps.child}
    without = _("This is only possible on a ground in law. It is kept with your name.")
    called, led = _("What is it called?"), _("What is it called, and who leads it?")
    return [
        Question(_("Not inviting a parent"), grounds, without),
        Question(about if steps.child else _("What is it about?"), ("words", "theme", "category")),
        Question(_("When and where?"), ("day", "begin", "end", "place")),
        Question(called if len(leads) == 1 else led, ("title", "lead", "series")),
    ]


def _title(kind: str) -> str:
    label = str(MeetingKind(kind).label)
    return label[:1].upper() + label[1:]


def _rhythm(series: Series) -> str:
    where = series.location or _("The whole organisation")
    return f"{series.number} {series.get_per_display()}, {where}"


def add(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """One more point: which child or theme, and then what about it."""
    actor = request.actor
    found = outline(actor, meeting_id)
    if not found.is_writer:
        raise Denied(commands.rules.at_the_table(actor, found.meeting))
    steps = _steps(request)
    if not steps.sort:
        return _about(request, steps)
    if request.GET.get("step") == "who" and "chosen" not in request.GET:
        return _who(request, steps, [])
    form = TopicForm(request.POST or None, named=steps.child is not None, left_out=steps.left_out)
    if form.is_valid():
        try:
            commands.put_on_agenda(actor, found.meeting, steps.topic(form), once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("It is on the agenda now."))
            return redirect("meetings:meeting", meeting_id)
    page = {"form": form, "steps": steps, "found": found, "who_url": steps.address(step="who")}
    return render(request, "meetings/add.html", page)


def _uuid(value: Any) -> UUID:
    try:
        return UUID(str(value))
    except ValueError as wrong:
        raise Http404 from wrong
