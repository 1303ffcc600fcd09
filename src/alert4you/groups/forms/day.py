"""What people fill in about groups."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.children.models import DayPart
from alert4you.children.rules import WEEKDAYS
from alert4you.groups.rules.counting import Conditions
from alert4you.groups.rules.planning import UNTIL_BEFORE_FROM
from alert4you.organisations.forms import People
from alert4you.organisations.models import Group, Membership
from alert4you.ui.finding import FindField
from alert4you.ui.forms import CheckCards, ChoiceCards, Form
from alert4you.ui.screens import Question

WORKING_DAYS = list(enumerate(WEEKDAYS))[:5]
YES_NO_UNKNOWN = [("yes", _("Yes")), ("no", _("No")), ("", _("Not known yet"))]
KNOWN = {"yes": True, "no": False, "": None}


class TimeInput(forms.TimeInput):
    input_type = "time"


class HoursForm(Form):
    """One pair of times per part of the day that is used."""

    def __init__(self, *args: Any, parts: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = list(parts)
        for part in self.parts:
            label = DayPart(part).label
            self.fields[f"{part}_begins"] = forms.TimeField(
                label=_("%s: from") % label, widget=TimeInput(format="%H:%M")
            )
            self.fields[f"{part}_until"] = forms.TimeField(
                label=_("%s: until") % label, widget=TimeInput(format="%H:%M")
            )


class ConditionsForm(Form):
    """What was seen of the four conditions on which somebody counts."""

    for_group = forms.ChoiceField(
        label=_("Is this person here for the whole group?"),
        choices=YES_NO_UNKNOWN,
        required=False,
        widget=ChoiceCards(layout="few"),
        help_text=_("Not for one child, not to coach and not to look."),
    )
    deployed = forms.ChoiceField(
        label=_("Does this person work here under your responsibility?"),
        choices=YES_NO_UNKNOWN,
        required=False,
        widget=ChoiceCards(layout="few"),
        help_text=_("Employed, seconded or hired by the childcare organisation."),
    )
    qualified = forms.ChoiceField(
        label=_("Is there a diploma that counts for childcare?"),
        choices=YES_NO_UNKNOWN,
        required=False,
        widget=ChoiceCards(layout="few"),
    )
    registered = forms.ChoiceField(
        label=_("Linked to your organisation in the childcare register of persons?"),
        choices=YES_NO_UNKNOWN,
        required=False,
        widget=ChoiceCards(layout="few"),
    )
    evidence = forms.CharField(label=_("Where did you see this?"), max_length=300, required=False)


CONDITIONS = (
    Question(_("What does this person come for?"), ("for_group", "deployed")),
    Question(_("What did you see yourself?"), ("qualified", "registered", "evidence")),
)


def conditions(told: dict[str, Any]) -> Conditions:
    """From what was filled in."""
    return Conditions(
        KNOWN[told["deployed"]],
        KNOWN[told["qualified"]],
        KNOWN[told["registered"]],
        KNOWN[told["for_group"]],
        told["evidence"],
    )


class PresenceForm(ConditionsForm):
    """Who stands on the group, and when."""

    who = FindField(label=_("Who"))
    weekdays = forms.MultipleChoiceField(
        label=_("On which days"), choices=WORKING_DAYS, widget=CheckCards(layout="few")
    )
    begins = forms.TimeField(label=_("From"), required=False, widget=TimeInput(format="%H:%M"))
    until = forms.TimeField(label=_("Until"), required=False, widget=TimeInput(format="%H:%M"))
    trainee = forms.BooleanField(label=_("This person is in training"), required=False)

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].offer(people)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        begins, until = told.get("begins"), told.get("until")
        if (begins or until) and not (begins and until and begins < until):
            self.add_error("until", str(UNTIL_BEFORE_FROM.reason))
        return told


PRESENCE = (
    Question(_("Who is it?"), ("who", "trainee")),
    Question(_("When?"), ("weekdays", "begins", "until")),
    *CONDITIONS,
)


class WaitForm(Form):
    group = forms.ChoiceField(label=_("Group"))
    weekdays = forms.MultipleChoiceField(
        label=_("On which days"), choices=WORKING_DAYS, widget=CheckCards(layout="few")
    )
    parts = forms.MultipleChoiceField(
        label=_("Part of the day"), choices=DayPart.choices, widget=CheckCards(layout="few")
    )

    def __init__(self, *args: Any, groups: Iterable[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {str(each.pk): each for each in groups}
        choices = [(key, f"{each.location}, {each}") for key, each in self.groups.items()]
        self.fields["group"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Group:
        return self.groups[self.cleaned_data["group"]]

    @property
    def days(self) -> list[tuple[int, str]]:
        told = self.cleaned_data
        return [(int(day), part) for day in told["weekdays"] for part in told["parts"]]


class OfferForm(Form):
    """A button in a row of the waiting list."""

    place = forms.UUIDField(widget=forms.HiddenInput(attrs={"id": False}))
    reason = forms.CharField(
        label=_("Why does this child go first?"), max_length=200, required=False
    )


class PeopleForm(Form):
    """The own people of a child, and its mentor: out of who works on the group."""

    people = forms.MultipleChoiceField(
        label=_("Own people"), required=False, widget=CheckCards(layout="few")
    )
    mentor = forms.ChoiceField(label=_("Mentor"), required=False, widget=ChoiceCards(layout="few"))

    def __init__(self, *args: Any, people: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(each.pk): each for each in people}
        names = [(key, str(each.person)) for key, each in self.known.items()]
        self.fields["people"].choices = names  # type: ignore[attr-defined]
        self.fields["mentor"].choices = [("", _("Nobody yet")), *names]  # type: ignore[attr-defined]
