"""What the forms of this context share: how choices are worded."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import TextChoices

from alert4you.organisations.models import Membership

Choices = Sequence[tuple[str, Any]]


def labels(values: Iterable[TextChoices]) -> Callable[[], list[tuple[str, str]]]:
    """Choices in the language of who reads the form, not of who loaded this file."""
    return lambda: [(each.value, str(each.label).capitalize()) for each in values]


def people_choices(people: Iterable[Membership]) -> list[Any]:
    """Memberships under the name of their organisation."""
    grouped: dict[UUID, tuple[str, list[tuple[str, Any]]]] = {}
    for each in people:
        _name, members = grouped.setdefault(each.organisation_id, (each.organisation.name, []))
        members.append((str(each.pk), f"{each.person.name}, {each.task}"))
    return list(grouped.values())
