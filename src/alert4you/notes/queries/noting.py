"""What was written about a group or a child, and what helps to write it."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from alert4you.access.models import Entry, Kind
from alert4you.access.policy import KNOWS_ALL_GROUPS
from alert4you.access.queries.line import children, entries, file_of, posted_locations
from alert4you.children.models import Child, Placement
from alert4you.kernel.decision import NotVisible
from alert4you.kernel.kept import kept
from alert4you.notes.models import (
    Draft,
    Note,
    NotingWords,
    Photo,
)
from alert4you.notes.queries.rows import one
from alert4you.notes.rules.drafts import page_of
from alert4you.notes.rules.judging import Aid, aid, kinds_of
from alert4you.notes.rules.photos import Standing, standing_of
from alert4you.organisations.models import Actor, Group, Organisation, Roster
from alert4you.organisations.queries import groups_today


def group(actor: Actor, group_id: UUID) -> Group:
    """A group where this hat works, which it coaches, or which it looks after."""
    rostered = Roster.objects.on(actor.today).filter(membership=actor.membership_id)
    known = Q(pk__in=rostered.values("group")) | Q(location__in=posted_locations(actor))
    if actor.role in KNOWS_ALL_GROUPS:
        known |= Q(location__organisation=actor.organisation_id)
    found = Group.objects.filter(known, pk=group_id).select_related("location").first()
    if found is None:
        raise NotVisible
    return found


def group_notes(actor: Actor, group: Group) -> QuerySet[Entry]:
    """What was written about the group without a child, newest first."""
    return entries(actor).filter(group=group, child=None, kind__in=(Kind.NOTE, Kind.INCIDENT))


def tags_of_group(actor: Actor, group: Group, since: date) -> list[tuple[str, int]]:
    """How often each tag was tapped for the group from a day on, most often first: counts, no more."""
    seen = Note.objects.visible_to(actor).filter(group=group, child=None, day__gte=since)
    counted = seen.filter(tagged__isnull=False).values_list("tagged__tag").annotate(n=Count("pk"))
    return list(counted.order_by("-n", "tagged__tag"))


def note(actor: Actor, note_id: UUID) -> Note:
    return one(Note.objects.visible_to(actor).select_related("child", "group").filter(pk=note_id))


def draft(actor: Actor, address: str) -> Draft | None:
    """What this hat was writing on a page."""
    return Draft.objects.visible_to(actor).filter(page=page_of(address)).first()


def photo(actor: Actor, note_id: UUID) -> Photo:
    """The picture of a note, as long as it may be seen."""
    return one(Photo.objects.visible_to(actor).filter(note=note_id))


def has_photo(actor: Actor) -> Exists:
    """A column beside a note."""
    return Exists(Photo.objects.visible_to(actor).filter(note=OuterRef("pk")))


def photos_at(actor: Actor, child: Child) -> tuple[Organisation | None, Standing]:
    """The place whose file this hat writes in, and what was said there about photos of a child."""
    file = file_of(actor, child)
    return Organisation.objects.filter(pk__in=[file]).first(), standing_of(child, file, actor)


@kept
def others_here(actor: Actor, child_id: UUID) -> QuerySet[Child]:
    """The other children that are on this hat's groups today, by name."""
    here = Placement.objects.on(actor.today).filter(
        group__in=groups_today(actor), days__weekday=actor.today.weekday(), child=OuterRef("pk")
    )
    return children(actor).filter(Exists(here)).exclude(pk=child_id)


def noting_words(actor: Actor) -> NotingWords | None:
    """The organisation's own words for noting; None: those of the product."""
    return next(iter(_noting_words(actor)), None)


@kept
def _noting_words(actor: Actor) -> QuerySet[NotingWords]:
    return NotingWords.objects.filter(organisation=actor.organisation_id)


def writing_aid(words: NotingWords | None, names: Iterable[str] = ()) -> Aid:
    """What to look for in what is being written, in the language of the page."""
    own = [entry.partition(":") for entry in words.marked] if words else []
    marked = [(word.strip(), ask.strip()) for word, _colon, ask in own]
    left_out = words.unmarked if words else ()
    return aid(get_language() or "nl", list(names), marked, left_out)


def kinds() -> list[tuple[str, list[str]]]:
    """What the writing aid of the product marks, by the question that it asks."""
    return kinds_of(get_language() or "nl")


def last_notes(actor: Actor, child: Child, most: int = 3) -> QuerySet[Entry]:
    """The newest notes about a child that this hat may see."""
    return entries(actor).filter(child=child, kind=Kind.NOTE)[:most]
