"""Writing down where a parent or guardian can be reached."""

from alert4you.access.models import ContactCard
from alert4you.access.rules.marks import may_write_contact
from alert4you.children.models import Guardian
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor


@command(may_write_contact)
def write_contact(
    actor: Actor,
    guardian: Guardian,
    phone: str,
    address: str,
    point: tuple[float, float] | None = None,
) -> ContactCard:
    """What counts from now on; what it was before is not kept. ``point``: latitude and longitude."""
    latitude, longitude = point or (None, None)
    known = ContactCard.objects.unrestricted(reason="the rule allowed to write it")
    card, __ = known.update_or_create(
        guardian=guardian,
        defaults={
            "phone": phone.strip(),
            "address": address.strip(),
            "latitude": latitude,
            "longitude": longitude,
            "written_by_id": actor.person_id,
            "at": actor.at,
        },
    )
    return card
