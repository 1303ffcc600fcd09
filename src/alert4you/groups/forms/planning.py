"""Planning a room, a landing, a duo, and the team that goes round."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.groups.forms.day import CONDITIONS, ConditionsForm, TimeInput
from alert4you.groups.models import Cluster, RoomSlot, RotaMember
from alert4you.organisations.forms import People
from alert4you.organisations.models import Group, Membership
from alert4you.ui.dates import clock
from alert4you.ui.finding import FindField
from alert4you.ui.forms import CheckCards, ChoiceCards, DayField, Form
from alert4you.ui.screens import Question

MOST_HOURS = 60
IN_MEETING = "meeting"


def named(people: Iterable[Membership]) -> dict[str, Membership]:
    return {str(each.pk): each for each in people}


def choices(people: dict[str, Membership]) -> list[tuple[str, str]]:
    return [(key, f"{each.person}, {each.task}") for key, each in people.items()]


class RoomForm(Form):
    """From when until when somebody is in a room with part of the group."""

    room = forms.CharField(label=_("Which room?"), max_length=100)
    worker = forms.ChoiceField(label=_("Who is there with the children?"))
    begins = forms.TimeField(label=_("From"), widget=TimeInput(format="%H:%M"))
    until = forms.TimeField(label=_("Until"), widget=TimeInput(format="%H:%M"))

    def __init__(self, *args: Any, people: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = named(people)
        self.fields["worker"].choices = choices(self.people)  # type: ignore[attr-defined]


class LandingForm(Form):
    """In which room a child lands, and what a substitute must know."""

    slot = forms.ChoiceField(
        label=_("Where does the child land?"), widget=ChoiceCards(layout="column")
    )
    text = forms.CharField(
        label=_("What must somebody know who stands in?"),
        help_text=_("What does the child do first, and when does it join the group?"),
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, slots: Iterable[RoomSlot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slots = {str(each.pk): each for each in slots}
        self.fields["slot"].choices = [  # type: ignore[attr-defined]
            (key, f"{each.room}, {clock(each.begins)}–{clock(each.until)}")
            for key, each in self.slots.items()
        ]


class DuoForm(ConditionsForm):
    """Two colleagues who share a group for a time; the conditions are about the one of youth care."""

    childcare = FindField(label=_("Who of your own group workers?"))
    youth_care = FindField(label=_("Who of youth care?"))

    def __init__(
        self,
        *args: Any,
        own: People,
        others: People,
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["childcare"].offer(own)  # type: ignore[attr-defined]
        self.fields["youth_care"].offer(others)  # type: ignore[attr-defined]
        self.fields["last_day"] = DayField(label=_("Until and including"), first=today)


DUO = (
    Question(_("Which two share this group?"), ("childcare", "youth_care", "last_day")),
    *CONDITIONS,
)


class TeamForm(Form):
    """Groups that share colleagues who go round."""

    name = forms.CharField(label=_("What do you call this team?"), max_length=100)
    groups = forms.MultipleChoiceField(
        label=_("Round which groups do they go?"), widget=CheckCards(layout="column")
    )

    def __init__(self, *args: Any, groups: Iterable[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(each.pk): each for each in groups}
        self.fields["groups"].choices = [  # type: ignore[attr-defined]
            (key, f"{each}, {each.location}") for key, each in self.known.items()
        ]

    @property
    def chosen(self) -> list[Group]:
        return [self.known[each] for each in self.cleaned_data["groups"]]


class MemberForm(Form):
    """A colleague on the team, with hours a week."""

    team = forms.ChoiceField(label=_("Which team?"))
    who = FindField(label=_("Who goes round?"))
    contract = forms.IntegerField(
        label=_("Hours a week by contract"), min_value=0, max_value=MOST_HOURS
    )
    extra = forms.IntegerField(
        label=_("Extra hours a week on top of it"), min_value=0, max_value=MOST_HOURS, initial=0
    )

    def __init__(self, *args: Any, teams: Iterable[Cluster], people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {str(each.pk): each for each in teams}
        self.fields["team"].choices = [  # type: ignore[attr-defined]
            (key, str(each)) for key, each in self.teams.items()
        ]
        self.fields["who"].offer(people)  # type: ignore[attr-defined]


class ShiftForm(Form):
    """Hours of one day of a colleague who goes round."""

    who = forms.ChoiceField(label=_("Who?"))
    where = forms.ChoiceField(label=_("On which group?"))
    hours = forms.DecimalField(
        label=_("How many hours?"), min_value=0, max_value=12, decimal_places=2, initial=4
    )

    field_order = ("who", "where", "day", "hours")

    def __init__(
        self,
        *args: Any,
        members: Iterable[RotaMember],
        groups: Iterable[Group],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(each.pk): each for each in members}
        self.groups = {str(each.pk): each for each in groups}
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            (key, f"{each.membership.person}, {each.cluster}") for key, each in self.members.items()
        ]
        self.fields["where"].choices = [  # type: ignore[attr-defined]
            *((key, f"{each}, {each.location}") for key, each in self.groups.items()),
            (IN_MEETING, _("in a meeting")),
        ]
        self.fields["day"] = DayField(label=_("On which day?"), initial=today)
        self.order_fields(self.field_order)

    @property
    def minutes(self) -> int:
        return int(self.cleaned_data["hours"] * 60)
