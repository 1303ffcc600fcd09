"""Signing in and choosing a hat."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.ui.forms import ChoiceCards, Form


class SignInForm(Form):
    email = forms.EmailField(
        label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
    )


class HatForm(Form):
    hat = forms.ChoiceField(label=_("As whom do you work now?"), widget=ChoiceCards(layout="column"))

    def __init__(self, *args: Any, hats: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hat"].choices = hats  # type: ignore[attr-defined]
