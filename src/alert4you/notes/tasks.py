"""What was saved, and what nobody came back to, is kept no longer."""

from datetime import datetime

from django.db.models import Exists, Q

from alert4you.kernel.clock import day_of
from alert4you.kernel.rhythm import every
from alert4you.notes.models import Draft
from alert4you.notes.policy import saved


@every(hours=1)
def forget_drafts(at: datetime) -> int:
    """Drafts that were saved or whose time is over; answers how many. Safe to repeat."""
    drafts = Draft.objects.unrestricted(reason="a draft ends")
    gone, __ = drafts.filter(Q(ends__lte=day_of(at)) | Q(Exists(saved()))).delete()
    return gone
