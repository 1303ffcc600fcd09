"""Today for a municipality: which practices run, in numbers that tell of no child."""

from dataclasses import dataclass

from django.db.models import Count

from alert4you.groups.rules.hiding import HIDDEN_BELOW
from alert4you.organisations.models import Actor, Location, OrganisationKind
from alert4you.practices.models import PracticeTemplate
from alert4you.practices.queries.templates import current_templates, practice_of
from alert4you.practices.rules.cards import Card, card
from alert4you.referrals.queries.numbers import Numbers, numbers
from alert4you.trajectories.queries.groups import Shown, for_municipality
from alert4you.trajectories.queries.numbers import Use, uses


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
    used = uses()
    places = Location.objects.filter(organisation__kind=OrganisationKind.CHILDCARE)
    childcare = places.aggregate(all=Count("pk"), owners=Count("organisation", distinct=True))
    return Today(
        [_used(template, used.get(template.slug, Use())) for template in current_templates()],
        childcare["all"],
        childcare["owners"],
        for_municipality(actor.today),
        numbers(actor),
    )


def _used(template: PracticeTemplate, use: Use) -> Used:
    return Used(card(practice_of(template)), use.organisations, use.trajectories)
