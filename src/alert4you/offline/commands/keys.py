"""Making keys: the first when it is needed, a next one every year."""

from datetime import datetime, timedelta

from alert4you.kernel.sealing import seal
from alert4you.offline.models import SealingKey
from alert4you.offline.queries.keys import newest_key
from alert4you.offline.rules.sealing import new_key, private_text, public_text

A_YEAR = timedelta(days=365)


def current_key(at: datetime) -> SealingKey:
    """The key of today; what was sealed to an older one is still opened."""
    newest = newest_key()
    if newest is not None and at - newest.made_at < A_YEAR:
        return newest
    key = new_key()
    return SealingKey.objects.create(
        public=public_text(key), sealed_private=seal(private_text(key)), made_at=at
    )
