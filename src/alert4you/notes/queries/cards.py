"""What everybody must know about a child, and what it may do."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from alert4you.children.models import Child
from alert4you.kernel.decision import NotVisible
from alert4you.notes.models import (
    Activity,
    Card,
    Permission,
    Verdict,
)
from alert4you.notes.queries.incidents import groups_now
from alert4you.notes.queries.rows import one
from alert4you.notes.rules.helps import is_old_enough
from alert4you.organisations.models import Actor, Group


def cards(actor: Actor, child: Child) -> QuerySet[Card]:
    """What helps this child now, as far as this hat may see it: by moment, the newest first."""
    seen = Card.objects.visible_to(actor).filter(child=child, must_know=True)
    return seen.select_related("author", "hat").order_by("moment", "-at", "pk")


def card(actor: Actor, card_id: UUID) -> Card:
    return one(Card.objects.visible_to(actor).select_related("child", "author").filter(pk=card_id))


def earlier_cards(actor: Actor, child: Child) -> QuerySet[Card]:
    """Cards that were replaced or taken away, the latest first."""
    seen = Card.objects.visible_to(actor).filter(child=child, must_know=False)
    return seen.select_related("author", "hat").order_by("-at", "pk")


@dataclass(frozen=True)
class May:
    """Whether a child may do something, and why: an agreement beats the age rule of the place."""

    activity: Activity
    verdict: Verdict
    permission: Permission | None = None

    @property
    def words(self) -> str:
        return self.permission.text if self.permission else self.activity.how

    @property
    def why(self) -> str:
        """The ground, in words."""
        if self.permission:
            return _("Agreed with %(who)s.") % {"who": self.permission.agreed_with}
        if self.activity.age_from is None:
            return _("For everybody here.")
        return _("The rule of the place: from %(age)s years.") % {"age": self.activity.age_from}


def what_child_may(actor: Actor, child: Child) -> list[May]:
    """Every activity of the places where the child comes, by name."""
    places = groups_now(actor, child)
    here = Q(group__in=places) | Q(group=None, location__in={each.location_id for each in places})
    activities = Activity.objects.filter(here, ends=None).select_related("location")
    agreed = {
        each.activity_id: each
        for each in Permission.objects.visible_to(actor)
        .filter(child=child, must_know=True)
        .select_related("activity", "author", "hat")
    }
    return [
        may_of(child, each, agreed.get(each.pk), actor.today)
        for each in activities.order_by("name", "pk")
    ]


def may_child(actor: Actor, child: Child, activity_id: UUID) -> May:
    """One of them; NotVisible when the child does not come where this is done."""
    for each in what_child_may(actor, child):
        if each.activity.pk == activity_id:
            return each
    raise NotVisible


def may_of(child: Child, activity: Activity, agreed: Permission | None, day: date) -> May:
    if agreed is not None:
        return May(activity, Verdict(agreed.verdict), agreed)
    return May(activity, Verdict.YES if is_old_enough(child, activity, day) else Verdict.NO)


def activities(group: Group) -> QuerySet[Activity]:
    """The rules of a group: its own, and those of its location."""
    here = Q(group=group) | Q(group=None, location=group.location_id)
    return Activity.objects.filter(here, ends=None).order_by("name", "pk")


def permission(actor: Actor, permission_id: UUID) -> Permission:
    seen = Permission.objects.visible_to(actor).select_related("activity", "child")
    return one(seen.filter(pk=permission_id))
