"""Hours per route and per payer of the own organisation, without names."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from alert4you.children.models import Child
from alert4you.organisations.models import Actor
from alert4you.practices.models import PracticeTemplate
from alert4you.practices.queries.templates import practice_of
from alert4you.practices.rules import wording
from alert4you.practices.rules.language import Practice
from alert4you.referrals.models import Guidance, Referral, Sort
from alert4you.referrals.queries.ways import open_referrals
from alert4you.trajectories.models import Step, Trajectory
from alert4you.trajectories.queries.caseload import trajectories

Payers = tuple[str, ...]


@dataclass(frozen=True)
class Hours:
    """Of one route: minutes of the activities of the practice, and of guidance besides them."""

    title: str
    payers: Payers
    activities: int
    guidance: int

    @property
    def minutes(self) -> int:
        return self.activities + self.guidance

    @property
    def paid_by(self) -> str:
        return ", ".join(wording.word(each) for each in self.payers)


@dataclass(frozen=True)
class Report:
    """``routes``: per practice, and per party for support while waiting; ``payers``: minutes on each money.

    When a practice has several payers the minutes stand with all of them together: how they share is
    for them. ``sorts``: minutes of guidance per sort.
    """

    routes: list[Hours]
    payers: list[tuple[str, int]]
    sorts: list[tuple[str, int]]

    @property
    def minutes(self) -> int:
        return sum(each.minutes for each in self.routes)


def report(actor: Actor) -> Report:
    """All minutes of the own organisation's files; three queries."""
    stepped = _steps(actor)
    guided = list(_guided(actor))
    templates = PracticeTemplate.objects.in_bulk(
        {*stepped, *(row["trajectory__template"] for row in guided if row["trajectory__template"])}
    )
    practices = {pk: practice_of(each) for pk, each in templates.items()}
    activities: Counter[tuple[str, Payers]] = Counter()
    guidance: Counter[tuple[str, Payers]] = Counter()
    sorts: Counter[str] = Counter()
    for template, minutes in stepped.items():
        activities[_of_practice(practices[template])] += minutes
    for row in guided:
        guidance[_of_guidance(row, practices)] += row["total"]
        sorts[str(Sort(row["sort"]).label)] += row["total"]
    routes = [
        Hours(title, payers, activities[title, payers], guidance[title, payers])
        for title, payers in {**activities, **guidance}
    ]
    routes.sort(key=lambda each: (-each.minutes, each.title))
    return Report(routes, _per_payer(routes), sorts.most_common())


def routes_for(actor: Actor, child: Child) -> tuple[list[Referral], list[Trajectory]]:
    """On which routes of a child guidance can land: its open referrals, its trajectories."""
    own = trajectories(actor).filter(child=child, ended_on=None)
    return list(open_referrals(actor).filter(child=child)), list(own)


def _per_payer(routes: list[Hours]) -> list[tuple[str, int]]:
    money: dict[str, int] = defaultdict(int)
    for each in routes:
        money[each.paid_by] += each.minutes
    return sorted(money.items(), key=lambda each: (-each[1], each[0]))


def _steps(actor: Actor) -> dict[object, int]:
    rows = Step.objects.filter(trajectory__organisation=actor.organisation_id)
    counted = rows.order_by().values("trajectory__template").annotate(total=Sum("minutes"))
    return {row["trajectory__template"]: row["total"] for row in counted if row["total"]}


def _guided(actor: Actor) -> QuerySet:
    rows = Guidance.objects.filter(contact__organisation=actor.organisation_id)
    wanted = ("sort", "payer", "trajectory__template", "referral__to__name")
    return rows.order_by().values(*wanted).annotate(total=Sum("contact__minutes"))


def _of_practice(practice: Practice) -> tuple[str, Payers]:
    return str(practice.title), practice.money.payers


def _of_guidance(row: dict, practices: dict) -> tuple[str, Payers]:
    """The route of guidance: its practice, else the referral; the payer that was named goes first."""
    title: str = ""
    payers: Payers = ("unknown",)
    if row["trajectory__template"]:
        title, payers = _of_practice(practices[row["trajectory__template"]])
    elif row["referral__to__name"]:
        title = row["referral__to__name"]
    return title or str(Sort(row["sort"]).label).capitalize(), (row["payer"],) if row[
        "payer"
    ] else payers
