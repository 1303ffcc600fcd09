"""A copy for computers: our own JSON, as documented in `docs/reference/export.md`."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from alert4you.rights.rules.contents import Contents


def as_json(found: Contents) -> str:
    return json.dumps(asdict(found), default=_plain, ensure_ascii=False, indent=2)


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
