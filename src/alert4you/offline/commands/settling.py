"""A person answers what waits: it goes on the line in her name, or it is set aside."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from alert4you.access.models import Category
from alert4you.kernel.clock import day_of
from alert4you.kernel.command import command
from alert4you.notes.models import Note
from alert4you.offline.models import Kept, OfflineChoice, Outcome
from alert4you.offline.queries.waiting import words_of
from alert4you.offline.rules import settling
from alert4you.organisations.models import Actor
from alert4you.ui.dates import plain_moment


@command(settling.may_put)
def put_on_line(actor: Actor, kept: Kept) -> Note:
    """An entry of the care coordinator on the day it was seen, that names who saw it and when."""
    with override("nl"):
        words, title = words_of(kept), _title(kept)
    note = Note.by(
        actor,
        day_of(kept.seen_at),
        child=kept.child,
        group=kept.group if kept.child is None else None,
        location=kept.group.location if kept.group and kept.child is None else None,
        organisation_id=kept.organisation_id,
        category=Category.DAY,
        title=title[:200],
        text=words.text,
        internal=words.internal,
    )
    _answer(actor, kept, Outcome.PUT, "")
    return note


@command(settling.may_set_aside)
def set_aside(actor: Actor, kept: Kept, reason: str) -> Kept:
    """It does not go on the line, and why; its words are deleted."""
    return _answer(actor, kept, Outcome.ASIDE, reason.strip())


@command(settling.may_choose)
def choose_children(actor: Actor, keep: bool) -> OfflineChoice:
    """Whether devices may keep what helps today's children, until the end of the day."""
    row, _new = OfflineChoice.objects.update_or_create(
        organisation_id=actor.organisation_id, defaults={"children": keep}
    )
    return row


def _title(kept: Kept) -> str:
    seen = plain_moment(kept.seen_at)
    if kept.hat is None:
        return _("Written without a network on %(when)s") % {"when": seen}
    told = {"name": kept.hat.person.name, "task": kept.hat.task, "when": seen}
    return _("%(name)s (%(task)s) wrote on %(when)s") % told


def _answer(actor: Actor, kept: Kept, outcome: str, reason: str) -> Kept:
    kept.outcome, kept.reason, kept.sealed = outcome, reason, ""
    kept.answered_by_id, kept.answered_at = actor.membership_id, actor.at
    kept.save(update_fields=["outcome", "reason", "sealed", "answered_by", "answered_at"])
    return kept
