"""Setting a tablet up and taking it back; choosing a PIN, and coming in with it."""

from uuid import uuid4

from django.db.models import F

from alert4you.kernel.command import command
from alert4you.organisations.models import Actor, Location, Membership
from alert4you.tablets import rules
from alert4you.tablets.models import Pin, ScreenLock, Tablet, WrongPins


@command(rules.may_manage)
def add_tablet(actor: Actor, location: Location, name: str) -> Tablet:
    """A tablet that waits for its code to be typed on it."""
    return Tablet.objects.create(
        location=location, name=name, enrolled_by_id=actor.membership_id, offered_at=actor.at
    )


@command(rules.may_offer)
def offer_code(actor: Actor, tablet: Tablet) -> Tablet:
    """A new code; the one before opens nothing any more."""
    tablet.offered_at, tablet.enrolled_by_id = actor.at, actor.membership_id
    tablet.save(update_fields=["offered_at", "enrolled_by"])
    return tablet


@command(rules.may_enrol)
def enrol(actor: Actor, tablet: Tablet) -> Tablet:
    """The code was typed: from now on the browser that gets this id is the tablet."""
    tablet.device, tablet.enrolled_at, tablet.seen_at = uuid4(), actor.at, actor.at
    tablet.save(update_fields=["device", "enrolled_at", "seen_at"])
    return tablet


@command(rules.may_change)
def rename(actor: Actor, tablet: Tablet, name: str) -> Tablet:
    tablet.name = name
    tablet.save(update_fields=["name"])
    return tablet


@command(rules.may_change)
def revoke(actor: Actor, tablet: Tablet) -> Tablet:
    """At once: every session on it ends with its next request, and no PIN opens anything there."""
    tablet.revoked_at, tablet.revoked_by_id = actor.at, actor.membership_id
    tablet.save(update_fields=["revoked_at", "revoked_by"])
    return tablet


@command(rules.may_unlock)
def unlock(actor: Actor, wrong: WrongPins) -> None:
    """This person may try again on this tablet."""
    wrong.delete()


@command(rules.may_set_lock)
def set_lock(actor: Actor, minutes: int) -> ScreenLock:
    """After how many minutes without a touch the tablets of the organisation lock."""
    chosen, __ = ScreenLock.objects.update_or_create(
        organisation_id=actor.organisation_id, defaults={"minutes": minutes}
    )
    return chosen


@command(rules.may_choose_pin)
def choose_pin(actor: Actor, membership: Membership, digits: str) -> Pin:
    """The PIN of this hat from now on, on every tablet of its organisation."""
    pin = Pin.objects.filter(membership=membership).first() or Pin(membership=membership)
    pin.choose(digits)
    pin.chosen_at = actor.at
    pin.save()
    return pin


@command(rules.may_try)
def use_pin(actor: Actor, tablet: Tablet, membership: Membership, digits: str) -> Membership | None:
    """Whom the PIN lets in on this tablet; None when it is wrong, and after five of those nobody."""
    # Counted before the comparison, so that guesses side by side count as well.
    counted, __ = WrongPins.objects.get_or_create(tablet=tablet, membership=membership)
    counting = WrongPins.objects.filter(pk=counted.pk, number__lt=rules.MOST_WRONG)
    if not counting.update(number=F("number") + 1):
        return None
    if not Pin.objects.get(membership=membership).fits(digits):
        return None
    counted.delete()
    Tablet.objects.filter(pk=tablet.pk).update(seen_at=actor.at)
    return membership


@command(rules.may_forget)
def forget_wrong_pins(actor: Actor) -> None:
    """After signing in with an account of her own: her PIN may be tried again everywhere."""
    WrongPins.objects.filter(membership__person=actor.person_id).delete()
