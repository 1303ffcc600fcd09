"""Which device this is, who works where it stands today, and what its manager sees."""

from datetime import datetime
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.crypto import constant_time_compare

from alert4you.kernel.clock import day_of
from alert4you.organisations.models import Actor, Location, Membership, Roster
from alert4you.organisations.queries import at_work, locations_of
from alert4you.organisations.rules import STAFF_OF_THE_PLACE
from alert4you.tablets.models import FIVE_MINUTES, Device, Pin, ScreenLock, Tablet, WrongPins
from alert4you.tablets.rules import CODE_LASTS, MOST_WRONG

SALT = "alert4you.device"


def signed_name(device_id: UUID) -> str:
    """What the cookie of a device holds: its id, which cannot be made up."""
    return Signer(salt=SALT).sign(device_id.hex)


def id_in(signed: str | None) -> UUID | None:
    """The id in a cookie; None when it was not made here. Asks no database."""
    try:
        return UUID(Signer(salt=SALT).unsign(signed or ""))
    except (BadSignature, ValueError):
        return None


def device_named(signed: str | None) -> Device | None:
    """The device with this cookie; None when the server does not know it."""
    device_id = id_in(signed)
    if device_id is None:
        return None
    return Device(device_id, _tablets().filter(device=device_id).first())


def tablet_named(name: str | None) -> Tablet | None:
    """The shared tablet that this device is, while it works."""
    device = device_named(name)
    return device.tablet if device and device.tablet and device.tablet.works else None


def working(tablet_id: str) -> bool:
    """Whether a tablet is still what it was when a session on it began."""
    return Tablet.objects.filter(pk=tablet_id, revoked_at=None).exists()


def waiting_for(code: str, at: datetime) -> Tablet | None:
    """The tablet whose code this is, while it can be typed; all that wait are compared."""
    waiting = _tablets().filter(device=None, revoked_at=None, offered_at__gt=at - CODE_LASTS)
    digits = "".join(each for each in code if each.isdecimal())
    fits = [each for each in waiting if constant_time_compare(each.code.replace(" ", ""), digits)]
    return fits[0] if fits else None


def minutes_of(organisation_id: UUID) -> int:
    """After how many minutes without a touch the tablets of an organisation lock."""
    chosen = ScreenLock.objects.filter(organisation=organisation_id)
    return chosen.values_list("minutes", flat=True).first() or FIVE_MINUTES


def here_today(tablet: Tablet, at: datetime) -> QuerySet[Membership]:
    """Who is on the roster of the location on this day, by name."""
    day = day_of(at)
    rostered = Roster.objects.on(day).filter(
        membership=OuterRef("pk"), group__location=tablet.location_id, weekday=day.weekday()
    )
    return _who_may(tablet, at).filter(Exists(rostered))


def others(tablet: Tablet, at: datetime) -> QuerySet[Membership]:
    """Colleagues with a PIN who are not on the roster of the location today."""
    with_pin = Exists(Pin.objects.filter(membership=OuterRef("pk")))
    there = here_today(tablet, at).values("pk")
    return _who_may(tablet, at).filter(with_pin).exclude(pk__in=there)


def who(tablet: Tablet, at: datetime, membership_id: UUID) -> Membership | None:
    """Somebody who may come in on this tablet, with or without a PIN."""
    return _who_may(tablet, at).filter(pk=membership_id).first()


def _who_may(tablet: Tablet, at: datetime) -> QuerySet[Membership]:
    """Staff of the place: of its organisation, and of this location or of all."""
    here = Q(location=None) | Q(location=tablet.location_id)
    own = at_work(at).filter(
        here, organisation=tablet.location.organisation_id, role__in=STAFF_OF_THE_PLACE
    )
    return own.select_related("person", "organisation").order_by("person__name", "pk")


def pin_of(membership_id: UUID) -> Pin | None:
    return Pin.objects.filter(membership=membership_id).first()


def location_of(actor: Actor, location_id: UUID) -> Location | None:
    """A location of the actor's organisation."""
    own = Location.objects.filter(organisation=actor.organisation_id, pk=location_id)
    return own.select_related("organisation").first()


def tablets_of(location: Location) -> QuerySet[Tablet]:
    """The tablets of a location that were not taken back, by name, with how many people are locked out."""
    locked = Count("wrong_pins", filter=Q(wrong_pins__number__gte=MOST_WRONG))
    own = _tablets().filter(location=location, revoked_at=None)
    return own.annotate(locked=locked).order_by("name", "pk")


def tablet_of(actor: Actor, tablet_id: UUID) -> Tablet | None:
    """A tablet of the actor's organisation, also one that was taken back."""
    own = _tablets().filter(location__organisation=actor.organisation_id)
    return own.filter(pk=tablet_id).first()


def locked_out(tablet: Tablet) -> QuerySet[WrongPins]:
    """Who typed too many wrong PINs on this tablet, by name."""
    locked = WrongPins.objects.filter(tablet=tablet, number__gte=MOST_WRONG)
    return locked.select_related("membership__person", "tablet").order_by(
        "membership__person__name"
    )


def wrong_pins(actor: Actor, wrong_id: UUID) -> WrongPins | None:
    """Who may be unlocked, on a tablet of the actor's organisation."""
    own = WrongPins.objects.filter(tablet__location__organisation=actor.organisation_id)
    return own.select_related("tablet__location").filter(pk=wrong_id).first()


def works_until(tablet: Tablet, at: datetime) -> datetime | None:
    """Until when the code of a tablet can be typed; None when it cannot (any more)."""
    until = tablet.offered_at + CODE_LASTS
    return until if tablet.device is None and at < until else None


def a_location(actor: Actor) -> Location | None:
    """The first location of the actor's organisation; where what holds for all is changed."""
    return locations_of(actor).first()


def was_wrong(person_id: UUID) -> bool:
    """Whether somebody typed a wrong PIN on any tablet."""
    return WrongPins.objects.filter(membership__person=person_id).exists()


def _tablets() -> QuerySet[Tablet]:
    return Tablet.objects.select_related("location__organisation", "enrolled_by__person")
