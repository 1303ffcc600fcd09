"""A file opened in an emergency or for support, the weekly list, and what parents ask about who looked."""

from datetime import date, timedelta

from alert4you.access import tasks
from alert4you.access.commands.openings import (
    break_glass,
    close_opening,
    decide_telling,
    find_by_name,
    let_support_in,
)
from alert4you.access.commands.review import answer_look, ask_about_look, review_line
from alert4you.access.models import Finding, Opening, ReviewLine, Verdict
from alert4you.access.queries import review
from alert4you.access.queries.line import children
from alert4you.access.queries.openings import child_here, open_now
from alert4you.access.queries.trail import look, who_looked
from alert4you.access.rules.openings import may_take_along
from alert4you.children.models import Child
from alert4you.kernel.decision import NotVisible, require
from alert4you.organisations.models import Actor, Membership, Person
from alert4you.scenarios import kinds
from alert4you.scenarios.sentences import deed
from alert4you.scenarios.world import NotSo, World

REASON = {"reason": kinds.TEXT}
FINDING = kinds.one_of("a finding", [(f.value.replace("_", " "), f.value) for f in Finding])
VERDICT = kinds.one_of("a verdict", [(v.value, v.value) for v in Verdict])


@deed("{who} opens the file of {child} in an emergency", must=REASON)
def opens(world: World, who: Actor, child: Child, reason: str) -> None:
    """For an hour, reading only; who must know is told at once."""
    break_glass(who, child, reason)


@deed("{who} types the name and birth date of {child} and opens the file", must=REASON)
def finds_and_opens(world: World, who: Actor, child: Child, reason: str) -> None:
    """As who works on a group gets there."""
    found = find_by_name(who, child.full_name, child.born)
    if found is None:
        raise NotVisible
    break_glass(who, child_here(who, found), reason)


@deed("{who} closes the file of {child}")
def closes(world: World, who: Actor, child: Child) -> None:
    """Sooner than by itself: the own opening, or for whoever runs the place any."""
    running = Opening.objects.filter(child=child, at__lte=who.at, ends__gt=who.at)
    opening = open_now(who, child) or running.first()
    if opening is None:
        raise NotSo("the file is not open")
    close_opening(who, opening)


@deed(
    "{who} lets {other} look along with {child}", must={"reason": kinds.TEXT, "hours": kinds.NUMBER}
)
def lets_in(
    world: World, who: Actor, other: Membership, child: Child, reason: str, hours: int
) -> None:
    """Support of the software, for so many hours."""
    let_support_in(who, child, other, reason, timedelta(hours=hours))


@deed("{who} takes the file of {child} along on paper")
def takes_along(world: World, who: Actor, child: Child) -> None:
    """What every paper asks first."""
    require(may_take_along(who, child))


@deed("{who} decides when the parents of {child} hear of it", must={"on": kinds.DAY, **REASON})
def decides(world: World, who: Actor, child: Child, on: date, reason: str) -> None:
    """For an opening that a mark keeps from them until then."""
    opening = Opening.objects.filter(child=child).order_by("-at")[0]
    decide_telling(who, opening, on, reason)


@deed("the week is over and the lists are made")
def makes_lists(world: World) -> None:
    """What runs every night: also who waits too long is told on."""
    tasks.make_reviews(world.now)
    tasks.escalate_reviews(world.now)


@deed(
    "{who} reviews what {other} did",
    must={"word": kinds.TEXT, "verdict": VERDICT, "finding": FINDING},
)
def reviews(
    world: World, who: Actor, other: Membership, word: str, verdict: str, finding: str
) -> None:
    """The oldest line of this sort about this colleague that waits."""
    lines = ReviewLine.objects.filter(person=other.person_id, finding=finding, reviewed_at=None)
    line = lines.order_by("review__week", "first_at", "pk").first()
    if line is None:
        raise NotSo("there is no such line on the list")
    review_line(who, line, verdict, word)


@deed("{who} asks why {other} looked in the file of {child}", must={"text": kinds.TEXT})
def asks_why(world: World, who: Actor, other: Membership, child: Child, text: str) -> None:
    """With the button beside the look."""
    mine = list(children(who))
    shown = who_looked(who, [each for each in mine if each.pk == child.pk])
    name = other.person.name
    record = next((each.record for each in shown if each.person == name and each.record), None)
    if record is None:
        raise NotVisible
    row, seen = look(who, mine, record)
    ask_about_look(who, seen.child, other.person, row, text)


@deed("{who} answers what {person} asks about who looked", must={"answer": kinds.TEXT})
def answers(world: World, who: Actor, person: Person, answer: str) -> None:
    asked = review.questions(who).filter(asked_by=person, answered_at=None).first()
    if asked is None:
        raise NotVisible
    answer_look(who, asked, answer)
