"""The applications of an organisation, which of them a token or a secret belongs to, and what they wrote."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from alert4you.api.models import Application, Token
from alert4you.api.rules import digest
from alert4you.imports.commands.rows.book import digest as key_of
from alert4you.imports.models import Reference
from alert4you.kernel.clock import day_of
from alert4you.organisations.models import Actor, Roster, running

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
