"""What happened, what was agreed after it, and who was told."""

from django.utils.translation import gettext_lazy as _

from alert4you.access.rules.names import no_child_named, no_other_child_named
from alert4you.access.rules.relations import works_here_with
from alert4you.children.models import Child
from alert4you.kernel.decision import Decision
from alert4you.notes.models import Incident
from alert4you.notes.rules.writing import NOTHING_WRITTEN, in_own_file
from alert4you.organisations.models import Actor, Group


def may_report(actor: Actor, child: Child, text: str) -> Decision:
    """What happened, without the names of other children: the parents read it."""
    if not text.strip():
        return Decision(_("Write down what happened, in a few words."))
    works = works_here_with(actor, child)
    return no_other_child_named(text, child, actor.today) if works else works


def may_agree_after(actor: Actor, incident: Incident, text: str) -> Decision:
    """What was agreed so that it does not happen again becomes a card: once."""
    if incident.agreement_id is not None:
        return Decision(_("There is an agreement already."), _("Change the card itself."))
    own = in_own_file(actor, incident)
    return may_report(actor, incident.child, text) if own and incident.child else own


def may_tell_parents(actor: Actor, incident: Incident, how: str) -> Decision:
    if not how.strip():
        return Decision(_("Write how and when the parents heard it."))
    return in_own_file(actor, incident)


def may_tell_others(actor: Actor, incident: Incident, group: Group, text: str) -> Decision:
    """What other parents hear names no child."""
    if not text.strip():
        return NOTHING_WRITTEN
    if group.location.organisation_id != actor.organisation_id:
        return Decision(_("Only staff of this location write this down."))
    works = in_own_file(actor, incident)
    return no_child_named(text, group.location, actor.today) if works else works


def may_close_incident(actor: Actor, incident: Incident) -> Decision:
    """Not before there is an agreement and the parents know."""
    if incident.agreement_id is None:
        return Decision(_("First write what was agreed."))
    if not incident.parents_told:
        return Decision(_("The parents must know first."), _("Call them, or tell them today."))
    return in_own_file(actor, incident)
