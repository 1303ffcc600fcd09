"""Forms with fields that only their page knows."""

from collections.abc import Mapping
from typing import Any

from django import forms

from alert4you.ui.forms import Form


class GrownForm(Form):
    """A form with fields that only its page knows."""

    def __init__(self, *args: Any, grown: Mapping[str, forms.Field], **kwargs: Any) -> None:
        self.base_fields = {**self.base_fields, **grown}  # type: ignore[misc]
        super().__init__(*args, **kwargs)
