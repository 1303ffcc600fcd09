"""The cards that come with the product, put in the library; the actor is the installation itself."""

from dataclasses import asdict

from alert4you.kernel.command import command
from alert4you.organisations.models import Actor
from alert4you.practices.models import PracticeCard
from alert4you.practices.queries.library import described_cards, library
from alert4you.practices.rules.describing import Description
from alert4you.practices.rules.publishing import may_publish


@command(may_publish)
def load_cards(actor: Actor) -> list[PracticeCard]:
    """Put in the library what is new or described in other words now; cards of others are left alone.

    Misread, with every problem, when a card cannot be used: nothing is changed then.
    """
    titles = {each.slug: each.title.nl for each in library()}
    there = {each.slug: each for each in PracticeCard.objects.filter(owner=None)}
    return [
        _kept(actor, each, each.title or titles[each.practice], there.get(each.slug))
        for each in described_cards()
    ]


def _kept(actor: Actor, told: Description, title: str, there: PracticeCard | None) -> PracticeCard:
    wording = {**asdict(told), "title": title}
    card = there or PracticeCard()
    if there and all(getattr(there, key) == value for key, value in wording.items()):
        return there
    for key, value in wording.items():
        setattr(card, key, value)
    card.added_at = actor.at
    card.save()
    return card
