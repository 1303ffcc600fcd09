"""Which files are or were open for a while, for whoever opened them or must know."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from alert4you.access import policy
from alert4you.access.models import CareTeamMember, OpenedFor, Opening
from alert4you.access.queries import line as lines
from alert4you.access.rules.officers import looks_after
from alert4you.access.rules.openings import FINDS_BY_LIST, MONTH, OFTEN
from alert4you.children.models import Child, Placement
from alert4you.kernel import reading, spelling
from alert4you.kernel.compiled import Condition
from alert4you.kernel.decision import NotVisible
from alert4you.kernel.kept import kept
from alert4you.organisations.models import Actor, Membership, Role
from alert4you.organisations.rules import RUNS_THE_PLACE

NAMES = 30
NEWS = timedelta(days=7)


@dataclass(frozen=True)
class Opened:
    """One opening for whoever must know; ``child`` is a name, or a number when the name may not be known."""

    opening: Opening
    child: str
    is_open: bool
    may_close: bool
    parents_know: bool


@dataclass(frozen=True)
class Alarm:
    """Somebody opened more than three files in a month."""

    person: str
    task: str
    times: int


def placed_children(actor: Actor, asked: str) -> list[Child]:
    """Children with a place here whose name holds these words, at most 30; that they were shown is noted."""
    if actor.role not in FINDS_BY_LIST or not asked.strip():
        return []
    placed = Placement.objects.on(actor.today).unrestricted(reason="choosing in an emergency")
    here = placed.filter(group__location__organisation=actor.organisation_id)
    found = Child.objects.unrestricted(reason="choosing in an emergency")
    found = found.filter(pk__in=here.values("child"))
    for word in spelling.words(asked):
        found = found.filter(Q(first_name__iregex=word) | Q(last_name__iregex=word))
    shown = found.exclude(pk__in=_kept_from(actor)).order_by("first_name", "last_name", "pk")
    children = list(shown[:NAMES])
    reading.note(children)
    return children


def child_here(actor: Actor, child_id: UUID) -> Child:
    """A child that was found and chosen just now; NotVisible when it has no place here any more."""
    placed = Placement.objects.on(actor.today).unrestricted(reason="opening a file")
    here = placed.filter(group__location__organisation=actor.organisation_id, child=child_id)
    rows = Child.objects.unrestricted(reason="opening a file").filter(pk__in=here.values("child"))
    child = rows.exclude(pk__in=_kept_from(actor)).first()
    if child is None:
        raise NotVisible
    return child


def _kept_from(actor: Actor) -> QuerySet[Child]:
    """The children from whom a mark keeps this person away (R12)."""
    rows = Child.objects.unrestricted(reason="rule")
    return rows.filter(Condition(Child, policy.forbidden, actor))


def open_now(actor: Actor, child: Child) -> Opening | None:
    """The opening through which this hat reads the file of the child now."""
    return next(iter(_open_now(actor, child.pk)), None)


@kept
def _open_now(actor: Actor, child_id: UUID) -> QuerySet[Opening]:
    mine = Opening.objects.filter(membership=actor.membership_id, child=child_id)
    return mine.filter(at__lte=actor.at, ends__gt=actor.at).order_by("-ends")


def opening(actor: Actor, opening_id: UUID) -> Opening:
    """One opening of the own organisation, for whoever opened it, let in, or looks after it."""
    rows = _open_to(actor).select_related("membership__person", "membership__organisation")
    found = rows.filter(pk=opening_id, membership__organisation=actor.organisation_id).first()
    if found is None or not _may_know(actor, found):
        raise NotVisible
    return found


def _open_to(actor: Actor) -> QuerySet[Opening]:
    """Without what is about a child of which a mark keeps this person away (R12)."""
    return Opening.objects.exclude(policy.forbidden(actor, "child"))


def _may_know(actor: Actor, found: Opening) -> bool:
    if actor.membership_id in (found.membership_id, found.allowed_by_id):
        return True
    return actor.role in {Role.PRIVACY_OFFICER, *RUNS_THE_PLACE}


def of_organisation(actor: Actor) -> list[Opened]:
    """All openings of a month at the own organisation, newest first; who looks after it, or runs it."""
    if actor.role not in {Role.PRIVACY_OFFICER, *RUNS_THE_PLACE}:
        raise NotVisible
    rows = (
        _open_to(actor)
        .filter(membership__organisation=actor.organisation_id, at__gt=actor.at - MONTH)
        .select_related("membership__person", "allowed_by__person", "telling_decided_by__person")
    )
    found = list(rows.order_by("-at", "pk"))
    names = lines.full_names(actor, (each.child_id for each in found))
    return [_opened(actor, each, names) for each in found]


def _opened(actor: Actor, each: Opening, names: dict[UUID, str]) -> Opened:
    is_open = each.at <= actor.at < each.ends
    closes = actor.membership_id in (each.membership_id, each.allowed_by_id)
    return Opened(
        each,
        names.get(each.child_id) or file_number(each.child_id),
        is_open,
        is_open and (closes or actor.role in RUNS_THE_PLACE),
        each.parents_told_at <= actor.at,
    )


def file_number(child_id: UUID | None) -> str:
    """How a file is called where a name is not one's to know."""
    return child_id.hex[:6].upper() if child_id else ""


def support_of(actor: Actor, child: Child) -> list[Opening]:
    """Who of support looks along with this child now."""
    rows = Opening.objects.filter(
        child=child, opened_for=OpenedFor.SUPPORT, at__lte=actor.at, ends__gt=actor.at
    )
    here = rows.filter(membership__organisation=actor.organisation_id)
    return list(here.select_related("membership__person", "allowed_by__person").order_by("ends"))


@kept
def told_to(actor: Actor) -> QuerySet[Opening]:
    """Openings of the last week that this hat must know of: named on the care team of the child."""
    named = CareTeamMember.objects.on(actor.today).filter(policy.mine_or_covered(actor), purpose="")
    rows = _open_to(actor).filter(
        at__gt=actor.at - NEWS, at__lte=actor.at, child__in=named.values("child")
    )
    told_of = rows.exclude(membership=actor.membership_id).select_related("membership__person")
    return told_of.order_by("-at", "pk")


def told_to_parents(actor: Actor, children: Collection[UUID]) -> QuerySet[Opening]:
    """Openings about these children, known to this parent, that the parents heard of this week."""
    return Opening.objects.filter(
        child__in=children,
        parents_told_at__gt=actor.at - NEWS,
        parents_told_at__lte=actor.at,
    )


def alarms(actor: Actor) -> list[Alarm]:
    """Who opened more than three files in an emergency within a month, most first."""
    if not looks_after(actor, actor.organisation_id):
        return []
    rows = Opening.objects.filter(
        membership__organisation=actor.organisation_id,
        opened_for=OpenedFor.EMERGENCY,
        at__gt=actor.at - MONTH,
    )
    counted = Counter(rows.values_list("membership", flat=True))
    often = {pk: times for pk, times in counted.items() if times > OFTEN}
    people = Membership.objects.select_related("person").in_bulk(list(often))
    return [
        Alarm(people[pk].person.name, people[pk].task, times)
        for pk, times in sorted(often.items(), key=lambda each: -each[1])
    ]
