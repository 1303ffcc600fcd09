"""What is asked on the pages about rights."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Purpose
from alert4you.children.models import Guardian
from alert4you.rights.models import Came, Ground, Right
from alert4you.rights.rules.asking import IN_WORDS
from alert4you.rights.rules.wording import WORDS
from alert4you.ui.forms import ChoiceCards, DayField, Form

THE_CHILD = "child"
OTHER_USE = "other"
ELSEWHERE = [each for each in Came if each != Came.IN_APP]


class AskForm(Form):
    """One question: what it is about; nothing is asked where there is nothing to tell."""

    text = forms.CharField(widget=forms.Textarea, max_length=4000)

    def __init__(self, *args: Any, right: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = str(WORDS[Right(right)].question)
        self.fields["text"].required = right in IN_WORDS
        if right == Right.PORTABILITY:
            del self.fields["text"]


class RecordForm(Form):
    """What was asked outside Alert4you: who, what, how, when, in which words."""

    who = forms.ChoiceField(label=_("Who asks it?"), widget=ChoiceCards)
    right = forms.ChoiceField(label=_("What is asked?"), widget=ChoiceCards)
    came = forms.ChoiceField(
        label=_("How was it asked?"),
        choices=[(each.value, each.label) for each in ELSEWHERE],
        widget=ChoiceCards(icons={"on_paper": "note", "by_phone": "bell", "in_talk": "talk"}),
    )
    received_on = DayField(label=_("When did it come in?"))
    text = forms.CharField(
        label=_("What was said or written, in their own words?"),
        widget=forms.Textarea,
        max_length=4000,
        required=False,
    )

    def __init__(
        self,
        *args: object,
        guardians: Iterable[Guardian],
        child_asks: bool,
        rights: Iterable[Right],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(each.person_id), _named(each)) for each in guardians]
        offered = list(rights)
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            *people,
            *([(THE_CHILD, _("the child itself"))] if child_asks else []),
        ]
        self.fields["right"].choices = [  # type: ignore[attr-defined]
            (each.value, WORDS[each].title) for each in offered
        ]
        self.fields["right"].widget.icons = {each.value: WORDS[each].icon for each in offered}
        self.fields["received_on"] = DayField(
            label=_("When did it come in?"), last=today, initial=today
        )


def _named(guardian: Guardian) -> str:
    if guardian.has_authority:
        return guardian.person.name
    return _("%(name)s, without authority") % {"name": guardian.person.name}


class ExtendForm(Form):
    reason = forms.CharField(
        label=_("Why does it take longer?"),
        help_text=_("Whoever asked reads this."),
        widget=forms.Textarea,
        max_length=500,
    )


class GrantForm(Form):
    """Yes; ``corrected`` is asked when something on the line is set right, ``purpose`` after an objection."""

    corrected = forms.CharField(
        label=_("What is right?"),
        help_text=_("This comes beside what is written. What is written stays as it was."),
        widget=forms.Textarea,
        max_length=2000,
    )
    answer = forms.CharField(
        label=_("Would you like to add something?"),
        help_text=_("Whoever asked reads this."),
        widget=forms.Textarea,
        max_length=4000,
        required=False,
    )

    purpose = forms.ChoiceField(
        label=_("What stops?"),
        help_text=_("Sharing for this stops at once, and is not asked again."),
        choices=lambda: [
            *((each.value, capfirst(each.label)) for each in Purpose),
            (OTHER_USE, _("Another use: I write what changes")),
        ],
        widget=ChoiceCards(layout="column"),
    )
    field_order = ("corrected", "purpose", "answer")

    def __init__(self, *args: Any, corrects: bool, stops: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not corrects:
            del self.fields["corrected"]
        if not stops:
            del self.fields["purpose"]

    def clean_purpose(self) -> str:
        told: str = self.cleaned_data["purpose"]
        return "" if told == OTHER_USE else told


class LiftForm(Form):
    reason = forms.CharField(
        label=_("Why can this end?"),
        help_text=_("Whoever asked reads this first. It ends a week later."),
        widget=forms.Textarea,
        max_length=500,
    )


class RefuseForm(Form):
    """No: on which ground, in which words; ``facts`` for whoever has no authority and asked for the file."""

    ground = forms.ChoiceField(label=_("Why is it no?"), widget=ChoiceCards)
    facts = forms.CharField(
        label=_("The important facts about the child and its care"),
        help_text=_(
            "How the child is doing, and what is decided. Not what others told in confidence."
        ),
        widget=forms.Textarea,
        max_length=4000,
    )
    answer = forms.CharField(
        label=_("Explain it in plain words"),
        help_text=_("Whoever asked reads this, with what they can do now."),
        widget=forms.Textarea,
        max_length=4000,
    )

    def __init__(
        self, *args: Any, grounds: Iterable[Ground], asks_facts: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [  # type: ignore[attr-defined]
            (each.value, str(each.label)[:1].upper() + str(each.label)[1:]) for each in grounds
        ]
        if len(self.fields["ground"].choices) == 1:  # type: ignore[attr-defined]
            self.initial["ground"] = self.fields["ground"].choices[0][0]  # type: ignore[attr-defined]
        if not asks_facts:
            del self.fields["facts"]
