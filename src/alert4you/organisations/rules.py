"""Who may change the organisation's own set-up."""

from django.utils.translation import gettext_lazy as _

from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Group, Membership, Role

RUNS_THE_PLACE = {Role.MANAGER, Role.CARE_COORDINATOR}
STAFF_OF_THE_PLACE = {Role.GROUP_WORKER, Role.PEDAGOGUE, *RUNS_THE_PLACE}


def may_know(actor: Actor, name: str) -> Decision:
    """Who runs a place writes down the people around its children."""
    if not name.strip():
        return Decision(_("Write the name of this person."))
    if actor.role in RUNS_THE_PLACE:
        return ALLOWED
    return Decision(_("Only the manager or the care coordinator can add somebody."))


def may_report_absence(actor: Actor, membership: Membership, cover: Membership) -> Decision:
    """A colleague of the same organisation stands in, who works here that day."""
    works = Membership.objects.on(actor.today).filter(pk=cover.pk)
    if cover.organisation_id != membership.organisation_id or not works.exists():
        return Decision(
            _("Only a colleague of the same organisation can stand in."),
            _("Choose somebody who works there now."),
        )
    return may_arrange(actor, membership)


def may_roster(actor: Actor, group: Group) -> Decision:
    """Who runs the place of the group; nobody puts herself with children, not of her own place either."""
    own = group.location.organisation_id == actor.organisation_id
    if own and actor.role in RUNS_THE_PLACE:
        return ALLOWED
    return Decision(
        _("Only who runs the place of this group decides who works there."),
        _("Ask your location manager."),
    )


def may_arrange(actor: Actor, membership: Membership) -> Decision:
    """Absence: the person, or who runs the place."""
    if membership.pk == actor.membership_id:
        return ALLOWED
    if membership.organisation_id == actor.organisation_id and actor.role in RUNS_THE_PLACE:
        return ALLOWED
    return Decision(
        _("Only the colleague or the manager can arrange this."),
        _("Ask your location manager."),
    )
