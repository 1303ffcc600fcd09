"""Who may ask something about the data of a child: by authority and by age."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Entry
from alert4you.access.rules.relations import is_guardian, may_join
from alert4you.children.models import Child, Guardian
from alert4you.kernel.clock import years_before
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Organisation, Person
from alert4you.rights.models import Came, Right, RightsRequest

IN_WORDS = {Right.CORRECTION, Right.STATEMENT, Right.RESTRICTION, Right.OBJECTION}
# There is nothing to weigh: the law adds a statement, and what one gave is one's own.
AT_ONCE = {Right.STATEMENT, Right.PORTABILITY}
GIVES_A_COPY = {Right.ACCESS, Right.PORTABILITY}


@dataclass(frozen=True)
class Asked:
    """What is asked of one organisation; ``entry``: what it is about, when it is about one thing."""

    right: str
    organisation: Organisation
    text: str = ""
    entry: Entry | None = None


@dataclass(frozen=True)
class Heard:
    """How something came in outside the software, from whom (None: the child itself) and when."""

    asker: Person | None
    came: str
    received_on: date


def parents_ask(child: Child, day: date) -> bool:
    """Until 16 the representatives exercise the rights (Jeugdwet 7.3.15, UAVG 5)."""
    return child.born > years_before(day, 16)


def child_asks(child: Child, day: date) -> bool:
    """From 12 the child does as well; from 16 alone."""
    return child.born <= years_before(day, 12)


def may_exercise(actor: Actor, child: Child) -> Decision:
    """A parent's hat: with authority, for a child younger than 16."""
    decision = is_guardian(actor, child)
    return may_be_asked_by_parents(child, actor.today) if decision else decision


def may_be_asked_by_parents(child: Child, day: date) -> Decision:
    if parents_ask(child, day):
        return ALLOWED
    return Decision(
        _("From 16 on a young person decides about this alone."),
        _("Your child can ask it in a talk or on paper; the staff write it down."),
    )


def may_ask(actor: Actor, child: Child, asked: Asked) -> Decision:
    decision = may_exercise(actor, child)
    return is_complete(actor, child, asked) if decision else decision


def is_complete(actor: Actor, child: Child, asked: Asked) -> Decision:
    """In words where words are needed, and about something that this hat sees."""
    if asked.right not in Right.values:
        return Decision(_("Choose what you would like to ask."))
    if asked.right in IN_WORDS and not asked.text.strip():
        return Decision(_("Write in a few words what it is about."))
    if asked.entry is None:
        about_one = Decision(_("Choose on the line what your words are about."))
        return about_one if asked.right == Right.STATEMENT else ALLOWED
    seen = Entry.objects.visible_to(actor).filter(pk=asked.entry.pk, child=child)
    return ALLOWED if seen.exists() else Decision(_("Choose something on the line of this child."))


def may_record(actor: Actor, child: Child, asked: Asked, heard: Heard) -> Decision:
    """Staff of the child's place write down what was asked on paper, by telephone or in a talk.

    Also for a parent without authority: that the answer will be no is no reason not to receive it.
    """
    decision = may_join(actor, child)
    if not decision:
        return decision
    if heard.came == Came.IN_APP or heard.came not in Came.values:
        return Decision(_("Choose how it was asked."))
    if heard.received_on > actor.today:
        return Decision(_("That day has yet to come."))
    return _may_come_from(actor, child, heard) and is_complete(actor, child, asked)


def _may_come_from(actor: Actor, child: Child, heard: Heard) -> Decision:
    if heard.asker is None:
        if child_asks(child, actor.today):
            return ALLOWED
        return Decision(
            _("Until twelve the parents ask this for their child."),
            _("Choose which parent asks it."),
        )
    if heard.asker.pk == actor.person_id:
        return Decision(_("Nobody writes down a request of her own."))
    stands = Guardian.objects.on(actor.today).filter(child=child, person=heard.asker)
    if not stands.exists():
        return Decision(_("This person is no parent or guardian of the child."))
    return may_be_asked_by_parents(child, actor.today)


def represents(child: Child, asker: Person | None, day: date) -> bool:
    """Whether this person may exercise the rights of the child on a day (None: the child itself)."""
    if asker is None:
        return child_asks(child, day)
    authority = Guardian.objects.on(day).filter(child=child, person=asker, has_authority=True)
    return parents_ask(child, day) and authority.exists()


def may_see_request(actor: Actor, request: RightsRequest) -> bool:
    """Who asked it in the hat of a parent, while that hat may know the child."""
    mine = actor.is_parent and request.asked_by_id == actor.person_id
    return mine and bool(is_guardian(actor, request.child))
