"""Questions, who has them and by when; talks, visits, and what is still owed."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from alert4you.children.models import Child
from alert4you.coaching.models import Question, TalkPreparation
from alert4you.coaching.queries.contacts import owes_generalising, visits_of_week
from alert4you.coaching.queries.questions import (
    about_children,
    answers,
    asked_by,
    questions,
    waiting_for,
    who_answers,
)
from alert4you.coaching.queries.talks import talks_to_hold
from alert4you.kernel.clock import day_of
from alert4you.organisations.models import Actor, Location, Membership
from alert4you.scenarios import finding, kinds
from alert4you.scenarios.almanac import When
from alert4you.scenarios.sentences import check
from alert4you.scenarios.world import PROOF, NotSo, World, says

WORDS = {"words": kinds.TEXTS}


@check(
    '"{quote}" waits for {other}',
    may={"by": kinds.CLOCK, "late": kinds.FLAG},
)
def waits(
    world: World,
    quote: str,
    other: Membership,
    by: When | None = None,
    late: bool | None = None,
) -> None:
    """A question; `by` is when it must be answered, `late` whether that has passed."""
    who = world.actor(world.name_of(other))
    found = _one(world, waiting_for(who), quote)
    if by is not None:
        same_time(world, by, found.due_at)
    if late is not None and late != (found.due_at < who.at):
        raise NotSo(f"it must be answered by {spoken(found)}")


@check('"{quote}" does not wait for {other}')
def does_not_wait(world: World, quote: str, other: Membership) -> None:
    """The question is there, but answered, or with somebody else."""
    _there(world, quote)
    who = world.actor(world.name_of(other))
    if any(says(each, quote) for each in waiting_for(who)):
        raise NotSo("it waits")


@check("{who} has no question waiting")
def nothing_waits(world: World, who: Actor) -> None:
    found = list(waiting_for(who))
    if found:
        raise NotSo("; ".join(f"“{each.text}”" for each in found))


@check('{who} reads the question "{quote}"')
def reads(world: World, who: Actor, quote: str) -> None:
    _one(world, questions(who), quote)


@check('{who} does not read the question "{quote}"')
def does_not_read(world: World, who: Actor, quote: str) -> None:
    """The question is there."""
    _there(world, quote)
    if any(says(each, quote) for each in questions(who)):
        raise NotSo("it is shown")


@check('{who} knows that "{quote}" is about {child}')
def knows_child(world: World, who: Actor, quote: str, child: Child) -> None:
    """The question opened up."""
    found = _one(world, questions(who), quote)
    behind = about_children(who, [found]).get(found.pk)
    if behind is None or behind.child_id != child.pk:
        raise NotSo(
            "no child is shown with it" if behind is None else f"it is about {behind.child}"
        )


@check('{who} does not know which child "{quote}" is about')
def does_not_know_child(world: World, who: Actor, quote: str) -> None:
    """The question is read, but the child behind it, which is there, is not shown."""
    found = _one(world, questions(who), quote)
    if not finding.has_child(found):
        raise NotSo("there is no child behind this question, so this proves nothing")
    if about_children(who, [found]):
        raise NotSo("the child is shown")


@check('{who} reads the answer to "{quote}"', must=WORDS)
def reads_answer(world: World, who: Actor, quote: str, words: Sequence[str]) -> None:
    asked = _one(world, questions(who), quote)
    shown = list(answers(who, asked))
    for piece in words:
        if not any(says(each, piece) for each in shown):
            raise NotSo("; ".join(f"“{each.text}”" for each in shown) or "no answer is shown")


@check('"{quote}" is answered')
def answered(world: World, quote: str) -> None:
    found = Question.objects.unrestricted(reason=PROOF)
    rows = [each for each in found if says(each, quote)]
    if not rows:
        raise NotSo(f"nobody asked “{quote}”")
    if rows[-1].answered_at is None:
        raise NotSo("it still waits")


@check("who answers {who} at {location}", must={"person": kinds.NAME})
def answers_at(world: World, who: Actor, location: Location, person: str) -> None:
    """Exactly one person, always."""
    found = world.name_of(who_answers(who, location))
    if found != person:
        raise NotSo(found)


@check("{who} asked", must={"number": kinds.NUMBER})
def has_asked(world: World, who: Actor, number: int) -> None:
    """So many questions in all."""
    found = asked_by(who).count()
    if found != number:
        raise NotSo(str(found))


@check("{who} visits this week", must={"locations": kinds.TEXTS})
def visits(world: World, who: Actor, locations: Sequence[str]) -> None:
    """Exactly these, in the order of the days; `none` for none."""
    found = [world.name_of(each.location) for each in visits_of_week(who)]
    if found != [each for each in locations if each != "none"]:
        raise NotSo(", ".join(found) or "none")


@check("{who} still has to say what helps the other children", must=WORDS)
def owes(world: World, who: Actor, words: Sequence[str]) -> None:
    """About these contacts, and no others."""
    found = list(owes_generalising(who))
    wrong = len(found) != len(words) or not all(
        any(says(each, piece) for each in found) for piece in words
    )
    if wrong:
        raise NotSo("; ".join(f"“{each.text}”" for each in found) or "nothing")


@check("{who} has said of everything what helps the other children")
def owes_nothing(world: World, who: Actor) -> None:
    found = list(owes_generalising(who))
    if found:
        raise NotSo("; ".join(f"“{each.text}”" for each in found))


@check("the talk with the parents of {child}", must={"form": kinds.FORM}, may={"on": kinds.DAY})
def talk(world: World, child: Child, form: str, on: date | None = None) -> None:
    """The form of the last one prepared, and the day."""
    rows = TalkPreparation.objects.unrestricted(reason=PROOF).filter(child=child)
    found = rows.order_by("written_at").last()
    if found is None:
        raise NotSo("no talk was prepared")
    if found.form != form or (on is not None and found.planned_on != on):
        raise NotSo(f"{found.form.replace('_', ' ')}, on {found.planned_on}")


@check("{who} has talks to hold about", must={"children": kinds.TEXTS})
def talks(world: World, who: Actor, children: Sequence[str]) -> None:
    """Exactly these children; `none` for none."""
    found = sorted(world.child_name(each.child) for each in talks_to_hold(who))
    if found != sorted(each for each in children if each != "none"):
        raise NotSo(", ".join(found) or "none")


@check("the talks of {other} with parents", must={"forms": kinds.several_of(kinds.FORM)})
def forms_over_time(world: World, other: Membership, forms: Sequence[str]) -> None:
    """The forms of this group worker's talks, the first one first."""
    rows = TalkPreparation.objects.unrestricted(reason=PROOF).filter(worker=other)
    found = list(rows.order_by("planned_on", "written_at").values_list("form", flat=True))
    if found != list(forms):
        raise NotSo(", ".join(found).replace("_", " ") or "none")


def same_time(world: World, wanted: When, found: object) -> None:
    """Whether a moment is the one that is meant: the hour counts only when it was said."""
    moment = timezone.localtime(found)  # type: ignore[arg-type]
    meant = world.day(wanted)
    if day_of(moment) != meant or (wanted.at is not None and moment.time() != wanted.at):
        raise NotSo(f"{moment:%A %Y-%m-%d %H:%M}; meant is {meant:%A %Y-%m-%d} {wanted.at or ''}")


def spoken(question: Question) -> str:
    return f"{timezone.localtime(question.due_at):%A %Y-%m-%d %H:%M}"


def _one(world: World, rows: object, quote: str) -> Question:
    shown = list(rows)  # type: ignore[call-overload]
    for each in shown:
        if says(each, quote):
            return each
    _there(world, quote)
    raise NotSo("; ".join(f"“{each.text}”" for each in shown) or "nothing")


def _there(world: World, quote: str) -> None:
    asked = Question.objects.unrestricted(reason=PROOF).only("text", "title")
    if not any(says(each, quote) for each in asked):
        raise NotSo(f"nobody asked “{quote}”, so this proves nothing")
