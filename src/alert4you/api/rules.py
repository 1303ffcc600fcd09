"""Who lets another system in, what its secret and tokens are, and how much it may ask."""

import hmac
import secrets
from base64 import b64decode, b64encode
from collections.abc import Collection
from datetime import date, datetime, timedelta
from ipaddress import IPv4Address, ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from alert4you.api.models import Application, Scope
from alert4you.imports.models import Kind
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import APPLICATION, Actor, Role
from alert4you.organisations.rules import RUNS_THE_PLACE

TOKEN_LASTS = timedelta(minutes=15)
A_MINUTE = timedelta(minutes=1)
MOST_A_MINUTE = 600
LONGEST = timedelta(days=2 * 365)
WRITES: dict[str, Scope] = {
    Kind.GROUPS: Scope.WRITE_GROUPS,
    Kind.ROSTERS: Scope.WRITE_ROSTERS,
    Kind.CHILDREN: Scope.WRITE_CHILDREN,
    Kind.PLACEMENTS: Scope.WRITE_CHILDREN,
}
TRANSLATED = ip_network("64:ff9b::/96")  # how a network with IPv6 only reaches the rest (RFC 6052)
UNICAST, OVER_4 = ip_network("2000::/3"), ip_network("2002::/16")
WEBHOOK_PREFIX = "whsec_"  # so that who finds one knows what it is
# What an application hears of, and the scope that it needs to read what changed.
HEARS: dict[str, tuple[str, Scope]] = {
    "children.register_child": ("child.placed", Scope.READ_CHILDREN),
    "children.correct_child": ("child.changed", Scope.READ_CHILDREN),
    "children.end_placement": ("child.placeEnded", Scope.READ_CHILDREN),
    "access.place_child": ("child.placed", Scope.READ_CHILDREN),
    "organisations.open_group": ("group.changed", Scope.READ_GROUPS),
    "organisations.shape_group": ("group.changed", Scope.READ_GROUPS),
    "groups.put_on_roster": ("roster.changed", Scope.READ_GROUPS),
    "groups.end_roster": ("roster.changed", Scope.READ_GROUPS),
}
# The same for people.
SAID = {
    "child.placed": _("A child got a place"),
    "child.changed": _("Something about a child was corrected"),
    "child.placeEnded": _("The place of a child ends"),
    "group.changed": _("A group changed"),
    "roster.changed": _("A roster changed"),
}

NOT_YOURS = Decision(
    _("Only whoever runs the place lets another system in."), _("Ask your location manager.")
)
ENDED = Decision(_("This application has ended."), _("Make a new one."))


def new_secret() -> str:
    """256 bits, so that nobody guesses one and a digest is enough to keep."""
    return secrets.token_urlsafe(32)


def new_webhook_secret() -> str:
    return WEBHOOK_PREFIX + b64encode(secrets.token_bytes(32)).decode()


def digest(secret: str) -> str:
    """With the installation's key: what stands in the database opens nothing elsewhere."""
    return salted_hmac("alert4you.api", secret, algorithm="sha256").hexdigest()


def fits(application: Application, secret: str) -> bool:
    return constant_time_compare(application.digest, digest(secret))


def may_give(actor: Actor) -> list[Scope]:
    """What this hat may let a system do: keep the books of its place, or read a municipality's numbers."""
    if actor.role == Role.MUNICIPALITY:
        return [Scope.READ_COUNTS]
    of_a_place: list[Scope] = [each for each in Scope if each != Scope.READ_COUNTS]
    return of_a_place if actor.role in RUNS_THE_PLACE else []


def may_let_in(actor: Actor) -> Decision:
    return ALLOWED if may_give(actor) else NOT_YOURS


def may_add(actor: Actor, name: str, scopes: Collection[str], last_day: date) -> Decision:
    """Who runs the place, or a municipality; for something of its own, and not for ever."""
    if not set(scopes) <= set(may_give(actor)):
        return NOT_YOURS
    if not name.strip() or not scopes:
        return Decision(_("Say what it is called, and what it may do."))
    if not actor.today <= last_day <= actor.today + LONGEST:
        return Decision(_("Choose a last day, from today and within two years."))
    return ALLOWED


def may_change(actor: Actor, application: Application) -> Decision:
    """While it runs, in the own organisation."""
    hat = application.membership
    if hat.organisation_id != actor.organisation_id:
        return NOT_YOURS
    if hat.ends is not None and hat.ends <= actor.today:
        return ENDED
    return may_let_in(actor)


def may_have_token(actor: Actor, application: Application, scopes: Collection[str]) -> Decision:
    """The application itself, for what it may do."""
    own = actor.role == APPLICATION and actor.membership_id == application.membership_id
    if own and set(scopes) <= set(application.scopes):
        return ALLOWED
    return Decision(_("This application may not do that."))


def may_save(actor: Actor, application: Application, kind: str) -> Decision:
    """The application itself, as far as its scopes go; what is saved has rules of its own."""
    return may_have_token(actor, application, [WRITES[kind]])


def seconds_left(application: Application, at: datetime) -> int:
    """Until the minute in which requests are counted is over."""
    begun = application.counted_from or at
    return max(1, int((begun + A_MINUTE - at).total_seconds()))


def may_tell(actor: Actor, application: Application, url: str) -> Decision:
    """Where an application hears of changes: an address that others cannot listen in on."""
    if not hears(application):
        return Decision(_("Of what this system may read, no messages are sent."))
    if settings.PRODUCTION and urlsplit(url).scheme != "https":
        return Decision(_("The address begins with https://."))
    return may_change(actor, application)


def hears(application: Application) -> set[str]:
    """What it may hear of, as the trail calls it."""
    return {name for name, (__, scope) in HEARS.items() if scope in application.scopes}


def may_reach(address: str) -> bool:
    """Not a machine of our own network: nobody looks around in it through us.

    Nor one that is written as an address of another kind, which a network may translate back.
    """
    to = ip_address(address)
    if to in TRANSLATED:
        to = IPv4Address(int(to) % 2**32)
    is_one = to.version == 4 or (to in UNICAST and to not in OVER_4)
    return (is_one and to.is_global and not to.is_multicast) or not settings.PRODUCTION


def signature(secret: str, name: str, timestamp: int, body: str) -> str:
    """As Standard Webhooks has it: of the name of the message, when it went, and what it says."""
    told = f"{name}.{timestamp}.{body}".encode()
    key = b64decode(secret.removeprefix(WEBHOOK_PREFIX))
    return "v1," + b64encode(hmac.new(key, told, "sha256").digest()).decode()
