"""The growth document: the words of the parents, and to whom it is given."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.ui.forms import ChoiceCards, Form


class WordsForm(Form):
    words = forms.CharField(
        label=_("What do you want to say?"),
        widget=forms.Textarea,
        max_length=4000,
        required=False,
        help_text=_("It stands first in the document."),
    )


class HandForm(Form):
    to = forms.ChoiceField(
        label=_("Which organisation gets it?"), widget=ChoiceCards(layout="column")
    )
    name = forms.CharField(label=_("To whom do you give it?"), max_length=200)

    def __init__(self, *args: Any, receivers: Sequence[tuple[Any, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = receivers  # type: ignore[attr-defined]
