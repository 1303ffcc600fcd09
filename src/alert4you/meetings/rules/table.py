"""At the table: what may be said, chosen and agreed, and when a meeting was held."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from alert4you.access.rules.relations import is_guardian
from alert4you.children.models import Guardian
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.meetings.models import Action, Case, Item, Meeting, Option, Seat, Sort
from alert4you.meetings.rules.planning import (
    NOT_AT_THE_TABLE,
    OVER,
    arranges,
    at_the_table,
    may_arrange,
    names_nobody_in,
)
from alert4you.organisations.models import Actor, Membership
from alert4you.organisations.queries import actor_of

NOTHING_SAID = Decision(_("Write it down in a few words."))


def is_open_to(actor: Actor, item: Item) -> bool:
    """Whether this hat may read an item: what names no child, or a child it may know this of."""
    if item.case_id is None:
        return True
    return Case.objects.visible_to(actor).filter(pk=item.case_id).exists()


def may_write(actor: Actor, item: Item, words: str) -> Decision:
    """Staff at the table write what is said; about a child only who may know of it."""
    if item.meeting is None:
        return NOT_AT_THE_TABLE
    if not words.strip():
        return NOTHING_SAID
    if not is_open_to(actor, item):
        return NOT_AT_THE_TABLE
    return at_the_table(actor, item.meeting) and may_be_read(actor, item, words)


def may_be_read(actor: Actor, item: Item, *words: str) -> Decision:
    """What stands with an item without a child names none."""
    if item.case_id is not None or item.meeting is None:
        return ALLOWED
    return names_nobody_in(item.meeting, actor.today, *words)


def may_weigh(actor: Actor, option: Option, words: str) -> Decision:
    return may_write(actor, option.item, words)


def may_speak(actor: Actor, item: Item, words: str, guardian: Guardian) -> Decision:
    """Parents add their own words, also beforehand; at the table somebody may write them down."""
    if item.case is None or guardian.child_id != item.case.child_id or item.meeting is None:
        return Decision(_("Parents speak about their own child."))
    if not words.strip():
        return NOTHING_SAID
    if not item.meeting.is_open:
        return OVER
    if not actor.is_parent:
        return may_write(actor, item, words)
    if guardian.person_id != actor.person_id or not is_open_to(actor, item):
        return Decision(_("These are the words of somebody else."))
    return is_guardian(actor, guardian.child)


def may_decide(actor: Actor, item: Item, words: str, option: Option | None) -> Decision:
    """In the meeting. Of every option a plus and a minus was heard before one is chosen."""
    if not (words.strip() or option):
        return Decision(_("Write what you decided, or choose an option."))
    if option is not None and option.item_id != item.pk:
        return Decision(_("This option belongs to another point."))
    one_sided = _without_both(item)
    if one_sided is not None:
        return one_sided
    told = may_write(actor, item, words or str(option))
    return told and has_begun(actor, item.meeting)


def _without_both(item: Item) -> Decision | None:
    for option in item.options.unrestricted(reason="rule"):
        heard = option.points.unrestricted(reason="rule")
        sides = set(heard.values_list("is_plus", flat=True))
        if sides != {True, False}:
            return Decision(
                _("Of “%(option)s” not both a plus and a minus were heard yet.")
                % {"option": option},
                _("Ask everybody at the table, the parents first."),
            )
    return None


def may_agree(
    actor: Actor, item: Item, what: str, who: Membership | Guardian, due: date
) -> Decision:
    """Somebody at the table does something by a day; about a child only who may know of it."""
    if due < actor.today:
        return Decision(_("This day has passed."), _("Choose a later one."))
    told = may_write(actor, item, what) and (has_begun(actor, item.meeting) and _sits(item, who))
    return told and _may_know(actor, item, who)


def _sits(item: Item, who: Membership | Guardian) -> Decision:
    mine = {"guardian": who} if isinstance(who, Guardian) else {"membership": who}
    if Seat.objects.filter(meeting=item.meeting, **mine).exists():
        return ALLOWED
    return Decision(
        _("%(name)s is not invited to this meeting.") % {"name": who.person.name},
        _("Invite them first, or choose somebody who is at the table."),
    )


def _may_know(actor: Actor, item: Item, who: Membership | Guardian) -> Decision:
    if isinstance(who, Guardian):
        own = item.case is not None and who.child_id == item.case.child_id
        return ALLOWED if own else Decision(_("Parents act for their own child."))
    if is_open_to(actor_of(who, actor.at), item):
        return ALLOWED
    return Decision(
        _("%(name)s may not know about this child.") % {"name": who.person.name},
        _("Ask the parents, or put a colleague on the care team, or choose somebody else."),
    )


def may_finish(actor: Actor, action: Action) -> Decision:
    """Who has it, and who leads the meeting in which it was agreed; or who arranges the training."""
    if action.done_at is not None:
        return Decision(_("This was done already."))
    guardian = action.guardian
    own = guardian.person_id == actor.person_id and actor.is_parent if guardian else False
    if own or (action.owner_id is not None and action.owner_id == actor.membership_id):
        return ALLOWED if is_open_to(actor, action.item) else NOT_AT_THE_TABLE
    meeting = action.item.meeting
    if meeting is not None and arranges(actor, meeting) and is_open_to(actor, action.item):
        return ALLOWED
    return Decision(_("Only whoever has this action says that it is done."))


def may_report(actor: Actor, item: Item) -> Decision:
    """Pass a point without a child on to the municipality, for its report without names."""
    if item.case_id is not None or item.sort == Sort.CASE:
        return Decision(_("What is about a child does not go to the municipality."))
    if item.meeting is None or not arranges(actor, item.meeting):
        return NOT_AT_THE_TABLE
    return ALLOWED


def may_hold(actor: Actor, meeting: Meeting, notes: str) -> Decision:
    """Whoever leads writes down that it was held, and who was there, from its day on."""
    nameless = names_nobody_in(meeting, actor.today, notes)
    return may_arrange(actor, meeting) and has_begun(actor, meeting) and nameless


def has_begun(actor: Actor, meeting: Meeting | None) -> Decision:
    if meeting is not None and meeting.day <= actor.today:
        return ALLOWED
    return Decision(
        _("The meeting is still to come."), _("Now you can write down options and own words.")
    )
