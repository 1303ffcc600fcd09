"""What the machine room remembers: when something last succeeded, and nothing else."""

from datetime import datetime

from django.db import models


class LastDone(models.Model):
    """When this last came to a good end; for the doctor, the health page and the metrics."""

    class What(models.TextChoices):
        SWEEP = "sweep"
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
