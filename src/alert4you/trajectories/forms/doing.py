"""What was done."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.ui.forms import DayField, Form


class ActivityForm(Form):
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
        super().__init__(*args, more_fields={"day": day}, **kwargs)
