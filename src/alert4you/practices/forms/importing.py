"""Uploading a document with practices, and looking at what was recognised in it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alert4you.practices.rules.document.found import FoundCard
from alert4you.practices.rules.document.reading import MOST_BYTES
from alert4you.practices.rules.elements import ELEMENTS
from alert4you.practices.rules.importing import Correction
from alert4you.ui.forms import Form

FIRST_YEAR, LAST_YEAR = 1990, 2100


class UploadForm(Form):
    """The document."""

    file = forms.FileField(
        label=gettext_lazy("Your document"),
        help_text=gettext_lazy("Word (.docx), PDF or plain text, at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.txt,.md"}),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose a document first.")},
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            most = _("This file is larger than {count} MB. Split it up, or leave out the pictures.")
            raise forms.ValidationError(most.format(count=MOST_BYTES // 1_000_000))
        return file


class CardForm(Form):
    """The head of a card, and for each piece that was not recognised where it belongs."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    described_by = forms.CharField(
        label=gettext_lazy("Organisation"), max_length=200, required=False
    )
    region = forms.CharField(label=gettext_lazy("Region or city"), max_length=200, required=False)
    year = forms.IntegerField(
        label=gettext_lazy("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )

    def __init__(self, data: Any, *, card: FoundCard, correction: Correction) -> None:
        told = {
            key: getattr(correction, key) for key in ("title", "described_by", "region", "year")
        }
        places = {f"piece{number}": key for number, key in correction.places.items()}
        super().__init__(data, initial={**told, **places})
        self.pieces = [f"piece{number}" for number in range(len(card.unrecognised))]
        choices: Sequence[tuple[str, Any]] = [("", _("Leave out")), *ELEMENTS.items()]
        for name in self.pieces:
            self.fields[name] = forms.ChoiceField(
                label=_("Belongs to"),
                choices=choices,
                required=False,
                widget=forms.Select(attrs={"class": "utrecht-select utrecht-select--html-select"}),
            )

    @property
    def correction(self) -> Correction:
        """What was filled in."""
        given: Mapping[str, Any] = self.cleaned_data
        places = {name.removeprefix("piece"): given[name] for name in self.pieces if given[name]}
        return Correction(
            given["title"], given["described_by"], given["year"], given["region"], places
        )


class ChosenForm(Form):
    """Which of the cards go into the library."""

    def __init__(self, data: Any, *, numbers: Sequence[int]) -> None:
        super().__init__(data)
        self.fields["cards"] = forms.TypedMultipleChoiceField(
            label=_("The cards"),
            choices=[(number, str(number)) for number in numbers],
            coerce=int,
            error_messages={
                "required": _("Tick at least one card."),
                "invalid_choice": _("This card cannot be saved."),
            },
        )
