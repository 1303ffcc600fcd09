"""Who lets another system in, what its secret and tokens are, and how much it may ask."""

import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from alert4you.api.models import Application, Scope
from alert4you.imports.models import Kind
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import APPLICATION, Actor
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

NOT_YOURS = Decision(
    _("Only who runs the place lets another system in."), _("Ask your location manager.")
)
ENDED = Decision(_("This application has ended."), _("Make a new one."))


def new_secret() -> str:
    """256 bits, so that nobody guesses one and a digest is enough to keep."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """With the installation's key: what stands in the database opens nothing elsewhere."""
    return salted_hmac("alert4you.api", secret, algorithm="sha256").hexdigest()


def fits(application: Application, secret: str) -> bool:
    return constant_time_compare(application.digest, digest(secret))


def may_let_in(actor: Actor) -> Decision:
    return ALLOWED if actor.role in RUNS_THE_PLACE else NOT_YOURS


def may_add(actor: Actor, name: str, scopes: Collection[str], last_day: date) -> Decision:
    """Who runs the place; for something, and not for ever."""
    if not name.strip() or not scopes:
        return Decision(_("Say what it is called, and what it may do."))
    if not actor.today <= last_day <= actor.today + LONGEST:
        return Decision(_("Choose a last day, from today and within two years."))
    return may_let_in(actor)


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
