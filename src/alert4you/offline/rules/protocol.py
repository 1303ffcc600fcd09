"""What comes over the line: how it is read, how much may come at once, and when it was made."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alert4you.offline.rules.sealing import Unreadable

VERSION = 1  # of the protocol: an app that speaks an older one is asked to load itself anew
MOST_ITEMS = 100
LONGEST = 64 * 1024  # letters of one sealed text
LARGEST = 2_000_000  # bytes of one request
A_MINUTE = timedelta(minutes=1)
REQUESTS = 60  # of one device in a minute


class Unclear(ValueError):
    """A request that cannot be read; ``words`` say why to whoever repairs the sender."""

    def __init__(self, words: str | Promise) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True)
class Sent:
    """One item as a device sends it; ``made_at`` is of the device's clock."""

    id: UUID
    key: str
    made_at: datetime
    sealed: str

    @property
    def digest(self) -> str:
        return sha256(self.sealed.encode()).hexdigest()


@dataclass(frozen=True)
class Batch:
    """``now``: the clock of the device. ``present``: who wrote it still looks at the form."""

    now: datetime
    items: list[Sent]
    present: bool
    version: int


@dataclass(frozen=True)
class Paper:
    """What was sealed: by whom (``stamp``), which deed, about whom, with which words."""

    stamp: str
    kind: str
    about: list[UUID]
    said: Mapping[str, Any]
    made_at: datetime


def batch_of(body: bytes) -> Batch:
    """Raises Unclear, in words."""
    told = _object(body)
    items = told.get("items")
    if not isinstance(items, list):
        raise Unclear(_("“items” must be a list."))
    if len(items) > MOST_ITEMS:
        raise Unclear(_("At most 100 items at a time."))
    now, version = _moment(told.get("now"), "now"), told.get("version", VERSION)
    if not isinstance(version, int):
        raise Unclear(_("“version” must be a number."))
    return Batch(now, [_sent(each) for each in items], told.get("present") is True, version)


def ids_of(body: bytes) -> list[UUID]:
    """The items a device asks about. Raises Unclear."""
    ids = _object(body).get("ids")
    if not isinstance(ids, list) or len(ids) > MOST_ITEMS:
        raise Unclear(_("“ids” must be a list of at most 100."))
    return [_id(each) for each in ids]


def paper_of(text: bytes) -> Paper:
    """What stood in a sealed text. Raises Unreadable."""
    try:
        told = _without_halves(_read(text))
        return Paper(
            str(told["stamp"]),
            str(told["kind"])[:20],
            list(dict.fromkeys(UUID(str(each)) for each in told["about"])),
            dict(told["said"]),
            _moment(told["made_at"], "made_at"),
        )
    except (ValueError, TypeError, KeyError) as strange:
        raise Unreadable from strange


def made(arrived: datetime, batch: Batch, made_at: datetime) -> datetime:
    """When it was, by the server's clock: both clocks of the device cancel out. Never in the future."""
    try:
        return min(arrived, arrived - (batch.now - made_at))
    except OverflowError:
        return arrived


def _read(text: bytes) -> Any:
    try:
        return json.loads(text)
    except RecursionError as deep:
        raise ValueError("too deep") from deep


def _without_halves(told: Any) -> Any:
    """Half a sign, of an emoji that was cut, is kept by no database and shown on no page."""
    return json.loads(json.dumps(told, ensure_ascii=False).encode(errors="replace"))


def _object(body: bytes) -> dict[str, Any]:
    try:
        told = _read(body)
    except ValueError as broken:
        raise Unclear(_("This is not JSON.")) from broken
    if not isinstance(told, dict):
        raise Unclear(_("An object was expected."))
    return told


def _sent(told: Any) -> Sent:
    if not isinstance(told, dict):
        raise Unclear(_("Every item must be an object."))
    sealed, key = _plain(told.get("sealed")), _plain(told.get("key"))
    if len(key) > 36:
        raise Unclear(_("This is not the name of a key."))
    if len(sealed) > LONGEST:
        raise Unclear(_("An item is longer than 64 kB."))
    return Sent(_id(told.get("id")), key, _moment(told.get("made_at"), "made_at"), sealed)


def _plain(told: Any) -> str:
    if not isinstance(told, str) or not told or not (told.isascii() and told.isprintable()):
        raise Unclear(_("An item has no “key” or no “sealed”."))
    return told


def _id(told: Any) -> UUID:
    try:
        return UUID(str(told))
    except ValueError as strange:
        raise Unclear(_("An id is not a UUID.")) from strange


def _moment(told: Any, name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(str(told))
    except ValueError as strange:
        raise Unclear(_("“%s” is not a moment.") % name) from strange
    if moment.tzinfo is None:
        raise Unclear(_("“%s” has no time zone.") % name)
    return moment
