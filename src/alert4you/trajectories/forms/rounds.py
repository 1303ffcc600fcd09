"""What a team writes when it looks back on a round."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.coaching.models import WhyTurnedAway
from alert4you.ui.forms import ChoiceCards, DayField, Form


class RoundForm(Form):
    """Can all children be received well here, and where is the limit?"""

    answer = forms.CharField(
        label=_("Can all children be received well here?"),
        help_text=_("About the group and the place. Write no names."),
        widget=forms.Textarea,
    )
    limit = forms.CharField(
        label=_("Where is the limit between regular and plus?"), widget=forms.Textarea
    )
    effect = forms.CharField(
        label=_("What did the whole group notice?"), widget=forms.Textarea, required=False
    )
    since = DayField(label=_("Since when do you look back?"))


class TurnedAwayForm(Form):
    """Why a child that needs more was not received; one more on the count."""

    why = forms.ChoiceField(
        label=_("Why could you not receive this child?"),
        choices=WhyTurnedAway.choices,
        widget=ChoiceCards(layout="column"),
    )
