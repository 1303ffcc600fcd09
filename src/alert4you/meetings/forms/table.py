"""At the table: short lines, written while people talk."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alert4you.children.models import Guardian
from alert4you.meetings.forms.planning import line_field
from alert4you.meetings.models import Outcome, Seat
from alert4you.meetings.queries.agenda import Weighed
from alert4you.ui.forms import CheckCards, ChoiceCards, DayField, Form


class WordsForm(Form):
    """Own words: of a parent, or written down for one of them."""

    words = forms.CharField(
        label=_("What do you want to say or ask?"), widget=forms.Textarea, max_length=2000
    )

    def __init__(self, *args: Any, guardians: Sequence[Guardian] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if guardians:
            self.fields["guardian"] = forms.ChoiceField(
                label=_("Whose words are these?"),
                choices=[(str(each.pk), each.person.name) for each in guardians],
                widget=ChoiceCards(layout="few"),
            )
            self.order_fields(["guardian", "words"])


class OptionForm(Form):
    words = line_field(_("What could we do?"))


class PointForm(Form):
    """A plus or a minus of an option; which of both, the button says."""

    words = line_field(_("What do you hear?"))


class DecideForm(Form):
    """What people decided, and for a structured talk what it became."""

    words = forms.CharField(
        label=_("What did you decide, in your own words?"),
        widget=forms.Textarea,
        max_length=2000,
        required=False,
    )
    outcome = forms.ChoiceField(
        label=_("What is it for now?"), required=False, widget=ChoiceCards(layout="few")
    )

    def __init__(self, *args: Any, options: Sequence[Weighed] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        result: Any = self.fields["outcome"]
        result.choices = [
            ("", _("None of these")),
            *((o.value, capfirst(o.label)) for o in Outcome),
        ]
        result.widget.icons = {"watch": "eye", "tip": "star", "next_step": "arrow"}
        if options:
            self.fields["option"] = forms.ChoiceField(
                label=_("Which option do you choose?"),
                choices=[
                    *((str(each.option.pk), each.option.what) for each in options),
                    ("", _("None of these")),
                ],
                required=False,
                widget=ChoiceCards(layout="column"),
            )
            self.order_fields(["option", "words", "outcome"])


class ActionForm(Form):
    """Who does what by when, and whether it begins at once."""

    what = line_field(_("What will happen?"))
    who = forms.ChoiceField(label=_("Who does it?"), widget=ChoiceCards(layout="few"))
    at_once = forms.BooleanField(label=_("It begins at once"), required=False)

    def __init__(self, *args: Any, seats: Iterable[Seat], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in seats if each.person}
        field: Any = self.fields["who"]
        field.choices = [(key, each.name) for key, each in self.people.items()]
        self.fields["due"] = DayField(label=_("By which day?"), first=today)
        self.order_fields(["what", "who", "due", "at_once"])

    @property
    def owner(self) -> Any:
        seat = self.people[self.cleaned_data["who"]]
        return seat.membership or seat.guardian


class HoldForm(Form):
    """It took place: who was there, and what else should be in the minutes."""

    present = forms.MultipleChoiceField(
        label=_("Who was there?"), widget=CheckCards, required=False
    )
    counts = forms.MultipleChoiceField(
        label=_("Does it count for what runs?"),
        help_text=_("Then it stands there as done."),
        widget=CheckCards,
        required=False,
    )
    notes = forms.CharField(
        label=_("What else should be in the minutes?"),
        help_text=_("Without names of children: everybody who was invited reads it."),
        widget=forms.Textarea,
        max_length=4000,
        required=False,
    )

    def __init__(
        self, *args: Any, seats: Iterable[Seat], counts: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {str(each.pk): each for each in seats if each.person}
        field: Any = self.fields["present"]
        field.choices = [(key, each.name) for key, each in self.seats.items()]
        field.initial = [key for key, each in self.seats.items() if each.coming is not False]
        if counts:
            counted: Any = self.fields["counts"]
            counted.choices = counts
            counted.initial = [key for key, _label in counts]
        else:
            del self.fields["counts"]

    @property
    def here(self) -> list[Seat]:
        return [self.seats[key] for key in self.cleaned_data["present"]]
