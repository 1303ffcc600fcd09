"""Who proposes, approves and chooses: two different people, and never against a hold or the law."""

from django.utils.translation import gettext_lazy as _

from alert4you.access.rules.marks import keeps
from alert4you.access.rules.officers import has_officer
from alert4you.children.models import Child
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Role
from alert4you.retention.models import Erasure
from alert4you.retention.policy import APPROVERS
from alert4you.retention.rules import terms

NOT_YOURS = Decision(
    _("Only the privacy officer or who runs the place can do this."),
    _("Ask the privacy officer."),
)
HELD = Decision(
    _("Nothing about this child is deleted for now: a legal hold stops it."),
    _("Look again when the hold has ended."),
)
APPROVALS = 2


def may_propose(actor: Actor, child: Child) -> Decision:
    """Who may approve, for a child of their own organisation; a legal hold stops it with its reason."""
    if actor.role not in APPROVERS:
        return NOT_YOURS
    return HELD if keeps(child, actor.today) else ALLOWED


def may_approve(actor: Actor, erasure: Erasure) -> Decision:
    """Two different people: the privacy officer and who runs the place; two who run it without one."""
    if actor.role not in APPROVERS or erasure.organisation_id != actor.organisation_id:
        return NOT_YOURS
    if not erasure.is_open:
        return Decision(_("This was decided already."))
    if erasure.child and keeps(erasure.child, actor.today):
        return HELD
    said = list(erasure.approvals.select_related("membership"))
    if actor.person_id in {each.person_id for each in said}:
        return Decision(
            _("You approved this already; the second is somebody else."),
            _("Ask your colleague to look at it."),
        )
    roles = {actor.role, *(each.membership.role for each in said)}
    if said and Role.PRIVACY_OFFICER not in roles and has_officer(actor, actor.organisation_id):
        return Decision(
            _("One of the two is the privacy officer."), _("Ask the privacy officer to look at it.")
        )
    return ALLOWED


def may_withdraw(actor: Actor, erasure: Erasure) -> Decision:
    """One's own yes, until it was carried out."""
    mine = erasure.approvals.filter(person=actor.person_id).exists()
    if mine and erasure.is_open:
        return ALLOWED
    return Decision(_("There is nothing of you to take back."))


def may_choose(actor: Actor, kind: str, months: int) -> Decision:
    """The privacy officer or who runs the place; never shorter than the law says."""
    if actor.role not in APPROVERS:
        return NOT_YOURS
    rule = terms.term(kind, actor.today)
    if terms.allows(rule, months):
        return ALLOWED
    if rule.choice == "longer":
        return Decision(_("The law says how long at least; longer is possible, shorter is not."))
    if rule.choice == "shorter":
        return Decision(_("Longer is not the rule here; shorter is possible, from one month."))
    return Decision(_("This term cannot be chosen."))
