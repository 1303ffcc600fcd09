"""What somebody reads on a card."""

from django.utils.translation import override

from alert4you.groups.queries.card import card
from alert4you.groups.rules.card import State
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor, Membership
from alert4you.scenarios import kinds
from alert4you.scenarios.deeds.cards import FACT
from alert4you.scenarios.sentences import check
from alert4you.scenarios.world import NotSo, World, plain

STATE = kinds.one_of("`good`, `soon`, `lapsed` or `unknown`", [(each, each) for each in State])


@check(
    "{who} reads on the card of {other}",
    must={"fact": FACT, "state": STATE},
    may={"why": kinds.TEXT, "payer": kinds.TEXT},
)
def reads(world: World, who: Actor, other: Membership, fact: str, state: str, **more: str) -> None:
    """A piece of the reason (in English), and who pays."""
    with override("en"):
        found = next((each for each in card(who, other.pk).lines if each.kind == fact), None)
        said = f"{found.state}: {found.why}" if found else "nothing"
    if found is None or found.state != state or plain(more.get("why", "")) not in plain(said):
        raise NotSo(said)
    paid = str(found.fact.payer or "nobody") if found.fact else "nobody"
    if plain(more.get("payer", "")) not in plain(paid):
        raise NotSo(f"{paid} pays")


@check("{who} reads no card of {other}")
def reads_none(world: World, who: Actor, other: Membership) -> None:
    """It is not there for this hat."""
    try:
        card(who, other.pk)
    except NotVisible:
        return
    raise NotSo("the card is open")
