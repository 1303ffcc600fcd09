"""Why a child left."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.coaching.models import WhyLeft
from alert4you.notes.forms.noting import text_field
from alert4you.organisations.models import Membership
from alert4you.ui.forms import ChoiceCards, Form


class WhyLeftForm(Form):
    why = forms.ChoiceField(
        label=_("What was the reason?"),
        choices=[
            (WhyLeft.SCHOOL.value, _("To school, or too old for here")),
            (WhyLeft.MOVED.value, _("Moved house, or other days")),
            (WhyLeft.OTHER_PLACE.value, _("A place that fits the child better")),
            (WhyLeft.COSTS.value, _("Costs or contract")),
            (WhyLeft.AFTER_TALK.value, _("After a talk about worries")),
            (WhyLeft.OTHER.value, _("Something else")),
        ],
        widget=ChoiceCards(),
    )


class WhoseTalkForm(Form):
    """Asked only after a talk about worries: whom to support."""

    worker = forms.ChoiceField(
        label=_("Whose talk was it?"),
        widget=ChoiceCards(layout="column"),
        help_text=_(
            "She is offered to look back on it with the coach. You do not see whether she does."
        ),
    )

    def __init__(self, *args: Any, people: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in people}
        field = self.fields["worker"]
        names = [(key, each.person.name) for key, each in self.people.items()]
        field.choices = names  # type: ignore[attr-defined]
        field.widget.descriptions = {key: each.task for key, each in self.people.items()}

    @property
    def chosen(self) -> Membership:
        return self.people[self.cleaned_data["worker"]]


class LearntForm(Form):
    text = text_field(
        _("What do you learn from it together?"),
        first=True,
        help_text=_(
            "Not whose fault it was. What would you do earlier, or otherwise? Only for the team."
        ),
    )
