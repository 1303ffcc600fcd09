"""Keeping what is being written. No deed yet, so nothing of it stands in the audit trail."""

import json
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from alert4you.children.models import Child
from alert4you.kernel.sealing import seal
from alert4you.kernel.wall.standing import opened
from alert4you.notes.models import Draft
from alert4you.notes.rules.drafts import DAYS, Said, is_saved, page_of
from alert4you.organisations.models import Actor


def keep_draft(actor: Actor, address: str, child: Child | None, once: UUID, said: Said) -> None:
    """In the place of what was kept of this page before; not what was saved in the meantime."""
    if is_saved(actor, once):
        return
    told = {
        "child": child,
        "once": once,
        "sealed": seal(json.dumps(said)).encode(),
        "at": actor.at,
        "ends": actor.today + DAYS,
    }
    with opened(reason="one's own words"):
        _drafts().update_or_create(**_key(actor, address), defaults=told)


def forget_draft(actor: Actor, address: str) -> None:
    """Away with it."""
    _drafts().filter(**_key(actor, address)).delete()


def _drafts() -> QuerySet[Draft]:
    return Draft.objects.unrestricted(reason="one's own words")


def _key(actor: Actor, address: str) -> dict[str, Any]:
    hat = None if actor.is_parent else actor.membership_id
    return {"person_id": actor.person_id, "hat_id": hat, "page": page_of(address)}
