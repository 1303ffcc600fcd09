"""Who seeks a place for a child, who keeps one free, and until when."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from alert4you.access.rules.relations import may_welcome
from alert4you.children.models import Child, Days, Hold
from alert4you.children.rules import NOT_RUNNING_THE_PLACE, room_for
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Group
from alert4you.organisations.rules import RUNS_THE_PLACE


def may_seek(actor: Actor) -> Decision:
    """Who runs a place, among the groups of the own organisation."""
    return ALLOWED if actor.role in RUNS_THE_PLACE else NOT_RUNNING_THE_PLACE


def may_hold(
    actor: Actor, child: Child, group: Group, starts: date, days: Days, until: date
) -> Decision:
    """Days that are free now are kept for a child, until a day that lies ahead."""
    if not days:
        return Decision(_("Say which days are wanted."))
    if until <= actor.today:
        return Decision(
            _("A place is kept until a day that is still to come."), _("Choose a later day.")
        )
    if starts < actor.today:
        return Decision(_("The first day lies in the past."), _("Choose a later day."))
    welcome = may_welcome(actor, child, group, starts, None)
    if not welcome:
        return welcome
    return room_for(group, (starts, None), days, actor.today, child)


def may_let_go(actor: Actor, hold: Hold) -> Decision:
    return _of_own_place(actor, hold.group)


def may_describe(actor: Actor, group: Group) -> Decision:
    return _of_own_place(actor, group)


def _of_own_place(actor: Actor, group: Group) -> Decision:
    own = group.location.organisation_id == actor.organisation_id
    return may_seek(actor) if own else NOT_RUNNING_THE_PLACE
