"""A photo with its words, and whether photos are allowed at all."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.notes.forms.noting import LONGEST, ToldForm, text_field
from alert4you.notes.rules.pictures import KINDS, Picture, Unusable, picture_of
from alert4you.ui.forms import ChoiceCards, Form


class PhotoForm(Form):
    """``cleaned_data["photo"]`` is the picture made anew, or the form says why it cannot be used."""

    photo = forms.FileField(
        label=_("Which photo?"),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(KINDS.values())}),
    )
    text = text_field(
        _("What can be seen?"),
        help_text=_("Who cannot see the photo, reads or hears this. The parents read it too."),
    )

    def clean_photo(self) -> Picture:
        try:
            return picture_of(self.cleaned_data["photo"].read())
        except Unusable as unusable:
            raise forms.ValidationError(str(unusable)) from unusable


class PhotoSettingForm(Form):
    photos = forms.BooleanField(
        label=_("Photos may be made here"),
        help_text=_(
            "Only of a child whose parents all said yes; each of them can take it back at any time."
        ),
        required=False,
    )
    words = forms.CharField(
        label=_("What do you tell parents about it?"),
        widget=forms.Textarea,
        max_length=LONGEST,
        required=False,
        help_text=_(
            "Who takes them, with which device, how long they stay. Parents read it first."
        ),
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("photos") and not (told.get("words") or "").strip():
            self.add_error("words", _("Parents read this before they choose. Please fill it in."))
        return told


class PhotoAnswerForm(ToldForm):
    """What a parent said about photos in a talk or on paper."""

    yes = forms.ChoiceField(
        label=_("What did the parent say?"),
        choices=[("1", _("yes, photos may be made")), ("0", _("no, or not any more"))],
        widget=ChoiceCards(layout="few", icons={"1": "check", "0": "cross"}),
    )
    field_order = ("guardian", "yes", "how", "present")
