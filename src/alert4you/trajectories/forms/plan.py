"""The plan: its goals, and how somebody comes less and less often."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.trajectories.rules.facts import TaperStep
from alert4you.trajectories.rules.planning import Goal
from alert4you.trajectories.rules.tapers import Steps, in_order, monday
from alert4you.ui.forms import DayField, Form

LEAST_ROWS, MOST_ROWS = 3, 12


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


class PlanForm(Form):
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
        super().__init__(data, more_fields={"evaluation_on": day}, **kwargs)
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


class TaperRow(Form):
    """From which week on how many days; a row may stay empty."""

    days = forms.TypedChoiceField(
        label=_("How many days a week?"),
        choices=[("", _("Choose")), *((days, str(days)) for days in range(6))],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, first: date, **kwargs: Any) -> None:
        week = DayField(label=_("From the week of"), first=first, required=False)
        super().__init__(*args, more_fields={"week": week}, **kwargs)
        del self.fields["once"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if (given.get("week") is None) != (given.get("days") is None) and not self.errors:
            self.add_error("week", _("Fill in both the week and the number of days."))
        return given


class TaperForm(Form):
    """The weeks in which somebody comes less often. ``more`` asks for another row, saves nothing."""

    based_on = forms.IntegerField(widget=forms.HiddenInput)
    rows = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST_ROWS)

    def __init__(self, data: Any = None, *, today: date, steps: Steps = (), **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.step_rows = [
            TaperRow(
                data,
                prefix=f"step-{i}",
                first=monday(today),
                initial=vars(steps[i]) if i < len(steps) else None,
            )
            for i in range(_rows(data, len(steps)))
        ]

    def is_valid(self) -> bool:
        if not all([row.is_valid() for row in self.step_rows]) or not super().is_valid():
            return False
        if not self.steps:
            self.add_error(None, _("Write at least one week with a number of days."))
        return super().is_valid()

    @property
    def steps(self) -> Steps:
        given = [row.cleaned_data for row in self.step_rows]
        return in_order(TaperStep(each["week"], each["days"]) for each in given if each.get("week"))
