"""The stamp on a page: who writes there, made by the server and good for one working day."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from django.core import signing
from django.utils import timezone

from alert4you.kernel.clock import day_of
from alert4you.organisations.models import Actor

SALT = "alert4you.offline.stamp"


@dataclass(frozen=True)
class Stamp:
    """The hat ``membership``, on a device, from ``made`` until the end of that day."""

    membership: UUID
    device: UUID
    made: datetime
    until: datetime

    def within(self, moment: datetime) -> datetime:
        """The moment, or what is nearest to it while this stamp held: so a clock that jumped in between
        does not move a note to another day.
        """
        return min(max(moment, self.made), self.until)


def stamp_of(actor: Actor, device: UUID) -> str:
    """For a page that this hat looks at on this device."""
    told = [actor.membership_id.hex, device.hex, int(actor.at.timestamp())]
    return signing.dumps(told, salt=SALT)


def read_stamp(text: str) -> Stamp | None:
    """None when it was not made here."""
    try:
        membership, device, made = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None
    moment = datetime.fromtimestamp(made, UTC)
    return Stamp(UUID(membership), UUID(device), moment, end_of_day(moment))


def end_of_day(moment: datetime) -> datetime:
    """The last second of that day in Amsterdam."""
    tomorrow = day_of(moment) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time())) - timedelta(seconds=1)
