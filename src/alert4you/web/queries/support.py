"""Today for whoever helps with the software: the files an organisation opened for that, and nothing else."""

from dataclasses import dataclass

from alert4you.access.models import Opening
from alert4you.organisations.models import Actor


@dataclass(frozen=True)
class Today:
    opened: list[Opening]


def today(actor: Actor) -> Today:
    mine = Opening.objects.filter(
        membership=actor.membership_id, at__lte=actor.at, ends__gt=actor.at
    )
    return Today(list(mine.select_related("child", "allowed_by__person").order_by("ends")))
