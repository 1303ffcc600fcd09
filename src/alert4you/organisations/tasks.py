"""What the doors forget by themselves."""

from datetime import datetime, timedelta

from alert4you.organisations.models import Attempt, SignInCode

A_DAY = timedelta(days=1)


def forget_attempts(at: datetime) -> int:
    """Knocks and codes of more than a day ago."""
    gone, __ = Attempt.objects.filter(at__lt=at - A_DAY).delete()
    over, __ = SignInCode.objects.filter(expires_at__lt=at - A_DAY).delete()
    return gone + over
