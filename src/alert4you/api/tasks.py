"""Tokens are forgotten when they open nothing any more."""

from datetime import datetime

from alert4you.api.queries import over_time
from alert4you.kernel.rhythm import every


@every(hours=1)
def forget_tokens(at: datetime) -> int:
    gone, __ = over_time(at).delete()
    return gone
