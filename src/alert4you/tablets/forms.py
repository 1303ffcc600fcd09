"""Naming a tablet, choosing when it locks, choosing a PIN and typing it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.tablets.models import FIVE_MINUTES
from alert4you.tablets.rules import DIGITS
from alert4you.ui.forms import ChoiceCards, Form


class DigitsInput(forms.PasswordInput):
    """Comes back empty, as a password does: wrong digits would be in the way of the next."""

    input_type = "text"


class DigitsField(forms.CharField):
    """Six digits. No password field: a browser would offer to keep it, for whoever comes next."""

    def __init__(self, **kwargs: Any) -> None:
        dots = {"inputmode": "numeric", "autocomplete": "off", "data-pin": DIGITS}
        super().__init__(max_length=20, widget=DigitsInput(attrs=dots), **kwargs)

    def to_python(self, value: Any) -> str:
        return "".join((super().to_python(value) or "").split())


class DigitsForm(Form):
    """Coming in with a PIN."""

    pin = DigitsField(label=_("Your PIN"))


class PinForm(Form):
    pin = DigitsField(
        label=_("Your new PIN"), help_text=_("Six digits: no row, no repetition, no birthday.")
    )
    again = DigitsField(label=_("The same once more"))

    def clean_again(self) -> str:
        again = self.cleaned_data["again"]
        if "pin" in self.cleaned_data and again != self.cleaned_data["pin"]:
            raise forms.ValidationError(_("These two are not the same. Type both again."))
        return again


class NameForm(Form):
    name = forms.CharField(
        label=_("What do you call this tablet?"),
        help_text=_("For instance the group where it lies."),
        max_length=60,
    )


class LockForm(Form):
    minutes = forms.TypedChoiceField(
        label=_("Lock after so many minutes without a touch"),
        coerce=int,
        choices=[(each, each) for each in (1, 2, 3, FIVE_MINUTES, 10, 15)],
        widget=ChoiceCards(layout="few"),
    )
