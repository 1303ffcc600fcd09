"""The keys to which devices seal."""

from functools import lru_cache
from uuid import UUID

from alert4you.kernel.sealing import unseal
from alert4you.offline.models import SealingKey
from alert4you.offline.rules.sealing import PrivateKey, private_key


def newest_key() -> SealingKey | None:
    return SealingKey.objects.order_by("-made_at", "pk").first()


def key_named(name: str) -> PrivateKey | None:
    """The private half of a key, of now or before; None for what was never ours."""
    try:
        found = SealingKey.objects.filter(pk=UUID(name)).first()
    except ValueError:
        return None
    return _unsealed(found.sealed_private) if found else None


@lru_cache(maxsize=16)
def _unsealed(sealed: str) -> PrivateKey:
    return private_key(unseal(sealed))
