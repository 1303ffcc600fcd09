"""What the doors forget by themselves."""

from datetime import datetime, timedelta

from alert4you.kernel.rhythm import every
from alert4you.organisations.models import Attempt, Session, SignInCode

A_DAY = timedelta(days=1)


@every(hours=1)
def forget_attempts(at: datetime) -> int:
    """Knocks and codes of more than a day ago, and sessions that are over."""
    gone, __ = Attempt.objects.filter(at__lt=at - A_DAY).delete()
    over, __ = SignInCode.objects.filter(expires_at__lt=at - A_DAY).delete()
    ended, __ = Session.objects.filter(expire_date__lt=at).delete()
    return gone + over + ended
