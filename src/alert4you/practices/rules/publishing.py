"""Who may publish a practice."""

from django.utils.translation import gettext_lazy as _

from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor
from alert4you.organisations.queries import SYSTEM


def may_publish(actor: Actor) -> Decision:
    """The installation itself, from the command line; no hat of an organisation does it."""
    if actor.role == SYSTEM:
        return ALLOWED
    return Decision(
        _("Practices are published by the administrator of this installation."),
        _("Send the administrator the text of the practice."),
    )
