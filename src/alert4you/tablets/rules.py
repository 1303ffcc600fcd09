"""Which PIN is not easily guessed, who manages a tablet, and when a person is locked out on it."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Location, Membership
from alert4you.organisations.rules import RUNS_THE_PLACE, STAFF_OF_THE_PLACE
from alert4you.tablets.models import Pin, Tablet, WrongPins

CODE_LASTS = timedelta(minutes=15)
MOST_WRONG = 5
DIGITS = 6
# How six digits of a birthday are written.
DATES = ("%d%m%y", "%y%m%d", "%m%d%y", "%Y%m", "%m%Y")
YEARS = range(1920, 2101)

NOT_YOURS = Decision(
    _("Only whoever runs this place looks after its tablets."), _("Ask your location manager.")
)
TAKEN_BACK = Decision(
    _("This tablet was taken back."), _("Set it up again as a new one, with a new code.")
)
OLD_CODE = Decision(
    _("This code does not work (any more)."),
    _("Ask the manager for a new one: it works once, for a quarter of an hour."),
)
LOCKED = Decision(
    _("Your PIN was wrong five times on this tablet. It is locked here for you."),
    _("Sign in once with your own account, or ask the manager to unlock it."),
)
NO_PIN = Decision(
    _("You do not have a PIN yet."),
    _("Sign in with your own account, and choose one under My settings."),
)


def may_manage(actor: Actor, location: Location) -> Decision:
    """Who runs the place, for the locations of the own organisation."""
    own = location.organisation_id == actor.organisation_id
    return ALLOWED if own and actor.role in RUNS_THE_PLACE else NOT_YOURS


def may_change(actor: Actor, tablet: Tablet) -> Decision:
    if tablet.revoked_at is not None:
        return may_manage(actor, tablet.location) and TAKEN_BACK
    return may_manage(actor, tablet.location)


def may_offer(actor: Actor, tablet: Tablet) -> Decision:
    """A code is for a tablet on which none was typed yet."""
    if tablet.device is not None:
        return Decision(
            _("This tablet is set up already."), _("Take it back first, or add another one.")
        )
    return may_change(actor, tablet)


def may_unlock(actor: Actor, wrong: WrongPins) -> Decision:
    return may_manage(actor, wrong.tablet.location)


def may_set_lock(actor: Actor, minutes: int) -> Decision:
    """Who runs a place; at least one minute, at most a quarter of an hour."""
    if actor.role not in RUNS_THE_PLACE:
        return NOT_YOURS
    if 1 <= minutes <= 15:
        return ALLOWED
    return Decision(_("Choose 1 to 15 minutes."))


def may_enrol(actor: Actor, tablet: Tablet) -> Decision:
    """Once, within a quarter of an hour after the code was offered."""
    fresh = timedelta(0) <= actor.at - tablet.offered_at < CODE_LASTS
    closed = tablet.device is not None or tablet.revoked_at is not None
    return ALLOWED if fresh and not closed else OLD_CODE


def may_choose_pin(actor: Actor, membership: Membership, digits: str) -> Decision:
    """One's own, as staff of a place; not one that is guessed at once."""
    if membership.pk != actor.membership_id or actor.role not in STAFF_OF_THE_PLACE:
        return Decision(_("A PIN is for whoever works with the tablet of a group."))
    return strong(digits)


def may_try(actor: Actor, tablet: Tablet, membership: Membership) -> Decision:
    """With a PIN, on a tablet that works, until five after each other were wrong."""
    if not tablet.works:
        return TAKEN_BACK
    if not Pin.objects.filter(membership=membership).exists():
        return NO_PIN
    return ALLOWED if tries_left(tablet, membership) else LOCKED


def tries_left(tablet: Tablet, membership: Membership) -> int:
    """How often somebody may still be wrong on this tablet."""
    wrong = WrongPins.objects.filter(tablet=tablet, membership=membership)
    return MOST_WRONG - (wrong.values_list("number", flat=True).first() or 0)


def may_forget(actor: Actor) -> Decision:
    """Who signed in with an account of her own needs no PIN to prove who she is."""
    return ALLOWED


def strong(pin: str) -> Decision:
    """Six digits that are no row, no repetition and no birthday."""
    if len(pin) != DIGITS or not (pin.isascii() and pin.isdigit()):
        return Decision(_("A PIN has six digits."))
    if _is_pattern(pin) or _is_date(pin):
        return Decision(
            _("This PIN is easy to guess."),
            _("Take six digits that are no row, no repetition and no birthday."),
        )
    return ALLOWED


def _is_pattern(pin: str) -> bool:
    """Few different digits, a row (234567, 864208), something twice or mirrored, or pairs."""
    steps = {(int(after) - int(before)) % 10 for before, after in zip(pin, pin[1:], strict=False)}
    repeats = pin in (pin[:2] * 3, pin[:3] * 2, pin[::-1])
    pairs = pin[::2] == pin[1::2]
    return len(set(pin)) < 3 or len(steps) == 1 or repeats or pairs


def _is_date(pin: str) -> bool:
    return any(_reads_as(pin, written) for written in DATES)


def _reads_as(pin: str, written: str) -> bool:
    try:
        return datetime.strptime(pin, written).year in YEARS
    except ValueError:
        return False
