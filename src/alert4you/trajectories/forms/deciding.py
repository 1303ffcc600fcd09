"""What each thinks, and what was decided."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.practices.rules.language import Gate
from alert4you.ui.forms import ChoiceCards, DayField, Form


class VoiceForm(Form):
    agrees = forms.TypedChoiceField(
        label=_("Do you agree?"),
        choices=[
            ("yes", _("I agree")),
            ("no", _("I do not agree")),
            ("", _("I only say something")),
        ],
        coerce={"yes": True, "no": False}.get,
        empty_value=None,
        widget=ChoiceCards(layout="few", icons={"yes": "check", "no": "cross", "": "talk"}),
        required=False,
        initial="",
    )
    words = forms.CharField(
        label=_("In own words"), widget=forms.Textarea, max_length=2000, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class DecisionForm(Form):
    """One choice, why, and what each party said that was not heard yet."""

    choice = forms.ChoiceField(label=_("What was decided?"), widget=ChoiceCards(layout="column"))
    reasons = forms.CharField(
        label=_("Why?"),
        widget=forms.Textarea,
        max_length=4000,
        help_text=_("The parents and the group read this later."),
    )
    early_reason = forms.CharField(
        label=_("Why do you decide before everything is done?"),
        widget=forms.Textarea,
        max_length=1000,
        required=False,
    )
    gate = forms.CharField(widget=forms.HiddenInput)
    round = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        gate: Gate,
        leads: Mapping[str, str],
        unheard: Sequence[tuple[str, str]],
        first: date,
        early: bool,
        **kwargs: Any,
    ) -> None:
        said = {
            f"voice_{of}": forms.CharField(label=label, widget=forms.Textarea, max_length=2000)
            for of, label in unheard
        }
        day = DayField(
            label=_("When do you look again?"),
            first=first,
            required=False,
            help_text=_("Only when you go on."),
        )
        self.unheard = list(said)
        super().__init__(*args, more_fields={"next_on": day, **said}, **kwargs)
        if not early:
            del self.fields["early_reason"]
        else:
            self.fields["early_reason"].required = True
        choice = self.fields["choice"]
        choice.widget.descriptions = dict(leads)
        choice.choices = [  # type: ignore[attr-defined]
            (each.key, str(each.title)) for each in gate.options
        ]

    @property
    def voice_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.unheard]

    @property
    def voices(self) -> dict[str, str]:
        """Party -> words, of the parties that were not heard before."""
        return {
            name.removeprefix("voice_"): self.cleaned_data.get(name, "") for name in self.unheard
        }


class ViewForm(Form):
    """How one sees what was seen or done."""

    words = forms.CharField(
        label=_("How do you see it?"),
        widget=forms.Textarea,
        max_length=2000,
        help_text=_("Your words stand beside it. You may see it differently."),
    )
