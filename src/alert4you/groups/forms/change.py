"""What if: somebody is ill, or a child or a colleague goes to another group."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.organisations.forms import People
from alert4you.ui.finding import FindField
from alert4you.ui.forms import ChoiceCards, DayField, Form

ILL = "ill"
FOUR_WEEKS = timedelta(weeks=4)


class ChangeForm(Form):
    """``who``: children and colleagues of the group; ``where``: away, or another group of the location."""

    who = forms.ChoiceField(label=_("Who?"))
    where = forms.ChoiceField(label=_("What happens?"), widget=ChoiceCards(layout="column"))

    def __init__(
        self,
        *args: Any,
        workers: Iterable[tuple[str, str]],
        kids: Iterable[tuple[str, str]],
        groups: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.workers = dict(workers)
        colleagues = list(self.workers.items())
        offered: list[Any] = [(_("Colleagues"), colleagues), (_("Children"), list(kids))]
        if not groups:  # nobody can move: what is left to ask is who is ill
            offered = colleagues
            self.fields["who"].label = _("Who is ill?")
            self.fields["where"].widget = forms.HiddenInput()
            self.initial["where"] = ILL
        self.fields["who"].choices = offered  # type: ignore[attr-defined]
        self.fields["where"].choices = [  # type: ignore[attr-defined]
            (ILL, _("A colleague is ill")),
            *((key, _("Goes to %s") % name) for key, name in groups),
        ]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("where") == ILL and told.get("who") not in self.workers:
            self.add_error("where", _("Of a child that does not come nothing is written here."))
        return told


class CoverForm(Form):
    """Who stands in, so that the absence can be written down."""

    cover = FindField(label=_("Who takes over the work meanwhile?"))

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cover"].offer(people)  # type: ignore[attr-defined]


class MoveForm(Form):
    """Until when, why, and for a child how its parents agreed."""

    def __init__(self, *args: Any, first: date, is_child: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"] = DayField(
            label=_("Until and including which day?"),
            first=first,
            last=first + FOUR_WEEKS,
            initial=first,
        )
        self.fields["why"] = forms.CharField(
            label=_("Why?"), widget=forms.Textarea(attrs={"rows": 2}), max_length=200
        )
        if is_child:
            self.fields["agreed"] = forms.CharField(
                label=_("How did the parents agree?"),
                help_text=_("In writing and beforehand: a message, a letter, on which day."),
                max_length=200,
            )
