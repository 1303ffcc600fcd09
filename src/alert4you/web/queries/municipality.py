"""Today for a municipality: which practices run, in numbers that tell of no child."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from alert4you.groups.rules.hiding import HIDDEN_BELOW, shown
from alert4you.organisations.models import Actor, Location, OrganisationKind
from alert4you.practices.models import PracticeTemplate
from alert4you.practices.queries.templates import current_templates, practice_of
from alert4you.practices.rules.cards import Card, card
from alert4you.referrals.queries.numbers import Numbers, numbers
from alert4you.trajectories.models import Trajectory
from alert4you.trajectories.queries.groups import Shown, for_municipality

COUNTS = "counts per practice for the municipality"


@dataclass(frozen=True)
class Used:
    """One practice: at how many organisations, and how many children (rounded; None: fewer than ten)."""

    card: Card
    organisations: int
    trajectories: int | None


@dataclass(frozen=True)
class Today:
    practices: list[Used]
    locations: int
    organisations: int
    load: Shown
    numbers: Numbers
    hidden_below: int = HIDDEN_BELOW

    @property
    def used(self) -> list[Used]:
        return [each for each in self.practices if each.organisations]

    @property
    def others(self) -> list[Used]:
        return [each for each in self.practices if not each.organisations]


def today(actor: Actor) -> Today:
    rows = list(_rows())
    counted: Counter[str] = Counter()
    organisations: dict[str, set] = {}
    for row in rows:
        counted[row["template__slug"]] += row["number"]
        organisations.setdefault(row["template__slug"], set()).add(row["organisation"])
    places = Location.objects.filter(organisation__kind=OrganisationKind.CHILDCARE)
    childcare = places.aggregate(all=Count("pk"), owners=Count("organisation", distinct=True))
    return Today(
        [
            _used(template, len(organisations.get(template.slug, ())), counted[template.slug])
            for template in current_templates()
        ],
        childcare["all"],
        childcare["owners"],
        for_municipality(actor.today),
        numbers(actor),
    )


def _rows() -> QuerySet:
    """Trajectories per practice and organisation, running and ended together."""
    counted = Trajectory.objects.unrestricted(reason=COUNTS).order_by()
    return counted.values("template__slug", "organisation").annotate(number=Count("pk"))


def _used(template: PracticeTemplate, organisations: int, number: int) -> Used:
    return Used(card(practice_of(template)), organisations, shown(number))
