"""Forgetting the parents and guardians of a child that is not known any more."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.admin.models import LogEntry
from django.db.models import CASCADE

from alert4you.children.models import Guardian
from alert4you.organisations.models import Membership, Person
from alert4you.retention.rules.records import links


def forget_people(people: Iterable[UUID]) -> None:
    """Whoever has no other child here and does not work here goes: name, address, and ways to come in.

    When something that stays still names one as who did it, the row stays, without name or address.
    """
    for pk in people:
        if (
            Guardian.objects.filter(person=pk).exists()
            or Membership.objects.filter(person=pk).exists()
        ):
            continue
        LogEntry.objects.filter(object_id=str(pk)).delete()
        if _is_named(pk):
            gone = dict.fromkeys(("name", "password"), "")
            Person.objects.filter(pk=pk).update(email=None, is_active=False, **gone)
        else:
            Person.objects.filter(pk=pk).delete()


def _is_named(pk: UUID) -> bool:
    """Whether a row that does not go with a person points to this one."""
    return any(
        link.model._base_manager.filter(**{link.field.name: pk}).exists()
        for link in links()[Person]
        if link.field.remote_field.on_delete is not CASCADE
    )
