"""Today for a partner (school, youth nurse): whom the parents agreed that this hat knows, and for what."""

from dataclasses import dataclass

from alert4you.access.queries import consent
from alert4you.access.queries import line as lines
from alert4you.access.queries.agreement import Agreement
from alert4you.children.models import Child
from alert4you.organisations.models import Actor


@dataclass(frozen=True)
class Card:
    """A child with the running agreements of the own organisation about it."""

    child: Child
    agreements: list[Agreement]


@dataclass(frozen=True)
class Today:
    """What the page shows."""

    cards: list[Card]


def today(actor: Actor) -> Today:
    known = lines.known_children(actor)
    agreed = [each for each in consent.agreements_of(actor, known) if each.running]
    return Today(
        [
            Card(
                each.child,
                [
                    agreement
                    for agreement in agreed
                    if agreement.request.child_id == each.child.pk
                    and agreement.request.organisation_id == actor.organisation_id
                ],
            )
            for each in known
        ]
    )
