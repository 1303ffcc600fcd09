"""What runs through the parents."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from alert4you.access.rules.relations import works_here_with
from alert4you.children.models import Child
from alert4you.kernel.decision import Decision
from alert4you.notes.models import Carried
from alert4you.notes.rules.helps import knows_what_helps
from alert4you.notes.rules.writing import NOTHING_SAID, may_tell_of
from alert4you.organisations.models import Actor


def may_note_involved(actor: Actor, child: Child, party: str, what_for: str) -> Decision:
    """What parents tell about help from elsewhere; by themselves, or by whoever hears it."""
    if not party.strip() or not what_for.strip():
        return Decision(_("Write who helps, and with what."))
    return knows_what_helps(actor, child)


def may_ask_through_parents(actor: Actor, child: Child, party: str, text: str) -> Decision:
    if not party.strip() or not text.strip():
        return Decision(_("Write whom it is for, and what you would like to ask."))
    return works_here_with(actor, child)


def may_carry(actor: Actor, request: Carried) -> Decision:
    """The parents say whether they carry it; staff can write down what they said."""
    if request.carried_at or request.declined_at:
        return Decision(_("The parents have answered this already."))
    return may_tell_of(actor, request)


def may_tell_answer(actor: Actor, request: Carried, answer: str) -> Decision:
    if request.carried_at is None:
        return Decision(_("The parents have not said yet that they ask it."))
    if not answer.strip():
        return NOTHING_SAID
    return may_tell_of(actor, request)


def may_set_ask_again(actor: Actor, child: Child, on: date) -> Decision:
    if on <= actor.today:
        return Decision(_("Choose a day after today: give the parents time."))
    return works_here_with(actor, child)
