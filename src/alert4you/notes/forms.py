"""Writing on the line."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Category
from alert4you.ui.forms import ChoiceCards, Form

LONGEST = 4000
PARENTS, TEAM = "parents", "team"


def text_field(label: Any, *, first: bool = False, **fields: Any) -> forms.CharField:
    """A field to write in; ``first``: the cursor is there when the page opens."""
    attrs = {"autofocus": True} if first else {}
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs=attrs), max_length=LONGEST, **fields
    )


class NoteForm(Form):
    text = text_field(_("What did you see?"), first=True)
    category = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[
            (Category.DAY.value, _("The day")),
            (Category.DEVELOPMENT.value, _("Development")),
        ],
        initial=Category.DAY.value,
        widget=ChoiceCards(layout="few", icons={"day": "sun", "development": "leaf"}),
    )
    readers = forms.ChoiceField(
        label=_("Who may read it?"),
        choices=[(PARENTS, _("The parents too")), (TEAM, _("Only the care team"))],
        initial=PARENTS,
        widget=ChoiceCards(layout="few", icons={PARENTS: "parents", TEAM: "lock"}),
    )

    @property
    def internal(self) -> bool:
        return self.cleaned_data["readers"] == TEAM


class GroupNoteForm(Form):
    text = text_field(
        _("What did you see on the group?"),
        help_text=_("Without names of children: your colleagues and the coach read it too."),
    )


class OwnWordsForm(Form):
    """Of the parents."""

    text = text_field(
        _("What do you want to tell?"),
        first=True,
        help_text=_("Everybody who may know about your child can read it."),
    )
