"""How often a device may ask: more than a tablet ever needs, and less than what would harm others."""

from datetime import datetime
from uuid import UUID

from alert4you.offline.rules.protocol import A_MINUTE, REQUESTS
from alert4you.organisations.models import Attempt
from alert4you.organisations.rules import knock_key


def count_request(device: UUID, at: datetime) -> bool:
    """Whether this one is answered; counted before it is read."""
    key = knock_key("offline", device.hex)
    Attempt.objects.create(key=key, at=at)
    return Attempt.objects.filter(key=key, at__gt=at - A_MINUTE).count() <= REQUESTS
