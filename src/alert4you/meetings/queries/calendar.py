"""What a calendar reads: that there is a meeting, when and where. Nothing else leaves this way.

RFC 5545: UID and SEQUENCE stay with a meeting, DTSTAMP and LAST-MODIFIED tell when it changed, a
cancelled one says so, and the zone comes with its definition.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from alert4you.kernel.decision import NotVisible
from alert4you.meetings.models import CalendarFeed, Meeting
from alert4you.meetings.queries.lists import mine
from alert4you.organisations.models import NOBODY, Actor
from alert4you.organisations.queries import actor_of, hats, parent_actor

HERE = ZoneInfo("Europe/Amsterdam")
KEPT = timedelta(days=92)
SUMMARY = {"nl": "Overleg", "en": "Meeting"}


def feed_of(actor: Actor) -> CalendarFeed | None:
    """The address of this hat that works, if it has one."""
    membership = None if actor.membership_id == NOBODY else actor.membership_id
    own = CalendarFeed.objects.filter(person=actor.person_id, membership=membership)
    return own.filter(revoked_at=None).first()


def reader_of(token: str, at: datetime) -> Actor:
    """Whose calendar an address is: the hat as it is now. NotVisible when revoked, unknown or over."""
    hashed = sha256(token.encode()).hexdigest()
    found = CalendarFeed.objects.filter(token_hash=hashed, revoked_at=None, person__is_active=True)
    feed = found.select_related("person").first()
    if feed is None:
        raise NotVisible
    if feed.membership_id is None:
        return parent_actor(feed.person, at)
    hat = hats(feed.person, at).filter(pk=feed.membership_id).first()
    if hat is None:
        raise NotVisible
    return actor_of(hat, at)


def calendar(actor: Actor, language: str) -> bytes:
    """The meetings of this hat, of the last quarter and all that come, as an iCalendar file."""
    found = Calendar()
    found.add("prodid", "-//Alert4you//Overleg//NL")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", "Alert4you")
    found.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for each in mine(actor).filter(ends__gte=actor.at - KEPT):
        found.add_component(_event(each, SUMMARY.get(language, SUMMARY["nl"])))
    found.add_missing_timezones()
    return found.to_ical()


def _event(meeting: Meeting, summary: str) -> Event:
    event = Event()
    event.add("uid", f"{meeting.pk}@alert4you")
    event.add("dtstamp", meeting.changed_at)
    event.add("last-modified", meeting.changed_at)
    event.add("sequence", meeting.sequence)
    event.add("summary", summary)
    event.add("dtstart", meeting.begins.astimezone(HERE))
    event.add("dtend", meeting.ends.astimezone(HERE))
    if meeting.place:
        event.add("location", meeting.place)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if meeting.cancelled_at else "CONFIRMED")
    return event
