"""Choosing a file, and saying what is in its columns."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alert4you.imports.models import Import
from alert4you.imports.rules.columns import WORDS, shape
from alert4you.imports.rules.files import MOST_BYTES
from alert4you.ui.forms import Form


class FileForm(Form):
    file = forms.FileField(
        label=gettext_lazy("Your file"),
        help_text=gettext_lazy(
            "CSV or Excel (.xlsx), at most 20 MB. The first row names the columns."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose a file first.")},
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                _("This file is larger than %(n)s MB. Split it up.")
                % {"n": MOST_BYTES // 1_000_000}
            )
        return file


class ColumnsForm(Form):
    """Per column of the file: what stands in it. Names are what a person sees, so fields go by place."""

    def __init__(self, *args: Any, file: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_place = {at: field for field, at in file.columns.items()}
        own = [(field, WORDS[field]) for field in shape(file.kind).fields]
        for at, name in enumerate(file.header):
            self.fields[f"column{at}"] = forms.ChoiceField(
                label=name or _("Column %(n)s") % {"n": at + 1},
                choices=[("", _("we do not need this")), *own],
                initial=by_place.get(at, ""),
                required=False,
                widget=forms.Select(attrs={"class": "utrecht-select utrecht-select--html-select"}),
            )

    def clean(self) -> dict[str, Any]:
        said = [value for name, value in self.cleaned_data.items() if name != "once" and value]
        double = next((each for each in said if said.count(each) > 1), None)
        if double:
            raise forms.ValidationError(
                _("Two columns are “%(field)s”. Choose one of them.") % {"field": WORDS[double]}
            )
        return self.cleaned_data

    @property
    def columns(self) -> dict[str, int]:
        """Which column (from 0) holds which field."""
        chosen = {
            name: field for name, field in self.cleaned_data.items() if name.startswith("column")
        }
        return {field: int(name.removeprefix("column")) for name, field in chosen.items() if field}
