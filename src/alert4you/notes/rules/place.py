"""What holds at a place or on a group, whoever the child is."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from alert4you.access.rules.names import no_child_named
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.notes.rules.tagging import LONGEST_TAG, MOST_TAGS
from alert4you.notes.rules.writing import NOTHING_WRITTEN
from alert4you.organisations.models import Actor, Group, Location, Role
from alert4you.organisations.rules import RUNS_THE_PLACE, STAFF_OF_THE_PLACE

SETS_RULES = {Role.PEDAGOGUE, *RUNS_THE_PLACE}


def may_set_activity(
    actor: Actor, location: Location, name: str, how: str, group: Group | None
) -> Decision:
    """What children do and from what age is a rule of the place; it names no child."""
    if not name.strip():
        return Decision(_("Write which activity it is."))
    own = location.organisation_id == actor.organisation_id and _is_there(group, location)
    if actor.role not in SETS_RULES or not own:
        return Decision(
            _("Only the manager, the care coordinator or the pedagogue sets the rules of a place."),
            _("Ask one of them; for one child you can agree something else with the parents."),
        )
    return no_child_named(f"{name} {how}", location, actor.today)


def _is_there(group: Group | None, location: Location) -> bool:
    return group is None or group.location_id == location.pk


def may_note_complaint(
    actor: Actor, location: Location, text: str, group: Group | None
) -> Decision:
    """Staff of the place; what other parents say names no child, whatever they said."""
    if not text.strip():
        return NOTHING_WRITTEN
    own = location.organisation_id == actor.organisation_id and _is_there(group, location)
    if actor.role not in STAFF_OF_THE_PLACE or not own:
        return Decision(_("Only staff of this location write this down."))
    return no_child_named(text, location, actor.today)


def may_set_vision(actor: Actor, explanation: str) -> Decision:
    if not explanation.strip():
        return Decision(_("Write what you say to parents."))
    if actor.role in SETS_RULES:
        return ALLOWED
    return Decision(
        _("The manager, the care coordinator or the pedagogue writes this."), _("Ask one of them.")
    )


def may_set_words(actor: Actor, child_tags: Iterable[str], group_tags: Iterable[str]) -> Decision:
    """What can be tapped: short, and few enough for a thumb."""
    for given in (list(child_tags), list(group_tags)):
        if len(given) > MOST_TAGS:
            return Decision(
                _("That is more than fits under a thumb: at most %(n)d.") % {"n": MOST_TAGS}
            )
        long = next((each for each in given if len(each) > LONGEST_TAG), None)
        if long:
            return Decision(
                _("“%s” is too long to tap.") % long, _("Two or three words are enough.")
            )
    return may_change_words(actor)


def may_change_words(actor: Actor) -> Decision:
    if actor.role in SETS_RULES:
        return ALLOWED
    return Decision(
        _("The manager, the care coordinator or the pedagogue writes this."), _("Ask one of them.")
    )
