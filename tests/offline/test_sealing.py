"""What is sealed by one side of RFC 9180 is opened by ours: the vector of the standard, and our own suite."""

from hashlib import sha256
from hmac import new
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from alert4you.offline.rules.sealing import (
    Unreadable,
    in_bytes,
    in_letters,
    info_of,
    opened_text,
    private_key,
    private_text,
    public_text,
    sealed_text,
)

# RFC 9180, A.3.1: base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256; there with AES-128-GCM.
RECEIVER = "f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2"
SENDER = "4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb"
ENC = (
    "04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be"
    "863c403ce65c9bfcb9382657222d18c4"
)
INFO = "4f6465206f6e2061204772656369616e2055726e"
SHARED = "c0d26aeab536609a572b07695d933b589dcf363ff9d93c93adea537aeabb8cb8"
KEY, NONCE = "868c066ef58aae6dc589b6cfdd18f97e", "4e0bc5018beba4bf004cca59"
PLAIN = b"Beauty is truth, truth beauty"
SEALED = (
    "5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434"
)
ITEM = UUID("11111111-2222-4333-8444-555555555555")


def key_of(number: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int(number, 16), ec.SECP256R1())


def hmac(key: bytes, words: bytes) -> bytes:
    return new(key, words, sha256).digest()


def extract(suite: bytes, salt: bytes, label: bytes, secret: bytes) -> bytes:
    return hmac(salt or bytes(32), b"HPKE-v1" + suite + label + secret)


def expand(suite: bytes, key: bytes, label: bytes, info: bytes, length: int) -> bytes:
    """One block: none of ours is longer than 32 bytes."""
    told = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info + b"\x01"
    return hmac(key, told)[:length]


def shared_secret(receiver: ec.EllipticCurvePublicKey) -> bytes:
    """As the standard writes it down, section 4.1, with the key of the sender from the vector."""
    kem = b"KEM\x00\x10"
    agreed = key_of(SENDER).exchange(ec.ECDH(), receiver)
    context = bytes.fromhex(ENC) + in_bytes(public_text(key_of(RECEIVER)))
    return expand(
        kem, extract(kem, b"", b"eae_prk", agreed), b"shared_secret", context, len(agreed)
    )


def schedule(shared: bytes, info: bytes, aead: int, size: int) -> tuple[bytes, bytes]:
    """Section 5.1: the key and the first nonce."""
    suite = b"HPKE\x00\x10\x00\x01" + aead.to_bytes(2, "big")
    context = b"\x00" + extract(suite, b"", b"psk_id_hash", b"")
    context += extract(suite, b"", b"info_hash", info)
    secret = extract(suite, shared, b"secret", b"")
    return expand(suite, secret, b"key", context, size), expand(
        suite, secret, b"base_nonce", context, 12
    )


def test_the_words_of_the_standard_give_its_numbers() -> None:
    shared = shared_secret(key_of(RECEIVER).public_key())
    key, nonce = schedule(shared, bytes.fromhex(INFO), aead=1, size=16)
    assert (shared.hex(), key.hex(), nonce.hex()) == (SHARED, KEY, NONCE)
    assert AESGCM(key).encrypt(nonce, PLAIN, b"Count-0").hex() == SEALED


def test_what_is_sealed_by_those_words_we_open() -> None:
    """The same shared secret as in the vector, with the cipher of our suite (AES-256-GCM)."""
    key, nonce = schedule(bytes.fromhex(SHARED), info_of(ITEM), aead=2, size=32)
    sealed = bytes.fromhex(ENC) + AESGCM(key).encrypt(nonce, PLAIN, b"")
    assert opened_text(key_of(RECEIVER), ITEM, in_letters(sealed)) == PLAIN


def test_a_key_survives_being_kept() -> None:
    key = key_of(RECEIVER)
    again = private_key(private_text(key))
    sealed = sealed_text(public_text(key), ITEM, PLAIN)
    assert opened_text(again, ITEM, sealed) == PLAIN
    assert sealed != sealed_text(public_text(key), ITEM, PLAIN)


@pytest.mark.parametrize(
    "harm",
    [
        lambda sealed: sealed[:-1],
        lambda sealed: "A" + sealed[1:],
        lambda _sealed: "",
        lambda _sealed: "geen letters!",
        lambda _sealed: "AAAA",
    ],
)
def test_what_was_touched_does_not_open(harm: object) -> None:
    key = key_of(RECEIVER)
    sealed = sealed_text(public_text(key), ITEM, PLAIN)
    with pytest.raises(Unreadable):
        opened_text(key, ITEM, harm(sealed))  # type: ignore[operator]
    with pytest.raises(Unreadable):
        opened_text(key, UUID(int=1), sealed)
