"""Saying yes, taking it back, and choosing a term."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.ui.forms import Form


class YesForm(Form):
    """Nothing to fill in: the yes itself."""


class TermForm(Form):
    months = forms.IntegerField(label=_("Months"), min_value=1, max_value=1200)


class HoldForm(Form):
    """Why nothing may be deleted, or why it may again."""

    reason = forms.CharField(
        label=_("Why, and on what ground?"), max_length=200, widget=forms.Textarea
    )
