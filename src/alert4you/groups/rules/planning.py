"""Who may plan hours, rooms, duos and the rota; and what such a plan must hold."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from alert4you.access.rules.relations import works_here_with
from alert4you.children.models import Child, Placement
from alert4you.groups.models import WHOLE_WEEK, Cluster, RoomSlot, RotaMember
from alert4you.groups.rules.card import DAY, may_be_on
from alert4you.groups.rules.counting import may_decide
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import (
    Actor,
    Group,
    Location,
    Membership,
    OrganisationKind,
    Role,
    Roster,
)
from alert4you.organisations.rules import KEEPS_THE_BOOKS, RUNS_THE_PLACE

NOT_YOURS = Decision(
    _("Only whoever runs this location can plan this."), _("Ask your location manager.")
)
SEES_THE_ROTA = {Role.GROUP_WORKER, Role.PEDAGOGUE, *RUNS_THE_PLACE}
NOT_ONESELF = Decision(
    _("Nobody puts herself on a group: it opens what is told about its children."),
    _("Ask a colleague to do it."),
)
UNTIL_BEFORE_FROM = Decision(_("It ends before it begins."))


@dataclass(frozen=True)
class When:
    """On these weekdays (Monday is 0) during ``[starts, ends)``; without hours the whole day."""

    starts: date
    ends: date | None = None
    weekdays: tuple[int, ...] = WHOLE_WEEK
    begins: time | None = None
    until: time | None = None


def may_set_hours(actor: Actor, location: Location, begins: time, until: time) -> Decision:
    """Whoever runs the location says when its day begins and ends."""
    if until <= begins:
        return UNTIL_BEFORE_FROM
    return runs(actor, location)


def runs(actor: Actor, location: Location) -> Decision:
    own = location.organisation_id == actor.organisation_id
    return ALLOWED if own and actor.role in RUNS_THE_PLACE else NOT_YOURS


def may_plan_room(
    actor: Actor, group: Group, worker: Membership, begins: time, until: time
) -> Decision:
    """Who runs the place, or works on the group; with a worker who works on it too."""
    if until <= begins:
        return UNTIL_BEFORE_FROM
    on_group = Roster.objects.on(actor.today).filter(group=group)
    if not on_group.filter(membership=worker).exists():
        return Decision(
            _("This colleague does not work on the group."), _("Choose somebody who does.")
        )
    on_it = on_group.filter(membership=actor.membership_id).exists()
    decision = ALLOWED if on_it else runs(actor, group.location)
    return decision and may_be_on(worker, group, actor.today, actor.today + DAY)


def may_agree_landing(actor: Actor, child: Child, slot: RoomSlot, text: str) -> Decision:
    """Whoever works with the child on this group writes down what was agreed, in words for a substitute."""
    if not text.strip():
        return Decision(_("Write what a substitute must know."))
    works = works_here_with(actor, child)
    if not works:
        return works
    placed = Placement.objects.on(actor.today).filter(child=child, group=slot.group_id)
    own = slot.group.location.organisation_id == actor.organisation_id
    if not own or not placed.unrestricted(reason="rule").exists():
        return Decision(_("This child has no place on this group."))
    return ALLOWED


def may_roster(
    actor: Actor, membership: Membership, group: Group, starts: date, ends: date | None
) -> Decision:
    """Who runs the place of the group; nobody puts herself with children."""
    own = group.location.organisation_id == actor.organisation_id
    if not own or actor.role not in KEEPS_THE_BOOKS:
        return Decision(
            _("Only whoever runs the place of this group decides who works there."),
            _("Ask your location manager."),
        )
    of_others = ALLOWED if membership.person_id != actor.person_id else NOT_ONESELF
    return may_be_on(membership, group, starts, ends) and of_others


def may_end_roster(actor: Actor, roster: Roster, ends: date | None) -> Decision:
    """As ``may_roster``, for a later or an earlier last day."""
    if ends is not None and ends <= roster.starts:
        return UNTIL_BEFORE_FROM
    return may_roster(actor, roster.membership, roster.group, roster.starts, ends)


def may_write_presence(actor: Actor, membership: Membership, group: Group, when: When) -> Decision:
    """Who runs the place, about somebody who may be there; never about oneself."""
    if membership.pk == actor.membership_id:
        return Decision(
            _("Nobody decides about herself whether she counts."), _("Ask a colleague to do it.")
        )
    return may_decide(actor, group) and may_be_on(membership, group, when.starts, when.ends)


def may_plan_duo(
    actor: Actor,
    group: Group,
    childcare: Membership,
    youth_care: Membership,
    period: tuple[date, date],
) -> Decision:
    """One worker of the own organisation and one of youth care, from and until a day."""
    starts, ends = period
    if ends <= starts:
        return UNTIL_BEFORE_FROM
    if (
        childcare.organisation_id != group.location.organisation_id
        or childcare.role != Role.GROUP_WORKER
    ):
        return Decision(_("One of the two works on the group for the childcare organisation."))
    if youth_care.organisation.kind != OrganisationKind.YOUTH_CARE_PROVIDER:
        return Decision(
            _("One of the two works for youth care."), _("Choose a colleague of youth care.")
        )
    decision = may_decide(actor, group)
    for each in (childcare, youth_care):
        decision = decision and may_be_on(each, group, starts, ends)
    return decision


def may_make_cluster(actor: Actor, groups: list[Group]) -> Decision:
    """Who runs all these groups."""
    if groups and all(runs(actor, each.location) for each in groups):
        return ALLOWED
    return NOT_YOURS


def may_join_rota(actor: Actor, cluster: Cluster, membership: Membership) -> Decision:
    """Group workers of the own organisation."""
    if actor.role not in RUNS_THE_PLACE or cluster.organisation_id != actor.organisation_id:
        return NOT_YOURS
    own = membership.organisation_id == cluster.organisation_id
    if own and membership.role == Role.GROUP_WORKER:
        return ALLOWED
    return Decision(_("The team is made of group workers of the organisation itself."))


def may_plan_shift(
    actor: Actor, member: RotaMember, group: Group | None, day: date, minutes: int
) -> Decision:
    """On a group of the cluster, within the contract and the extra hours of that week."""
    cluster = member.cluster
    if actor.role not in RUNS_THE_PLACE or cluster.organisation_id != actor.organisation_id:
        return NOT_YOURS
    if group is not None and not cluster.groups.filter(pk=group.pk).exists():
        return Decision(
            _("This group is not one of the cluster."), _("Choose a group of the cluster.")
        )
    if _planned(member, day) + minutes > member.contract_minutes + member.extra_minutes:
        return Decision(
            _("This is more than the contract and the extra hours together."),
            _("Choose fewer hours, or agree on more extra hours first."),
        )
    return may_be_on(member.membership, group, day, day + DAY) if group else ALLOWED


def _planned(member: RotaMember, day: date) -> int:
    """Minutes of this colleague in the week in which a day falls."""
    monday = day - timedelta(days=day.weekday())
    week = Q(day__gte=monday, day__lt=monday + timedelta(days=7))
    return member.shifts.filter(week).aggregate(all=Sum("minutes"))["all"] or 0
