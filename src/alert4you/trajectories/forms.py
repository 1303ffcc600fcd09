"""What people fill in around a trajectory; choices are handed in."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.practices.rules.language import Choice, Gate
from alert4you.trajectories.queries.starting import RoleToPlay
from alert4you.trajectories.rules.planning import Goal
from alert4you.ui.forms import ChoiceCards, DayField, Form

LEAST_ROWS, MOST_ROWS = 3, 12
Options = Sequence[tuple[Any, Any]]


class GrownForm(Form):
    """A form with fields that only its page knows."""

    def __init__(self, *args: Any, grown: Mapping[str, forms.Field], **kwargs: Any) -> None:
        self.base_fields = {**self.base_fields, **grown}  # type: ignore[misc]
        super().__init__(*args, **kwargs)


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


class ActivityForm(GrownForm):
    text = forms.CharField(
        label=_("What happened?"),
        widget=forms.Textarea,
        max_length=4000,
        help_text=_("In a few words. The parents read it too."),
    )
    helps_others = forms.CharField(
        label=_("What of this helps the other children too?"),
        widget=forms.Textarea,
        max_length=2000,
        required=False,
    )
    minutes = forms.IntegerField(
        label=_("How many minutes of work?"), min_value=1, max_value=1440, required=False
    )

    def __init__(self, *args: Any, first: date, today: date, **kwargs: Any) -> None:
        day = DayField(label=_("When was it?"), first=first, last=today, initial=today)
        super().__init__(*args, grown={"day": day}, **kwargs)


class GoalForm(Form):
    """One row of a plan, or one goal on its own."""

    goal = forms.CharField(
        label=_("What do you see when it goes well?"),
        widget=forms.Textarea,
        max_length=500,
        error_messages={"required": _("Write the goal in a few words.")},
    )
    who = forms.CharField(label=_("Who does something for it?"), max_length=200, required=False)
    what = forms.CharField(
        label=_("What do you do?"), widget=forms.Textarea, max_length=500, required=False
    )

    @property
    def as_goal(self) -> Goal:
        return Goal(**{name: self.cleaned_data[name].strip() for name in ("goal", "who", "what")})


class GoalRow(GoalForm):
    """A row may stay empty; but who does what needs a goal."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goal"].required = False
        del self.fields["once"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("goal") and "goal" not in self.errors and any(given.values()):
            self.add_error("goal", _("Write the goal in a few words."))
        return given


class PlanForm(GrownForm):
    """The plan with its rows of goals. ``more`` in the data asks for another row and saves nothing."""

    end_goal = forms.CharField(
        label=_("What do you want to reach in the end?"),
        widget=forms.Textarea,
        max_length=1000,
        required=False,
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput)
    rows = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST_ROWS)

    def __init__(
        self, data: Any = None, *, today: date, goals: Sequence[Goal] = (), **kwargs: Any
    ) -> None:
        day = DayField(
            label=_("When do you look back together?"),
            first=today + timedelta(days=1),
            required=False,
            help_text=_("Without a date nobody looks back."),
        )
        super().__init__(data, grown={"evaluation_on": day}, **kwargs)
        self.goal_rows = [
            GoalRow(data, prefix=f"goal-{i}", initial=vars(goals[i]) if i < len(goals) else None)
            for i in range(_rows(data, len(goals)))
        ]

    def is_valid(self) -> bool:
        rows_valid = all([row.is_valid() for row in self.goal_rows])
        if not super().is_valid():
            return False
        if rows_valid and not self.goals:
            self.goal_rows[0].add_error("goal", _("Write at least one goal."))
        for row in self.goal_rows:
            for error in row.errors.values():
                self.add_error(None, error)
        return super().is_valid()

    @property
    def goals(self) -> list[Goal]:
        return [row.as_goal for row in self.goal_rows if row.cleaned_data.get("goal")]


def _rows(data: Any, goals: int) -> int:
    """As many as were on the screen and one more when asked; at first one more than there are goals."""
    if data is None:
        return min(max(LEAST_ROWS, goals + 1), MOST_ROWS)
    shown = data.get("rows", "")
    rows = int(shown) if shown.isdecimal() and len(shown) < 3 else LEAST_ROWS
    return min(max(rows + ("more" in data), 1), MOST_ROWS)


class VoiceForm(Form):
    agrees = forms.TypedChoiceField(
        label=_("Do you agree?"),
        choices=[
            ("yes", _("I agree")),
            ("no", _("I do not agree")),
            ("", _("I only say something")),
        ],
        coerce={"yes": True, "no": False}.get,
        empty_value=None,
        widget=ChoiceCards(layout="few", icons={"yes": "check", "no": "cross", "": "talk"}),
        required=False,
        initial="",
    )
    words = forms.CharField(
        label=_("In own words"), widget=forms.Textarea, max_length=2000, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class DecisionForm(GrownForm):
    """One choice, why, and what each party said that was not heard yet."""

    choice = forms.ChoiceField(label=_("What was decided?"), widget=ChoiceCards(layout="column"))
    reasons = forms.CharField(
        label=_("Why?"),
        widget=forms.Textarea,
        max_length=4000,
        help_text=_("The parents and the group read this later."),
    )
    early_reason = forms.CharField(
        label=_("Why do you decide before everything is done?"),
        widget=forms.Textarea,
        max_length=1000,
        required=False,
    )
    gate = forms.CharField(widget=forms.HiddenInput)
    round = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        gate: Gate,
        leads: Mapping[str, str],
        unheard: Sequence[tuple[str, str]],
        first: date,
        early: bool,
        **kwargs: Any,
    ) -> None:
        said = {
            f"voice_{of}": forms.CharField(label=label, widget=forms.Textarea, max_length=2000)
            for of, label in unheard
        }
        day = DayField(
            label=_("When do you look again?"),
            first=first,
            required=False,
            help_text=_("Only when you go on."),
        )
        self.unheard = list(said)
        super().__init__(*args, grown={"next_on": day, **said}, **kwargs)
        if not early:
            del self.fields["early_reason"]
        else:
            self.fields["early_reason"].required = True
        choice = self.fields["choice"]
        choice.widget.descriptions = dict(leads)
        choice.choices = [  # type: ignore[attr-defined]
            (each.key, str(each.title)) for each in gate.options
        ]

    @property
    def voice_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.unheard]

    @property
    def voices(self) -> dict[str, str]:
        """Party -> words, of the parties that were not heard before."""
        return {
            name.removeprefix("voice_"): self.cleaned_data.get(name, "") for name in self.unheard
        }
