"""What may be written down, and where; and that words about a group name no child."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Category, LineEntry
from alert4you.access.queries.line import file_of
from alert4you.access.rules.consent import runs_on
from alert4you.access.rules.relations import (
    NOT_WITH_THIS_CHILD,
    is_guardian,
    works_here_with,
    works_with,
)
from alert4you.children.models import Child, Guardian, Placement
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.notes.models import Activity, Card, Carried, Incident, Permission, Told
from alert4you.organisations.models import Actor, Group, Location, Membership, Role, Roster
from alert4you.organisations.rules import RUNS_THE_PLACE, STAFF_OF_THE_PLACE

NOTHING_WRITTEN = Decision(_("Write down what you saw, in a few words."))
NOTHING_SAID = Decision(_("Write in a few words what you want to tell."))
SETS_RULES = {Role.PEDAGOGUE, *RUNS_THE_PLACE}
# fmt: off
PARTICLES = {
    "al", "ben", "bin", "da", "de", "del", "den", "der", "di", "dos", "el", "en", "het", "ibn",
    "in", "la", "le", "mevrouw", "meneer", "moeder", "op", "ouder", "te", "ten", "ter", "und",
    "vader", "van", "voogd", "von",
}
EVERYDAY = {
    "an", "bakker", "beer", "berg", "boer", "bos", "bruin", "dam", "dijk", "door", "fee", "graaf",
    "groen", "groot", "haan", "hoek", "jager", "jong", "klein", "kok", "koning", "kort", "lang",
    "leeuw", "lief", "mei", "meer", "molenaar", "post", "prins", "ridder", "rood", "roos", "smit",
    "ster", "storm", "veen", "veld", "visser", "vos", "wal", "wil", "winter", "wit", "wolf",
    "zomer", "zwart",
}
# fmt: on


def may_write(actor: Actor, child: Child, text: str, category: str) -> Decision:
    """Who works with the child writes; safety has its own record."""
    if not text.strip():
        return NOTHING_WRITTEN
    if category == Category.SAFETY:
        return Decision(_("Safety concerns do not belong in the notebook."))
    return works_with(actor, child)


def may_write_about_group(actor: Actor, group: Group, text: str) -> Decision:
    """Who works on the group writes about it, without a child: the coach reads it too."""
    if not text.strip():
        return NOTHING_WRITTEN
    works_there = works_on(actor, group)
    return no_child_named(text, group.location, actor.today) if works_there else works_there


def works_on(actor: Actor, group: Group) -> Decision:
    """Rostered on the group, on whatever weekday."""
    on_group = Roster.objects.on(actor.today).filter(membership=actor.membership_id, group=group)
    if on_group.exists():
        return ALLOWED
    return Decision(_("Only who works on this group may write about it."))


def may_say(actor: Actor, child: Child, text: str) -> Decision:
    """A parent with authority adds own words."""
    return is_guardian(actor, child) if text.strip() else NOTHING_SAID


@dataclass(frozen=True)
class Spoken:
    """Whose words staff write down, how they came (``How``), and who was there or where the paper is."""

    guardian: Guardian
    how: str
    present: str


def may_write_told(actor: Actor, child: Child, text: str, spoken: Spoken) -> Decision:
    return may_write_down(actor, child, spoken) if text.strip() else NOTHING_SAID


def may_write_down(actor: Actor, child: Child, spoken: Spoken) -> Decision:
    """Who works with the child at its place writes down what a parent with authority said or wrote."""
    guardian = spoken.guardian
    if not spoken.present.strip():
        return Decision(_("Write who was there, or where the paper is kept."))
    if guardian.child_id != child.pk or not guardian.has_authority:
        return Decision(_("These are not the words of a parent with authority over this child."))
    if not runs_on(guardian, actor.today):
        return Decision(_("This person does not decide about the child."))
    return works_here_with(actor, child)


def may_write_look_question(
    actor: Actor, child: Child, who: Membership, on: date, text: str, spoken: Spoken
) -> Decision:
    """A parent without a screen asks why somebody of the place looked."""
    if who.organisation_id != actor.organisation_id:
        return Decision(
            _("Choose somebody who works here."), _("Others answer at their own place.")
        )
    if on > actor.today:
        return Decision(_("This day still has to come."))
    return may_write_told(actor, child, text, spoken)


def may_contest(actor: Actor, told: Told, words: str) -> Decision:
    """Whose words it is about, once."""
    if told.contested_at is not None:
        return Decision(_("You said already that this is not what you said."))
    if not actor.is_parent or told.guardian.person_id != actor.person_id or told.child is None:
        return Decision(_("These are the words of somebody else."))
    return may_say(actor, told.child, words)


def may_make_card(actor: Actor, child: Child, text: str) -> Decision:
    """What helps a child: who works with it at its place, and its parents."""
    if not text.strip():
        return Decision(_("Write in one or two sentences what helps."))
    return knows_what_helps(actor, child)


def knows_what_helps(actor: Actor, child: Child) -> Decision:
    return is_guardian(actor, child) if actor.is_parent else works_here_with(actor, child)


def in_own_file(actor: Actor, entry: LineEntry) -> Decision:
    """Who works with the child at its place, in the file it writes in: not in that of another place."""
    if entry.child is None or entry.organisation_id != file_of(actor, entry.child):
        return NOT_WITH_THIS_CHILD
    return works_here_with(actor, entry.child)


def may_tell_of(actor: Actor, entry: LineEntry) -> Decision:
    """As ``in_own_file``; and the parents of the child."""
    if actor.is_parent and entry.child:
        return is_guardian(actor, entry.child)
    return in_own_file(actor, entry)


def may_change_card(actor: Actor, card: Card, text: str) -> Decision:
    """As making one; an older version stays as it was."""
    holds = may_end_card(actor, card)
    return may_make_card(actor, card.child, text) if holds and card.child else holds


def may_end_card(actor: Actor, card: Card) -> Decision:
    if not card.must_know:
        return Decision(_("This card was changed or taken away."), _("Open the newest one."))
    return may_tell_of(actor, card)


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


def may_permit(
    actor: Actor, child: Child, activity: Activity, text: str, agreed_with: str
) -> Decision:
    """Something else than the age rule, for one child: by its own place, agreed with the parents."""
    if not text.strip():
        return Decision(_("Write in one sentence what was agreed."))
    if not agreed_with.strip():
        return Decision(
            _("An agreement about one child is made with its parents."),
            _("Talk with them first, and write with whom you agreed it."),
        )
    here = Placement.objects.on(actor.today).unrestricted(reason="rule").filter(child=child)
    place = activity.location
    own = place.organisation_id == actor.organisation_id
    if not own or not here.filter(group__location=place).exists():
        return Decision(_("This activity is not one of the places where this child comes."))
    return works_here_with(actor, child)


def may_end_permission(actor: Actor, permission: Permission) -> Decision:
    if not permission.must_know:
        return Decision(_("This agreement does not hold any more."))
    return in_own_file(actor, permission)


def may_report(actor: Actor, child: Child, text: str) -> Decision:
    """What happened, without the names of other children: the parents read it."""
    if not text.strip():
        return Decision(_("Write down what happened, in a few words."))
    works = works_here_with(actor, child)
    return no_other_child_named(text, child, actor.today) if works else works


def may_agree_after(actor: Actor, incident: Incident, text: str) -> Decision:
    """What was agreed so that it does not happen again becomes a card: once."""
    if incident.agreement_id is not None:
        return Decision(_("There is an agreement already."), _("Change the card itself."))
    own = in_own_file(actor, incident)
    return may_report(actor, incident.child, text) if own and incident.child else own


def may_tell_parents(actor: Actor, incident: Incident, how: str) -> Decision:
    if not how.strip():
        return Decision(_("Write how and when the parents heard it."))
    return in_own_file(actor, incident)


def may_tell_others(actor: Actor, incident: Incident, group: Group, text: str) -> Decision:
    """What other parents hear names no child."""
    if not text.strip():
        return NOTHING_WRITTEN
    if group.location.organisation_id != actor.organisation_id:
        return Decision(_("Only staff of this location write this down."))
    works = in_own_file(actor, incident)
    return no_child_named(text, group.location, actor.today) if works else works


def may_close_incident(actor: Actor, incident: Incident) -> Decision:
    """Not before there is an agreement and the parents know."""
    if incident.agreement_id is None:
        return Decision(_("First write what was agreed."))
    if not incident.parents_told:
        return Decision(_("The parents must know first."), _("Call them, or tell them today."))
    return in_own_file(actor, incident)


def may_note_involved(actor: Actor, child: Child, party: str, what_for: str) -> Decision:
    """What parents tell about help from elsewhere; by themselves, or by who hears it."""
    if not party.strip() or not what_for.strip():
        return Decision(_("Write who helps, and with what."))
    return knows_what_helps(actor, child)


def may_ask_through_parents(actor: Actor, child: Child, party: str, text: str) -> Decision:
    if not party.strip() or not text.strip():
        return Decision(_("Write whom it is for, and what you would like to ask."))
    return works_here_with(actor, child)


def may_carry(actor: Actor, request: Carried) -> Decision:
    """The parents say whether they carry it; staff can write down what they said."""
    if request.carried_at or request.declined_at:
        return Decision(_("The parents have answered this already."))
    return may_tell_of(actor, request)


def may_tell_answer(actor: Actor, request: Carried, answer: str) -> Decision:
    if request.carried_at is None:
        return Decision(_("The parents have not said yet that they ask it."))
    if not answer.strip():
        return NOTHING_SAID
    return may_tell_of(actor, request)


def may_set_ask_again(actor: Actor, child: Child, on: date) -> Decision:
    if on <= actor.today:
        return Decision(_("Choose a day after today: give the parents time."))
    return works_here_with(actor, child)


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


def no_other_child_named(text: str, child: Child, day: date) -> Decision:
    """What is written about one child tells nothing about another one of its places."""
    groups = Placement.objects.on(day).unrestricted(reason="no names of other children")
    here = groups.filter(child=child).values("group__location")
    others = groups.filter(group__location__in=here).exclude(child=child)
    own = {word.lower() for word in name_words([child.first_name, child.last_name])}
    names = others.values_list("child__first_name", flat=True).distinct()
    found = names_in(text, [word for word in name_words(names) if word.lower() not in own])
    if not found:
        return ALLOWED
    return Decision(
        _("This names another child: “%s”.") % found,
        _("Write “another child”: the parents read this."),
    )


def no_child_named(text: str, location: Location, day: date) -> Decision:
    """Words that others may read without consent name no child of the location, nor its parents."""
    if not text.strip():
        return ALLOWED
    here = Placement.objects.on(day).unrestricted(reason="no names in words about a group")
    told = here.filter(group__location=location).values_list(
        "child__first_name", "child__last_name", "child__guardians__person__name"
    )
    names = dict.fromkeys(name for row in told.distinct() for name in row if name)
    found = names_in(text, name_words(names))
    if not found:
        return ALLOWED
    return Decision(
        _("This tells which child it is about: “%s”.") % found,
        _("Write “a child” here; what is about one child belongs with that child."),
    )


def name_words(names: Iterable[str]) -> list[str]:
    """The words of names that can tell who somebody is; "van der" cannot."""
    words = [word for name in names for word in re.split(r"[\s-]+", name)]
    return [word for word in dict.fromkeys(words) if _tells(word)]


def _tells(word: str) -> bool:
    """Initials and particles tell nothing."""
    return len(word.rstrip(".")) > 1 and word.lower() not in PARTICLES


def names_in(text: str, words: Iterable[str]) -> str:
    """The first of the words that stands in the text as a whole word (also with a Dutch -s), or ''.

    Capitals do not matter, except for names that are everyday words as well ("De Jong", "Roos").
    """
    for word in words:
        capitals = 0 if word.lower() in EVERYDAY else re.IGNORECASE
        if re.search(rf"(?<!\w){re.escape(word)}(['’]?s)?(?!\w)", text, capitals):
            return word
    return ""
