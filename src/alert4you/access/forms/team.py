"""Who comes on the care team, and what is held back from the parents for a while."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import HOLD_AT_MOST, Purpose
from alert4you.kernel.clock import day_of
from alert4you.organisations.forms import People
from alert4you.ui.finding import FindField
from alert4you.ui.forms import DayField, Form


class NameForm(Form):
    """Somebody comes on the care team, with the reason that parents read."""

    who = FindField(label=_("Who?"))
    why = forms.CharField(
        label=_("Why? The parents read this"),
        help_text=_("For example: “mentor of Mieke” or “works with Mieke on Tuesdays”."),
        max_length=200,
    )
    purpose = forms.ChoiceField(
        label=_("What for?"),
        help_text=_("Only for somebody of another organisation."),
        choices=[("", _("Colleague: not needed")), *Purpose.choices],
        required=False,
    )

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].offer(people)  # type: ignore[attr-defined]


class JoinForm(Form):
    """A colleague who only knows the name joins, and says why."""

    why = forms.CharField(
        label=_("Why do you join? The parents read this"),
        help_text=_("For example: “looks with the group at what Mieke needs”."),
        max_length=200,
    )


class HoldForm(Form):
    """Parents read something later, on a day, for a reason."""

    reason = forms.CharField(
        label=_("Why can the parents not read this yet?"),
        help_text=_("For example: “we tell it ourselves first, in the talk on Tuesday”."),
        max_length=200,
    )

    def __init__(self, *args: Any, written_at: datetime, today: date, **kwargs: Any) -> None:
        until = DayField(
            label=_("From which day on can they read it?"),
            help_text=_("28 days after it was written at the latest."),
            first=today + timedelta(days=1),
            last=day_of(written_at + HOLD_AT_MOST),
        )
        super().__init__(*args, more_fields={"until": until}, **kwargs)

    @property
    def until(self) -> datetime:
        """The start of the chosen day."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["until"], time.min))
