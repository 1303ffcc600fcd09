"""Finding what a sentence refers to, through the eyes of who does something with it."""

from collections.abc import Iterable
from typing import Any

from alert4you.access.models import ConsentRequest
from alert4you.access.queries.consent import agreements
from alert4you.children.models import Child
from alert4you.coaching.models import ChildQuestion, Question, TalkPreparation
from alert4you.coaching.queries.questions import questions
from alert4you.coaching.queries.talks import talks_to_hold
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor, Location, Organisation
from alert4you.scenarios.world import PROOF, NotSo, World, says
from alert4you.trajectories.models import Trajectory
from alert4you.trajectories.queries.caseload import Case, cases, trajectories, with_parts


class Unfound(Exception):
    """The story refers to something that is not there at all: a mistake of the story."""


def seen(world: World, rows: Iterable[Any], quote: str) -> Any:
    """The newest of these rows in which the words stand; NotVisible when they stand elsewhere only."""
    found = [each for each in rows if says(each, quote)]
    if found:
        return max(found, key=lambda each: each.written_at)
    if not world.written(quote):
        raise Unfound(f"nobody wrote “{quote}”")
    raise NotVisible


def question(world: World, who: Actor, quote: str) -> Question:
    return seen(world, questions(who), quote)


def request_of(
    world: World, who: Actor, child: Child, organisation: Organisation, purpose: str
) -> ConsentRequest:
    """The open request with this organisation; ``purpose`` empty when there is only one."""
    open_ones = [
        each.request
        for each in agreements(who, child)
        if each.request.organisation == organisation
        and each.request.closed_at is None
        and purpose in ("", each.request.purpose)
    ]
    asked = ConsentRequest.objects.filter(child=child, organisation=organisation)
    if not open_ones and asked.exists():
        raise NotVisible
    if not open_ones:
        raise Unfound(f"nothing was asked about sharing {child} with {organisation}")
    if len(open_ones) > 1:
        purposes = ", ".join(each.purpose for each in open_ones)
        raise Unfound(f"more than one thing was asked; say for what: {purposes}")
    return open_ones[0]


def preparation(who: Actor, child: Child) -> TalkPreparation:
    found = talks_to_hold(who).filter(child=child).first()
    if found is None:
        raise NotVisible
    return found


def followed(world: World, who: Actor, about: Child | Location, practice: str = "") -> Trajectory:
    """The trajectory about a child or at a location that this hat may see; the running one first."""
    rows = _about(trajectories(who), about, practice)
    if rows:
        return rows[0]
    case_of(world, about, practice)
    raise NotVisible


def case_of(world: World, about: Child | Location, practice: str = "") -> Case:
    """The same as it stands for everybody."""
    everything = with_parts(Trajectory.objects.unrestricted(reason=PROOF))
    rows = _about(everything, about, practice)
    if not rows:
        raise NotSo(f"no trajectory was started for {about}")
    return cases(world.nobody, rows[:1])[0]


def _about(rows: Any, about: Child | Location, practice: str) -> list[Trajectory]:
    which = {"child": about} if isinstance(about, Child) else {"child": None, "location": about}
    wanted = rows.filter(**which)
    if practice:
        wanted = wanted.filter(template__slug=practice)
    return sorted(wanted, key=lambda each: (each.ended_on is None, each.written_at), reverse=True)


def has_child(asked: Question) -> bool:
    """Whether a child is behind this question, whoever may know."""
    behind = ChildQuestion.objects.unrestricted(reason=PROOF)
    return behind.filter(question=asked).exists()
