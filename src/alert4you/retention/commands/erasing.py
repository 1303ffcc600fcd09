"""Showing what may go, approving it by two people, and letting it go with proof and without content."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet, Value
from django.db.models.functions import Coalesce

from alert4you.access.models import Entry
from alert4you.access.rules.marks import keeps
from alert4you.children.models import Child, Guardian
from alert4you.kernel import audit
from alert4you.kernel.clock import day_of
from alert4you.kernel.command import command
from alert4you.kernel.cutting import cut
from alert4you.kernel.models import AuditRecord
from alert4you.organisations.models import Actor, Organisation
from alert4you.organisations.queries import system_actor
from alert4you.retention.commands.people import forget_people
from alert4you.retention.models import Approval, Erasure, KeptProof, Why
from alert4you.retention.queries.due import Found, asked_for, come_due, group_notes_due
from alert4you.retention.queries.rows import Rows, going_with, take_away
from alert4you.retention.queries.trail import trail_due
from alert4you.retention.rules import due, records
from alert4you.safety.rules import stops_deleting


@command(due.may_propose)
def propose_erasure(
    actor: Actor, child: Child, entries: Collection[Entry] | None = None, reason: str = ""
) -> Erasure:
    """Put on the list that this was asked for: some entries, or (None) the whole file of one's organisation.

    The one who proposes approves it with that; somebody else is the second. ``reason`` is for the two
    who approve, and goes with what it is about.
    """
    chosen = None if entries is None else sorted(str(each.pk) for each in entries)
    organisation = Organisation.objects.get(pk=actor.organisation_id)
    found = asked_for(child, organisation, actor.today, chosen)
    Erasure.objects.unrestricted(reason="one open request at a time").filter(
        organisation=organisation, child=child, why=Why.REQUEST, stopped_at=None, executed_at=None
    ).update(stopped_at=actor.at)
    erasure = Erasure(
        organisation=organisation,
        child=child,
        why=Why.REQUEST,
        chosen=chosen,
        reason=reason,
        found_at=actor.at,
        proposed_by_id=actor.membership_id,
    )
    if found:
        erasure.show(found.lines, found.fingerprint)
    erasure.save(force_insert=True)
    _say_yes(actor, erasure)
    return erasure


@command(due.may_approve)
def approve_erasure(actor: Actor, erasure: Erasure) -> Approval:
    """This person says: this may go. After the second yes the next job carries it out."""
    return _say_yes(actor, erasure)


@command(due.may_withdraw)
def withdraw_approval(actor: Actor, erasure: Erasure) -> Erasure:
    """Take one's own yes back."""
    erasure.approvals.filter(person=actor.person_id).delete()
    return erasure


def _say_yes(actor: Actor, erasure: Erasure) -> Approval:
    return Approval.objects.create(
        erasure=erasure,
        membership_id=actor.membership_id,
        person_id=actor.person_id,
        at=actor.at,
    )


def look_again(erasure: Erasure, at: datetime) -> Found | None:
    """What may go now. When that is not what was approved, it waits for two people anew, or is over."""
    found = _found(erasure, at)
    if found and found.fingerprint == erasure.fingerprint:
        return found
    erasure.approvals.all().delete()
    if found is None and erasure.why != Why.REQUEST:
        erasure.stopped_at = at
    elif found is not None:
        erasure.show(found.lines, found.fingerprint)
        erasure.found_at = at
    erasure.save()
    return None


def _found(erasure: Erasure, at: datetime) -> Found | None:
    today = day_of(at)
    if erasure.why == Why.TRAIL:
        return trail_due(erasure.organisation, today)
    if erasure.child is None:
        return group_notes_due(erasure.organisation, today)
    if erasure.why == Why.REQUEST:
        return asked_for(erasure.child, erasure.organisation, today, erasure.chosen)
    return come_due(erasure.child, erasure.organisation, today)


def show_due(
    organisation: Organisation, child: Child | None, at: datetime, why: Why = Why.TERM
) -> bool:
    """Put on the list what the terms let go today, or say anew what stands there; true when it is new."""
    open_one = Erasure.objects.unrestricted(reason="the list of what is due").filter(
        organisation=organisation, child=child, why=why, stopped_at=None, executed_at=None
    )
    there = open_one.select_related("child", "organisation").first()
    if there:
        look_again(there, at)
        return False
    fresh = Erasure(organisation=organisation, child=child, why=why, found_at=at)
    found = _found(fresh, at)
    if found is None:
        return False
    fresh.show(found.lines, found.fingerprint)
    fresh.save(force_insert=True)
    return True


@transaction.atomic
def carry_out(approved: Erasure, at: datetime) -> bool:
    """Let it go, when everything is still as the two people saw it; false when it is not.

    One transaction: what goes, who is forgotten with it, the proof, and its line in the audit trail.
    """
    rows = Erasure.objects.unrestricted(reason="as it stands now")
    erasure = rows.select_for_update().get(pk=approved.pk)
    if not erasure.is_open or erasure.approvals.count() < due.APPROVALS:
        return False
    child, organisation = erasure.child, erasure.organisation
    if child and (keeps(child, day_of(at)) or stops_deleting(child)):
        erasure.approvals.all().delete()
        return False
    found = look_again(erasure, at)
    if found is None:
        return False
    about = child.pk if child else None
    actor = replace(system_actor(at), organisation_id=organisation.pk)
    _close(erasure, found, at)
    take_away(found.going)
    if child:
        _what_is_left(child, organisation, at)
    if found.root:
        cut(found.root, actor, erasure.approvals.values_list("person", flat=True))
    proof = {"erasure": [str(erasure.pk)], "digest": [erasure.digest]}
    done = AuditRecord.Action.EXECUTE
    audit.append([AuditRecord.of(actor, done, "retention.carry_out", about, proof)])
    return True


def _close(erasure: Erasure, found: Found, at: datetime) -> None:
    """Make of it the proof, before what it points to is gone."""
    told = (str(each.as_json()) for each in found.lines)
    erasure.child, erasure.chosen, erasure.reason = None, None, ""
    erasure.executed_at, erasure.digest = at, found.going.digest(*told)
    erasure.save()


def _what_is_left(child: Child, organisation: Organisation, at: datetime) -> None:
    """Without any file the ties go too; without any proof also who the child was."""
    if not _has_file(child, organisation):
        Erasure.objects.unrestricted(reason="of a file that is gone").filter(
            organisation=organisation, child=child
        ).update(stopped_at=Coalesce("stopped_at", Value(at)), child=None, chosen=None, reason="")
    if _has_file(child):
        return
    roots: Rows = {
        model: set(_about(model, child).values_list("pk", flat=True)) for model in records.own()
    }
    proofs = [model for model in roots if records.is_proof(model) and roots[model]]
    for model in proofs:
        del roots[model]
        way = records.own()[model].organisation
        for keeper in set(_about(model, child).values_list(way, flat=True)):
            KeptProof.objects.get_or_create(
                child=child, organisation_id=keeper, defaults={"since": day_of(at)}
            )
    people = list(Guardian.objects.filter(child=child).values_list("person", flat=True))
    take_away(going_with(roots if proofs else {**roots, Child: {child.pk}}))
    if not proofs:
        forget_people(people)


def _has_file(child: Child, organisation: Organisation | None = None) -> bool:
    """Whether anything that makes a file is left, with this organisation or with any."""
    for model, way in records.own().items():
        rows = _about(model, child).exclude(**{way.organisation: None})
        if organisation:
            rows = rows.filter(**{way.organisation: organisation})
        if records.is_file(model) and rows.exists():
            return True
    return False


def _about(model: type[Model], child: Child) -> QuerySet[Any]:
    return model._base_manager.filter(**{records.own()[model].child: child})
