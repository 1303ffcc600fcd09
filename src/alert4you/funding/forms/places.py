"""What pays for a place, and for a colleague on a group."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.children.models import LegalBasis
from alert4you.organisations.forms import Organisations
from alert4you.organisations.models import Membership
from alert4you.ui.finding import FindField
from alert4you.ui.forms import ChoiceCards, Form


class GroundForm(Form):
    """From what money the place of one child is paid."""

    basis = forms.ChoiceField(
        label=_("What pays for this place?"),
        choices=LegalBasis.choices,
        widget=ChoiceCards(layout="column"),
    )


class PayerForm(Form):
    """Who pays for a colleague on the group."""

    who = forms.ChoiceField(label=_("Colleague"))
    payer = FindField(label=_("Who pays for the work of this colleague here?"))
    scale = forms.CharField(
        label=_("In which salary scale?"),
        max_length=100,
        required=False,
        help_text=_("In words, when it is another one than that of the group."),
    )
    extra = forms.IntegerField(
        label=_("How many euros a month does it cost more?"),
        required=False,
        min_value=0,
        help_text=_(
            "Than a colleague of the group with the same hours. Leave it empty if unknown."
        ),
    )

    def __init__(
        self,
        *args: Any,
        people: Iterable[Membership],
        payers: Organisations,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in people}
        named = [(key, f"{each.person}, {each.task}") for key, each in self.people.items()]
        self.fields["who"].choices = named  # type: ignore[attr-defined]
        self.fields["payer"].offer(payers, _("Choose an organisation"))  # type: ignore[attr-defined]
