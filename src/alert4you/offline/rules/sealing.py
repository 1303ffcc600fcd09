"""Opening what a device sealed: HPKE (RFC 9180), base mode, P-256, HKDF-SHA256, AES-256-GCM."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
PrivateKey = ec.EllipticCurvePrivateKey


class Unreadable(ValueError):
    """It was not sealed to this key and under this id, it was damaged, or it holds something else."""


def new_key() -> PrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def public_text(key: PrivateKey) -> str:
    """The uncompressed point, in letters."""
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return in_letters(point)


def private_text(key: PrivateKey) -> str:
    told = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return told.decode()


def private_key(text: str) -> PrivateKey:
    key = load_pem_private_key(text.encode(), password=None)
    if not isinstance(key, PrivateKey):
        raise TypeError("this is not a key of the curve P-256")
    return key


def info_of(item: UUID) -> bytes:
    """Binds a sealed text to the id under which it is sent."""
    return f"alert4you item {item}".encode()


def opened_text(key: PrivateKey, item: UUID, sealed: str) -> bytes:
    """Raises Unreadable."""
    try:
        return SUITE.decrypt(in_bytes(sealed), key, info_of(item))
    except (InvalidTag, ValueError, Error) as damaged:
        raise Unreadable from damaged


def sealed_text(public: str, item: UUID, words: bytes) -> str:
    """What a device does."""
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), in_bytes(public))
    return in_letters(SUITE.encrypt(words, key, info_of(item)))


def in_letters(told: bytes) -> str:
    """base64url without ``=``."""
    return urlsafe_b64encode(told).rstrip(b"=").decode()


def in_bytes(letters: str) -> bytes:
    return urlsafe_b64decode(letters.encode() + b"=" * (-len(letters) % 4))
