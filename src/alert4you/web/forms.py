"""Signing in, choosing a hat, registering children."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordResetForm, SetPasswordForm
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from alert4you.children.models import DayPart, GuardianKind, LegalBasis
from alert4you.kernel.mailing import send_beside
from alert4you.organisations.forms import Organisations, People
from alert4you.organisations.models import Group, Person
from alert4you.organisations.queries import people_with
from alert4you.ui.finding import FindField
from alert4you.ui.forms import CheckCards, ChoiceCards, DayField, Form

WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
]


class SignInForm(Form):
    email = forms.EmailField(
        label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
    )


class ForgotPasswordForm(PasswordResetForm, Form):
    """Also for whoever never had a password: this is how an invited person makes one."""

    email = forms.EmailField(
        label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def get_users(self, email: str) -> Iterable[Person]:
        return people_with(email)

    def send_mail(self, *templates: Any, **about: Any) -> None:
        """Beside the answer, so that its time does not tell whether the address is known."""
        subject, body, context, __, to = templates
        words = "".join(render_to_string(subject, context).splitlines())
        send_beside(words, render_to_string(body, context), to)


class NewPasswordForm(SetPasswordForm, Form):
    pass


class EmailForm(Form):
    email = forms.EmailField(
        label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )


class CodeForm(Form):
    """A code that was sent, shown or given."""

    code = forms.CharField(
        label=_("The code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}
        ),
    )


class PasskeyForm(Form):
    """What the device answers; filled by `passkey.js`."""

    credential = forms.CharField(widget=forms.HiddenInput, max_length=20_000)
    name = forms.CharField(label=_("What do you call this device?"), max_length=60, required=False)

    def clean_credential(self) -> dict[str, Any]:
        """An object; ``forms.JSONField`` ends in a fault on a long number and on a deep list."""
        try:
            told = json.loads(self.cleaned_data["credential"])
        except (ValueError, RecursionError):
            told = None
        if not isinstance(told, dict):
            raise forms.ValidationError(_("That did not work. Try again."))
        return told


class HatForm(Form):
    hat = forms.ChoiceField(
        label=_("As whom do you work now?"), widget=ChoiceCards(layout="column")
    )

    def __init__(self, *args: Any, hats: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hat"].choices = hats  # type: ignore[attr-defined]


class PlacedForm(Form):
    """What every form about a place asks: where, since when, on which days, on what ground."""

    group = forms.ChoiceField(label=_("Group"))
    starts = DayField(label=_("From"))
    weekdays = forms.MultipleChoiceField(
        label=_("On which days"), choices=WEEKDAYS, widget=CheckCards(layout="few")
    )
    parts = forms.MultipleChoiceField(
        label=_("Part of the day"), choices=DayPart.choices, widget=CheckCards(layout="few")
    )
    mentor = FindField(label=_("Who is the mentor"), required=False)
    basis = forms.ChoiceField(label=_("On what ground"), choices=LegalBasis.choices)

    def __init__(
        self,
        *args: Any,
        groups: Iterable[Group],
        mentors: People,
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mentor"].offer(mentors)  # type: ignore[attr-defined]
        self.groups = {str(group.pk): group for group in groups}
        choices = [(key, f"{group.location}, {group}") for key, group in self.groups.items()]
        self.fields["group"].choices = choices  # type: ignore[attr-defined]
        self.fields["starts"].initial = today

    @property
    def group_chosen(self) -> Group:
        return self.groups[self.cleaned_data["group"]]

    @property
    def days(self) -> list[tuple[int, str]]:
        told = self.cleaned_data
        return [(int(weekday), part) for weekday in told["weekdays"] for part in told["parts"]]


class ChildForm(PlacedForm):
    first_name = forms.CharField(label=_("First name"), max_length=100)
    last_name = forms.CharField(label=_("Last name"), max_length=100)
    born = DayField(label=_("Date of birth"))
    unborn = forms.BooleanField(
        label=_("Not born yet: its parents ask for help already"),
        required=False,
        help_text=_("Fill in the day it is expected. It comes on no day of the group yet."),
    )

    field_order = ("first_name", "last_name", "born", "unborn")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("unborn"):
            for name in ("weekdays", "parts"):
                self.fields[name].required = False

    @property
    def days(self) -> list[tuple[int, str]]:
        return [] if self.cleaned_data["unborn"] else super().days


class PlaceForm(PlacedForm):
    last_day = DayField(label=_("Until and including"), required=False)
    purpose = forms.CharField(label=_("Why this place"), max_length=200, required=False)
    review_on = DayField(label=_("When do we look at this place again"), required=False)


class EndPlaceForm(Form):
    """The last day of a place."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"] = DayField(label=_("What is the last day?"), first=today)


class GuardianForm(Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("With it, this person can sign in.")
    )
    kind = forms.ChoiceField(label=_("Who is this"), choices=GuardianKind.choices)
    organisation = FindField(
        label=_("Of which certified institution"),
        required=False,
        help_text=_("Only for a guardian of an institution, and for a family supervisor."),
    )
    authority = forms.ChoiceField(
        label=_("Has authority over the child"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=ChoiceCards(
            layout="few",
            descriptions={
                "yes": _("Sees the line, decides about sharing."),
                "no": _("Asks staff for information; does not sign in."),
            },
        ),
    )
    proof = forms.CharField(
        label=_("What was shown, and to whom"),
        max_length=200,
        required=False,
        help_text=_("For example: extract of the authority register, seen by Marit."),
    )

    def __init__(self, *args: Any, institutions: Organisations, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if institutions.is_empty:
            del self.fields["organisation"]
        else:
            self.fields["organisation"].offer(institutions, "–")  # type: ignore[attr-defined]
