"""Writing on the line: notes, cards, agreements, incidents, and what runs through the parents."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from alert4you.access.models import Category, Entry, Kind, LookQuestion
from alert4you.access.queries.line import file_of
from alert4you.access.rules.review import answer_due
from alert4you.children.models import Child, Guardian
from alert4you.kernel.command import command
from alert4you.notes import rules
from alert4you.notes.models import (
    Activity,
    AskAgain,
    Card,
    Carried,
    Complaint,
    How,
    Incident,
    Involvement,
    Moment,
    Permission,
    Told,
    VisionOnParents,
)
from alert4you.notes.queries import explanation_of
from alert4you.notes.rules import Spoken
from alert4you.organisations.models import Actor, Group, Location, Membership, Organisation


@command(rules.may_write)
def write_note(
    actor: Actor, child: Child, text: str, category: str = Category.DAY, internal: bool = False
) -> Entry:
    """What was seen, shared with the parents unless ``internal`` to the own organisation."""
    return Entry.by(
        actor,
        child=child,
        organisation_id=file_of(actor, child),
        kind=Kind.NOTE,
        category=category,
        text=text,
        internal=internal,
    )


@command(rules.may_write_about_group)
def write_group_note(actor: Actor, group: Group, text: str) -> Entry:
    """Something about the group as a whole; there is no child in it."""
    return Entry.by(
        actor,
        group=group,
        location_id=group.location_id,
        organisation_id=actor.organisation_id,
        kind=Kind.NOTE,
        category=Category.DAY,
        text=text,
    )


@command(rules.may_say)
def add_parent_words(actor: Actor, child: Child, text: str) -> Entry:
    """The parents' own words on the line of their child."""
    return Entry.by(
        actor,
        child=child,
        organisation_id=file_of(actor, child),
        kind=Kind.PARENT_WORDS,
        category=Category.TALK,
        text=text,
    )


@command(rules.may_write_told)
def write_parents_words(actor: Actor, child: Child, text: str, spoken: Spoken) -> Told:
    """What a parent said or wrote, by the hand of staff: the route without a screen."""
    return put_on_line(actor, child, text, spoken)


def put_on_line(
    actor: Actor, child: Child, text: str, spoken: Spoken, category: str = Category.TALK
) -> Told:
    """For the commands that may write down what a parent said.

    The hat shows that staff wrote it, the title whose words they are and how they came.
    """
    with override("nl"):
        title = f"{spoken.guardian.person.name}, {How(spoken.how).label} ({spoken.present})"
    return Told.by(
        actor,
        child=child,
        organisation_id=file_of(actor, child),
        kind=Kind.PARENT_WORDS,
        category=category,
        title=title[:200],
        text=text,
        **vars(spoken),
    )


@command(rules.may_write_look_question)
def write_look_question(
    actor: Actor, child: Child, who: Membership, on: date, text: str, spoken: Spoken
) -> LookQuestion:
    """A parent asks in a talk or on paper why somebody looked; the same clock as on the screen."""
    put_on_line(actor, child, text, spoken)
    return LookQuestion.objects.create(
        child=child,
        organisation_id=who.organisation_id,
        person=who.person,
        asked_by=spoken.guardian.person,
        looked_on=on,
        text=text.strip(),
        at=actor.at,
        due_at=answer_due(actor.at),
    )


@command(rules.may_contest)
def contest(actor: Actor, told: Told, words: str) -> Told:
    """ "This is not what I said": it stays, marked, and the parent's own words stand beside it."""
    told.contested, told.contested_at = words, actor.at
    told.save(update_fields=["contested", "contested_at"])
    with override("nl"):
        add_parent_words(actor, told.child, _("I did not say it like this:") + f" {words}")
    return told


# What everybody must know ------------------------------------------------------------------------


@command(rules.may_make_card)
def make_card(actor: Actor, child: Child, moment: str, text: str, title: str = "") -> Card:
    """What helps this child at a moment; everybody who works on its group today reads it."""
    return _card(actor, child, moment, title, text)


@command(rules.may_change_card)
def change_card(actor: Actor, card: Card, text: str, title: str = "") -> Card:
    """A new version; the old one stays on the line, but is no longer what one must know."""
    _no_longer(card)
    return _card(actor, card.child, card.moment, title, text, replaces=card)


@command(rules.may_end_card)
def end_card(actor: Actor, card: Card) -> Card:
    """It is no longer needed: the child has grown."""
    card.ended_on = actor.today
    _no_longer(card, "ended_on")
    return card


@command(rules.may_set_activity)
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


@command(rules.may_permit)
def permit(
    actor: Actor, child: Child, activity: Activity, verdict: str, text: str, agreed_with: str
) -> Permission:
    """From today on this holds for this child, whatever its age; an earlier agreement is replaced."""
    holds = Permission.objects.unrestricted(reason="replace").filter(
        child=child, activity=activity, must_know=True
    )
    earlier = holds.first()
    if earlier is not None:
        _no_longer(earlier)
    return Permission.by(
        actor,
        **_known_to_all(actor, child),
        kind=Kind.PERMISSION,
        title=activity.name,
        text=text,
        activity=activity,
        verdict=verdict,
        agreed_with=agreed_with,
        replaces=earlier,
    )


@command(rules.may_end_permission)
def end_permission(actor: Actor, permission: Permission) -> Permission:
    """From now on the age rule of the place holds again."""
    permission.ended_on = actor.today
    _no_longer(permission, "ended_on")
    return permission


# Incidents ---------------------------------------------------------------------------------------


@command(rules.may_report)
def report_incident(actor: Actor, child: Child, text: str) -> Incident:
    """What happened; the parents read it."""
    return Incident.by(
        actor,
        child=child,
        organisation_id=file_of(actor, child),
        kind=Kind.INCIDENT,
        category=Category.DAY,
        text=text,
    )


@command(rules.may_agree_after)
def agree_after(actor: Actor, incident: Incident, text: str) -> Card:
    """What was agreed becomes a card that every substitute sees."""
    card = _card(actor, incident.child, Moment.SAFETY, "", text)
    incident.agreement = card
    incident.save(update_fields=["agreement"])
    return card


@command(rules.may_tell_parents)
def tell_parents(actor: Actor, incident: Incident, how: str) -> Incident:
    incident.parents_told = how
    incident.save(update_fields=["parents_told"])
    return incident


@command(rules.may_tell_others)
def tell_other_parents(actor: Actor, incident: Incident, group: Group, text: str) -> Entry:
    """What other parents hear; it stands with the group and carries no child."""
    return Entry.by(
        actor,
        group=group,
        location_id=group.location_id,
        organisation_id=actor.organisation_id,
        kind=Kind.INCIDENT,
        category=Category.DAY,
        text=text,
    )


@command(rules.may_close_incident)
def close_incident(actor: Actor, incident: Incident) -> Incident:
    incident.closed_at = actor.at
    incident.save(update_fields=["closed_at"])
    return incident


# Through the parents -----------------------------------------------------------------------------


@command(rules.may_note_involved)
def note_involved(
    actor: Actor,
    child: Child,
    party: str,
    what_for: str,
    since: date | None = None,
    told_by: Guardian | None = None,
) -> Involvement:
    """Another party helps already, the parents told. It gets no message and sees nothing."""
    return Involvement.by(
        actor,
        child=child,
        organisation_id=file_of(actor, child),
        kind=Kind.INVOLVED,
        category=Category.CARE,
        title=party,
        text=what_for,
        party=party,
        since=since,
        told_by=told_by,
    )


@command(rules.may_ask_through_parents)
def ask_through_parents(actor: Actor, child: Child, party: str, text: str) -> Carried:
    """A request that the parents may carry to the party; nobody of the place contacts it."""
    return Carried.by(
        actor,
        child=child,
        organisation_id=file_of(actor, child),
        kind=Kind.CARRIED,
        category=Category.TALK,
        title=party,
        text=text,
        party=party,
    )


@command(rules.may_carry)
def carry(actor: Actor, request: Carried, will: bool) -> Carried:
    """The parents ask it themselves, or rather not; both are fine."""
    request.carried_at, request.declined_at = (actor.at, None) if will else (None, actor.at)
    request.save(update_fields=["carried_at", "declined_at"])
    return request


@command(rules.may_tell_answer)
def tell_answer(actor: Actor, request: Carried, answer: str) -> Carried:
    """What the party said to the parents, in the words of who tells it."""
    request.answered_at, request.answer = actor.at, answer
    request.save(update_fields=["answered_at", "answer"])
    return request


@command(rules.may_set_ask_again)
def set_ask_again(
    actor: Actor, child: Child, organisation: Organisation, on: date, why: str = ""
) -> AskAgain:
    """When somebody may talk with the parents about this party again."""
    told = {"on": on, "why": why, "set_by_id": actor.membership_id}
    found, _new = AskAgain.objects.update_or_create(
        child=child, organisation=organisation, defaults=told
    )
    return found


# What other parents say --------------------------------------------------------------------------


@command(rules.may_note_complaint)
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


@command(rules.may_set_vision)
def set_vision(actor: Actor, explanation: str) -> VisionOnParents:
    """What the organisation says to parents who ask why all children are welcome."""
    found, _new = VisionOnParents.objects.update_or_create(
        organisation_id=actor.organisation_id, defaults={"explanation": explanation}
    )
    return found


def _card(
    actor: Actor,
    child: Child | None,
    moment: str,
    title: str,
    text: str,
    replaces: Card | None = None,
) -> Card:
    return Card.by(
        actor,
        **_known_to_all(actor, child),
        kind=Kind.CARD,
        title=title,
        text=text,
        moment=moment,
        replaces=replaces,
    )


def _known_to_all(actor: Actor, child: Child | None) -> dict[str, Any]:
    """On the child's line, for everybody on its group."""
    return {
        "child": child,
        "organisation_id": file_of(actor, child) if child else None,
        "category": Category.DAY,
        "must_know": True,
    }


def _no_longer(known: Card | Permission, *more: str) -> None:
    known.must_know = False
    known.save(update_fields=["must_know", *more])
