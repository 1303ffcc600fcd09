"""The applications of an organisation, which of them a token or a secret belongs to, and what they wrote."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import QuerySet

from alert4you.api.models import Application, Token, Webhook
from alert4you.api.rules import HEARS, digest
from alert4you.children.models import Child
from alert4you.imports.commands.rows.book import digest as key_of
from alert4you.imports.models import Reference
from alert4you.kernel.clock import day_of
from alert4you.kernel.models import AuditLink, AuditRecord
from alert4you.organisations.models import Actor, Roster, running
from alert4you.organisations.queries import actor_of

AT_ONCE = 100
HAT = ("membership__person", "membership__organisation")


def applications_of(actor: Actor) -> QuerySet[Application]:
    """Of the actor's organisation, newest first; also those that ended."""
    own = Application.objects.filter(membership__organisation=actor.organisation_id)
    return own.select_related(*HAT, "made_by__person").order_by("-made_at", "pk")


def application_of(actor: Actor, application_id: UUID) -> Application | None:
    return applications_of(actor).filter(pk=application_id).first()


def application_called(client_id: str, at: datetime) -> Application | None:
    """The application with this client id, while its hat runs."""
    try:
        pk = UUID(client_id)
    except ValueError:
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
    """Of the applications whose hat runs."""
    open_now = Webhook.objects.filter(running(day_of(at), "application__membership__"))
    return open_now.select_related("application__membership").order_by("pk")


def changes_for(webhook: Webhook, at: datetime) -> Iterator[Change]:
    """What others changed since it heard last, of what it may read, in the order of the trail."""
    actor = actor_of(webhook.application.membership, at)
    may_hear = {name for name, (__, scope) in HEARS.items() if scope in webhook.application.scopes}
    links = AuditLink.objects.filter(
        lane=actor.organisation_id,
        seq__gt=webhook.seq,
        record__action=AuditRecord.Action.EXECUTE,
        record__outcome=AuditRecord.Outcome.DONE,
        record__name__in=may_hear,
    ).exclude(record__person_id=actor.person_id)
    some = list(links.select_related("record").order_by("seq")[:AT_ONCE])
    about = {each.record.subject_id for each in some if each.record.subject_id}
    mine = set(Child.objects.visible_to(actor).filter(pk__in=about).values_list("pk", flat=True))
    for link in some:
        record, child = link.record, link.record.subject_id
        subject = str(child or next(iter(record.records.values()))[0])
        name = str(uuid5(webhook.pk, record.digest))
        may = child is None or child in mine
        yield Change(link.seq, name, HEARS[record.name][0], subject, record.at, may)


def over_time(at: datetime) -> QuerySet[Token]:
    return Token.objects.filter(expires_at__lte=at)


def known_as(actor: Actor, kind: str, number: str) -> Reference | None:
    """What the thing with this number in the organisation's own system is here."""
    own = Reference.objects.filter(organisation=actor.organisation_id)
    return own.filter(key=key_of(kind, f"nr {number}")).first()


def rosters_of(actor: Actor) -> QuerySet[Roster]:
    """Who works on which group of the organisation, from today on."""
    own = Roster.objects.filter(group__location__organisation=actor.organisation_id)
    now = own.exclude(ends__lte=actor.today).select_related("membership__person", "group")
    return now.order_by("group__name", "weekday", "starts", "pk")
