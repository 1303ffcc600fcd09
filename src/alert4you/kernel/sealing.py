"""Secrets that must be read back are kept unreadable in the database, with the installation's own key."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet
from django.conf import settings


def seal(text: str) -> str:
    return _key().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises `cryptography.fernet.InvalidToken` when it was changed, or sealed with another key."""
    return _key().decrypt(sealed.encode()).decode()


def _key() -> Fernet:
    digest = sha256(b"alert4you.sealing" + settings.SECRET_KEY.encode()).digest()
    return Fernet(urlsafe_b64encode(digest))
