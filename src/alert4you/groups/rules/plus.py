"""Plus groups: who agrees on what, the decision about the way back, and what pays."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from alert4you.children.models import Placement, PlusAgreement, Terms
from alert4you.children.rules import is_plus, may_look_again, plus_agreed
from alert4you.groups.models import WayBack
from alert4you.groups.rules.counting import may_decide
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Group

NO_PLUS_GROUP = Decision(_("This is not a plus group."))


def may_agree_plus(actor: Actor, group: Group, months: int) -> Decision:
    """Whoever runs the place chooses the numbers of its plus group; no source gives them."""
    if not is_plus(group):
        return NO_PLUS_GROUP
    if months < 1:
        return Decision(_("People look again after one month at least."))
    return may_decide(actor, group)


def may_agree_way_back(actor: Actor, placement: Placement, terms: Terms) -> Decision:
    """As for a new place, for a child that is on the plus group already."""
    if not is_plus(placement.group):
        return NO_PLUS_GROUP
    runs = may_decide(actor, placement.group)
    return plus_agreed(placement.group, actor.today, terms, placement.child) if runs else runs


def may_decide_way_back(
    actor: Actor, placement: Placement, answer: str, on: date | None, words: tuple[str, str]
) -> Decision:
    """Who runs the plus group, with the reasons and what the parents say; ``words`` is (why, parents)."""
    if not is_plus(placement.group):
        return NO_PLUS_GROUP
    allowed = may_decide(actor, placement.group) and _has_reasons(words)
    if not allowed:
        return allowed
    if placement.ends is not None and placement.ends <= actor.today:
        return Decision(_("This place is over."))
    if answer == WayBack.Answer.GOES:
        return _from_a_day(actor, on)
    return may_look_again(
        PlusAgreement.objects.filter(group=placement.group_id).first(), actor.today, on
    )


def _has_reasons(words: tuple[str, str]) -> Decision:
    if not words[0].strip():
        return Decision(_("Write why."))
    if not words[1].strip():
        return Decision(
            _("The parents are in this decision."),
            _("Talk with them first, and write down what they say."),
        )
    return ALLOWED


def _from_a_day(actor: Actor, on: date | None) -> Decision:
    if on is None or on < actor.today:
        return Decision(_("Choose from which day the child goes to a regular place."))
    return ALLOWED
