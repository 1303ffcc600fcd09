"""An indication, and giving its place back."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.organisations.forms import Organisations
from alert4you.trajectories.models import IndicationFor
from alert4you.trajectories.rules.indications import Granted
from alert4you.ui.finding import FindField
from alert4you.ui.forms import ChoiceCards, DayField, Form

Options = Sequence[tuple[Any, Any]]


class IndicationForm(Form):
    """What was decided, by whom, and until when it is valid."""

    what = forms.ChoiceField(
        label=_("What is the indication for?"),
        choices=IndicationFor.choices,
        widget=ChoiceCards(layout="column"),
    )
    decided_by = forms.CharField(
        label=_("Who decided?"), max_length=200, help_text=_("For example: the municipality.")
    )
    party = FindField(label=_("Where is the place?"), required=False)

    def __init__(self, *args: Any, today: date, parties: Organisations, **kwargs: Any) -> None:
        days = {
            "starts": DayField(label=_("From which day is it valid?"), initial=today),
            "last_day": DayField(label=_("What is the last day?"), first=today),
        }
        super().__init__(*args, more_fields=days, **kwargs)
        self.fields["party"].offer(parties, _("Not known yet"))  # type: ignore[attr-defined]

    def granted(self) -> Granted:
        given = self.cleaned_data
        return Granted(
            given["what"],
            given["decided_by"],
            given["starts"],
            given["last_day"] + timedelta(days=1),
            given["party"],
        )


class ReleaseForm(Form):
    """The place may go. ``whose``: whose word it is, when staff write it down."""

    whose = forms.ChoiceField(label=_("Who says so?"), widget=ChoiceCards(layout="column"))
    name = forms.CharField(
        label=_("Who told you?"),
        max_length=200,
        required=False,
        help_text=_("Only when somebody of the organisation told you."),
    )
    words = forms.CharField(
        label=_("In own words"), widget=forms.Textarea, max_length=2000, required=False
    )

    def __init__(self, *args: Any, whose: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if whose:
            self.fields["whose"].choices = whose  # type: ignore[attr-defined]
        else:
            del self.fields["whose"], self.fields["name"]
