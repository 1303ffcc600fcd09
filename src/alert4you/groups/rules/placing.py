"""Who may ask for a waiting place, who gets the place that comes free, and who a child has there."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from alert4you.access.rules.relations import may_welcome
from alert4you.children.models import Child, Days, Placement
from alert4you.children.rules import room_for
from alert4you.groups.models import WaitingPlace
from alert4you.groups.rules.counting import may_decide
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Group, Membership, Roster


def may_ask_place(actor: Actor, child: Child, group: Group, days: Days) -> Decision:
    """Whoever runs the group writes a child on its list; once, and only when there is no place."""
    welcome = may_welcome(actor, child, group, actor.today, None)
    if not welcome:
        return welcome
    if not days:
        return Decision(_("Say which days are wanted."))
    rows = WaitingPlace.objects.unrestricted(reason="rule").filter(group=group, closed_on=None)
    if rows.filter(child=child).exists():
        return Decision(_("This child is on the waiting list of this group already."))
    if room_for(group, (actor.today, None), days, actor.today, child):
        return Decision(
            _("There is a place on these days: no waiting is needed."), _("Write down the place.")
        )
    return ALLOWED


def may_offer(actor: Actor, place: WaitingPlace, reason: str) -> Decision:
    """The first in line whose days are free is offered the place; another only with a reason."""
    running = _runs(actor, place)
    if not running:
        return running
    if place.group is None:
        raise LookupError("a waiting place is for a group")
    rows = WaitingPlace.objects.unrestricted(reason="rule")
    line = rows.filter(group=place.group, closed_on=None).select_related("child")
    for each in line.order_by("since", "written_at"):
        wanted = [(day, part) for day, part in each.wanted]
        free = room_for(place.group, (actor.today, None), wanted, actor.today, each.child)
        if each.pk == place.pk:
            return free
        if free and each.offered_on is None and not reason.strip():
            return Decision(
                _("Another child waits longer, and its days are free too."),
                _("Offer it to the first in line, or write why this child goes first."),
            )
    return Decision(_("This place in the line is closed."))


def may_close(actor: Actor, place: WaitingPlace) -> Decision:
    """Who runs the group; once."""
    if place.closed_on is not None:
        return Decision(_("This place in the line is closed."))
    return _runs(actor, place)


def may_take(actor: Actor, place: WaitingPlace) -> Decision:
    """After it was offered."""
    if place.offered_on is None:
        return Decision(_("The place was not offered yet."), _("Offer it first."))
    return may_close(actor, place)


def may_choose_people(
    actor: Actor, placement: Placement, mentor: Membership | None, people: Collection[Membership]
) -> Decision:
    """Who runs the place, out of those who work on the child's group."""
    works = Roster.objects.on(actor.today).filter(group=placement.group_id)
    chosen = {each.pk for each in people} | ({mentor.pk} if mentor else set())
    if not chosen <= set(works.values_list("membership", flat=True)):
        return Decision(
            _("This colleague does not work on the group."), _("Choose somebody who does.")
        )
    return may_decide(actor, placement.group)


def _runs(actor: Actor, place: WaitingPlace) -> Decision:
    if place.child is None or place.group is None:
        raise LookupError("a waiting place is of a child, for a group")
    return may_welcome(actor, place.child, place.group, actor.today, None)
