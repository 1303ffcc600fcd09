"""Signing for what arrived, in the app or as it stands on paper."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alert4you.manifests.models import Line
from alert4you.manifests.rules import Receipt
from alert4you.ui.forms import Form


class SignForm(Form):
    """What is not taken, and a word; nothing needs to be filled in."""

    refused = forms.MultipleChoiceField(
        label=_("Is there something you do not take?"),
        help_text=_("Tick only what you do not want to keep. Usually you tick nothing."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    words = forms.CharField(
        label=_("Do you want to say something about it?"),
        widget=forms.Textarea,
        max_length=1000,
        required=False,
    )

    def __init__(self, *args: Any, sent: Sequence[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.category, capfirst(each.name)) for each in sent]
        self.fields["refused"].choices = choices  # type: ignore[attr-defined]

    @property
    def receipt(self) -> Receipt:
        told = self.cleaned_data
        paper = {name: told[name] for name in ("name", "kept_at") if name in told}
        return Receipt(refused=told["refused"], words=told["words"], **paper)


class PaperForm(SignForm):
    """A signature on paper."""

    name = forms.CharField(
        label=_("Who signed?"), help_text=_("Name and task, as on the paper."), max_length=200
    )
    kept_at = forms.CharField(label=_("Where is the paper kept?"), max_length=200)
    field_order = ("name", "kept_at")
