"""Secrets that must be read back are kept unreadable in the database, with the installation's own key.

What was sealed with a key of before is still read; new secrets are sealed with the key of today.
"""

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def seal(text: str) -> str:
    return _key().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises `cryptography.fernet.InvalidToken` when it was changed, or sealed with another key."""
    return _key().decrypt(sealed.encode()).decode()


def _key() -> MultiFernet:
    return MultiFernet(map(_fernet, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)))


def _fernet(key: str) -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(b"alert4you.sealing" + key.encode()).digest()))
