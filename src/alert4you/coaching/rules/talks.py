"""Who may prepare a talk with parents and hold it, and which form fits."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Category
from alert4you.access.rules.relations import (
    NOT_WITH_THIS_CHILD,
    on_own_team,
    ties,
    works_with,
)
from alert4you.children.models import Child
from alert4you.coaching.models import (
    Contact,
    Level,
    TalkForm,
    TalkPreparation,
)
from alert4you.coaching.rules.questions import reads
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Membership, Role
from alert4you.organisations.queries import actor_of

SEES_GROWTH = {Role.GROUP_WORKER, Role.COACH, Role.PEDAGOGUE, Role.CARE_COORDINATOR}
NOT_ABOUT_TALKS = Decision(
    _("The parents did not agree that you know about talks with them."),
    _("Let the group worker make the card, or ask the parents."),
)


def may_prepare(actor: Actor, child: Child, worker: Membership, planned_on: date) -> Decision:
    """For a worker of the care team, by whoever may know about talks with these parents."""
    if planned_on < actor.today:
        return Decision(_("The talk is in the past."), _("Log it as a talk instead."))
    works = works_with(actor, child)
    if not works:
        return works
    if not on_own_team(actor_of(worker, actor.at), child):
        return Decision(
            _("Only somebody of the care team of this child prepares a talk with its parents."),
            _("Put the group worker on the care team first; the parents see why."),
        )
    return ALLOWED if _keeps_sight(actor, child) else NOT_ABOUT_TALKS


def _keeps_sight(actor: Actor, child: Child) -> bool:
    """Whether one can still read a card about a talk after writing it."""
    return ties(actor, child).on_group or reads(actor, child, Category.TALK)


def may_work_on_talk(actor: Actor, preparation: TalkPreparation) -> Decision:
    if Contact.objects.unrestricted(reason="rule").filter(preparation=preparation).exists():
        return Decision(_("This talk has been held; its preparation stays as it was."))
    child = preparation.child
    return works_with(actor, child) if child else NOT_WITH_THIS_CHILD


def may_hold_talk(actor: Actor, preparation: TalkPreparation, agreed: str) -> Decision:
    if not agreed.strip():
        return Decision(_("Write what was talked about and agreed: the parents read it too."))
    return may_work_on_talk(actor, preparation)


def suggested_form(complexity: int, wants_to_learn: int) -> TalkForm:
    """From how hard the talk will be and how much the worker wants to learn, to one of three forms.

    A hard talk starts with the coach's example, unless the worker wants to learn much from it: then
    together. An easy talk is the worker's own when she wants to learn, and together otherwise.
    """
    if complexity == Level.MUCH:
        return TalkForm.TOGETHER if wants_to_learn == Level.MUCH else TalkForm.COACH_LEADS
    if complexity == Level.SOME:
        return TalkForm.TOGETHER
    return TalkForm.TOGETHER if wants_to_learn == Level.LITTLE else TalkForm.WORKER_LEADS


def suggested_for(complexity: int, wants_to_learn: int, careful: bool) -> TalkForm:
    """As ``suggested_form``; after a talk that ended hard the next one is not held alone."""
    form = suggested_form(complexity, wants_to_learn)
    return TalkForm.TOGETHER if careful and form == TalkForm.WORKER_LEADS else form


def why_suggested(complexity: int, wants_to_learn: int, careful: bool = False) -> str | Promise:
    """The reason for ``suggested_for``, in words for the card."""
    if careful:
        return _(
            "The last talk ended hard. This time not alone: with the coach beside, or leading."
        )
    if complexity == Level.MUCH and wants_to_learn == Level.MUCH:
        return _(
            "It may become a hard talk, and there is much to learn from it: do it side by side."
        )
    if complexity == Level.MUCH:
        return _("It may become a hard talk: first watch how the coach does it.")
    if complexity == Level.SOME:
        return _("Not an easy talk, not a hard one either: each takes a part.")
    if wants_to_learn == Level.LITTLE:
        return _("An easy talk, and leading it is not what has to be learned now.")
    return _("An easy talk: a good moment to lead it, with feedback afterwards.")
