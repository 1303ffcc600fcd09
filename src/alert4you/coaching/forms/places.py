"""How coaching works at a location, and hours to walk in."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.children.models import Child
from alert4you.coaching.models import Arrangement, Theme, Walker
from alert4you.notes.forms.noting import text_field
from alert4you.organisations.models import Location
from alert4you.ui.forms import ChoiceCards, DayField, Form


class ArrangeForm(Form):
    """In a rhythm or on request, who answers first, and why so."""

    arrangement = forms.ChoiceField(
        label=_("When does the coach come?"),
        choices=[
            (Arrangement.STRUCTURAL.value, _("In a fixed rhythm")),
            (Arrangement.ON_CALL.value, _("When somebody asks")),
        ],
        widget=ChoiceCards(
            icons={Arrangement.STRUCTURAL: "calendar", Arrangement.ON_CALL: "bell"}, layout="few"
        ),
    )
    weeks_between = forms.IntegerField(
        label=_("Every how many weeks?"), min_value=1, max_value=26, required=False
    )
    pedagogue_first = forms.BooleanField(
        label=_("Questions go to our own pedagogue first"),
        help_text=_("She helps herself, or calls in the coach. One door for everybody."),
        required=False,
    )
    why = forms.CharField(
        label=_("Why does this fit here?"),
        help_text=_("Think of culture, skills, habits and needs of this location."),
        max_length=300,
    )


class HourForm(Form):
    location = forms.ChoiceField(label=_("Where?"), widget=ChoiceCards(layout="column"))
    begins = forms.TimeField(
        label=_("From what time?"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=_("Until what time?"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(
        self, *args: Any, places: Collection[Location], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(each.pk): each for each in places}
        if len(self.places) == 1:
            del self.fields["location"]
        else:
            names = [(key, each.name) for key, each in self.places.items()]
            self.fields["location"].choices = names  # type: ignore[attr-defined]
        self.fields["day"] = DayField(label=_("When?"), first=today, initial=today)
        self.order_fields(["location", "day", "begins", "ends", "once"])

    @property
    def place(self) -> Location:
        chosen = self.cleaned_data.get("location")
        return self.places[chosen] if chosen else next(iter(self.places.values()))


class WalkInForm(Form):
    """Who came; nothing else is asked."""

    who = forms.ChoiceField(
        label=_("Who came?"),
        choices=[(Walker.PARENT.value, _("A parent")), (Walker.STAFF.value, _("A colleague"))],
        widget=ChoiceCards(layout="few", icons={Walker.PARENT: "parents", Walker.STAFF: "hand"}),
    )
    theme = forms.ChoiceField(
        label=_("What was it about?"),
        choices=[("", _("Rather not say")), *Theme.choices],
        required=False,
        widget=ChoiceCards(layout="few"),
    )


class KeepForm(Form):
    """The parents want something of a walk-in talk on the line of their child."""

    child = forms.ChoiceField(label=_("About which child?"), widget=ChoiceCards(layout="few"))
    text = text_field(
        _("What do you want to keep?"),
        help_text=_("Everybody who may know about your child can read it."),
    )

    def __init__(self, *args: Any, children: Collection[Child], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.children = {str(each.pk): each for each in children}
        if len(self.children) == 1:
            del self.fields["child"]
            return
        names = [(key, each.first_name) for key, each in self.children.items()]
        self.fields["child"].choices = names  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Child:
        chosen = self.cleaned_data.get("child")
        return self.children[chosen] if chosen else next(iter(self.children.values()))
