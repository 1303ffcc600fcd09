"""What goes on at more places, without names, and what became a training."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from alert4you.meetings.models import Action, Item, Sort
from alert4you.organisations.models import Actor

MOST = 200


@dataclass
class Theme:
    """Signals with the same name, the latest first, and the training that came of them."""

    name: str
    signals: list[Item] = field(default_factory=list)

    @property
    def places(self) -> list[str]:
        return list(dict.fromkeys(str(each.location) for each in self.signals if each.location))

    @property
    def latest(self) -> datetime:
        return max(each.at for each in self.signals)

    @property
    def key(self) -> str:
        return self.name.casefold()


def signals(actor: Actor) -> QuerySet[Item]:
    """Trends of the own organisation, from meetings and from the groups; there is no child in them."""
    trends = Item.objects.visible_to(actor).filter(sort=Sort.TREND, case=None).exclude(theme="")
    own = trends.filter(organisation=actor.organisation_id)
    related = own.select_related("location", "put_by__person", "training__owner__person")
    return related.order_by("-at", "pk")


def themes(found: Iterable[Item]) -> list[Theme]:
    """What has no training yet, under one name whatever its capitals; at most places first."""
    by_name: dict[str, Theme] = {}
    for each in found:
        if each.training_id is None:
            theme = by_name.setdefault(each.theme.casefold(), Theme(each.theme))
            theme.signals.append(each)
    return sorted(by_name.values(), key=lambda each: (-len(each.places), -each.latest.timestamp()))


def trainings(found: Iterable[Item]) -> list[Action]:
    """The trainings that came of signals, the next one first."""
    own = {each.training for each in found if each.training}
    return sorted(own, key=lambda each: (each.done_at is not None, each.due))
