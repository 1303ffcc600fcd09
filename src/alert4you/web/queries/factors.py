"""With what somebody proves who she is, besides a password or a code by mail."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator

from alert4you.organisations.models import Person


@dataclass(frozen=True)
class Factors:
    """The second proofs of one person."""

    passkeys: list[Authenticator]
    app: Authenticator | None
    recovery: Authenticator | None

    def __bool__(self) -> bool:
        return bool(self.passkeys or self.app)

    @property
    def all(self) -> list[Authenticator]:
        return [*self.passkeys, *([self.app] if self.app else [])]


def factors(person: Person) -> Factors:
    """All of them, in one query."""
    found = list(Authenticator.objects.filter(user=person).order_by("created_at", "pk"))
    kinds = Authenticator.Type
    return Factors(
        [each for each in found if each.type == kinds.WEBAUTHN],
        next((each for each in found if each.type == kinds.TOTP), None),
        next((each for each in found if each.type == kinds.RECOVERY_CODES), None),
    )
