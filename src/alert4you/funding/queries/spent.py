"""Hours per way of working of the own organisation: on which money, on none, and help for parents."""

from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.text import capfirst

from alert4you.access.models import Entry
from alert4you.coaching.models import Contact
from alert4you.funding.models import Booking
from alert4you.funding.rules.streams import NONE, streams
from alert4you.kernel.decision import NotVisible
from alert4you.kernel.wall.standing import opened
from alert4you.organisations.models import Actor
from alert4you.practices.models import PracticeTemplate
from alert4you.practices.queries.templates import practice_of
from alert4you.referrals.models import Guidance, Sort
from alert4you.referrals.queries.teams import SEE_TEAMS

COUNTED = "hours of the own organisation, without names"


@dataclass
class Spent:
    """Minutes along one way: of the practice's activities, of other guidance, and on no money."""

    title: str
    activities: int = 0
    guidance: int = 0
    uncovered: int = 0

    @property
    def minutes(self) -> int:
        return self.activities + self.guidance


@dataclass
class Report:
    """``ways``: per practice, else per party, else per sort of help; ``money``: minutes on each sort."""

    ways: dict[str, Spent] = field(default_factory=dict)
    money: Counter[str] = field(default_factory=Counter)
    sorts: Counter[str] = field(default_factory=Counter)

    @property
    def most_first(self) -> list[Spent]:
        return sorted(self.ways.values(), key=lambda each: (-each.minutes, each.title))

    @property
    def per_money(self) -> list[tuple[str, int]]:
        """In words, most first."""
        known = streams()
        return [(str(known[key].title), minutes) for key, minutes in self.money.most_common()]

    @property
    def per_sort(self) -> list[tuple[str, int]]:
        return [(str(Sort(key).label), minutes) for key, minutes in self.sorts.most_common()]

    def way(self, title: str) -> Spent:
        return self.ways.setdefault(title, Spent(title))

    def put(self, spent: Spent, stream: str | None, minutes: int) -> None:
        self.money[stream or NONE] += minutes
        if stream is None:
            spent.uncovered += minutes


def spent(actor: Actor) -> Report:
    """All minutes of the own organisation's files; each contact once. Raises NotVisible."""
    if actor.role not in SEE_TEAMS:
        raise NotVisible
    booked = Booking.objects.unrestricted(reason=COUNTED)
    on = dict(booked.values_list("entry", "line__stream"))
    report, own = Report(), {"organisation": actor.organisation_id}
    steps = Entry.objects.unrestricted(reason=COUNTED).filter(**own, counted_as__minutes__gt=0)
    columns = ("pk", "counted_as__trajectory__template", "counted_as__minutes")
    stepped = {pk: (template, n) for pk, template, n in steps.values_list(*columns)}
    helped = _helped(actor)
    titles = _titles({each[0] for each in (*stepped.values(), *helped.values())})
    for pk, (template, minutes) in stepped.items():
        way = report.way(titles[template])
        way.activities += minutes
        report.put(way, on.get(pk), minutes)
    for pk, (template, party, sort, minutes) in helped.items():
        way = report.way(titles.get(template) or party or capfirst(str(Sort(sort).label)))
        way.guidance += minutes
        report.sorts[sort] += minutes
        report.put(way, on.get(pk), minutes)
    return report


def _helped(actor: Actor) -> dict[UUID, tuple[UUID | None, str, str, int]]:
    """For each contact: the template of its practice, the party, the sort, the minutes."""
    contacts = Contact.objects.unrestricted(reason=COUNTED).filter(
        organisation=actor.organisation_id, minutes__gt=0
    )
    minutes = dict(contacts.values_list("pk", "minutes"))
    return {
        each.pk: (
            each.trajectory.template_id if each.trajectory else None,
            each.referral.to.name if each.referral and each.referral.to else "",
            each.sort,
            minutes[each.pk] or 0,
        )
        for each in _guidance()
        if each.pk in minutes
    }


def _guidance() -> list[Guidance]:
    with opened(reason=COUNTED):
        return list(Guidance.objects.select_related("trajectory", "referral__to"))


def _titles(templates: set[UUID | None]) -> dict[UUID | None, str]:
    found = PracticeTemplate.objects.in_bulk([each for each in templates if each])
    return {pk: str(practice_of(each).title) for pk, each in found.items()}
