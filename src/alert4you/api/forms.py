"""Letting another system in: what it is called, what it may do, and until when."""

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alert4you.api.models import Scope
from alert4you.api.rules import LONGEST
from alert4you.ui.forms import CheckCards, DayField, Form


class WebhookForm(Form):
    url = forms.URLField(
        label=_("At which address does it listen?"),
        help_text=_(
            "It hears that something changed, of which child or group and when; never what."
        ),
        max_length=300,
        assume_scheme="https",
    )


class ApplicationForm(Form):
    name = forms.CharField(
        label=_("Which system is it?"),
        help_text=_("As your colleagues know it, for instance the name of your planning system."),
        max_length=100,
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        help_text=_("Only what it needs. You cannot widen this later; then you make a new one."),
        widget=CheckCards(layout="column"),
    )
    last_day = DayField(label=_("Until and including"))

    def __init__(self, *args: Any, today: date, scopes: list[Scope], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may: Any = self.fields["scopes"]
        may.choices = [(each.value, capfirst(each.label)) for each in scopes]
        may.initial = [each.value for each in scopes] if len(scopes) == 1 else []
        field = self.fields["last_day"]
        field.first, field.last = today, today + LONGEST  # type: ignore[attr-defined]
        field.initial = today + relativedelta(years=1)
        field.widget.attrs.update(field.widget_attrs(field.widget))
