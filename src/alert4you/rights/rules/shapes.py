"""A copy for computers: our own JSON, and the schema that documents it."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from alert4you.rights.rules.contents import Contents


def as_json(found: Contents) -> str:
    return json.dumps(asdict(found), default=_plain, ensure_ascii=False, indent=2)


def schema() -> str:
    """The JSON schema of a copy, made from its contents; ``alert4you docs`` writes it down."""
    from pydantic import TypeAdapter  # slow to load, and seldom needed

    told = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    told |= TypeAdapter(Contents).json_schema(mode="serialization")
    return json.dumps(told, indent=2) + "\n"


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
