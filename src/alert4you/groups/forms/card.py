"""One fact on somebody's card: what was seen, from when, until when, and who pays."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.groups.rules.card import POINTS, Kind, terms
from alert4you.organisations.forms import Organisations
from alert4you.ui.finding import FindField
from alert4you.ui.forms import DayField, Form

STARTS = {
    Kind.VOG_CHILDCARE: _("Which date is on it?"),
    Kind.VOG_YOUTH_CARE: _("Which date is on it?"),
    Kind.LINKED: _("Linked from which day?"),
    Kind.DIPLOMA: _("When was it obtained?"),
    Kind.EARLY_EDUCATION: _("When was it obtained?"),
}
ENDED = {Kind.LINKED: _("The last day of the link, if it ends"), Kind.BIG: _("Valid until")}


class FactForm(Form):
    """``kind`` was chosen before; it decides what is asked."""

    field_order = ("starts", "last_day", *POINTS, "seen", "payer")
    seen = forms.CharField(
        label=_("What did you see, and where?"),
        max_length=300,
        help_text=_("For instance: the screen of the register, with Jolanda, on paper."),
    )
    payer = FindField(label=_("Who pays for this?"), required=False)

    def __init__(
        self, *args: Any, kind: str, today: date, payers: Organisations, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["payer"].offer(payers, _("Not agreed yet"))  # type: ignore[attr-defined]
        label = STARTS.get(Kind(kind), _("Registered from which day?"))
        self.fields["starts"] = DayField(label=label, initial=today)
        if kind in ENDED:
            self.fields["last_day"] = DayField(label=ENDED[Kind(kind)], required=False)
        for key in terms().get(kind, {}).get("points", {}):
            self.fields[key] = forms.IntegerField(
                label=_("Points: %s") % POINTS[key], min_value=0, required=False
            )
        self.order_fields(self.field_order)

    @property
    def ends(self) -> date | None:
        last = self.cleaned_data.get("last_day")
        return last and last + timedelta(days=1)

    @property
    def points(self) -> dict[str, int]:
        return {key: self.cleaned_data[key] for key in POINTS if self.cleaned_data.get(key)}
