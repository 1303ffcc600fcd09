"""The applications of an organisation, which of them a token or a secret belongs to, and what they wrote."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db.models import QuerySet
from django.utils.functional import Promise

from alert4you.api.models import Application, Token, Webhook
from alert4you.api.rules import HEARS, SAID, digest, hears
from alert4you.children.models import Child
from alert4you.funding.queries.report import report as per_town
from alert4you.groups.rules.hiding import HIDDEN_BELOW
from alert4you.imports.commands.rows.book import digest as key_of
from alert4you.imports.models import Reference
from alert4you.imports.rules.files import plain
from alert4you.kernel.clock import day_of
from alert4you.kernel.models import AuditLink, AuditRecord, Letter
from alert4you.meetings.queries.report import report as of_meetings
from alert4you.organisations.models import Actor, Role, Roster, running
from alert4you.organisations.queries import actor_of
from alert4you.referrals.queries.numbers import numbers
from alert4you.trajectories.queries.groups import for_municipality
from alert4you.trajectories.queries.numbers import uses

AT_ONCE = 100
SHOWN = 10
HAT = ("membership__person", "membership__organisation")


def applications_of(actor: Actor) -> QuerySet[Application]:
    """Applications of the actor's organisation, newest first; also those that ended."""
    own = Application.objects.filter(membership__organisation=actor.organisation_id)
    return own.select_related(*HAT, "made_by__person").order_by("-made_at", "pk")


def application_of(actor: Actor, application_id: UUID) -> Application | None:
    return applications_of(actor).filter(pk=application_id).first()


def application_called(client_id: str, at: datetime) -> Application | None:
    """The application with this client id, while its hat runs.

    Written as it was given: in another way it would be another name to whom counts the tries.
    """
    try:
        pk = UUID(client_id)
    except ValueError:
        return None
    if str(pk) != client_id:
        return None
    running_now = Application.objects.filter(running(day_of(at), "membership__"))
    return running_now.filter(pk=pk).select_related(*HAT).first()


def token_shown(word: str, at: datetime) -> Token | None:
    """The token of a request, while it and the hat of its application run."""
    open_now = Token.objects.filter(running(day_of(at), "application__membership__"))
    found = open_now.filter(digest=digest(word), expires_at__gt=at)
    return found.select_related("application__membership__person").first()


@dataclass(frozen=True)
class Change:
    """Something changed, as the trail has it: what, which child or group it is about, and when.

    ``may_hear``: whether the application may know this child by now.
    """

    seq: int
    name: str
    kind: str
    subject: str
    at: datetime
    may_hear: bool


def webhook_of(application: Application) -> Webhook | None:
    return Webhook.objects.filter(application=application).first()


def webhooks(at: datetime) -> QuerySet[Webhook]:
    """Webhooks of applications whose hat runs."""
    open_now = Webhook.objects.filter(running(day_of(at), "application__membership__"))
    return open_now.select_related("application__membership").order_by("pk")


def changes_for(webhook: Webhook, at: datetime) -> Iterator[Change]:
    """What others changed since it heard last, of what it may read, in the order of the trail."""
    actor = actor_of(webhook.application.membership, at)
    some = list(_links(webhook).filter(seq__gt=webhook.seq).order_by("seq")[:AT_ONCE])
    about = {each.record.subject_id for each in some if each.record.subject_id}
    mine = set(Child.objects.visible_to(actor).filter(pk__in=about).values_list("pk", flat=True))
    for link in some:
        record, child = link.record, link.record.subject_id
        subject = str(child or next(iter(record.records.values()))[0])
        may = child is None or child in mine
        name = _name(webhook, record)
        yield Change(link.seq, name, HEARS[record.name][0], subject, record.at, may)


def _links(webhook: Webhook) -> QuerySet[AuditLink]:
    """What of the trail it may hear of: not what it did itself."""
    hat = webhook.application.membership
    return (
        AuditLink.objects.filter(
            lane=hat.organisation_id,
            record__action=AuditRecord.Action.EXECUTE,
            record__outcome=AuditRecord.Outcome.DONE,
            record__name__in=hears(webhook.application),
        )
        .exclude(record__person_id=hat.person_id)
        .select_related("record")
    )


def _name(webhook: Webhook, record: AuditRecord) -> str:
    return str(uuid5(webhook.pk, record.digest))


@dataclass(frozen=True)
class Delivery:
    """A message about a change, and whether it was taken, waits or was given up."""

    said: str | Promise
    at: datetime
    letter: Letter


def deliveries(webhook: Webhook) -> list[Delivery]:
    """The last ones, newest first: what was sent, and the one that waits."""
    some = [link.record for link in _links(webhook).order_by("-seq")[:SHOWN]]
    names = [_name(webhook, each) for each in some]
    letters = Letter.objects.filter(key__in=names).in_bulk(field_name="key")
    return [
        Delivery(SAID[HEARS[each.name][0]], each.at, letters[name])
        for each, name in zip(some, names, strict=True)
        if name in letters
    ]


def over_time(at: datetime) -> QuerySet[Token]:
    return Token.objects.filter(expires_at__lte=at)


def known_as(actor: Actor, kind: str, number: str) -> Reference | None:
    """What the thing with this number in the organisation's own system is here."""
    own = Reference.objects.filter(organisation=actor.organisation_id)
    return own.filter(key=key_of(kind, f"nr {plain(number)}")).first()


def counts(actor: Actor) -> dict[str, Any]:
    """What the pages of a municipality tell, asked as those ask it: hidden and rounded there, not here."""
    hat = replace(actor, role=Role.MUNICIPALITY)
    waits, towns, met = numbers(hat), per_town(hat, hat.today.year), of_meetings(hat)
    return {
        "day": hat.today,
        "hidden_below": HIDDEN_BELOW,
        "groups": for_municipality(hat.today),
        "practices": [{"practice": slug, **vars(use)} for slug, use in sorted(uses().items())],
        "waiting": waits.waiting,
        "lacking": [
            {**vars(each), "reasons": [{"reason": why, "children": n} for why, n in each.reasons]}
            for each in waits.lacking
        ],
        "meetings": met.kinds,
        "quarter": towns,
    }


def rosters_of(actor: Actor) -> QuerySet[Roster]:
    """Who works on which group of the organisation, from today on."""
    own = Roster.objects.filter(group__location__organisation=actor.organisation_id)
    return own.exclude(ends__lte=actor.today).select_related("membership__person")
