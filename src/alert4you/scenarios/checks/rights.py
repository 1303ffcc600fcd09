"""What stands beside an entry, what waits for an answer, and what is in a copy."""

from collections.abc import Sequence

from alert4you.access.queries.line import line
from alert4you.children.models import Child
from alert4you.organisations.models import Actor, Person
from alert4you.retention.models import Erasure
from alert4you.rights.models import Right
from alert4you.rights.queries.beside import beside
from alert4you.rights.queries.copies import contents_of
from alert4you.rights.queries.requests import asked_by, work
from alert4you.rights.rules.shapes import as_json
from alert4you.scenarios import kinds
from alert4you.scenarios.deeds.rights import RIGHT, granted
from alert4you.scenarios.finding import seen
from alert4you.scenarios.sentences import check
from alert4you.scenarios.world import PROOF, NotSo, World

WORDS = {"words": kinds.TEXTS}
STATE = kinds.one_of("calm, soon or late", [(each, each) for each in ("calm", "soon", "late")])


@check("for {who} waits what {person} asked about the data of {child}", must={"state": STATE})
def waits(world: World, who: Actor, person: Person, child: Child, state: str) -> None:
    """On the list of who answers; `late` is after the last day of the law."""
    found = {
        each.state
        for each in work(who).open
        if (each.request.asked_by_id, each.request.child_id) == (person.pk, child.pk)
    }
    if state not in found:
        raise NotSo(", ".join(sorted(found)) or "nothing of it waits")


@check("{who} reads the answer about the data of {child}", must=WORDS)
def reads_answer(world: World, who: Actor, child: Child, words: Sequence[str]) -> None:
    """A parent, of what was asked by this parent."""
    told = [each.request.answer for each in asked_by(who, child)]
    _all_in(words, " ".join(told) or "nothing")


@check('beside "{quote}" about {child} stands for {who}', must=WORDS)
def stands_beside(world: World, quote: str, child: Child, who: Actor, words: Sequence[str]) -> None:
    """The entry itself has its own words still."""
    entry = seen(world, line(who, child), quote)
    found = beside(who, [entry.pk]).get(entry.pk, [])
    _all_in(words, " ".join(each.text for each in found) or "nothing")


@check("in the copy of {who} about {child} stands", must=WORDS, may={"right": RIGHT})
def in_the_copy(
    world: World, who: Actor, child: Child, words: Sequence[str], right: str = Right.ACCESS
) -> None:
    """As it would be made now."""
    _all_in(words, _copy(who, child, right))


@check("not in the copy of {who} about {child} stands", must=WORDS, may={"right": RIGHT})
def not_in_the_copy(
    world: World, who: Actor, child: Child, words: Sequence[str], right: str = Right.ACCESS
) -> None:
    """Though somebody wrote it."""
    copy = _copy(who, child, right)
    for each in words:
        if not world.written(each):
            raise NotSo(f"nobody wrote “{each}”, so this proves nothing")
        if each in copy:
            raise NotSo(f"“{each}” is in it")


@check("two people decide whether something about {child} is deleted")
def on_the_list(world: World, child: Child) -> None:
    """It was asked for, and nothing went yet."""
    asked = Erasure.objects.unrestricted(reason=PROOF).filter(child=child, executed_at=None)
    if not asked.filter(why="request", stopped_at=None).exists():
        raise NotSo("nothing about this child is on the list")


def _copy(who: Actor, child: Child, right: str) -> str:
    return as_json(contents_of(who, granted(who, child, right)))


def _all_in(words: Sequence[str], told: str) -> None:
    for each in words:
        if each.casefold() not in told.casefold():
            raise NotSo(told[:300])
