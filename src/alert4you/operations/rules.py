"""Who may touch what the machine does by itself."""

from django.utils.translation import gettext_lazy as _

from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import SYSTEM, Actor


def may_run(actor: Actor) -> Decision:
    """Who runs the installation, and nobody in any other hat."""
    return ALLOWED if actor.role == SYSTEM else Decision(_("Only who runs this installation."))
