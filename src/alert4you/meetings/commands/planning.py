"""Planning, inviting, moving, cancelling; what is put on the agenda; the rhythm."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from alert4you.access.models import HOLD_AT_MOST
from alert4you.access.queries.line import file_of
from alert4you.children.models import Guardian
from alert4you.kernel.command import command
from alert4you.meetings.models import Case, Item, LeftOut, Meeting, Seat, Series
from alert4you.meetings.rules import planning as rules
from alert4you.meetings.rules.planning import Terms, Topic
from alert4you.meetings.rules.rhythm import may_set_rhythm
from alert4you.organisations.models import Actor, Location, Membership, Organisation


@command(rules.may_plan)
def plan_meeting(
    actor: Actor,
    terms: Terms,
    people: Sequence[Membership],
    topics: Sequence[Topic],
    series: Series | None = None,
) -> Meeting:
    """A meeting with its first points; who is invited hears of it, the parents as well."""
    meeting = Meeting.objects.create(
        kind=terms.kind,
        title=terms.title,
        organisation_id=actor.organisation_id,
        location=terms.location,
        place=terms.place,
        begins=terms.begins,
        ends=terms.ends,
        lead=terms.lead,
        planned_by_id=actor.membership_id,
        series=series,
        changed_at=actor.at,
    )
    seated = dict.fromkeys([terms.lead, *people])
    Seat.objects.bulk_create(Seat(meeting=meeting, membership=who) for who in seated)
    for topic in topics:
        _put(actor, meeting, topic)
    return meeting


@command(rules.may_put)
def put_on_agenda(actor: Actor, meeting: Meeting, topic: Topic) -> Item:
    """One more point; about a child it stands on its line at once, and its parents are invited."""
    return _put(actor, meeting, topic)


@command(rules.may_seat)
def invite(actor: Actor, meeting: Meeting, who: Membership, seat: Seat | None = None) -> Seat:
    """A place at the table; ``seat`` is the empty chair that this person takes."""
    if seat is None:
        return _seat(meeting, who)
    taken = Seat.objects.filter(meeting=meeting, membership=who).first()
    if taken is not None:
        seat.delete()
        return taken
    seat.membership = who
    seat.save(update_fields=["membership"])
    return seat


@command(rules.may_keep_chair)
def keep_chair(actor: Actor, meeting: Meeting, party: Organisation, task: str) -> Seat:
    """An empty chair for a party that may be needed, for instance a speech therapist."""
    return Seat.objects.create(meeting=meeting, organisation=party, task=task)


@command(rules.may_answer)
def answer_invitation(actor: Actor, seat: Seat, coming: bool) -> Seat:
    seat.coming = coming
    seat.save(update_fields=["coming"])
    return seat


@command(rules.may_move)
def move_meeting(
    actor: Actor, meeting: Meeting, begins: datetime, ends: datetime, place: str
) -> Meeting:
    """To another moment or place; who was invited says anew whether that suits."""
    meeting.begins, meeting.ends, meeting.place = begins, ends, place
    meeting.seats.update(coming=None)
    for case in _cases(meeting):
        case.day, case.at = meeting.day, begins
        case.save(update_fields=["day", "at"])
    return _changed(actor, meeting)


@command(rules.may_change)
def cancel_meeting(actor: Actor, meeting: Meeting, reason: str) -> Meeting:
    """It does not go ahead; the points stay readable where they stand."""
    meeting.cancelled_at, meeting.change_reason = actor.at, reason
    for case in _cases(meeting):
        case.day, case.at = actor.today, actor.at
        case.save(update_fields=["day", "at"])
    return _changed(actor, meeting)


@command(may_set_rhythm)
def set_rhythm(
    actor: Actor, kind: str, location: Location | None, number: int, per: str, starts: date
) -> Series:
    """From a day on: ``number`` times a year, or once every ``number`` weeks (see ``Per``)."""
    return Series.objects.create(
        organisation_id=actor.organisation_id,
        kind=kind,
        location=location,
        number=number,
        per=per,
        starts=starts,
        set_by_id=actor.membership_id,
    )


def _changed(actor: Actor, meeting: Meeting) -> Meeting:
    meeting.sequence += 1
    meeting.changed_at = actor.at
    meeting.save()
    return meeting


def _seat(meeting: Meeting, who: Membership | Guardian) -> Seat:
    mine = {"guardian": who} if isinstance(who, Guardian) else {"membership": who}
    return Seat.objects.get_or_create(meeting=meeting, **mine)[0]


def _put(actor: Actor, meeting: Meeting, topic: Topic) -> Item:
    case = _case(actor, meeting, topic) if topic.child else None
    item = Item.objects.create(
        meeting=meeting,
        organisation_id=meeting.organisation_id,
        location=meeting.location,
        number=meeting.items.unrestricted(reason="the next number").count() + 1,
        sort=topic.sort,
        theme="" if case else topic.theme,
        words="" if case else topic.words,
        case=case,
        put_by_id=actor.membership_id,
        at=actor.at,
    )
    for guardian in topic.guardians:
        _seat(meeting, guardian)
    LeftOut.objects.bulk_create(
        LeftOut(
            item=item,
            guardian=guardian,
            ground=why.ground,
            reason=why.words,
            decided_by_id=actor.membership_id,
            at=actor.at,
        )
        for guardian, why in topic.left_out.items()
    )
    return item


def _case(actor: Actor, meeting: Meeting, topic: Topic) -> Case:
    """On the day of the meeting, so that who may read the child from then on may read this.

    When no guardian may be told, it is held back from them as long as anything can be.
    """
    case = Case.by(
        actor,
        day=meeting.day,
        child=topic.child,
        organisation_id=file_of(actor, topic.child) if topic.child else None,
        category=topic.category,
        title=meeting.title,
        text=topic.words,
        question=topic.words,
    )
    case.at = meeting.begins
    if topic.left_out and not topic.guardians:
        case.hold_until = actor.at + HOLD_AT_MOST
        case.hold_reason = next(iter(topic.left_out.values())).words[:200]
    case.save()
    return case


def _cases(meeting: Meeting) -> Iterable[Case]:
    rows = Case.objects.unrestricted(reason="the moment of a meeting")
    return rows.filter(item__meeting=meeting)
