"""Rhythms, signals and trainings."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.meetings.forms.planning import KIND_ICONS, line_field
from alert4you.meetings.models import MeetingKind, Per
from alert4you.organisations.forms import People
from alert4you.organisations.models import Location
from alert4you.ui.finding import FindField
from alert4you.ui.forms import ChoiceCards, DayField, Form


class RhythmForm(Form):
    """How often people want to meet. No number is filled in: it is theirs."""

    kind = forms.ChoiceField(label=_("Which meeting?"), widget=ChoiceCards())
    number = forms.IntegerField(label=_("How often?"), min_value=1, max_value=52)
    per = forms.ChoiceField(label=_("Counted as"), widget=ChoiceCards(layout="few"))
    location = forms.ChoiceField(label=_("For which place?"), widget=ChoiceCards(layout="few"))

    def __init__(
        self, *args: Any, locations: Iterable[Location], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.locations = {str(each.pk): each for each in locations}
        kind, per, where = (self.fields[name] for name in ("kind", "per", "location"))
        kind.choices = kind_choices()  # type: ignore[attr-defined]
        kind.widget.icons = {each.value: icon for each, icon in KIND_ICONS.items()}
        per.choices = [  # type: ignore[attr-defined]
            (Per.YEAR.value, _("so many times a year")),
            (Per.WEEKS.value, _("once every so many weeks")),
        ]
        where.choices = location_choices(self.locations.values())  # type: ignore[attr-defined]
        self.fields["starts"] = DayField(label=_("From which day?"), initial=today)
        self.order_fields(["kind", "number", "per", "starts", "location"])

    @property
    def place(self) -> Location | None:
        return self.locations.get(self.cleaned_data["location"])


class SignalForm(Form):
    """What goes on, without names."""

    theme = forms.CharField(
        label=_("In one or two words"),
        max_length=60,
        help_text=_("Use the words that stand there already, then they come together."),
    )
    words = forms.CharField(
        label=_("What do you notice?"),
        help_text=_("Without names: it is about what happens, not about one child."),
        widget=forms.Textarea,
        max_length=1000,
    )
    location = forms.ChoiceField(label=_("Where?"), widget=ChoiceCards(layout="few"))

    def __init__(self, *args: Any, locations: Iterable[Location], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.locations = {str(each.pk): each for each in locations}
        field: Any = self.fields["location"]
        field.choices = [(key, each.name) for key, each in self.locations.items()]
        if len(self.locations) == 1:
            field.initial = next(iter(self.locations))

    @property
    def place(self) -> Location:
        return self.locations[self.cleaned_data["location"]]


class TrainingForm(Form):
    """What is going to be learned, who arranges it, by when."""

    what = line_field(_("What do you want to learn together?"))
    owner = FindField(label=_("Who arranges it?"))

    def __init__(self, *args: Any, people: People, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].offer(people)  # type: ignore[attr-defined]
        self.fields["due"] = DayField(label=_("By which day?"), first=today)


def kind_choices() -> list[tuple[str, str]]:
    return [(each.value, str(each.label)[:1].upper() + str(each.label)[1:]) for each in MeetingKind]


def location_choices(locations: Iterable[Location]) -> list[tuple[str, Any]]:
    """The places, and the whole organisation first."""
    return [
        ("all", _("The whole organisation")),
        *((str(each.pk), each.name) for each in locations),
    ]
