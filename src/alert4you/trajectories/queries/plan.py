"""The plan as its page shows it, and as it is printed: one view for both."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alert4you.children.models import Placement, PlacementDay
from alert4you.children.rules import WEEKDAYS
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor
from alert4you.practices.rules.language import Practice
from alert4you.trajectories.models import Plan, Trajectory, Voice
from alert4you.trajectories.queries.caseload import practice_in, step_by_step, trajectory
from alert4you.trajectories.queries.papers import Papers, Version, papers
from alert4you.trajectories.rules import tapers
from alert4you.trajectories.rules.chart import Bar, Chart, chart
from alert4you.trajectories.rules.planning import Goal, Powers, powers
from alert4you.ui.dates import written_day

WORKING_DAYS = 5


@dataclass(frozen=True)
class Where:
    """A place that runs or is to come, and on which working days the child is there."""

    place: Placement
    days: Sequence[tuple[str, bool]]


@dataclass(frozen=True)
class PlanPage:
    """The plan of one trajectory with its versions and voices, and what this hat may do with it."""

    trajectory: Trajectory
    practice: Practice
    papers: Papers
    powers: Powers
    chart: Chart | None = None
    places: Sequence[Where] = ()

    @property
    def has_taper(self) -> bool:
        """Whether the plan of this practice says how somebody comes less and less often."""
        return tapers.is_planned_in(self.practice)

    @property
    def current(self) -> Version | None:
        return self.papers.plan

    @property
    def earlier(self) -> list[Version]:
        return self.papers.versions[1:]

    @property
    def about(self) -> str:
        child, location = self.trajectory.child, self.trajectory.location
        return child.full_name if child else str(location or "")


def plan_page(actor: Actor, trajectory_id: UUID) -> PlanPage:
    """Raises NotVisible where the trajectory or its plan is not for this hat."""
    found = trajectory(actor, trajectory_id)
    if not found.plans_known:  # type: ignore[attr-defined]
        raise NotVisible
    practice = practice_in(found)
    drawn, places = None, list[Where]()
    if tapers.is_planned_in(practice):
        drawn = chart(step_by_step(actor, found).taper, actor.today)
        places = list(_places(actor, found)) if drawn else places
    told = papers(actor, found, practice), powers(actor, found)
    return PlanPage(found, practice, *told, drawn, places)


def _places(actor: Actor, found: Trajectory) -> Iterator[Where]:
    """The split week, side by side: as far as this hat may know."""
    if found.child is None:
        return
    known = Placement.objects.visible_to(actor).filter(child=found.child)
    running = Q(placement__ends=None) | Q(placement__ends__gt=actor.today)
    rows = PlacementDay.objects.filter(running, placement__in=known.values("pk"))
    told = rows.select_related("placement__group__location").order_by("placement__starts", "pk")
    there: dict[Placement, set[int]] = {}
    for each in told:
        there.setdefault(each.placement, set()).add(each.weekday)
    for place, days in there.items():
        yield Where(place, [(str(WEEKDAYS[day]), day in days) for day in range(WORKING_DAYS)])


def printed(page: PlanPage, today: date) -> dict[str, Any]:
    """Every word of the plan on paper, in the language of the reader; plain values only."""
    version = page.current
    plan = version.plan if version else None
    return {
        "lang": get_language() or "nl",
        "title": _("Plan of %(name)s") % {"name": page.about},
        "practice": str(page.practice.title),
        "facts": _facts(page, plan),
        "end_goal_title": _("What we want to reach in the end"),
        "end_goal": plan.end_goal if plan else "",
        "goals_title": _("What we work on"),
        "goal_heads": [_("Goal"), _("Who"), _("What we do")],
        "goals": [_goal(each) for each in version.goals] if version else [],
        "none": _("There is no plan yet."),
        "weeks_title": _("Less and less often"),
        "week_heads": [_("Week of"), _("Days planned"), _("Days there")],
        "weeks": [_week(each, today) for each in page.chart.bars] if page.chart else [],
        "voices_title": _("What everyone thinks of it"),
        "voices": [_voice(each) for each in version.voices] if version else [],
        "nobody": _("Nobody has said anything about this version yet."),
        "footer": _("Printed on %(day)s. The plan in Alert4you is always the newest.")
        % {"day": written_day(today)},
        "page": _("page"),
    }


def _facts(page: PlanPage, plan: Plan | None) -> list[list[str]]:
    lead, cover = page.trajectory.lead, page.trajectory.cover
    told = [
        [_("Lead"), f"{lead.person.name}, {lead.task}, {lead.organisation}"],
        [_("When the lead is away"), f"{cover.person.name}, {cover.task}"],
    ]
    if plan and plan.evaluation_on:
        told.append([_("We look back on"), written_day(plan.evaluation_on)])
    return [*told, [_("Version"), _version(plan)]] if plan else told


def _week(bar: Bar, today: date) -> list[str]:
    """The number of days somebody was there stays empty for the weeks to come."""
    there = str(bar.week.actual) if bar.mark != "ahead" else ""
    return [written_day(bar.week.start, today), str(bar.week.planned), there]


def _version(plan: Plan) -> str:
    return _("%(number)d, of %(day)s, written by %(name)s") % {
        "number": plan.number,
        "day": written_day(plan.at),
        "name": plan.author.name,
    }


def _goal(goal: Goal) -> dict[str, str]:
    whose = _("goal of the parents") if goal.by_parents else ""
    return {"goal": goal.goal, "who": goal.who, "what": goal.what, "whose": whose}


def _voice(voice: Voice) -> dict[str, str]:
    stance = {True: _("Agrees"), False: _("Does not agree"), None: ""}[voice.agrees]
    label = str(voice.get_of_display())
    return {
        "whose": label[:1].upper() + label[1:],
        "name": voice.person.name if voice.person else "",
        "day": written_day(voice.at),
        "stance": stance,
        "words": voice.words,
    }
