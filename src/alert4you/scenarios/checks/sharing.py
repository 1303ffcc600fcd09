"""How consents stand, and who is asked what."""

from collections.abc import Sequence
from datetime import date, timedelta

from alert4you.access.models import Consent, ConsentRequest
from alert4you.access.queries.agreement import Agreement
from alert4you.access.queries.consent import agreements, coming, ended_for
from alert4you.access.rules.consent import State
from alert4you.children.models import Child, Guardian
from alert4you.organisations.models import Actor, Organisation
from alert4you.organisations.queries import parent_actor
from alert4you.scenarios import kinds
from alert4you.scenarios.sentences import check
from alert4you.scenarios.world import NotSo, World

STATES = {
    "runs": State.RUNS,
    "waits": State.WAITS,
    "was refused": State.REFUSED,
    "is disputed": State.DISPUTED,
    "is agreed ahead": State.AHEAD,
    "not now": State.LATER,
    "has ended": State.ENDED,
    "was never asked": None,
}
STATE = kinds.one_of("how it stands", STATES.items())


@check(
    "sharing {child} with {organisation}",
    must={"stands": STATE},
    may={
        "for": kinds.PURPOSE,
        "waits for": kinds.several_of(kinds.NAME),
        "categories": kinds.several_of(kinds.CATEGORY),
        "until": kinds.DAY,
    },
)
def stands(
    world: World, child: Child, organisation: Organisation, stands: State | None, **more: object
) -> None:
    """`runs` means all who must have agreed; `categories` are those that run; `until` is the last
    day it runs.
    """
    found = _agreement(world, child, organisation, str(more.get("for_", "")))
    state = found.state if found else None
    if state != stands:
        raise NotSo(_spoken(world, found))
    if found is None:
        return
    _same(world, found, more)


def _same(world: World, found: Agreement, wanted: dict[str, object]) -> None:
    missing = sorted(world.name_of(each.person) if each else "the child" for each in found.missing)
    running = sorted(str(line.consent.category) for line in found.running)
    until: date = found.request.ends - timedelta(days=1)
    facts: dict[str, object] = {"waits_for": missing, "categories": running, "until": until}
    for key, value in facts.items():
        if key not in wanted:
            continue
        asked = wanted[key]
        if (sorted(asked) if isinstance(asked, Sequence) else asked) != value:
            shown = ", ".join(value) if isinstance(value, list) else str(value)
            raise NotSo(f"{key.replace('_', ' ')}: {shown or 'nobody'}")


def _spoken(world: World, found: Agreement | None) -> str:
    if found is None:
        return "it was never asked"
    words = {state: word for word, state in STATES.items()}
    missing = [world.name_of(each.person) if each else "the child" for each in found.missing]
    waits = f" (no answer yet of: {', '.join(missing)})" if missing else ""
    return f"it {words[found.state]}{waits}"


def _agreement(
    world: World, child: Child, organisation: Organisation, purpose: str
) -> Agreement | None:
    """As a guardian with authority sees it: all of them see the same."""
    decides = Guardian.objects.on(world.today).filter(child=child, has_authority=True).first()
    if decides is None:
        raise NotSo(f"nobody has authority over {child}")
    everything = agreements(parent_actor(decides.person, world.now), child)
    found = [
        each
        for each in everything
        if each.request.organisation == organisation and purpose in ("", each.request.purpose)
    ]
    return found[0] if found else None


@check(
    "{who} sees in the agenda that sharing {child} with {organisation} changes",
    must={"because": kinds.one_of("what comes", [("12", 12), ("16", 16), ("it ends", None)])},
)
def changes_soon(
    world: World, who: Actor, child: Child, organisation: Organisation, because: int | None
) -> None:
    """In the 30 days before: the child turns 12 or 16, or it ends."""
    found = [each.turn.age if each.turn else None for each in _coming(who, child, organisation)]
    if because not in found:
        raise NotSo("nothing" if not found else str(found))


@check("{who} hears that a sharing ended")
def hears_it_ended(world: World, who: Actor) -> None:
    """Without a word about whom."""
    if not ended_for(who):
        raise NotSo("nothing ended lately")


def _coming(who: Actor, child: Child, organisation: Organisation) -> list[Agreement]:
    return [
        each
        for each in coming(who)
        if each.request.child_id == child.pk and each.request.organisation == organisation
    ]


@check("{who} is asked to decide about {child}", must={"organisations": kinds.TEXTS})
def is_asked(world: World, who: Actor, child: Child, organisations: Sequence[str]) -> None:
    """About sharing with exactly these organisations."""
    found = _asked(world, who, child)
    if found != sorted(organisations):
        raise NotSo(", ".join(found) or "nothing")


@check("{who} is asked nothing about {child}")
def is_not_asked(world: World, who: Actor, child: Child) -> None:
    found = _asked(world, who, child)
    if found:
        raise NotSo(", ".join(found))


def _asked(world: World, who: Actor, child: Child) -> list[str]:
    waiting = {
        world.name_of(each.request.organisation)
        for each in agreements(who, child)
        for signer in each.signers
        if signer is not None
        and signer.person_id == who.person_id
        and each.waits_for(signer, who.today)
    }
    return sorted(waiting)


@check("{who} reads why {organisation} wants to know about {child}", must={"words": kinds.TEXTS})
def reads_why(
    world: World, who: Actor, organisation: Organisation, child: Child, words: Sequence[str]
) -> None:
    """The reason that was given when the parents were asked."""
    reasons = [
        each.request.why
        for each in agreements(who, child)
        if each.request.organisation == organisation
    ]
    for piece in words:
        if not any(piece.casefold() in why.casefold() for why in reasons):
            raise NotSo("; ".join(reasons) or "nothing was asked")


@check("all that was ever answered about sharing {child} is kept", must={"number": kinds.NUMBER})
def kept(world: World, child: Child, number: int) -> None:
    """So many answers, refusals and withdrawals too; one per person, party and category."""
    asked = ConsentRequest.objects.filter(child=child)
    found = Consent.objects.filter(request__in=asked).values_list("signatures", flat=True)
    answers = sum(each is not None for each in found)
    if answers != number:
        raise NotSo(str(answers))
