"""How people come in, and who came."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DjangosStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.validators import URLValidator
from django.db import OperationalError, models
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from alert4you.kernel.kept import Exactly, kept
from alert4you.kernel.models import Entity
from alert4you.kernel.sealing import seal, unseal
from alert4you.organisations.models.people import Membership, Person
from alert4you.organisations.models.places import Organisation


class Issuer(Entity):
    """The sign-in service (OIDC) of one organisation; whoever it knows comes in for that one only."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="issuers", verbose_name=_("organisation")
    )
    url = models.CharField(
        _("issuer, exactly as the service calls itself"),
        max_length=300,
        validators=[URLValidator(schemes=["https"])],
    )
    client_id = models.CharField(_("client id"), max_length=200)
    sealed_secret = models.TextField(blank=True, editable=False)
    asks_second_factor = models.BooleanField(
        _("this service itself always asks for a second factor"), default=False
    )
    is_open = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name, verbose_name_plural = _("sign-in service"), _("sign-in services")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "url"], name="issuer_once_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.url})"

    @property
    def secret(self) -> str:
        """The client secret; in the database it is sealed with the key of this installation."""
        return unseal(self.sealed_secret) if self.sealed_secret else ""

    @secret.setter
    def secret(self, value: str) -> None:
        self.sealed_secret = seal(value) if value else ""


class Identity(Entity):
    """Who somebody is for an issuer: by its own subject, and never by an e-mail address."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="identities")
    issuer = models.ForeignKey(Issuer, models.CASCADE, related_name="identities")
    subject = models.CharField(max_length=255)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="identity_is_one_person")
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.issuer})"


class Invitation(Entity):
    """One person may come in once: with the link from the mail and the code that was given by hand.

    Neither is kept: both are derived from the id with the key of this installation.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.person}, {self.expires_at:%Y-%m-%d}"

    @property
    def code(self) -> str:
        """Eight digits, to be given in person or by telephone."""
        digest = salted_hmac("alert4you.invitation.code", self.pk.hex, algorithm="sha256").digest()
        digits = f"{int.from_bytes(digest[:8], 'big') % 10**8:08}"
        return f"{digits[:4]} {digits[4:]}"


class SignInCode(Entity):
    """A code sent by mail to the browser that asked for it; the person is empty for an unknown address.

    The browser's session holds the id, so that the code opens nothing anywhere else.
    """

    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.expires_at:%Y-%m-%d %H:%M}"


class Attempt(Entity):
    """Somebody knocked: which door, for whom (a digest), when. Counted, and forgotten after a day."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="attempt_key_at")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class Session(AbstractBaseSession):
    """One browser that came to the door; the person is empty until she came in."""

    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="sessions")

    @classmethod
    def get_session_store_class(cls) -> type["SessionStore"]:
        return SessionStore

    @property
    def name(self) -> str:
        """How a page and the trail name it: who knows this cannot come in with it."""
        return sha256(self.session_key.encode()).hexdigest()[:16]


class SessionStore(DjangosStore):
    """Sessions as Django keeps them, each with its person and her hats; its ``SESSION_ENGINE``."""

    _found: Session | None = None
    _hats: Sequence[Membership] = ()

    @property
    def person(self) -> Person | None:
        """Who signed in, found with the session itself; None where Django has more to ask than this."""
        told = self.get(HASH_SESSION_KEY, "")
        person = self._found.person if self._found else None
        if person is None or not person.is_active or self.get(SESSION_KEY) != str(person.pk):
            return None
        if self.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
            return None
        return person if constant_time_compare(told, person.get_session_auth_hash()) else None

    def hats(self, person: Person, day: date) -> list[Membership]:
        """The staff hats she can wear on this day, oldest first; they were found with the session itself."""
        hers = self._found is not None and self._found.person_id == person.pk
        return [each for each in self._hats if hers and each.is_on(day)]

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        key = self.session_key or ""
        found = _sessions(None, Exactly(key)) if key.isalnum() else []
        if found and found[0].expire_date > timezone.now():
            self._found = found[0]
            self._hats = [each.hat for each in found if hasattr(each, "hat")]
            return found[0]
        self._session_key = None
        return None

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.person_id = data.get(SESSION_KEY)
        return row

    def save(self, must_create: bool = False) -> None:
        """A database that is away is no session that ended."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError):
                raise error.__context__ from error
            raise


@kept
def _sessions(_nobody: None, key: Exactly) -> models.QuerySet[Session]:
    """A row for each of her hats, and one without when she has none."""
    rows = Session.objects.annotate(hat=models.FilteredRelation("person__memberships"))
    found = rows.select_related("person", "hat__organisation", "hat__location")  # type: ignore[misc]
    return found.filter(session_key=key).order_by("hat__starts", "hat__pk")
