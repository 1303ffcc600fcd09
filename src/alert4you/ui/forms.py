"""The form every page starts from: plain messages, and a double click writes once."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from alert4you.kernel.decision import Denied
from alert4you.ui.dates import read_day
from alert4you.ui.finding import LOOK_UP, Finder

# The first that fits counts: Django makes some widgets out of others.
CONTROL_CLASSES = {
    forms.Textarea: "utrecht-textarea utrecht-textarea--html-textarea",
    forms.CheckboxSelectMultiple: "utrecht-custom-checkbox utrecht-custom-checkbox--html-input",
    forms.RadioSelect: "utrecht-radio-button utrecht-radio-button--html-input",
    forms.CheckboxInput: "utrecht-custom-checkbox utrecht-custom-checkbox--html-input",
    forms.Select: "utrecht-select utrecht-select--html-select",
    forms.widgets.Input: "utrecht-textbox utrecht-textbox--html-input",
}

PLAIN_MESSAGES = {
    "required": _("This is still empty. Please fill it in."),
    "invalid": _("We cannot read this. Please check what you typed."),
    "invalid_choice": _("This choice is not possible (any more). Please choose again."),
    "invalid_list": _("Please choose again."),
    "invalid_date": _("Write the date like this: 27-11-2026."),
}

# What validators say, which a field has no words of its own for.
LIMIT_MESSAGES = {
    "max_length": _("This is too long: at most %(limit_value)d characters; now %(show_value)d."),
    "max_value": _("At most %(limit_value)s."),
    "min_value": _("At least %(limit_value)s."),
}


def control_class(widget: forms.Widget) -> str:
    """The design system's class names for a widget."""
    return next((names for kind, names in CONTROL_CLASSES.items() if isinstance(widget, kind)), "")


def plain_messages(field: forms.Field) -> dict[str, Any]:
    """Our words instead of Django's, but never instead of a form's own words."""
    django_words = {
        code: text
        for base in reversed(type(field).__mro__)
        for code, text in getattr(base, "default_error_messages", {}).items()
    }
    plain = {
        code: text for code, text in LIMIT_MESSAGES.items() if code not in field.error_messages
    }
    for code, text in field.error_messages.items():
        if text is django_words.get(code) and code in PLAIN_MESSAGES:
            plain[code] = PLAIN_MESSAGES[code]
    if isinstance(field, forms.DateField) and "invalid" in plain:
        plain["invalid"] = PLAIN_MESSAGES["invalid_date"]
    if isinstance(field, forms.ChoiceField) and "required" in plain:
        plain["required"] = _("Please choose one.")
    if isinstance(field, forms.BooleanField) and "required" in plain:
        plain["required"] = _("Please tick this, or go back.")
    return plain


class Cards:
    """Options as large cards for thumbs, each with an optional line of explanation and an icon.

    `layout`: "" (as many columns as fit), "few" (short labels, narrow cards) or "column".
    """

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        descriptions: Mapping[Any, Any] | None = None,
        icons: Mapping[Any, str] | None = None,
        layout: str = "",
    ) -> None:
        super().__init__(attrs, choices)  # type: ignore[call-arg]
        self.descriptions = {str(key): text for key, text in (descriptions or {}).items()}
        self.icons = {str(key): name for key, name in (icons or {}).items()}
        self.layout = layout

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        option["description"] = self.descriptions.get(str(value), "")
        option["icon"] = self.icons.get(str(value), "")
        return option


class ChoiceCards(Cards, forms.RadioSelect):
    """Choose one."""


class CheckCards(Cards, forms.CheckboxSelectMultiple):
    """Choose any number."""


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day: the device's own date picker, and typed Dutch dates where there is none.

    `first` and `last` (inclusive) also guide the picker.
    """

    widget = DayInput

    def __init__(
        self, *, first: date | None = None, last: date | None = None, **kwargs: Any
    ) -> None:
        self.first, self.last = first, last
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            return read_day(value)
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong), code="invalid") from None

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        limits = {"min": self.first, "max": self.last}
        return super().widget_attrs(widget) | {
            name: day.isoformat() for name, day in limits.items() if day
        }

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and self.first and value < self.first:
            raise forms.ValidationError(
                _("Choose a day on or after %(day)s.") % {"day": f"{self.first:%d-%m-%Y}"}
            )
        if value and self.last and value > self.last:
            raise forms.ValidationError(
                _("Choose a day on or before %(day)s.") % {"day": f"{self.last:%d-%m-%Y}"}
            )


class OnceField(forms.UUIDField):
    """Names one filling-in of a form. A missing or broken value is no reason to bother a person."""

    widget = forms.HiddenInput(attrs={"id": False})

    def clean(self, value: Any) -> UUID:
        try:
            return super().clean(value) or uuid4()
        except forms.ValidationError:
            return uuid4()


class Form(forms.Form):
    """Base of all forms. Pass `form.once` on to the command: the same id twice writes once.

    `more_fields`: those that only the page knows, because they need a day or choices.
    """

    use_required_attribute = False

    def __init__(
        self, *args: Any, more_fields: Mapping[str, forms.Field] | None = None, **kwargs: Any
    ) -> None:
        self.base_fields = {**self.base_fields, **(more_fields or {})}  # type: ignore[misc]
        super().__init__(*args, **kwargs)
        self.fields["once"] = OnceField(required=False, initial=uuid4)
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", control_class(field.widget))

    @cached_property
    def looks_up(self) -> bool:
        """Somebody is looked up before anything is sent: nothing is wrong yet, and nothing is right."""
        return self.is_bound and (
            LOOK_UP in self.data
            or any(
                each.widget.looks_up(self.data, self.add_prefix(name))
                for name, each in self.fields.items()
                if isinstance(each.widget, Finder)
            )
        )

    def is_valid(self) -> bool:
        return not self.looks_up and super().is_valid()

    def full_clean(self) -> None:
        for field in self.fields.values():  # here, because some forms ask more after `__init__`
            field.error_messages.update(plain_messages(field))
        super().full_clean()
        if self.looks_up:
            self.errors.clear()

    @property
    def once(self) -> UUID:
        """The id of this filling-in (in templates `{{ form.once }}` is the hidden field)."""
        return self.cleaned_data["once"]

    def refuse(self, denied: Denied) -> None:
        """A command said no: say why and what can be done instead, at the field if it is about one."""
        no = denied.decision
        words = " ".join(str(each) for each in (no.reason, no.instead) if each)
        self.add_error(no.field if no.field in self.fields else None, words)


class PointField(forms.CharField):
    """A place on the map as people copy it from one: latitude and longitude, as a pair of degrees or None."""

    default_error_messages = {
        "unreadable": _("Copy the two numbers as the map gives them, like 52.2243, 5.1764.")
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text",
            _(
                "To look for a place near home. Click on the house on a map on the internet and copy the "
                "two numbers, like 52.2243, 5.1764."
            ),
        )
        super().__init__(max_length=60, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value[0]}, {value[1]}" if isinstance(value, tuple) else value

    def clean(self, value: Any) -> tuple[float, float] | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            latitude, longitude = (float(part) for part in text.split(","))
        except ValueError as unreadable:
            raise forms.ValidationError(self.error_messages["unreadable"]) from unreadable
        if not (abs(latitude) <= 90 and abs(longitude) <= 180):
            raise forms.ValidationError(self.error_messages["unreadable"])
        return latitude, longitude
