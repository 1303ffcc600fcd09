"""A tablet in the tests: it seals as the browser does, keeps a queue, and speaks the protocol over HTTP."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.test import Client

from alert4you.offline.commands.keys import current_key
from alert4you.offline.rules.sealing import sealed_text
from alert4you.offline.rules.stamps import stamp_of
from alert4you.organisations.models import Membership
from alert4you.organisations.queries import actor_of
from alert4you.tablets.queries import signed_name
from tests.cast import clock

NO_SKEW = timedelta()


@dataclass
class Tablet:
    """``skew``: how far its clock is ahead."""

    skew: timedelta = NO_SKEW
    id: UUID = field(default_factory=uuid4)
    key: Any = None

    def __post_init__(self) -> None:
        self.client = Client()
        self.client.cookies[settings.DEVICE_COOKIE_NAME] = signed_name(self.id)
        self.key = self.key or current_key(clock())

    @property
    def now(self) -> datetime:
        return clock() + self.skew

    def stamp(self, hat: Membership, at: datetime | None = None) -> str:
        return stamp_of(actor_of(hat, at or clock()), self.id)

    def item(
        self, stamp: str, kind: str, about: list[Any], said: Any, **more: Any
    ) -> dict[str, Any]:
        """``id``, ``ago`` (before now) and ``seal_as`` (another id) can differ."""
        item = more.get("id") or uuid4()
        made_at = (self.now - more.get("ago", timedelta(0))).isoformat()
        ids = [str(getattr(each, "pk", each)) for each in about]
        told = {"stamp": stamp, "kind": kind, "about": ids, "said": said, "made_at": made_at}
        sealed = sealed_text(
            self.key.public, more.get("seal_as") or item, json.dumps(told).encode()
        )
        return {"id": str(item), "key": str(self.key.pk), "made_at": made_at, "sealed": sealed}

    def note(self, hat: Membership, child: Any, text: str, **more: Any) -> dict[str, Any]:
        said = {"text": text, "category": "day", "readers": "parents", "tags": []}
        stamp = more.pop("stamp", "") or self.stamp(hat)
        return self.item(stamp, "note", [child], said | more.pop("said", {}), **more)

    def send(self, *items: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
        answer = self.post("items", {"now": self.now.isoformat(), "items": list(items), **more})
        assert answer.status_code == 200, answer.content
        return answer.json()["items"]

    def safe(self, *items: dict[str, Any]) -> dict[str, str]:
        answer = self.post("safe", {"ids": [each["id"] for each in items]})
        return {each["id"]: each["state"] for each in answer.json()["items"]}

    def post(self, page: str, told: Any) -> Any:
        body = told if isinstance(told, bytes | str) else json.dumps(told)
        return self.client.post(f"/offline/{page}/", body, content_type="application/json")
