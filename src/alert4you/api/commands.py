"""Letting another system in and ending it; what it writes goes by the commands a file goes by."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Model
from django.utils.translation import gettext as _

from alert4you.api import rules
from alert4you.api.models import Application, Token, Webhook
from alert4you.imports.commands.rows import KINDS
from alert4you.imports.commands.rows.book import Book
from alert4you.imports.models import Kind
from alert4you.imports.rules.cells import need, safe
from alert4you.kernel.command import command
from alert4you.kernel.models import AuditLane
from alert4you.kernel.sealing import seal
from alert4you.organisations.models import APPLICATION, Actor, Membership, Person

A_DAY = timedelta(days=1)


@command(rules.may_add)
def add_application(
    actor: Actor, name: str, scopes: Collection[str], last_day: date
) -> Application:
    """Another system may come in until and including a day, as soon as it has a secret."""
    person = Person.objects.create_user(None, name=name.strip(), is_active=False)
    hat = Membership.objects.create(
        person=person,
        organisation_id=actor.organisation_id,
        role=APPLICATION,
        profession=_("another system"),
        starts=actor.today,
        ends=last_day + A_DAY,
    )
    return Application.objects.create(
        membership=hat, scopes=sorted(scopes), made_by_id=actor.membership_id, made_at=actor.at
    )


@command(rules.may_change)
def end_application(actor: Actor, application: Application) -> Application:
    """At once: no token of it opens anything any more."""
    hat = application.membership
    hat.ends = actor.today
    hat.save(update_fields=["ends"])
    application.tokens.all().delete()
    return application


@command(rules.may_change)
def make_secret(actor: Actor, application: Application) -> str:
    """A secret, told here and nowhere else; the one before opens nothing any more, nor do its tokens."""
    secret = rules.new_secret()
    application.digest = rules.digest(secret)
    application.save(update_fields=["digest"])
    application.tokens.all().delete()
    return secret


@command(rules.may_tell)
def tell_at(actor: Actor, application: Application, url: str) -> str:
    """From now on the application hears of changes there; its messages are signed with what comes back."""
    secret = rules.new_webhook_secret()
    last = AuditLane.objects.filter(lane=actor.organisation_id).first()
    Webhook.objects.update_or_create(
        application=application,
        defaults={"url": url, "sealed_secret": seal(secret), "seq": last.seq if last else 0},
    )
    return secret


@command(rules.may_change)
def tell_no_more(actor: Actor, application: Application) -> None:
    Webhook.objects.filter(application=application).delete()


@command(rules.may_have_token)
def give_token(
    actor: Actor, application: Application, scopes: Collection[str], token: str
) -> Token:
    """The application showed its secret: it may do this for a quarter of an hour."""
    return Token.objects.create(
        application=application,
        digest=rules.digest(token),
        scopes=sorted(scopes),
        expires_at=actor.at + rules.TOKEN_LASTS,
    )


@command(rules.may_save)
def save(
    actor: Actor, application: Application, kind: str, said: Mapping[str, str], answer: str = ""
) -> Model:
    """One thing as the own system has it: made, or brought up to date.

    Goes by what a row of a file goes by, so that a file and an application know the same children.
    Raises Cannot or Asks, as a row does.
    """
    safe(said)
    if kind != Kind.ROSTERS:
        need(said, "reference")
    book, rows = Book(actor), KINDS[kind]
    book.open_at(kind, rows.key, [said])
    rows.carry(book, said, answer)
    return _became(book, kind, rows.key(said), said)


def _became(book: Book, kind: str, key: str, said: Mapping[str, str]) -> Any:
    if kind == Kind.ROSTERS:
        return book.group(said)
    known = book.known(kind, key)
    assert known is not None  # noqa: S101 - it was just remembered
    return known.child or known.placement or known.group


def count_request(application: Application, at: Any) -> bool:
    """Whether this request is one of those of its minute; side by side they count as well."""
    mine = Application.objects.filter(pk=application.pk)
    minute = at - rules.A_MINUTE
    fresh = mine.exclude(counted_from__gt=minute).update(counted_from=at, asked=1, used_at=at)
    if fresh:
        return True
    few = mine.filter(asked__lt=rules.MOST_A_MINUTE)
    return bool(few.update(asked=F("asked") + 1, used_at=at))
