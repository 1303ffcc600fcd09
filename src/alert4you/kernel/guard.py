"""Rows about people can only be read after someone said for whom, and every such read is noted.

A guarded query answers only after ``visible_to(actor)`` (the policy) or ``unrestricted(reason=...)``
(commands and jobs that act for nobody's eyes). Rows read for an actor are handed to the reading that
runs around a request (``kernel.reading``), which writes them into the audit trail.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from django.db import models
from django.db.models import sql

from alert4you.kernel import reading
from alert4you.kernel.compiled import Condition
from alert4you.kernel.policies import policies
from alert4you.kernel.wall.names import ACTING
from alert4you.kernel.wall.standing import opened, shows_already

WITHOUT_WALL = ("", ACTING)


class Unguarded(Exception):
    """A query on personal data was run without visible_to or unrestricted."""


class AllRows(sql.Query):
    """Rows asked without a wall; inside the question of a hat they would silently be fewer."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        if connection.standing not in WITHOUT_WALL:
            of = self.model and self.model._meta.label
            raise Unguarded(f"{of}: a hat asks for all rows inside another question")
        return super().as_sql(compiler, connection)


class Whole(models.Exists):
    """What a row is ``part_of`` is there for this actor; the wall asks for the same."""

    def __init__(self, model: type[models.Model], actor: Any) -> None:
        part_of: str = model.part_of  # type: ignore[attr-defined]
        whole: Any = model._meta.get_field(part_of).related_model
        super().__init__(whole.objects.visible_to(actor).filter(pk=models.OuterRef(part_of)))
        self.actor = actor

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        return ("1=1", []) if shows_already(self.actor) else super().as_sql(*args, **kwargs)


def _seen(model: type[models.Model], actor: Any) -> Condition | Whole:
    kind = next((kind for kind in model.__mro__ if kind in policies()), None)
    return Condition(kind, policies()[kind], actor) if kind else Whole(model, actor)


def _of_its_kinds(model: type[models.Model]) -> models.Q:
    """PostgreSQL looks at this before it asks a policy, which costs more; and so it may use an index."""
    kinds = getattr(model, "kinds", ())
    return models.Q(kind__in=kinds) if kinds else models.Q()


class GuardedQuerySet(models.QuerySet):
    cleared = False
    noted = False
    opens = False

    def visible_to(self, actor: Any) -> Self:
        """Only the rows this actor may see at ``actor.at``; each row fetched is noted as read."""
        visible = self.filter(_of_its_kinds(self.model), _seen(self.model, actor))
        visible.cleared = True
        visible.noted = True
        visible.opens = False
        return visible

    def unrestricted(self, *, reason: str) -> Self:
        """All rows, for a stated reason; never shown to a person as they are."""
        rows = self.all()
        rows.query = rows.query.chain(AllRows)
        rows.cleared = True
        rows.opens = True
        return rows

    def alongside(self, *, reason: str) -> Self:
        """For a part of the question of a hat: rows of which it gets what it may see anyway."""
        rows = self.all()
        rows.cleared = True
        return rows

    def _clone(self) -> Self:
        clone = super()._clone()  # type: ignore[misc]
        clone.cleared = self.cleared
        clone.noted = self.noted
        clone.opens = self.opens
        return clone

    def _fetch_all(self) -> None:
        fresh = self._result_cache is None
        with self._asking():
            super()._fetch_all()
        if fresh and self.noted:
            reading.note(row for row in self._result_cache or () if isinstance(row, models.Model))

    def iterator(self, *args: Any, **kwargs: Any) -> Any:
        if self.noted:
            raise Unguarded(f"{self.model._meta.label}: iterator() would read without a trace")
        with self._asking():
            yield from super().iterator(*args, **kwargs)

    def exists(self) -> bool:
        with self._asking():
            return super().exists()

    def count(self) -> int:
        with self._asking():
            return super().count()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        with self._asking():
            return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        with self._asking():
            return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        with self._asking():
            return super().delete()

    def __or__(self, other: Any) -> Any:
        combined = super().__or__(other)
        combined.cleared = self.cleared and other.cleared
        combined.noted = self.noted or other.noted
        combined.opens = self.opens and other.opens
        return combined

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Only what was cleared is asked; what has a reason of its own is asked with the wall open."""
        if not self.cleared:
            raise Unguarded(self.model._meta.label)
        if self._result_cache is not None or not self.opens:
            yield
        else:
            with opened(reason="unrestricted has its own"):
                yield
