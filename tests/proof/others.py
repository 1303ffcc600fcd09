"""Rows of all other tables about people, made of what stands in a world."""

from datetime import time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ForeignKey, Model

from alert4you.access.models import Entry
from alert4you.children.models import Child, Placement
from alert4you.kernel.policies import guarded_models
from alert4you.meetings.models import Case, Meeting, Seat
from alert4you.safety.models import Accused, Concern, SafetyMember, SafetyPost
from tests.proof.world import World

WITH: dict[type[Model], tuple[type[Model], ...]] = {
    Concern: (SafetyMember, SafetyPost, Accused),
    Meeting: (Seat, Case),
}
FILLED = {"child", "membership", "to"}  # although they may be empty


def tables() -> list[type[Model]]:
    return [each for each in guarded_models().values() if each not in (Child, Entry, Placement)]


def write_one(world: World, model: type[Model]) -> bool:
    """Write a row of this table and those it needs; False when so plain a row is not allowed."""
    filler = Filler(world, Random(f"{world.number} {model._meta.label}"))
    for each in (model, *WITH.get(model, ())):
        filler.row(each)
    try:
        with transaction.atomic():
            for row in filler.made:
                row.save_base(raw=True, force_insert=True)
    except IntegrityError:
        for row in filler.made:
            world.rows[type(row)].remove(row)
        return False
    return True


class Filler:
    def __init__(self, world: World, random: Random) -> None:
        self.world, self.random = world, random
        self.made: list[Any] = []

    def row(self, model: type[Model]) -> Any:
        told = self._told(model)
        if not model._meta.parents and model._meta.pk.get_internal_type() == "UUIDField":
            told["pk"] = self._id()
        row = model(**told)
        self.made.append(row)
        self.world.rows.setdefault(model, []).append(row)
        return row

    def _told(self, model: type[Model]) -> dict[str, Any]:
        """What must be filled in: a relation with what is there, the rest with the plainest value."""
        told: dict[str, Any] = {}
        for field in model._meta.local_concrete_fields:
            if isinstance(field, ForeignKey):
                if field.name in FILLED or not field.null:
                    told[field.attname] = self._related(field, told)
            elif not (self._may_be_empty(field) or field.primary_key or field.has_default()):
                told[field.name] = self._plain(field)
        return told

    def _may_be_empty(self, field: Any) -> bool:
        number = field.get_internal_type() == "PositiveSmallIntegerField"
        return field.blank or (field.null and not number)

    def _related(self, field: Any, told: dict[str, Any]) -> Any:
        """Not the same twice: who covers is somebody else, and what is unique is."""
        there = self.world.rows.get(field.related_model, ())
        taken = [*told.values()]
        if field.unique:
            same = self.world.rows.get(field.model, ())
            taken += [getattr(row, field.attname) for row in same]
        others = [row.pk for row in there if row.pk not in taken]
        return self.random.choice(others) if others else self.row(field.related_model).pk

    def _plain(self, field: Any) -> Any:
        ends = field.name in ("ends", "ends_at", "until")
        match field.get_internal_type():
            case "DateField":
                return self.world.day(30 if ends else 0)
            case "DateTimeField":
                return self.world.at + timedelta(hours=ends)
            case "TimeField":
                return time(9 + ends)
            case "CharField" | "TextField" | "SlugField":
                return field.choices[0][0] if field.choices else self._id().hex[:12]
        return {"JSONField": [], "BinaryField": b"sealed"}.get(field.get_internal_type(), 1)

    def _id(self) -> UUID:
        return UUID(int=self.random.getrandbits(128))
