"""Rules and words of a place: what children may do, what other parents say."""

from alert4you.kernel.command import command
from alert4you.notes.models import Activity, Complaint, NotingWords, VisionOnParents
from alert4you.notes.queries import explanation_of
from alert4you.notes.rules.place import (
    may_change_words,
    may_note_complaint,
    may_set_activity,
    may_set_vision,
    may_set_words,
)
from alert4you.organisations.models import Actor, Group, Location


@command(may_set_activity)
def set_activity(
    actor: Actor,
    location: Location,
    name: str,
    age_from: int | None,
    how: str = "",
    group: Group | None = None,
) -> Activity:
    """From ``age_from`` years on (None: everybody); the same name again replaces the rule from today."""
    same = Activity.objects.filter(location=location, group=group, name__iexact=name, ends=None)
    found = same.first()
    if found is None:
        return Activity.objects.create(
            location=location,
            group=group,
            name=name,
            age_from=age_from,
            how=how,
            starts=actor.today,
        )
    found.name, found.age_from, found.how = name, age_from, how
    found.save(update_fields=["name", "age_from", "how"])
    return found


@command(may_note_complaint)
def note_complaint(
    actor: Actor, location: Location, text: str, group: Group | None = None
) -> Complaint:
    """What a parent of another child said; it keeps the explanation that goes with it."""
    return Complaint.objects.create(
        location=location,
        group=group,
        text=text,
        explained=explanation_of(location.organisation_id),
        written_by_id=actor.membership_id,
        at=actor.at,
    )


@command(may_set_vision)
def set_vision(actor: Actor, explanation: str) -> VisionOnParents:
    """What the organisation says to parents who ask why all children are welcome."""
    found, _new = VisionOnParents.objects.update_or_create(
        organisation_id=actor.organisation_id, defaults={"explanation": explanation}
    )
    return found


@command(may_set_words)
def set_tags(actor: Actor, child_tags: list[str], group_tags: list[str]) -> NotingWords:
    """What can be tapped from now on; what was tapped before stays as it was called."""
    return _own_words(actor, tags=child_tags, group_tags=group_tags)


@command(may_change_words)
def set_marked_words(actor: Actor, marked: list[str], unmarked: list[str]) -> NotingWords:
    """What the writing aid marks here too, and what it leaves alone."""
    return _own_words(actor, marked=marked, unmarked=unmarked)


def _own_words(actor: Actor, **lists: list[str]) -> NotingWords:
    found, _new = NotingWords.objects.update_or_create(
        organisation_id=actor.organisation_id, defaults=lists
    )
    return found
