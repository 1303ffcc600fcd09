"""Moving a trajectory to another version."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.ui.forms import Form


class MoveForm(Form):
    """Why, for the version that was on the screen."""

    version = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why does it go on with the new version?"),
        widget=forms.Textarea,
        max_length=2000,
        help_text=_("The parents read this on the line of their child."),
    )

    def __init__(self, *args: Any, version: UUID, **kwargs: Any) -> None:
        super().__init__(*args, initial={"version": version}, **kwargs)
        self.wanted = version

    def clean_version(self) -> UUID:
        """Refused when the organisation adopted yet another version in between."""
        if self.cleaned_data["version"] != self.wanted:
            raise forms.ValidationError(
                _("There is another version now. Look at what it changes, and move it then.")
            )
        return self.wanted
