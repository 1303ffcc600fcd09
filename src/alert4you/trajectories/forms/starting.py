"""With whom a practice starts, and who has the lead."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.practices.rules.language import Choice
from alert4you.trajectories.forms.grown import GrownForm
from alert4you.trajectories.queries.starting import RoleToPlay
from alert4you.ui.forms import Form

Options = Sequence[tuple[Any, Any]]


class StartForm(GrownForm):
    """Who has the lead, who stands in, who plays each role, and the numbers still to choose."""

    lead = forms.ChoiceField(label=_("Who has the lead?"))
    cover = forms.ChoiceField(label=_("Who has the lead when that person is away?"))

    def __init__(
        self,
        *args: Any,
        people: Options,
        roles: Sequence[RoleToPlay],
        choices: Sequence[Choice],
        **kwargs: Any,
    ) -> None:
        parts = {f"role_{each.key}": _person(each) for each in roles}
        numbers = {f"choice_{each.key}": _number(each) for each in choices}
        self.role_names, self.choice_names = list(parts), list(numbers)
        super().__init__(*args, grown={**parts, **numbers}, **kwargs)
        for name in ("lead", "cover"):
            self.fields[name].choices = people  # type: ignore[attr-defined]

    @property
    def role_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.role_names]

    @property
    def choice_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.choice_names]

    @property
    def parts(self) -> dict[str, str]:
        """Role -> membership id, of the roles somebody was chosen for."""
        given = {name: self.cleaned_data[name] for name in self.role_names}
        return {name.removeprefix("role_"): who for name, who in given.items() if who}

    @property
    def chosen(self) -> dict[str, int]:
        return {name.removeprefix("choice_"): self.cleaned_data[name] for name in self.choice_names}


def _person(role: RoleToPlay) -> forms.ChoiceField:
    empty = ("", _("Choose somebody") if role.required else _("Nobody yet"))
    only_one = role.options[0][0] if len(role.options) == 1 else None
    return forms.ChoiceField(
        label=role.title,
        choices=[empty, *role.options],
        required=role.required,
        initial=only_one,
    )


def _number(choice: Choice) -> forms.IntegerField:
    return forms.IntegerField(
        label=str(choice.title), min_value=choice.least, max_value=choice.most
    )


class LeadForm(Form):
    lead = forms.ChoiceField(label=_("Who has the lead from now on?"))
    cover = forms.ChoiceField(label=_("Who has the lead when that person is away?"))

    def __init__(self, *args: Any, people: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("lead", "cover"):
            self.fields[name].choices = people  # type: ignore[attr-defined]
