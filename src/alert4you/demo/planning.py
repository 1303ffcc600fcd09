"""The planning system of a demo: an application with a webhook, and what it heard so far."""

from datetime import datetime, timedelta

from alert4you.api.commands import add_application, make_secret, tell_at
from alert4you.api.models import Webhook
from alert4you.api.queries import changes_for
from alert4you.api.rules import may_give
from alert4you.demo.personas import everybody, person_of
from alert4you.kernel.outbox import NotTakenError, once
from alert4you.organisations.models import Role
from alert4you.organisations.queries import actor_of, at_work

WHO, NAME, URL = "marit", "Planbord", "https://planbord.example/alert4you"
AGO = timedelta(days=150)
LONG = timedelta(days=365)
DOWN = "503"


def set_up(at: datetime) -> None:
    """Who runs the place let it in some months ago; it took every message until the last one.

    Nothing leaves a demo: what was sent is only remembered, as if somebody had taken it.
    """
    hat = at_work(at).get(person=person_of(everybody()[WHO]), role=Role.MANAGER)
    then = actor_of(hat, at - AGO)
    application = add_application(then, NAME, may_give(then), (at + LONG).date())
    make_secret(then, application)
    tell_at(then, application, URL)
    webhook = Webhook.objects.get(application=application)
    webhook.seq = 0
    *taken, last = (each for each in changes_for(webhook, at) if each.may_hear)
    for change in taken:
        once("webhook", change.name, change.at, lambda: None)
        webhook.seq = change.seq
    once("webhook", last.name, last.at, _down)
    webhook.trouble = DOWN
    webhook.save()


def _down() -> None:
    raise NotTakenError(DOWN)
