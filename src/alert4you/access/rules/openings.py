"""R9 and R10: a file opened without a relation, by oneself in an emergency or for support."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from alert4you.access import policy
from alert4you.access.models import Opening
from alert4you.children.models import Child, Placement
from alert4you.kernel.compiled import Condition
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Membership, Role
from alert4you.organisations.rules import RUNS_THE_PLACE

EMERGENCY = timedelta(minutes=60)
SUPPORT_AT_MOST = timedelta(hours=8)
REASON_AT_LEAST = 20
OPENS_IN_NEED = {Role.GROUP_WORKER, Role.PEDAGOGUE, Role.CARE_COORDINATOR, Role.MANAGER}
MONTH = timedelta(days=30)
OFTEN = 3


def may_break_glass(actor: Actor, child: Child, reason: str) -> Decision:
    """Staff of the place where the child is, with a reason of 20 characters; what forbids, forbids."""
    if len(reason.strip()) < REASON_AT_LEAST:
        return Decision(
            _("Write in at least 20 characters what is going on."),
            _("The parents, the team and the privacy officer read it."),
        )
    barred = actor.role not in OPENS_IN_NEED or _is_forbidden(actor, child)
    if barred or not _is_here(actor, child):
        return Decision(
            _("You cannot open this file."),
            _("Call the location of the child, or 112 when there is danger."),
        )
    return ALLOWED


def may_let_support_in(
    actor: Actor, child: Child, membership: Membership, reason: str, lasting: timedelta
) -> Decision:
    """The organisation itself lets a named person of support look with it, for hours."""
    runs = actor.role in RUNS_THE_PLACE and membership.organisation_id == actor.organisation_id
    if not runs or not _is_here(actor, child):
        return Decision(_("Only who runs the place lets support in."))
    if membership.role != Role.SUPPORT:
        return Decision(_("This person does not work for support."))
    if not timedelta(0) < lasting <= SUPPORT_AT_MOST:
        return Decision(_("Support can look along for eight hours at most."))
    if len(reason.strip()) < REASON_AT_LEAST:
        return Decision(
            _("Write in at least 20 characters what is looked at; the parents read it.")
        )
    return ALLOWED


def may_close(actor: Actor, opening: Opening) -> Decision:
    """Who opened it, who let in, or who runs the place closes it sooner."""
    if actor.membership_id in (opening.membership_id, opening.allowed_by_id):
        return ALLOWED
    if actor.role in RUNS_THE_PLACE and opening.membership.organisation_id == actor.organisation_id:
        return ALLOWED
    return Decision(_("This file was not opened by you."))


def is_often(actor: Actor) -> bool:
    """Whether this hat opened more than three files in a month: then the privacy officer asks why."""
    mine = Opening.objects.filter(membership=actor.membership_id, opened_for="emergency")
    return mine.filter(at__gt=actor.at - MONTH).count() > OFTEN


def _is_here(actor: Actor, child: Child) -> bool:
    """Whether the child has a place today at the organisation of this hat."""
    here = Placement.objects.on(actor.today).filter(
        child=child, group__location__organisation=actor.organisation_id
    )
    return here.unrestricted(reason="rule").exists()


def _is_forbidden(actor: Actor, child: Child) -> bool:
    rows = Child.objects.unrestricted(reason="rule").filter(pk=child.pk)
    return rows.filter(Condition(Child, policy.forbidden_child, actor)).exists()
