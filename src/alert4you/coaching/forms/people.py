"""Choosing a person."""

from collections.abc import Iterable

from alert4you.organisations.models import Membership
from alert4you.ui.forms import Form


def choose_person(form: Form, name: str, people: Iterable[Membership]) -> None:
    """Offer these people; when there is one, that one."""
    found = list(people)
    field = form.fields[name]
    field.choices = [(str(each.pk), each.person.name) for each in found]  # type: ignore[attr-defined]
    field.widget.descriptions = {
        str(each.pk): f"{each.task}, {each.organisation.name}" for each in found
    }
    if len(found) == 1:
        form.initial.setdefault(name, str(found[0].pk))
