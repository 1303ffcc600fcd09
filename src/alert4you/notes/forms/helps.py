"""What helps a child, and what is agreed about what it may do."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.notes.forms.noting import text_field
from alert4you.notes.models import Permission, Verdict
from alert4you.ui.forms import ChoiceCards, Form


class CardForm(Form):
    """What helps at a moment that was chosen already."""

    text = text_field(
        _("What helps?"),
        first=True,
        help_text=_("So short that somebody who is new can do it at once."),
    )
    title = forms.CharField(
        label=_("How does one see that it is needed?"),
        max_length=200,
        required=False,
        help_text=_("For example: hands over the ears, walks to the fence."),
    )


class ActivityForm(Form):
    """From what age something is done on a group, or at the whole location."""

    name = forms.CharField(
        label=_("Which activity?"), max_length=100, help_text=_("For example: working with tools.")
    )
    age_from = forms.IntegerField(
        label=_("From how many years?"),
        min_value=0,
        max_value=17,
        required=False,
        help_text=_("Leave it open when it is for everybody."),
    )
    how = forms.CharField(label=_("What else holds for everybody?"), max_length=300, required=False)
    whole_place = forms.BooleanField(label=_("For all groups of the location"), required=False)


class PermissionForm(Form):
    """Something else than the age rule, for one child."""

    verdict = forms.ChoiceField(
        label=_("What was agreed?"),
        choices=[
            (Verdict.YES.value, _("Yes, this child may")),
            (Verdict.BESIDE.value, _("Only with an adult beside")),
            (Verdict.NO.value, _("Not now")),
        ],
        widget=ChoiceCards(
            layout="few",
            icons={Verdict.YES: "check", Verdict.BESIDE: "people", Verdict.NO: "pause"},
        ),
    )
    text = forms.CharField(
        label=_("In one sentence, for whoever stands in"),
        max_length=300,
        help_text=_("For example: only with a grown-up at the workbench, one tool at a time."),
    )
    agreed_with = forms.CharField(
        label=_("With whom did you agree it?"),
        max_length=200,
        help_text=_("For example: her mother, in the talk of last Tuesday."),
    )

    @classmethod
    def of(cls, agreed: Permission | None) -> dict[str, Any]:
        """What holds now, to fill the form with."""
        if agreed is None:
            return {}
        return {"verdict": agreed.verdict, "text": agreed.text, "agreed_with": agreed.agreed_with}
