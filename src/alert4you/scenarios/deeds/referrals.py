"""The way to another party, what happens meanwhile, help that is not there, helping the parents."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from alert4you.children.models import Child
from alert4you.coaching.commands.contacts import Details
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor, Membership, Organisation
from alert4you.practices.models import PracticeTemplate
from alert4you.referrals.commands import ways
from alert4you.referrals.commands.after import ask_former_worker
from alert4you.referrals.commands.hours import log_guidance, set_team
from alert4you.referrals.commands.needs import look_again, register_need
from alert4you.referrals.models import Help, Obstacle, Outcome, Referral, Sort
from alert4you.referrals.queries.needs import needs
from alert4you.referrals.queries.ways import referrals
from alert4you.referrals.rules.hours import Route
from alert4you.referrals.rules.needs import Judged, Missing
from alert4you.referrals.rules.ways import TO_TELL, Ask, Receiver
from alert4you.scenarios import finding, kinds
from alert4you.scenarios.sentences import deed
from alert4you.scenarios.world import PROOF, World


def _words(choices: Any) -> list[tuple[str, Any]]:
    return [(each.value.replace("_", " "), each.value) for each in choices]


OBSTACLE = kinds.one_of("why it is not there", _words(Obstacle))
OUTCOME = kinds.one_of("how it ended", _words(Outcome))
HELP = kinds.one_of("a kind of help", _words(Help))
SORT = kinds.one_of("a sort of guidance", _words(Sort))
TEXT = {"text": kinds.TEXT}
LED = {"lead": kinds.HAT, "cover": kinds.HAT}
ALONG = {
    "categories": kinds.several_of(kinds.CATEGORY),
    "with": kinds.HAT,
    "meanwhile": kinds.TEXT,
    "after": kinds.PRACTICE,
}
TO = {"to": kinds.ORGANISATION}
VERDICT = {"goes well": kinds.FLAG, "enough": kinds.FLAG, "words": kinds.TEXT}


@deed("{who} refers {child} to {organisation}", must={**TEXT, **LED}, may=ALONG)
def refers(world: World, who: Actor, child: Child, organisation: Organisation, **more: Any) -> None:
    """The parents are asked what may go along (`categories`); `with` is who it is for there; `after`
    the practice that led to it.
    """
    _refer(world, who, child, Receiver(organisation, contact=more.get("with_")), **more)


@deed(
    "{who} refers {child} elsewhere",
    must={"whom": kinds.TEXT, **TEXT, **LED},
    may={"meanwhile": kinds.TEXT, "after": kinds.PRACTICE},
)
def refers_elsewhere(world: World, who: Actor, child: Child, whom: str, **more: Any) -> None:
    """To a party that is not in this system."""
    _refer(world, who, child, Receiver(words=whom), **more)


def _refer(world: World, who: Actor, child: Child, receiver: Receiver, **more: Any) -> None:
    practice: PracticeTemplate | None = more.get("after")
    followed = finding.followed(world, who, child, practice.slug) if practice else None
    along = more.get("categories", TO_TELL)
    ask = Ask(more["text"], along, more.get("meanwhile", ""), followed)
    ways.start_referral(who, child, receiver, ask, more["lead"], more["cover"])


@deed(
    "{who} asks the party about {child}",
    must={"again": kinds.DAY},
    may={"parents agreed": kinds.TEXT, **TO},
)
def asks_party(world: World, who: Actor, child: Child, again: date, **more: Any) -> None:
    """`again`: when to ask how it stands; `parents agreed`: how they said yes, for a party that is not
    in this system.
    """
    found = _referral(who, child, **more)
    ways.ask_party(who, found, who.today, again, more.get("parents_agreed", ""))


@deed(
    "{who} hears from the party about {child}",
    must=TEXT,
    may={"again": kinds.DAY, "because": OBSTACLE, **TO},
)
def hears(world: World, who: Actor, child: Child, text: str, **more: Any) -> None:
    """Not yet: what they said, why, and when to ask again."""
    found = _referral(who, child, **more)
    ways.hear_party(who, found, text, more.get("again"), more.get("because", ""))


@deed("{who} hears a yes for {child}", may={**TEXT, "by": kinds.DAY, **TO})
def hears_yes(world: World, who: Actor, child: Child, text: str = "", **more: Any) -> None:
    """The party accepts; somebody of the party can say it too. `by`: the day on which it starts at last."""
    found = _referral(who, child, **more)
    ways.accept_referral(who, found, who.today, text, more.get("by"))


@deed("{who} hears a no for {child}", must={**TEXT, "because": OBSTACLE}, may=TO)
def hears_no(world: World, who: Actor, child: Child, text: str, because: str, **more: Any) -> None:
    """The party refuses, with the reason; somebody of the party can say it too."""
    ways.refuse_referral(who, _referral(who, child, **more), who.today, text, because)


@deed("{who} takes back the referral of {child}", must=TEXT, may=TO)
def takes_back(world: World, who: Actor, child: Child, text: str, **more: Any) -> None:
    """The parents do not want it any more; who keeps hold of it closes it."""
    ways.revoke_referral(who, _referral(who, child, **more), text)


@deed("{who} sees the next place of {child} start", may={**TEXT, **TO})
def sees_start(world: World, who: Actor, child: Child, text: str = "", **more: Any) -> None:
    ways.record_start(who, _referral(who, child, **more), who.today, text)


@deed(
    "{who} tells what happens meanwhile for {child}",
    must=TEXT,
    may={"effect on the group": kinds.TEXT, **TO},
)
def tells_meanwhile(world: World, who: Actor, child: Child, text: str, **more: Any) -> None:
    found = _referral(who, child, **more)
    ways.tell_meanwhile(who, found, text, more.get("effect_on_the_group", ""))


@deed("{who} supports {child} while it waits", must={**TEXT, "minutes": kinds.NUMBER}, may=TO)
def supports(world: World, who: Actor, child: Child, text: str, minutes: int, **more: Any) -> None:
    """Its minutes are bridging hours."""
    route = Route(_referral(who, child, **more))
    log_guidance(who, child, Sort.MEANWHILE, text, route, Details(minutes=minutes))


@deed(
    "{who} helps the parents of {child}",
    must={**TEXT, "minutes": kinds.NUMBER, "with": SORT},
    may={"in": kinds.PRACTICE, "for the referral": kinds.FLAG},
)
def helps(world: World, who: Actor, child: Child, text: str, minutes: int, **more: Any) -> None:
    """With forms, an indication or a referral; for the practice `in`, for the referral, or by itself."""
    practice: PracticeTemplate | None = more.get("in_")
    route = Route(
        _referral(who, child) if more.get("for_the_referral") else None,
        finding.followed(world, who, child, practice.slug) if practice else None,
    )
    log_guidance(who, child, more["with_"], text, route, Details(minutes=minutes))


@deed("{who} closes the referral of {child}", must={"outcome": OUTCOME, **TEXT}, may=TO)
def closes(world: World, who: Actor, child: Child, outcome: str, text: str, **more: Any) -> None:
    ways.close_referral(who, _referral(who, child, **more), outcome, text)


@deed("{who} passes the referral of {child} to {other}", must={"cover": kinds.HAT}, may=TO)
def passes(
    world: World, who: Actor, child: Child, other: Membership, cover: Membership, **more: Any
) -> None:
    ways.pass_coordination(who, _referral(who, child, **more), other, cover)


@deed(
    "{who} judges the help for {child}",
    must={
        **VERDICT,
        "missing": HELP,
        "what": kinds.TEXT,
        "because": OBSTACLE,
        "look again": kinds.DAY,
    },
)
def judges(world: World, who: Actor, child: Child, **more: Any) -> None:
    """Two questions: does it go well here, is it enough? Then which help is missing, and why."""
    missing = Missing(more["missing"], more["what"], more["because"], more["look_again"])
    register_need(who, child, _judged(more), missing)


@deed("{who} looks again at the help for {child}", must=VERDICT, may={"look again": kinds.DAY})
def looks_again(world: World, who: Actor, child: Child, **more: Any) -> None:
    found = needs(who).filter(child=child).order_by("met_on", "-written_at").first()
    if found is None:
        raise finding.Unfound(f"no help is missing for {child}")
    look_again(who, found, _judged(more), more.get("look_again"))


def _judged(more: Mapping[str, Any]) -> Judged:
    return Judged(more["goes_well"], more["enough"], more["words"])


@deed(
    "{who} asks who helped {child} before",
    must=TEXT,
    may={"in own words": kinds.TEXT, "in": kinds.PRACTICE},
)
def asks_afterwards(world: World, who: Actor, child: Child, text: str, **more: Any) -> None:
    """Without a new file; `text` carries no child, `in own words` opens with consent."""
    practice: PracticeTemplate | None = more.get("in_")
    found = finding.followed(world, who, child, practice.slug if practice else "")
    ask_former_worker(who, found, text, more.get("in_own_words", ""))


@deed("{who} sets the team of {practice}", must={"fte": kinds.TEXT}, may={"room": kinds.TEXT})
def sets_team(world: World, who: Actor, practice: PracticeTemplate, **more: Any) -> None:
    """How big the own team is, and in words where there is room."""
    set_team(who, practice.slug, Decimal(more["fte"]), more.get("room", ""))


def _referral(who: Actor, child: Child, to: Organisation | None = None, **more: Any) -> Referral:
    """The open one of this child that this person sees, the newest first; ``to`` when there are more."""
    wanted = {"child": child} if to is None else {"child": child, "to": to}
    seen = referrals(who).filter(**wanted).order_by("-closed_on", "-written_at")
    found = [each for each in seen if each.closed_on is None] or list(seen)
    if found:
        return found[0]
    if Referral.objects.unrestricted(reason=PROOF).filter(**wanted).exists():
        raise NotVisible
    raise finding.Unfound(f"nobody referred {child}")
