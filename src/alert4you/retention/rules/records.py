"""Which models hold something about a child, and how each goes (`library/records.yaml`)."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from django.apps import apps
from django.db import models

from alert4you.access.models import Entry, Kind

FILE = Path(__file__).parent.parent / "library" / "records.yaml"
PROOFS = "proofs"
COACHING = {
    Kind.CHILD_QUESTION,
    Kind.ADVICE,
    Kind.VISIT,
    Kind.OBSERVATION,
    Kind.SESSION,
    Kind.COACHING,
    Kind.TRAJECTORY,
    Kind.PLAN,
    Kind.DECISION,
}


class Way(NamedTuple):
    """How a row tells whose file it is in: look-ups to the child and to the organisation."""

    child: str
    organisation: str


class Link(NamedTuple):
    """A foreign key: rows of ``model`` point with it to the rows of another."""

    model: type[models.Model]
    field: models.ForeignKey

    @property
    def goes_along(self) -> bool:
        """Whether the row goes with what it points to; otherwise only the link is cut."""
        if not self.field.null or label(self.model) == "meetings.Seat":
            return True
        return self.field.remote_field.on_delete is models.CASCADE


@cache
def table() -> Mapping[str, Any]:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


@cache
def own() -> Mapping[type[models.Model], Way]:
    """The models whose rows are in somebody's file by themselves; what extends `Entry` is an entry."""
    return {apps.get_model(name): Way(**way) for name, way in table()["own"].items()}


@cache
def links() -> Mapping[type[models.Model], list[Link]]:
    """Every foreign key of the database, by the model it points to."""
    found: dict[type[models.Model], list[Link]] = {}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if isinstance(field, models.ForeignKey):
                found.setdefault(field.remote_field.model, []).append(Link(model, field))
    return found


def label(model: type[models.Model]) -> str:
    return model._meta.label


def is_own(model: type[models.Model]) -> bool:
    """Whether a row of it is a record of its own in a file; what extends `Entry` is one too."""
    return model in own() or issubclass(model, Entry)


def is_file(model: type[models.Model]) -> bool:
    return label(model) in table()["file"]


def is_hidden(model: type[models.Model]) -> bool:
    return label(model) in table()["hidden"]


def is_proof(model: type[models.Model]) -> bool:
    return label(model) in table()["proofs"]
