"""Adding, using and taking away second proofs; django-allauth keeps them."""

from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal.auth import WebAuthn

from alert4you.kernel.command import command
from alert4you.organisations.models import Actor, Person
from alert4you.web.rules import keys

KINDS = Authenticator.Type


@command(keys.may_add_key)
def add_app(actor: Actor, person: Person, secret: str) -> Authenticator:
    """An app that shows a new code every half minute; it takes the place of an earlier one."""
    Authenticator.objects.filter(user=person, type=KINDS.TOTP).delete()
    RecoveryCodes.activate(person)
    return totp.TOTP.activate(person, secret).instance


@command(keys.may_add_key)
def add_passkey(
    actor: Actor, person: Person, name: str, credential: dict[str, Any]
) -> Authenticator:
    """A device that recognises its owner."""
    RecoveryCodes.activate(person)
    return WebAuthn.add(person, name, credential).instance


@command(keys.may_remove_key)
def remove_key(actor: Actor, key: Authenticator) -> None:
    key.delete()


@command(keys.may_add_key)
def renew_recovery_codes(actor: Actor, person: Person) -> None:
    """Ten new ones; the old ones open nothing any more."""
    Authenticator.objects.filter(user=person, type=KINDS.RECOVERY_CODES).delete()
    RecoveryCodes.activate(person)


@command(keys.may_add_key)
def use_proof(actor: Actor, person: Person, typed: str) -> Authenticator | None:
    """The app's code of now, or a recovery code: each works once. None when it is wrong."""
    mine = Authenticator.objects.select_for_update().filter(user=person)
    for key in mine.filter(type__in=(KINDS.TOTP, KINDS.RECOVERY_CODES)):
        fits = _app_code_fits if key.type == KINDS.TOTP else _recovery_code_fits
        if fits(key, typed):
            key.record_usage()
            return key
    return None


def _app_code_fits(key: Authenticator, typed: str) -> bool:
    """Remembered in the row that was locked: two processes cannot take the same code."""
    secret = decrypt(key.data["secret"])
    for counter in totp.yield_hotp_counters_from_time():
        expected = totp.format_hotp_value(totp.hotp_value(secret, counter))
        fits = compare_user_code(actual=typed, expected=expected)
        if fits and counter > key.data.get("counter", 0):
            key.data["counter"] = counter
            key.save(update_fields=["data"])
            return True
    return False


def _recovery_code_fits(key: Authenticator, typed: str) -> bool:
    return RecoveryCodes(key).validate_code(typed)
