"""What may be taken over, taking it over, giving it back."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.coaching.models import TakeOverAgreement
from alert4you.notes.forms.noting import text_field
from alert4you.organisations.models import Organisation
from alert4you.ui.forms import ChoiceCards, DayField, Form


class AgreementForm(Form):
    organisation = forms.ChoiceField(label=_("With whom?"), widget=ChoiceCards(layout="column"))
    may = text_field(
        _("What may the coach take over?"),
        help_text=_("One task per line, for example: a talk with parents who are angry."),
    )
    never = text_field(
        _("What surely not?"),
        help_text=_("One task per line, for example: work on the group alone."),
    )

    def __init__(
        self, *args: Any, partners: Collection[Organisation], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.partners = {str(each.pk): each for each in partners}
        if len(self.partners) == 1:
            del self.fields["organisation"]
        else:
            names = [(key, each.name) for key, each in self.partners.items()]
            self.fields["organisation"].choices = names  # type: ignore[attr-defined]
        self.fields["review_on"] = DayField(label=_("When do you look at this again?"), first=today)
        self.order_fields(["organisation", "may", "never", "review_on", "once"])

    @property
    def partner(self) -> Organisation:
        chosen = self.cleaned_data.get("organisation")
        return self.partners[chosen] if chosen else next(iter(self.partners.values()))

    def tasks(self, name: str) -> list[str]:
        """The lines of a field, without the empty ones."""
        return [line.strip() for line in self.cleaned_data[name].splitlines() if line.strip()]


class TakeOverForm(Form):
    task = forms.ChoiceField(label=_("What do you take over?"), widget=ChoiceCards(layout="column"))
    text = text_field(
        _("What for?"), required=False, help_text=_("Without names; the groups read it.")
    )

    def __init__(
        self, *args: Any, agreements: Collection[TakeOverAgreement], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.tasks = {
            f"{each.pk}:{number}": (each.location, task)
            for each in agreements
            for number, task in enumerate(each.may)
        }
        several = len(agreements) > 1
        self.fields["task"].choices = [  # type: ignore[attr-defined]
            (key, f"{task} · {place}" if several else task)
            for key, (place, task) in self.tasks.items()
        ]
        self.fields["give_back_by"] = DayField(
            label=_("When does the group get it back?"), first=today
        )
        self.order_fields(["task", "give_back_by", "text", "once"])


class GiveBackForm(Form):
    learnt = text_field(
        _("What does the group do itself now?"), required=False, help_text=_("Without names.")
    )
