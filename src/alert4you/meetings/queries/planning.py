"""What there is to choose from when a meeting is planned: children, people, the place, what it counts for."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from alert4you.access.models import CoachPost
from alert4you.access.queries import line as lines
from alert4you.children.models import Child, Placement
from alert4you.kernel import spelling
from alert4you.meetings.models import Meeting, Seat
from alert4you.meetings.queries.lists import meetings
from alert4you.organisations.models import (
    Actor,
    Location,
    Membership,
    Role,
    Roster,
)
from alert4you.organisations.queries import actor_of, parent_actor
from alert4you.trajectories.queries.caseload import Case, cases, trajectories

FROM_ELSEWHERE = (Role.COACH, Role.PARTNER, Role.CARE_COORDINATOR, Role.MUNICIPALITY)
CAN_COUNT = {"meeting", "talk"}
KEEP_THE_OVERVIEW = (Role.CARE_COORDINATOR, Role.PEDAGOGUE)
MOST = 200


def people(actor: Actor, among: Q) -> list[Membership]:
    """Who can be invited: the own organisation first, then those of others who work with it."""
    own = Q(organisation=actor.organisation_id)
    others = Q(role__in=FROM_ELSEWHERE) & ~own
    found = Membership.objects.on(actor.today).filter(own | others, among)
    rows = found.exclude(pk=actor.membership_id).select_related("person", "organisation")
    ordered = rows.order_by("organisation__name", "person__name", "pk")[:MOST]
    return sorted(ordered, key=lambda each: each.organisation_id != actor.organisation_id)


def close_to(actor: Actor, children: Collection[UUID], place: Location | None) -> Q:
    """Who is proposed: the care team, the staff of the group and the coach of the place.

    Without a child: the staff of the place and who keep the overview. Without a place: every coach.
    """
    known = Placement.objects.visible_to(actor).on(actor.today).filter(child__in=children)
    rosters, posts = Roster.objects.on(actor.today), CoachPost.objects.on(actor.today)
    if children:
        rosters = rosters.filter(group__in=list(known.values_list("group", flat=True)))
    else:
        rosters = rosters.filter(group__location=place)
    if place:
        posts = posts.filter(location=place)
    else:
        posts = posts.filter(location__organisation=actor.organisation_id)
    near = Q(pk__in=rosters.values("membership")) | Q(pk__in=posts.values("membership"))
    if children:
        return near | Q(pk__in=lines.care_teams(actor, children).values("membership"))
    return near | Q(organisation=actor.organisation_id, role__in=KEEP_THE_OVERVIEW)


def named(words: str) -> Q:
    """Every typed word stands in the name, the profession or the organisation."""
    asked = Q() if words.split() else Q(pk__in=())
    for word in spelling.words(words):
        asked &= (
            Q(person__name__iregex=word)
            | Q(profession__iregex=word)
            | Q(organisation__name__iregex=word)
        )
    return asked


def not_yet_invited(actor: Actor, seats: Iterable[Seat], among: Q) -> list[Membership]:
    sitting = {each.membership_id for each in seats}
    return [each for each in people(actor, among) if each.pk not in sitting]


def from_party(actor: Actor, party_id: UUID) -> list[Membership]:
    """Who could sit on the chair of an organisation."""
    found = Membership.objects.on(actor.today).filter(organisation=party_id)
    return list(found.select_related("person", "organisation").order_by("person__name"))


def home(actor: Actor, child: Child | None) -> Location | None:
    """Where a meeting belongs: the place of the child, else the own one; None: the organisation."""
    own = Location.objects.filter(organisation=actor.organisation_id)
    if child is not None:
        places = Placement.objects.visible_to(actor).on(actor.today).filter(child=child)
        return own.filter(pk__in=places.values("group__location")).order_by("name").first()
    hat = Membership.objects.filter(pk=actor.membership_id).values("location")
    rosters = Roster.objects.on(actor.today).filter(membership=actor.membership_id)
    mine = own.filter(Q(pk__in=hat) | Q(pk__in=rosters.values("group__location")))
    return mine.order_by("name").first()


def countable(
    actor: Actor, meeting: Meeting, children: Sequence[UUID | None]
) -> list[tuple[str, str, Case]]:
    """What runs for these children, or at the place, and has a meeting or a talk in its phase.

    ``(key, title, case)``; the key is ``<trajectory>:<activity>``.
    """
    about = Q(child__in=[each for each in children if each]) | Q(
        child=None, location=meeting.location_id, location__isnull=False
    )
    found = cases(actor, trajectories(actor).filter(about, ended_on=None))
    return [
        (f"{case.trajectory.pk}:{activity.key}", _title(case, str(activity.title)), case)
        for case in found
        for activity in _activities(case)
    ]


def _activities(case: Case) -> list:
    phase = case.practice.phase(case.state.phase or "")
    return [each for each in phase.activities if each.kind in CAN_COUNT] if phase else []


def _title(case: Case, activity: str) -> str:
    about = case.trajectory.child or case.practice.title
    return f"{about}: {activity}"


def unannounced(at: datetime) -> QuerySet[Seat]:
    """Seats of people who had no mail yet about how their meeting is now."""
    behind = Q(announced=None) | Q(announced__lt=F("meeting__sequence"))
    taken = Q(membership__isnull=False) | Q(guardian__isnull=False)
    found = Seat.objects.filter(
        behind, taken, meeting__ends__gte=at, meeting__changed_at__lte=at, meeting__held_at=None
    )
    return found.select_related("meeting", "membership__person", "guardian__person")


def still_invited(seat: Seat, at: datetime) -> bool:
    """Whether who sits here may know of the meeting at this moment, in the hat of the seat."""
    if seat.person is None or not seat.person.is_active:
        return False
    hat = actor_of(seat.membership, at) if seat.membership else parent_actor(seat.person, at)
    return meetings(hat).filter(pk=seat.meeting_id).exists()
