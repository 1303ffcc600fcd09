"""What one looks for, until when a place is kept, and what a group has to offer."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.children.models import DayPart
from alert4you.children.rules import WEEKDAYS
from alert4you.planning.models import Need
from alert4you.planning.queries import Anchor
from alert4you.planning.rules.finding import Slot
from alert4you.ui.forms import CheckCards, ChoiceCards, DayField, Form, PointField

WEEKS = (4, 8, 12)
A_YEAR = timedelta(days=365)


class WishForm(forms.Form):
    """Read from the address, so that it can be kept and sent on; it changes nothing."""

    use_required_attribute = False

    days = forms.TypedMultipleChoiceField(
        label=_("On which days?"),
        coerce=int,
        choices=list(enumerate(WEEKDAYS))[:5],
        widget=CheckCards(layout="few"),
    )
    parts = forms.MultipleChoiceField(
        label=_("Which part of the day?"), choices=DayPart.choices, widget=CheckCards(layout="few")
    )
    weeks = forms.TypedChoiceField(
        label=_("For how many weeks ahead?"),
        coerce=int,
        choices=[(number, number) for number in WEEKS],
        widget=ChoiceCards(layout="few"),
    )
    near = forms.ChoiceField(label=_("Near where?"), required=False)
    needs = forms.MultipleChoiceField(
        label=_("What does the group need to have?"),
        choices=Need.choices,
        required=False,
        widget=CheckCards(),
    )

    def __init__(self, *args: Any, today: date, anchors: Iterable[Anchor], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"] = DayField(label=_("From when?"), first=today, last=today + A_YEAR)
        self.anchors: dict[str, Anchor] = {str(each.key): each for each in anchors}
        self.fields["near"].choices = [  # type: ignore[attr-defined]
            ("", _("anywhere")),
            *((key, _near(each)) for key, each in self.anchors.items()),
        ]

    @property
    def slots(self) -> tuple[Slot, ...]:
        told = self.cleaned_data
        return tuple((day, part) for day in sorted(told["days"]) for part in told["parts"])

    @property
    def in_words(self) -> str:
        """What is looked for, in one line."""
        told = self.cleaned_data
        days = ", ".join(str(WEEKDAYS[day]) for day in sorted(told["days"]))
        parts = ", ".join(str(DayPart(part).label) for part in told["parts"])
        needs = ", ".join(str(Need(need).label) for need in told["needs"])
        near = str(_near(self.anchor)) if self.anchor else ""
        return " · ".join(filter(None, (days, parts, near, needs)))

    @property
    def anchor(self) -> Anchor | None:
        return self.anchors.get(self.cleaned_data["near"])


class KeepForm(Form):
    """Until when nobody else gets these days."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"] = DayField(
            label=_("Until when do we keep it free?"), first=today + timedelta(days=1)
        )


class OffersForm(Form):
    """What a group has, and how many children with a trajectory it takes at most."""

    has = forms.MultipleChoiceField(
        label=_("What does this group have?"),
        choices=Need.choices,
        required=False,
        widget=CheckCards(),
    )
    most = forms.IntegerField(
        label=_("How many children with a trajectory at most?"),
        help_text=_("Agree on this with the group. Leave it empty when nothing is agreed."),
        min_value=1,
        max_value=30,
        required=False,
    )
    point = PointField(label=_("Where is the location on the map?"), required=False)


def _near(anchor: Anchor) -> Any:
    return _("the home of %s") % anchor.name if anchor.is_home else anchor.name
