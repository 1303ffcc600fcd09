"""Rows about people can only be read after someone said for whom, and every such read is noted.

A guarded query answers only after ``visible_to(actor)`` (the policy) or ``unrestricted(reason=...)``
(commands and jobs that act for nobody's eyes). Rows read for an actor are handed to the reading that
runs around a request (``kernel.reading``), which writes them into the audit trail.
"""

from collections.abc import Callable
from typing import Any, Self

from django.db import models

from alert4you.kernel import reading
from alert4you.kernel.compiled import Condition, Policy


class Unguarded(Exception):
    """A query on personal data was run without visible_to or unrestricted."""


_policies: dict[type[models.Model], Policy] = {}


def policy_of(*guarded: type[models.Model]) -> Callable[[Policy], Policy]:
    """Declare the policy of these models (and of what inherits from them): actor -> rows to see."""

    def declare(policy: Policy) -> Policy:
        _policies.update(dict.fromkeys(guarded, policy))
        return policy

    return declare


class GuardedQuerySet(models.QuerySet):
    cleared = False
    noted = False

    def visible_to(self, actor: Any) -> Self:
        """Only the rows this actor may see at ``actor.at``; each row fetched is noted as read."""
        guarded = next(kind for kind in self.model.__mro__ if kind in _policies)
        visible = self.filter(Condition(guarded, _policies[guarded], actor))
        visible.cleared = True
        visible.noted = True
        return visible

    def unrestricted(self, *, reason: str) -> Self:
        """All rows, for a stated reason; never shown to a person as they are."""
        rows = self.all()
        rows.cleared = True
        return rows

    def _clone(self) -> Self:
        clone = super()._clone()  # type: ignore[misc]
        clone.cleared = self.cleared
        clone.noted = self.noted
        return clone

    def _fetch_all(self) -> None:
        fresh = self._result_cache is None
        self._check()
        super()._fetch_all()
        if fresh and self.noted:
            reading.note(row for row in self._result_cache or () if isinstance(row, models.Model))

    def iterator(self, *args: Any, **kwargs: Any) -> Any:
        self._check()
        if self.noted:
            raise Unguarded(f"{self.model._meta.label}: iterator() would read without a trace")
        return super().iterator(*args, **kwargs)

    def exists(self) -> bool:
        self._check()
        return super().exists()

    def count(self) -> int:
        self._check()
        return super().count()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._check()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._check()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._check()
        return super().delete()

    def __or__(self, other: Any) -> Any:
        combined = super().__or__(other)
        combined.cleared = self.cleared and other.cleared
        combined.noted = self.noted or other.noted
        return combined

    def _check(self) -> None:
        if not self.cleared:
            raise Unguarded(self.model._meta.label)
