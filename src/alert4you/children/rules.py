"""Who may register children, their guardians and their places."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from alert4you.children.models import Child, Placement, Standing
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Group, Person
from alert4you.organisations.rules import RUNS_THE_PLACE

NOT_RUNNING_THE_PLACE = Decision(
    _("Only the manager or the care coordinator of the location can do this."),
    _("Ask your location manager."),
)
OLDEST_IN_YEARS = 18


def may_place(actor: Actor, group: Group, starts: date, ends: date | None) -> Decision:
    """Who runs the place gives a child a place there, in a period that is one."""
    if actor.role not in RUNS_THE_PLACE or group.location.organisation_id != actor.organisation_id:
        return NOT_RUNNING_THE_PLACE
    if ends is not None and ends <= starts:
        return Decision(_("The last day lies before the first."), _("Choose a later last day."))
    return ALLOWED


def may_register(actor: Actor, born: date, group: Group, starts: date) -> Decision:
    """A child that can exist: born in the past, and not yet grown up."""
    if born > actor.today:
        return Decision(_("This date of birth is in the future."))
    if born.year < actor.today.year - OLDEST_IN_YEARS:
        return Decision(_("This date of birth is too long ago for a child."))
    return may_place(actor, group, starts, None)


def may_name_guardian(actor: Actor, child: Child, person: Person, standing: Standing) -> Decision:
    """Who runs a place the child has; never oneself, and authority only on what was shown."""
    if person.pk == actor.person_id:
        return Decision(
            _("Nobody writes herself down as a parent or guardian."),
            _("Ask a colleague to do it, with the proof."),
        )
    if standing.has_authority and not standing.proof.strip():
        return Decision(_("Write what was shown of the authority, and to whom."))
    placed = Placement.objects.on(actor.today).filter(
        child=child, group__location__organisation=actor.organisation_id
    )
    if actor.role in RUNS_THE_PLACE and placed.unrestricted(reason="rule").exists():
        return ALLOWED
    return NOT_RUNNING_THE_PLACE


def may_end_place(actor: Actor, placement: Placement, ends: date) -> Decision:
    """Who runs the place ends it, after it began."""
    if ends <= placement.starts:
        return Decision(_("A place ends after it began."))
    return may_place(actor, placement.group, placement.starts, ends)
