"""Children this hat may know, and what it may see of their line."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from alert4you.access import policy
from alert4you.access.models import (
    CareTeamMember,
    CoachPost,
    ConsentRequest,
    Entry,
    Mark,
    NegativeMark,
    Opening,
)
from alert4you.access.rules.consent import runs_on
from alert4you.access.rules.relations import Ties, at_work_here, ties_columns
from alert4you.children.models import Child, Guardian, GuardianKind, Placement
from alert4you.kernel.among import Among
from alert4you.kernel.decision import Decision, NotVisible
from alert4you.kernel.kept import kept
from alert4you.organisations.models import (
    Actor,
    Group,
    Location,
    Membership,
    Organisation,
    Person,
    Roster,
    running,
)
from alert4you.organisations.rules import KEEPS_THE_BOOKS

FILED = ("group__location__organisation", "starts", "ends")


def children(actor: Actor) -> QuerySet[Child]:
    """All children this hat may know by name, by first name."""
    return seen(actor).filter(pk__in=near(actor))


def seen(actor: Actor) -> QuerySet[Child]:
    """The same, for whoever says itself which few it asks for."""
    return Child.objects.visible_to(actor).order_by("first_name", "last_name", "pk")


def near(actor: Actor) -> QuerySet[Any, Any]:
    """Whom the policy can say yes about at all: found from this hat, so that it is not asked of a country."""
    if actor.is_parent:
        return named(actor)
    groups = Roster.objects.on(actor.today).filter(membership=actor.membership_id).values("group")
    if actor.role in KEEPS_THE_BOOKS:
        here = Q(location=None) | Q(location=OuterRef("location"))
        hat = Membership.objects.filter(here, pk=actor.membership_id)
        own = Group.objects.filter(Exists(hat), location__organisation=actor.organisation_id)
        groups = groups.union(own.values("pk"))
    placed = Placement.objects.on(actor.today).filter(Among("group", groups))
    opened = Opening.objects.filter(membership=actor.membership_id, at__lte=actor.at)
    return placed.values("child").union(
        opened.filter(ends__gt=actor.at).values("child"), named(actor)
    )


def named(actor: Actor) -> QuerySet[Any, Any]:
    """Whose parent it is, or on whose care team it is named: only of them it may see what others wrote."""
    if actor.is_parent:
        return Guardian.objects.on(actor.today).filter(person=actor.person_id).values("child")
    team = CareTeamMember.objects.on(actor.today).filter(policy.mine_or_covered(actor))
    return team.values("child")


def child(actor: Actor, child_id: UUID) -> Child:
    """One child; raises NotVisible alike for what is not there and what is not for this hat."""
    found = _one(actor, child_id)
    if not found:
        raise NotVisible
    return found[0]


@kept
def _one(actor: Actor, child_id: UUID) -> QuerySet[Child]:
    return Child.objects.visible_to(actor).filter(pk=child_id)


@dataclass(frozen=True)
class Known:
    """One child with what ties this hat to it, and everybody who is or was its guardian."""

    child: Child
    ties: Ties
    day: date
    everybody: list[Guardian]

    @property
    def guardians(self) -> list[Guardian]:
        """The guardians today, those with authority first."""
        return [each for each in self.everybody if runs_on(each, self.day)]


def known_child(actor: Actor, child_id: UUID) -> Known:
    """``child`` together with the ties from which follows what this hat may do, and the guardians."""
    found = _known(actor, _rows_of(actor, [child_id]))
    if not found:
        raise NotVisible
    return found[0]


def known_children(actor: Actor, among: Collection[UUID] | None = None) -> list[Known]:
    """Children by first name, each with ties and guardians; one query for any number."""
    return _known(actor, _rows(actor) if among is None else _rows_of(actor, among))


def _known(actor: Actor, rows: Iterable[Any]) -> list[Known]:
    found: dict[UUID, Known] = {}
    for row in rows:
        known = found.get(row.pk)
        if known is None:
            ties = Ties(row.knows, row.on_group, row.on_team, row.placed_here)
            known = found[row.pk] = Known(row, ties, actor.today, [])
        if row.guardian_id is not None:
            known.everybody.append(_guardian(row))
    return list(found.values())


def worked_with(
    actor: Actor, judge: Callable[[Actor, Ties], Decision] = at_work_here
) -> list[Child]:
    """The children this hat works with at its own place, by first name; not those it knows by name only."""
    known = known_children(actor, _close_by(actor))
    return [each.child for each in known if judge(actor, each.ties)]


@kept
def _close_by(actor: Actor) -> QuerySet[Any, UUID]:
    """Whom it may work with: who runs a place works with those on whose team she is."""
    few = named(actor) if actor.role in KEEPS_THE_BOOKS else near(actor)
    asked = Child.objects.unrestricted(reason="whom the policy is asked about")
    return asked.filter(pk__in=few).values_list("pk", flat=True)


def full_names(actor: Actor, among: Iterable[UUID | None]) -> dict[UUID, str]:
    """The names of these children, of those this hat may know."""
    found = seen(actor).filter(pk__in={*filter(None, among)})
    return {each.pk: each.full_name for each in found}


@kept
def _rows(actor: Actor) -> QuerySet[Any]:
    return _with_guardians(actor, children(actor))


@kept
def _rows_of(actor: Actor, among: Collection[UUID]) -> QuerySet[Any]:
    return _with_guardians(actor, seen(actor).filter(pk__in=among))


def _with_guardians(actor: Actor, found: QuerySet[Any]) -> QuerySet[Any]:
    """A row for every guardian of a child, with the ties of this hat; a child without one has a row too."""
    columns = {f"guardian_{name}": F(path) for name, path in GUARDIAN.items()}
    rows = found.annotate(**ties_columns(actor)).annotate(**columns)
    return rows.order_by(*found.query.order_by, "-guardian_authority", "guardian_name")


GUARDIAN = {
    "id": "guardians__pk",
    "person": "guardians__person",
    "name": "guardians__person__name",
    "kind": "guardians__kind",
    "authority": "guardians__has_authority",
    "organisation": "guardians__organisation",
    "organisation_name": "guardians__organisation__name",
    "starts": "guardians__starts",
    "ends": "guardians__ends",
}


def _guardian(row: Any) -> Guardian:
    of, name = row.guardian_organisation, row.guardian_organisation_name
    return Guardian(
        pk=row.guardian_id,
        child_id=row.pk,
        person=Person(pk=row.guardian_person, name=row.guardian_name),
        kind=row.guardian_kind,
        organisation=Organisation(pk=of, name=name) if of else None,
        has_authority=row.guardian_authority,
        starts=row.guardian_starts,
        ends=row.guardian_ends,
    )


def children_today(actor: Actor, group: Group) -> QuerySet[Child]:
    """The children who are on this group today, of those this hat may know."""
    present = Placement.objects.on(actor.today).filter(
        group=group, days__weekday=actor.today.weekday()
    )
    return seen(actor).filter(pk__in=present.values("child"))


def entries(actor: Actor) -> QuerySet[Entry]:
    """Entries this hat may see, newest first, with who wrote them."""
    seen = Entry.objects.visible_to(actor).select_related("author", "hat__organisation")
    return seen.order_by("-at", "-written_at", "pk")


def line(actor: Actor, child: Child | UUID, before: datetime | None = None) -> QuerySet[Entry]:
    """The child's line for this hat, newest first; ``before`` continues where a page ended."""
    about = entries(actor).filter(child=child)
    return about.filter(at__lt=before) if before else about


def entry(actor: Actor, entry_id: UUID) -> Entry:
    found = entries(actor).select_related("child", "group__location").filter(pk=entry_id).first()
    if found is None:
        raise NotVisible
    return found


def placements(actor: Actor, child: Child) -> QuerySet[Placement]:
    """Where the child has a place, as far as this hat may know, latest first."""
    known = Placement.objects.visible_to(actor).filter(child=child)
    return (
        known.select_related("group__location__organisation", "mentor__person")
        .prefetch_related("days")
        .order_by("-starts", "pk")
    )


def care_team(actor: Actor, child: Child) -> QuerySet[CareTeamMember]:
    """Who works with the child now, and why; for anyone who may see the child."""
    return (
        care_teams(actor, [child.pk])
        .select_related("membership__person", "membership__organisation")
        .order_by("purpose", "starts", "membership__person__name")
    )


def care_teams(actor: Actor, children: Collection[UUID]) -> QuerySet[CareTeamMember]:
    """Who works with these children now, for children this hat knows.

    The parents and who works with the child at its own place see all of them. A guest, and who only
    knows the name, sees the people of the place and of its own organisation: that another organisation
    is involved is for the parents to share.
    """
    named = CareTeamMember.objects.on(actor.today).filter(child__in=children)
    if actor.is_parent:
        return named
    inside = policy.works_here(actor, "child")
    own = Q(purpose="") | Q(membership__organisation=actor.organisation_id)
    return named.filter(inside | own)


def team_of_the_place(child_id: UUID, day: date) -> QuerySet[CareTeamMember]:
    """Who of the child's own place was on its care team on a day."""
    return CareTeamMember.objects.on(day).filter(child=child_id, purpose="")


def involved_for(actor: Actor, request: ConsentRequest) -> QuerySet[CareTeamMember]:
    """Who of the organisation that asks works with the child for this purpose."""
    named = CareTeamMember.objects.on(actor.today).filter(
        child=request.child_id,
        membership__organisation=request.organisation_id,
        purpose=request.purpose,
    )
    return named.select_related("membership__person").order_by("membership__person__name")


def guardians(actor: Actor, child: Child) -> QuerySet[Guardian]:
    """The guardians of the child now, by name; no contact details."""
    now = Guardian.objects.on(actor.today).filter(child=child)
    return now.select_related("person", "organisation").order_by("-has_authority", "person__name")


def supervised_by(actor: Actor, child: Child) -> set[UUID]:
    """The institutions that carry out a supervision order for this child now."""
    now = Guardian.objects.on(actor.today).filter(child=child, kind=GuardianKind.SUPERVISOR)
    return {each for each in now.values_list("organisation", flat=True) if each}


def deciding(child: Child, day: date) -> QuerySet[Guardian]:
    """The guardians with authority on a day, by name; not those whom a mark keeps from knowing."""
    kept_out = NegativeMark.objects.on(day).filter(child=child, mark=Mark.RESTRICTION)
    now = Guardian.objects.on(day).filter(child=child, has_authority=True)
    asked = now.exclude(person__in=kept_out.values("person"))
    return asked.select_related("person").order_by("person__name")


def coach_posts(actor: Actor, location: Location) -> QuerySet[CoachPost]:
    """Which coaches work at a location now, the longest there first."""
    posts = CoachPost.objects.on(actor.today).filter(location=location)
    return posts.select_related("membership__person", "membership__organisation").order_by(
        "starts", "pk"
    )


def posted_locations(actor: Actor) -> QuerySet[Location]:
    """The locations where this coach works now, own posts and those of whom she stands in for."""
    posts = CoachPost.objects.on(actor.today).filter(policy.mine_or_covered(actor))
    return Location.objects.filter(pk__in=posts.values("location")).order_by("name")


def team_children(actor: Actor) -> QuerySet[Child]:
    """The children on whose care team this hat is named, of those it may know."""
    named = CareTeamMember.objects.filter(running(actor.today), policy.mine_or_covered(actor))
    return seen(actor).filter(pk__in=named.values("child"))


def file_of(actor: Actor, child: Child) -> UUID | None:
    """Whose file about the child this hat writes in: its own organisation's, or that of the place.

    Staff of a place the child has (or had) write in their own file; parents and guests write in the
    file of the place the child has now.
    """
    rows = _filed(actor, child.pk)
    if any(organisation == actor.organisation_id for organisation, _, _ in rows):
        return actor.organisation_id
    today = actor.today
    now = [row for row in rows if row[1] <= today and (row[2] is None or today < row[2])]
    return next((organisation for organisation, _, _ in (*now, *rows[-1:])), None)


@kept
def _filed(_actor: Actor, child_id: UUID) -> QuerySet[Placement, Any]:
    places = Placement.objects.unrestricted(reason="whose file").filter(child=child_id)
    return places.order_by("ends", "starts").values_list(*FILED)
