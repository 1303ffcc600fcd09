"""Deciding about what waits, and what devices may keep."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.ui.forms import ChoiceCards, Form


class DecideForm(Form):
    PUT, ASIDE = "put", "aside"
    what = forms.ChoiceField(
        label=_("What do you do with it?"),
        choices=[(PUT, _("Put it on the line")), (ASIDE, _("Set it aside"))],
        widget=ChoiceCards(
            icons={PUT: "check", ASIDE: "pause"},
            descriptions={
                PUT: _("In your name, with who wrote it and when."),
                ASIDE: _("The words are deleted. Say why below."),
            },
        ),
    )
    reason = forms.CharField(label=_("Why do you set it aside?"), max_length=500, required=False)


class KeepForm(Form):
    keep = forms.ChoiceField(
        label=_("May tablets keep today’s children?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=ChoiceCards(
            icons={"yes": "check", "no": "lock"},
            descriptions={
                "yes": _("Names and what helps, behind the PIN, until the end of the day."),
                "no": _("Without a network only the group can be written about."),
            },
        ),
    )
