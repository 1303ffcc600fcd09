"""Writing down how a child is doing, and what is done when a rule asks to look again."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from alert4you.access.models import Category, Entry, Kind
from alert4you.access.queries.line import file_of
from alert4you.children.models import Child
from alert4you.kernel.clock import day_of
from alert4you.kernel.command import command
from alert4you.notes.models import Note
from alert4you.organisations.models import Actor
from alert4you.wellbeing.models import (
    RELATIONS,
    Aspect,
    EarlyRule,
    Notice,
    Outcome,
    Rating,
    TagWatch,
)
from alert4you.wellbeing.rules import writing
from alert4you.wellbeing.rules.choosing import Chosen, chosen_of
from alert4you.wellbeing.rules.counting import Counted
from alert4you.wellbeing.rules.noticing import noticed


@command(writing.may_rate)
def rate(actor: Actor, child: Child, steps: Mapping[str, int | None]) -> Rating:
    """What this person saw today; again on the same day sets right what was chosen before."""
    given: dict[str, Any] = {aspect.value: steps.get(aspect.value) for aspect in Aspect}
    rating = _all(actor, child).filter(day=actor.today).first()
    if rating is None:
        rating = Rating.by(actor, **_on_line(actor, child, Kind.RATING), **given)
    else:
        for name, step in given.items():
            setattr(rating, name, step)
        rating.save(update_fields=list(given))
    _notice(actor, child, rating)
    return rating


@command(writing.may_write_view)
def write_view(actor: Actor, child: Child, text: str) -> Entry:
    """What somebody sees, before reading what the rule noticed."""
    return Entry.by(actor, **_on_line(actor, child, Kind.VIEW), text=text.strip())


@command(writing.may_take_up)
def take_up(actor: Actor, notice: Notice, way: str, reason: str) -> Notice:
    """It leads to a question to the coach or a talk with the parents."""
    notice.way = way
    return _answer(actor, notice, Outcome.TAKEN_UP, reason)


@command(writing.may_answer)
def let_go(actor: Actor, notice: Notice, reason: str) -> Notice:
    """There is a good reason for what was seen; the rule was wrong, or it has passed."""
    return _answer(actor, notice, Outcome.DISMISSED, reason)


@command(writing.may_set_rule)
def set_rule(actor: Actor, chosen: Chosen) -> EarlyRule:
    """From now on; what was noticed before stays as it was."""
    expected = asdict(chosen.expected) if chosen.expected else {}
    told = {**asdict(chosen.rule), "days": chosen.days, **expected}
    row, _new = EarlyRule.objects.update_or_create(
        organisation_id=actor.organisation_id, defaults=told
    )
    return row


@command(writing.may_watch_tags)
def watch_tags(
    actor: Actor,
    tags: Sequence[str],
    more: int,
    of: int,
    days: int,
    expected: Mapping[str, int | None],
) -> TagWatch:
    """From now on these are counted with each child (none: nothing is)."""
    told = {"tags": list(tags), "more": more, "of": of, "days": days, "since": actor.at, **expected}
    row, _new = TagWatch.objects.update_or_create(
        organisation_id=actor.organisation_id, defaults=told
    )
    return row


def notice_tag(note: Note, tag: str, rule: Counted, at: datetime, days: int) -> Notice:
    """For the worker: a tag asks to look again. It is read by whoever may read the note."""
    notice = Notice(
        child_id=note.child_id,
        organisation_id=note.organisation_id,
        author_id=note.author_id,
        hat_id=note.hat_id,
        kind=Kind.NOTICE,
        category=note.category,
        day=day_of(at),
        at=at,
        written_at=at,
        note=note,
        tag=tag,
        rule=asdict(rule),
        lapses_on=day_of(at) + timedelta(days=days),
    )
    notice.save(force_insert=True)
    return notice


def _notice(actor: Actor, child: Child, rating: Rating) -> None:
    """Ask the rule about the series of this person; what was set right may take a notice away."""
    row = EarlyRule.objects.filter(organisation=rating.organisation_id).first()
    chosen = chosen_of(row)
    series = list(_all(actor, child).order_by("at", "pk"))
    for aspect in RELATIONS:
        seen = [each for each in series if each.step(aspect) is not None]
        steps = [each.step(aspect) or 0 for each in seen]
        asks = bool(seen) and seen[-1] == rating and len(seen) - 1 in noticed(chosen.rule, steps)
        stands = Notice.objects.unrestricted(reason="rule").filter(rating=rating, aspect=aspect)
        if asks and not stands.exists():
            Notice.by(
                actor,
                **_on_line(actor, child, Kind.NOTICE),
                rating=rating,
                aspect=aspect,
                rule=asdict(chosen.rule),
                lapses_on=actor.today + timedelta(days=chosen.days),
            )
        elif not asks:
            stands.filter(outcome="").delete()


def _all(actor: Actor, child: Child) -> QuerySet[Rating]:
    """All ratings of one child by this person."""
    seen = Rating.objects.unrestricted(reason="rule").filter(child=child)
    return seen.filter(author=actor.person_id, organisation=file_of(actor, child))


def _answer(actor: Actor, notice: Notice, outcome: str, reason: str) -> Notice:
    notice.outcome, notice.reason = outcome, reason.strip()
    notice.decided_by_id, notice.decided_at = actor.membership_id, actor.at
    notice.save(update_fields=["outcome", "way", "reason", "decided_by", "decided_at"])
    return notice


def _on_line(actor: Actor, child: Child, kind: Kind) -> dict[str, Any]:
    return {
        "child": child,
        "organisation_id": file_of(actor, child),
        "kind": kind,
        "category": Category.DEVELOPMENT,
    }
