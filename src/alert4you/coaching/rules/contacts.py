"""Who may plan visits, write down what happened, and advise."""

from datetime import date
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from alert4you.access.models import CoachPost
from alert4you.access.policy import mine_or_covered
from alert4you.access.rules.names import no_child_named
from alert4you.access.rules.relations import (
    leads,
    works_with,
)
from alert4you.children.models import Child
from alert4you.coaching.models import (
    Contact,
    Visit,
)
from alert4you.coaching.rules.questions import NO_QUESTION, WHO_ASK
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Location, Role, Roster
from alert4you.organisations.queries import stands_in


class Told(Protocol):
    """What else is told of a contact, as far as others read it."""

    @property
    def helps_others(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def visit(self) -> Visit | None: ...


def may_plan_visit(actor: Actor, location: Location, day: date, purpose: str) -> Decision:
    """A coach plans visits to the locations where she works, from today on, one a day.

    What for is read by all groups of the location, so it names no child.
    """
    if day < actor.today:
        return Decision(_("A visit is planned for today or later."), _("Log it as a contact."))
    planned = Visit.objects.filter(
        coach=actor.membership_id, location=location, day=day, cancelled_at=None
    )
    if planned.exists():
        return Decision(_("You already have a visit here on that day."), _("Choose another day."))
    return coaches_at(actor, location) and no_child_named(purpose, location, actor.today)


def coaches_at(actor: Actor, location: Location) -> Decision:
    posts = CoachPost.objects.on(actor.today).filter(mine_or_covered(actor), location=location)
    if posts.exists():
        return ALLOWED
    return Decision(_("You are not the coach of this location."))


def may_take_question(actor: Actor, visit: Visit, text: str, answer: str) -> Decision:
    """During a visit somebody asks something about another child: it is written without the child."""
    if not text.strip():
        return NO_QUESTION
    coach = coaches_at(actor, visit.location)
    named = no_child_named(f"{text} {answer}", visit.location, actor.today)
    return named if coach else coach


def may_log(
    actor: Actor, child: Child | None, location: Location | None, text: str, details: Told
) -> Decision:
    """About a child: who works with it. About a group: its coach, or staff who work there."""
    visit = details.visit
    if visit and not leads(actor, visit.coach_id, stands_in(visit.coach_id, actor.today)):
        return Decision(_("This was the visit of somebody else."))
    also = f"{details.title} {details.helps_others}"
    return _may_tell(actor, child, location, text, also)


def may_advise(
    actor: Actor, child: Child | None, location: Location | None, text: str, helps_others: str
) -> Decision:
    """As ``may_log``."""
    return _may_tell(actor, child, location, text, helps_others)


def _may_tell(
    actor: Actor, child: Child | None, location: Location | None, text: str, also: str
) -> Decision:
    if not text.strip():
        return Decision(_("Write in a few words what happened."))
    if child is not None:
        return works_with(actor, child)
    if location is None:
        return Decision(_("Choose a child or a location."))
    here = ALLOWED if _works_at(actor, location) else coaches_at(actor, location)
    return here and no_child_named(f"{text} {also}", location, actor.today)


def _works_at(actor: Actor, location: Location) -> bool:
    own = actor.organisation_id == location.organisation_id
    if own and actor.role in WHO_ASK - {Role.GROUP_WORKER}:
        return True
    rosters = Roster.objects.on(actor.today).filter(membership=actor.membership_id)
    return rosters.filter(group__location=location).exists()


def may_complete(actor: Actor, contact: Contact, helps_others: str) -> Decision:
    """Whoever had the contact answers what it gives the other children."""
    if not helps_others.strip():
        return Decision(_("Write what can help the other children too."))
    if contact.author_id != actor.person_id:
        return Decision(_("Only whoever had this contact can answer this."))
    if contact.child_id is None and contact.location is not None:
        return no_child_named(helps_others, contact.location, actor.today)
    return ALLOWED


def may_cancel(actor: Actor, visit: Visit) -> Decision:
    if leads(actor, visit.coach_id, stands_in(visit.coach_id, actor.today)):
        return ALLOWED
    return Decision(_("Only the coach herself can cancel a visit."))
