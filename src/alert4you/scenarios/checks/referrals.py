"""Who waits, who keeps hold of it, what is missing, and the numbers and hours that tell of no child."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from alert4you.children.models import Child
from alert4you.organisations.models import Actor, Membership, Organisation
from alert4you.practices.models import PracticeTemplate
from alert4you.referrals.models import Help, Referral, Verdict
from alert4you.referrals.queries import numbers, teams, ways
from alert4you.referrals.queries.after import afterwards
from alert4you.scenarios import finding, kinds
from alert4you.scenarios.deeds.referrals import HELP, OBSTACLE, OUTCOME, TO
from alert4you.scenarios.sentences import check
from alert4you.scenarios.world import PROOF, NotSo, World, plain

WAITING = {
    "since": kinds.DAY,
    "again": kinds.DAY,
    "last answer": kinds.TEXT,
    "because": OBSTACLE,
    "meanwhile": kinds.TEXT,
    "effect on the group": kinds.TEXT,
    "minutes": kinds.NUMBER,
    **TO,
}
HIDDEN = kinds.Kind("a number, or `hidden`", kinds.TEXT.read)


@check("{who} is asked to answer about", must={"children": kinds.TEXTS})
def asked(world: World, who: Actor, children: Sequence[str]) -> None:
    """On Today of the party: of exactly these children; `none` for none."""
    _same([world.child_name(each.child) for each in ways.asked_of(who)], children)


@check("who keeps hold for {child}", must={"lead": kinds.HAT, "cover": kinds.HAT}, may=TO)
def keeps_hold(
    world: World, child: Child, lead: Membership, cover: Membership, **more: Any
) -> None:
    """Exactly one, with a cover."""
    found = _referral(child, **more)
    if (found.lead, found.cover) != (lead, cover):
        raise NotSo(f"{world.name_of(found.lead)}, and {world.name_of(found.cover)} as cover")


@check("{who} keeps hold of", must={"children": kinds.TEXTS})
def kept(world: World, who: Actor, children: Sequence[str]) -> None:
    """On Today of this person: of exactly these children; `none` for none."""
    found = [world.child_name(each.child) for each in ways.kept_by(who)]
    _same(found, children)


@check("{child} waits for an answer", may=WAITING)
def waits(world: World, child: Child, **more: Any) -> None:
    """Since the asking, with what the party said last and what happens meanwhile; `minutes` are those
    of bridging.
    """
    found = _referral(child, **more)
    if not found.is_waiting:
        raise NotSo("it does not wait for an answer")
    last = found.answers.order_by("-at").first()
    facts: dict[str, Any] = {
        "since": found.asked_on,
        "again": found.ask_again_on,
        "because": last.obstacle if last else "",
        "minutes": found.minutes,  # type: ignore[attr-defined]
    }
    told = {
        "last_answer": last.words if last else "",
        "meanwhile": found.meanwhile,
        "effect_on_the_group": found.effect_on_group,
    }
    for key, value in facts.items():
        if key in more and more[key] != value:
            raise NotSo(f"{key}: {value}")
    for key, words in told.items():
        if plain(more.get(key, "")) not in plain(words):
            raise NotSo(f"{key.replace('_', ' ')}: {words or 'nothing'}")


@check("{child} does not wait for an answer")
def waits_not(world: World, child: Child) -> None:
    """There is a referral, but it was not asked yet, or the party said yes, or it is closed."""
    if _referral(child).is_waiting:
        raise NotSo("it waits")


@check("minutes of bridging for {child}", must={"minutes": kinds.NUMBER}, may=TO)
def bridged(world: World, child: Child, minutes: int, **more: Any) -> None:
    """From the asking until the start: support while waiting, and what its trajectory did."""
    found: Any = _referral(child, **more)
    if found.minutes != minutes:
        raise NotSo(str(found.minutes))


@check("the referral of {child} is closed", must={"outcome": OUTCOME}, may=TO)
def closed(world: World, child: Child, outcome: str, **more: Any) -> None:
    found = _referral(child, **more)
    if found.outcome != outcome:
        raise NotSo(found.outcome or "it is open")


@check("the referral of {child} is open", may=TO)
def is_open(world: World, child: Child, **more: Any) -> None:
    """No person closed it yet."""
    found = _referral(child, **more)
    if found.closed_on is not None:
        raise NotSo(f"closed on {found.closed_on}: {found.outcome}")


@check("{who} sees who waits", must={"children": kinds.TEXTS})
def sees_waiting(world: World, who: Actor, children: Sequence[str]) -> None:
    """Exactly these, who waits longest first; `none` for none."""
    found = [world.child_name(each.child) for each in ways.who_waits(who)]
    if found != ([] if list(children) == ["none"] else list(children)):
        raise NotSo(", ".join(found) or "none")


@check("{who} reads on the page of the referral of {child}", must={"words": kinds.TEXTS})
def reads(world: World, who: Actor, child: Child, words: Sequence[str]) -> None:
    """What is asked, of whom, since when, who has the lead, what happens meanwhile."""
    found = next((each for each in ways.referrals(who).filter(child=child)), None)
    if found is None:
        raise NotSo("it is not there for this person")
    shown = _page(ways.way(who, found.pk))
    for piece in words:
        if plain(piece) not in plain(shown):
            raise NotSo(shown)


def _page(way: ways.Way) -> str:
    referral = way.referral
    told = [
        referral.party,
        referral.text,
        referral.meanwhile,
        referral.effect_on_group,
        f"regie: {referral.lead.person}",
        f"vervanger: {referral.cover.person}",
        f"gevraagd: {referral.asked_on}",
        *(each.words for each in way.answers),
        *(each.contact.text for each in way.support),
    ]
    return " | ".join(each for each in told if each)


@check("{who} does not see the referral of {child}")
def sees_not(world: World, who: Actor, child: Child) -> None:
    """Though there is one."""
    _referral(child)
    if ways.referrals(who).filter(child=child).exists():
        raise NotSo("it is there")


@check(
    "the verdict about the help for {child}",
    must={"goes well": kinds.FLAG, "enough": kinds.FLAG},
    may={"missing": HELP, "because": OBSTACLE, "look again": kinds.DAY},
)
def verdict(world: World, child: Child, goes_well: bool, enough: bool, **more: Any) -> None:
    """The last answers to the two questions, and what was registered as missing."""
    rows = Verdict.objects.filter(need__child=child).select_related("need")
    found = rows.order_by("at").last()
    if found is None:
        raise NotSo("nothing was registered")
    if (found.goes_well, found.enough) != (goes_well, enough):
        raise NotSo(f"goes well: {found.goes_well}, enough: {found.enough}")
    again: date = found.need.look_again_on
    facts = {"missing": found.need.help, "because": found.need.obstacle, "look_again": again}
    for key, value in facts.items():
        if more.get(key, value) != value:
            raise NotSo(f"{key}: {value}")


@check(
    "waiting for {organisation} in the numbers of {who}",
    must={"children": HIDDEN},
    may={"weeks": kinds.NUMBER, "hours": kinds.NUMBER},
)
def counted(
    world: World, organisation: Organisation, who: Actor, children: str, **more: Any
) -> None:
    """Without names; `weeks` is the middle one, `hours` those of bridging; `hidden` when there are few."""
    rows = {each.party: each for each in numbers.numbers(who).waiting}
    found = rows.get(organisation.name)
    if found is None:
        raise NotSo("nobody waits for it")
    _number(found.number, children)
    for key, value in (("weeks", found.median_weeks), ("hours", found.hours)):
        if key in more and more[key] != value:
            raise NotSo(f"{key}: {value}")


@check("help that is missing in the numbers of {who}", must={"kind": HELP, "children": HIDDEN})
def lacking(world: World, who: Actor, kind: str, children: str) -> None:
    """Without names; `hidden` when there are few."""
    rows = {each.help: each for each in numbers.numbers(who).lacking}
    found = rows.get(str(Help(kind).label))
    if found is None:
        raise NotSo("nobody misses it")
    _number(found.number, children)


def _number(found: int | None, wanted: str) -> None:
    if ("hidden" if found is None else str(found)) != wanted:
        raise NotSo("hidden" if found is None else str(found))


@check(
    "the team of {practice} as {who} sees it",
    may={
        "source": kinds.TEXT,
        "own": kinds.TEXT,
        "room": kinds.TEXT,
        "workers": kinds.table_of(kinds.NUMBER, kinds.NAME, says="lines of a person and a number"),
    },
)
def team(world: World, practice: PracticeTemplate, who: Actor, **more: Any) -> None:
    """Full-time jobs of the `source` and of the `own` team, room in words, trajectories per worker."""
    found = teams.board(who, practice.slug)
    told = {
        "source": found.source_fte,
        "own": str(found.size.fte.normalize()) if found.size else "",
        "room": found.size.room if found.size else "",
        "workers": {world.name_of(worker): n for worker, n in found.workers},
    }
    for key, wanted in more.items():
        if told[key] != wanted:
            raise NotSo(f"{key}: {told[key]}")


@check("{who} can ask {other} about {child} without a new file", may={"until": kinds.DAY})
def can_ask(
    world: World, who: Actor, other: Membership, child: Child, until: date | None = None
) -> None:
    """Who helped before answers; `until` is the last day."""
    found = afterwards(who, finding.followed(world, who, child))
    if not found.may:
        raise NotSo(str(found.may.reason))
    if found.answers != other:
        raise NotSo(world.name_of(found.answers or found.helped))
    if until is not None and found.until != until:
        raise NotSo(f"until {found.until or 'always'}")


def _same(found: Sequence[str], wanted: Sequence[str]) -> None:
    if sorted(found) != ([] if list(wanted) == ["none"] else sorted(wanted)):
        raise NotSo(", ".join(found) or "none")


def _referral(child: Child, to: Organisation | None = None, **more: Any) -> Referral:
    """The open one, else the newest, whoever may see it."""
    rows = Referral.objects.unrestricted(reason=PROOF).filter(child=child)
    rows = rows.annotate(minutes=ways.bridging_minutes()).select_related("lead", "cover")
    wanted = rows.filter(to=to) if to else rows
    newest = sorted(wanted, key=lambda each: (each.closed_on is None, each.written_at))
    if not newest:
        raise NotSo("nobody was asked to take over")
    return newest[-1]
