"""A secret key is replaced without losing what was made with the one before."""

from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.fernet import InvalidToken
from django.core import signing

from alert4you.kernel import audit, roots, sealing
from alert4you.kernel.models import AuditRecord
from tests.cast import Cast

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_what_was_sealed_signed_and_rooted_before_still_holds(cast: Cast, settings: Any) -> None:
    audit.append([AuditRecord.of(cast.actor("carla"), "R", "web:line", cast.mila.pk)])
    settings.AUDIT_KEY = old = settings.SECRET_KEY
    sealed, signed, root = sealing.seal("secret"), signing.dumps("link"), roots.sign_root(NOW)
    assert root is not None
    settings.SECRET_KEY = settings.AUDIT_KEY = "another key"
    settings.SECRET_KEY_FALLBACKS = [old]
    assert (sealing.unseal(sealed), signing.loads(signed)) == ("secret", "link")
    assert roots.holds(root)
    anew = sealing.seal("secret")
    settings.SECRET_KEY_FALLBACKS = []
    assert sealing.unseal(anew) == "secret"
    with pytest.raises(InvalidToken):
        sealing.unseal(sealed)
    assert not roots.holds(root)
