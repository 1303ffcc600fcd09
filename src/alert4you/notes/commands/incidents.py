"""Incidents: what happened, what was agreed, who was told."""

from alert4you.access.models import Category, Entry, Kind
from alert4you.access.queries.line import file_of
from alert4you.children.models import Child
from alert4you.kernel.command import command
from alert4you.notes.commands.helps import put_card
from alert4you.notes.models import Card, Incident, Moment
from alert4you.notes.rules.incidents import (
    may_agree_after,
    may_close_incident,
    may_report,
    may_tell_others,
    may_tell_parents,
)
from alert4you.organisations.models import Actor, Group


@command(may_report)
def report_incident(actor: Actor, child: Child, text: str) -> Incident:
    """What happened; the parents read it."""
    return Incident.by(
        actor,
        child=child,
        organisation_id=file_of(actor, child),
        category=Category.DAY,
        text=text,
    )


@command(may_agree_after)
def agree_after(actor: Actor, incident: Incident, text: str) -> Card:
    """What was agreed becomes a card that every substitute sees."""
    card = put_card(actor, incident.child, Moment.SAFETY, "", text)
    incident.agreement = card
    incident.save(update_fields=["agreement"])
    return card


@command(may_tell_parents)
def tell_parents(actor: Actor, incident: Incident, how: str) -> Incident:
    incident.parents_told = how
    incident.save(update_fields=["parents_told"])
    return incident


@command(may_tell_others)
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


@command(may_close_incident)
def close_incident(actor: Actor, incident: Incident) -> Incident:
    incident.closed_at = actor.at
    incident.save(update_fields=["closed_at"])
    return incident
