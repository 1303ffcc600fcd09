"""With whom a practice starts, and who has the lead."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.organisations.forms import People
from alert4you.organisations.models import Membership
from alert4you.practices.rules.language import Choice
from alert4you.trajectories.queries.starting import RoleToPlay
from alert4you.ui.finding import FindField
from alert4you.ui.forms import Form


class StartForm(Form):
    """Who has the lead, who stands in, who plays each role, and the numbers still to choose."""

    lead = FindField(label=_("Who has the lead?"))
    cover = FindField(label=_("Who has the lead when that person is away?"))

    def __init__(
        self,
        *args: Any,
        people: People,
        leads: People,
        roles: Sequence[RoleToPlay],
        choices: Sequence[Choice],
        **kwargs: Any,
    ) -> None:
        parts = {f"role_{each.key}": _person(each, people.of(*each.hats)) for each in roles}
        numbers = {f"choice_{each.key}": _number(each) for each in choices}
        self.role_names, self.choice_names = list(parts), list(numbers)
        super().__init__(*args, more_fields={**parts, **numbers}, **kwargs)
        _led_by(self, leads)

    @property
    def role_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.role_names]

    @property
    def choice_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.choice_names]

    @property
    def parts(self) -> dict[str, Membership]:
        """Role -> who, of the roles somebody was chosen for."""
        given = {name: self.cleaned_data[name] for name in self.role_names}
        return {name.removeprefix("role_"): who for name, who in given.items() if who}

    @property
    def chosen(self) -> dict[str, int]:
        return {name.removeprefix("choice_"): self.cleaned_data[name] for name in self.choice_names}


def _person(role: RoleToPlay, people: People) -> FindField:
    only = partial(_only_one, people)
    return FindField(source=people, label=role.title, required=role.required, initial=only)


def _only_one(people: People) -> UUID | None:
    return people.rows[0].pk if people.is_whole and len(people.rows) == 1 else None


def _led_by(form: Form, people: People) -> None:
    for name in ("lead", "cover"):
        form.fields[name].offer(people)  # type: ignore[attr-defined]


def _number(choice: Choice) -> forms.IntegerField:
    return forms.IntegerField(
        label=str(choice.title), min_value=choice.least, max_value=choice.most
    )


class LeadForm(Form):
    lead = FindField(label=_("Who has the lead from now on?"))
    cover = FindField(label=_("Who has the lead when that person is away?"))

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _led_by(self, people)
