"""An application of an organisation: its secret, its tokens, and where it wants to hear of changes."""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from alert4you.kernel.models import Entity
from alert4you.kernel.sealing import unseal
from alert4you.organisations.models import Membership


class Scope(models.TextChoices):
    """What an application may do; each operation needs one."""

    READ_GROUPS = "groups:read", _("read locations, groups and rosters")
    WRITE_GROUPS = "groups:write", _("write groups")
    WRITE_ROSTERS = "rosters:write", _("write rosters")
    READ_CHILDREN = "children:read", _("read the names, dates of birth and places of children")
    WRITE_CHILDREN = "children:write", _("write children and their places")
    READ_COUNTS = "counts:read", _("read the numbers of your own pages: no child, none below ten")


class Application(Entity):
    """Another system that comes in for an organisation.

    It wears a hat of its own (``membership``), of nobody who signs in; when that ends, so does all it
    may. ``digest`` is that of its secret (empty: none yet). ``asked`` counts the requests of the minute
    that began at ``counted_from``.
    """

    membership = models.OneToOneField(Membership, models.PROTECT, related_name="+")
    scopes = models.JSONField()
    digest = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    counted_from = models.DateTimeField(null=True)
    asked = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.membership.person.name

    @property
    def last_day(self) -> date | None:
        ends = self.membership.ends
        return ends and ends - timedelta(days=1)

    @property
    def client_id(self) -> str:
        """As OAuth 2 calls it."""
        return str(self.pk)


class Webhook(models.Model):
    """Where an application hears that something changed; ``seq``: how far in the organisation's trail.

    ``trouble``: why the last message was not taken (empty when it was).
    """

    application = models.OneToOneField(
        Application, models.CASCADE, primary_key=True, related_name="webhook"
    )
    url = models.URLField(max_length=300)
    sealed_secret = models.TextField(editable=False)
    seq = models.BigIntegerField()
    trouble = models.CharField(max_length=60, blank=True, default="", db_default="")

    def __str__(self) -> str:
        return self.url

    @property
    def secret(self) -> str:
        """What its messages are signed with; in the database it is sealed."""
        return unseal(self.sealed_secret)


class Token(Entity):
    """What an application shows with every request, for a quarter of an hour; kept as a digest."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.expires_at:%Y-%m-%d %H:%M}"
