"""A signed root over the ends of all chains: whoever keeps it elsewhere can prove what stood here."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from alert4you.kernel.models import AuditLane, AuditRoot

EVERY = timedelta(hours=1)


def sign_root(now: datetime) -> AuditRoot | None:
    """The root of this hour; None when the last one is less than an hour old or nothing was added."""
    last = AuditRoot.objects.order_by("-at").first()
    if last is not None and now - last.at < EVERY:
        return None
    lanes = {lane.lane.hex: [lane.seq, lane.hash] for lane in AuditLane.objects.order_by("lane")}
    if not lanes or (last is not None and last.lanes == lanes):
        return None
    root = merkle(lanes)
    signature = signed(_what_is_signed(now, root))
    return AuditRoot.objects.create(at=now, lanes=lanes, root=root, signature=signature)


def holds(root: AuditRoot) -> bool:
    """Whether the root is that of its lanes, and signed by this installation."""
    return merkle(root.lanes) == root.root and is_signed(
        _what_is_signed(root.at, root.root), root.signature
    )


def signed(told: bytes) -> str:
    """The signature of this installation, in hexadecimal."""
    return _key().sign(told).hex()


def is_signed(told: bytes, signature: str) -> bool:
    """Whether it is signed with a key of this installation, of now or before."""
    keys = (settings.AUDIT_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(_signed_by(key, told, signature) for key in keys)


def merkle(lanes: Mapping[str, Sequence[object]]) -> str:
    """The root of the tree whose leaves are the lanes (RFC 6962: a leaf begins with 0, a node with 1)."""
    layer = [
        sha256(b"\x00" + json.dumps([lane, *lanes[lane]]).encode()).digest()
        for lane in sorted(lanes)
    ]
    while len(layer) > 1:
        pairs = [layer[at : at + 2] for at in range(0, len(layer), 2)]
        layer = [sha256(b"\x01" + b"".join(p)).digest() if len(p) == 2 else p[0] for p in pairs]
    return layer[0].hex() if layer else ""


def public_key() -> str:
    """What somebody elsewhere needs to check a signature, in hexadecimal."""
    return _key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def _signed_by(key: str, told: bytes, signature: str) -> bool:
    try:
        _key(key).public_key().verify(bytes.fromhex(signature), told)
    except (InvalidSignature, ValueError):
        return False
    return True


def _what_is_signed(at: datetime, root: str) -> bytes:
    return f"alert4you audit root {at.timestamp():.6f} {root}".encode()


def _key(key: str = "") -> Ed25519PrivateKey:
    words = f"audit root {key or settings.AUDIT_KEY}"
    return Ed25519PrivateKey.from_private_bytes(sha256(words.encode()).digest())
