"""Counting tags: a note is written in seconds, and what it adds up to is looked at afterwards."""

from datetime import datetime, timedelta

from django.db import transaction

from alert4you.access.rules.marks import only_kept
from alert4you.notes.models import Note, Tagged
from alert4you.wellbeing.commands import notice_tag
from alert4you.wellbeing.models import Notice, TagWatch
from alert4you.wellbeing.rules.counting import counted, rule_of

LATE = timedelta(days=2)  # a worker that did not run for a while catches up


def notice_tags(at: datetime) -> int:
    """Ask the rule of each organisation about what was tapped lately; answers how many notices came."""
    return sum(
        _notice(watch, new, at) for watch in TagWatch.objects.all() for new in _new(watch, at)
    )


def _new(watch: TagWatch, at: datetime) -> list[Tagged]:
    """What was tapped lately with a child, open to the parents, of what this organisation counts;
    not what is only kept."""
    notes = Note.objects.unrestricted(reason="rule").exclude(only_kept(at))
    notes = notes.filter(
        organisation=watch.organisation_id,
        child__isnull=False,
        internal=False,
        written_at__gt=max(watch.since, at - LATE),
        written_at__lte=at,
    )
    tagged = Tagged.objects.filter(note__in=notes, tag__in=watch.tags).select_related("note")
    return list(tagged.order_by("note__at", "note__pk", "tag"))


@transaction.atomic
def _notice(watch: TagWatch, new: Tagged, at: datetime) -> bool:
    """The notes of one person about one child, of one kind, with and without the tag, in order."""
    note = new.note
    same = Note.objects.unrestricted(reason="rule").exclude(only_kept(at))
    same = same.filter(
        child=note.child_id,
        author=note.author_id,
        organisation=note.organisation_id,
        category=note.category,
        internal=False,
    )
    series = list(same.order_by("at", "pk").values_list("pk", flat=True))
    tapped = set(same.filter(tagged__tag=new.tag).values_list("pk", flat=True))
    rule, found = counted(rule_of(watch), [each in tapped for each in series])
    there = Notice.objects.unrestricted(reason="rule").filter(note=note, tag=new.tag)
    if series.index(note.pk) not in found or there.exists():
        return False
    notice_tag(note, new.tag, rule, at, watch.days)
    return True
