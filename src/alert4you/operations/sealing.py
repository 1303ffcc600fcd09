"""A backup as a file: one line that says what is in it, then the bytes of the database, sealed with age.

The format is age's own (https://age-encryption.org/v1), so that `age --decrypt` opens it without us.
"""

import io
import json
import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

import pyrage
from django.conf import settings
from pyrage.x25519 import Identity

PIECE = 1 << 20  # bytes


class Refused(Exception):
    """A backup cannot be made or used; says why, and what to do."""


class Damaged(Refused):
    """Bytes of a backup were changed or are missing."""


def keys() -> list[Identity]:
    """The first seals; every one of them opens.

    Raises Refused when there is none, or when one is not a key.
    """
    if not settings.BACKUP_KEYS:
        raise Refused(
            "ALERT4YOU_BACKUP_KEY is not set, so a backup would be readable to whoever finds it. Keep one in "
            f"a secret store, away from the backups, for instance {Identity.generate()}"
        )
    try:
        return [Identity.from_str(key) for key in settings.BACKUP_KEYS]
    except pyrage.IdentityError as error:
        raise Refused(
            "ALERT4YOU_BACKUP_KEY is no key of age: that begins with AGE-SECRET-KEY-1 (age-keygen makes one)."
        ) from error


def write(about: dict[str, Any], pieces: Iterable[bytes], file: Path) -> None:
    """Seal it under a name that is not a backup yet, read that back, and only then give it its name.

    Raises Damaged when what stands on the disk is not what was written.
    """
    part = file.with_name(f"{file.name}.part")
    source = _Pieces(_said(about, pieces))
    try:
        with part.open("xb") as sealed:
            os.fchmod(sealed.fileno(), 0o600)
            pyrage.encrypt_io(source, sealed, [keys()[0].to_public()])
            sealed.flush()
            os.fsync(sealed.fileno())
        found = sha256()
        _open(part, found.update)
        if found.digest() != source.digest.digest():
            raise Damaged(f"{file.name} is not on the disk as it was written. Try another disk.")
        part.replace(file)
    except pyrage.EncryptError as error:
        raise Refused(f"{file.name} could not be written: {error}") from error
    finally:
        part.unlink(missing_ok=True)
    _sync(file.parent)


def read(file: Path, dump: IO[bytes]) -> dict[str, Any]:
    """Put the bytes of the database in ``dump``, and answer what is in it.

    Raises Damaged when a byte was changed or the end is missing, Refused with another key.
    """
    parted = _Parted(dump)
    _open(file, parted.take)
    dump.flush()
    about: dict[str, Any] = json.loads(parted.line)
    return about


def _open(file: Path, take: Any) -> None:
    try:
        with file.open("rb") as sealed:
            pyrage.decrypt_io(sealed, _Taking(take), keys())
    except pyrage.DecryptError as error:
        if "keys" in str(error):
            raise Refused(
                f"{file.name} was sealed with another key: add that one to ALERT4YOU_BACKUP_KEY."
            ) from error
        raise Damaged(_damaged(file)) from error
    except OSError as error:
        if error.errno is not None:
            raise
        raise Damaged(_damaged(file)) from error


def _damaged(file: Path) -> str:
    return f"{file.name} is damaged or cut off. Nothing was touched; take the one before it."


def _said(about: dict[str, Any], pieces: Iterable[bytes]) -> Iterator[bytes]:
    yield json.dumps(about).encode() + b"\n"
    yield from pieces


def _sync(folder: Path) -> None:
    """Also the name itself survives when the power goes."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


class _Pieces(io.RawIOBase):
    """Pieces of bytes, read as a file; ``digest`` of all that was read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces, self.left, self.digest = pieces, memoryview(b""), sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self.left:
            piece = next(self.pieces, None)
            if piece is None:
                return 0
            self.digest.update(piece)
            self.left = memoryview(piece)
        some, self.left = self.left[: len(buffer)], self.left[len(buffer) :]
        buffer[: len(some)] = some
        return len(some)


class _Taking:
    """A file to write in that hands on what it gets."""

    def __init__(self, take: Any) -> None:
        self.take = take

    def write(self, piece: bytes) -> int:
        self.take(piece)
        return len(piece)

    def flush(self) -> None:
        pass


class _Parted:
    """The first line by itself, the rest in a file."""

    def __init__(self, rest: IO[bytes]) -> None:
        self.line, self.whole, self.rest = b"", False, rest

    def take(self, piece: bytes) -> None:
        if not self.whole:
            head, end, piece = piece.partition(b"\n")
            self.line, self.whole = self.line + head, bool(end)
        self.rest.write(piece)
