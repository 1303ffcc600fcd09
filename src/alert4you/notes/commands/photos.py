"""Photos: one with a note, and the yes and no of the parents."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from alert4you.children.models import Child, Guardian
from alert4you.kernel.command import command
from alert4you.notes.commands.writing import put_on_line, write_note
from alert4you.notes.models import Note, NotingWords, Photo, PhotoAgreement
from alert4you.notes.rules.photos import (
    may_agree_to_photos,
    may_set_photos,
    may_write_photo,
    standing_of,
)
from alert4you.notes.rules.pictures import Picture
from alert4you.notes.rules.writing import Spoken, may_write_down
from alert4you.organisations.models import Actor, Organisation


@command(may_write_photo)
def write_photo(actor: Actor, child: Child, text: str, picture: Picture) -> Note:
    """A note with a photo of one child; the parents see it."""
    note = write_note(actor, child, text)
    Photo.objects.create(note=note, child=child, **vars(picture))
    return note


@command(may_agree_to_photos)
def agree_to_photos(
    actor: Actor, child: Child, organisation: Organisation, yes: bool
) -> PhotoAgreement | None:
    """From now on, for this parent; a no holds at the next look, for every photo there is."""
    guardian = standing_of(child, organisation.pk, actor).of(actor)
    return _answered(actor, child, guardian, organisation, yes)


@command(may_write_down)
def write_photo_answer(
    actor: Actor, child: Child, organisation: Organisation, yes: bool, spoken: Spoken
) -> PhotoAgreement | None:
    """The same, by a parent in a talk or on paper; it stands on the line as the parent's words."""
    with override("nl"):
        words = _("Photos with notes may be made.") if yes else _("No photos with notes.")
    put_on_line(actor, child, words, spoken)
    return _answered(actor, child, spoken.guardian, organisation, yes)


def _answered(
    actor: Actor, child: Child, guardian: Guardian | None, organisation: Organisation, yes: bool
) -> PhotoAgreement | None:
    mine = PhotoAgreement.objects.unrestricted(reason="one's own").filter(
        guardian=guardian, organisation=organisation, ended_at=None
    )
    if not yes:
        mine.update(ended_at=actor.at)
        return None
    if found := mine.first():
        return found
    about = {"guardian": guardian, "child": child, "organisation": organisation}
    return PhotoAgreement.objects.create(**about, at=actor.at)


@command(may_set_photos)
def set_photos(actor: Actor, photos: bool, words: str) -> NotingWords:
    """Whether photos are made here; those there are stay with their notes."""
    told = {"photos": photos, "photo_words": words}
    found, _new = NotingWords.objects.update_or_create(
        organisation_id=actor.organisation_id, defaults=told
    )
    return found
