"""What the machine room remembers: when something last succeeded, and what is to be done when."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LATE = timedelta(minutes=30)
TOO_OFTEN = 3


class LastDone(models.Model):
    """When this last came to a good end; for the doctor, the health page and the metrics."""

    class What(models.TextChoices):
        BACKUP = "backup"
        DRILL = "drill"
        READY = "ready"

    what = models.CharField(max_length=10, choices=What, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"

    @classmethod
    def note(cls, what: "LastDone.What", at: datetime) -> None:
        cls.objects.update_or_create(what=what, defaults={"at": at})


class Jobs(models.QuerySet["Job"]):
    """The work that is due, and when."""

    def late(self, at: datetime) -> Self:
        """What should have begun half an hour ago, and nobody does."""
        free = Q(held_until=None) | Q(held_until__lt=at)
        return self.filter(free, due_at__lt=at - LATE)

    def failing(self) -> Self:
        """What failed, or was killed, a few times in a row."""
        return self.filter(tries__gt=TOO_OFTEN)


class Job(models.Model):
    """A job of a context's `tasks`: when it is due, and whether a worker is at it (``jobs``)."""

    class State(models.TextChoices):
        BUSY = "busy", _("at work")
        STUCK = "stuck", _("stuck")
        LATE = "late", _("late")
        AGAIN = "again", _("tries again")
        FINE = "fine", _("in order")

    name = models.CharField(max_length=80, primary_key=True)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=60, blank=True)
    held_by = models.UUIDField(null=True)
    held_until = models.DateTimeField(null=True)
    how: State  # as it is at the moment somebody looks
    said: str | Promise  # what it does, in plain words

    objects = Jobs.as_manager()

    def __str__(self) -> str:
        return self.name

    def state(self, at: datetime) -> State:
        """As ``late`` and ``failing`` of ``Jobs``, for one."""
        if self.held_until and self.held_until >= at:
            return self.State.BUSY
        if self.tries > TOO_OFTEN:
            return self.State.STUCK
        if self.due_at < at - LATE:
            return self.State.LATE
        return self.State.AGAIN if self.tries else self.State.FINE
