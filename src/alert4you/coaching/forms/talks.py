"""Preparing a talk with parents, and holding it."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.coaching.commands.talks import Card
from alert4you.coaching.forms.people import choose_person
from alert4you.coaching.models import Level, TalkForm, TalkPreparation
from alert4you.coaching.rules.talks import suggested_for
from alert4you.notes.forms.noting import text_field
from alert4you.organisations.models import Membership
from alert4you.ui.forms import ChoiceCards, DayField, Form

TALK_ICONS = {
    TalkForm.COACH_LEADS: "coach",
    TalkForm.TOGETHER: "people",
    TalkForm.WORKER_LEADS: "hand",
}
AS_SUGGESTED = "suggested"


class PreparationForm(Form):
    """The card for a talk with parents."""

    worker = forms.ChoiceField(label=_("Whose talk is it?"), widget=ChoiceCards(layout="column"))
    complexity = forms.ChoiceField(
        label=_("How hard will the talk be?"),
        help_text=_("Think of worries, of another view, of the language."),
        choices=[
            (str(Level.LITTLE.value), _("Easy")),
            (str(Level.SOME.value), _("In between")),
            (str(Level.MUCH.value), _("Hard")),
        ],
        widget=ChoiceCards(layout="few"),
    )
    wants_to_learn = forms.ChoiceField(
        label=_("How much is there to learn from this talk?"),
        choices=[
            (str(Level.LITTLE.value), _("Little")),
            (str(Level.SOME.value), _("Something")),
            (str(Level.MUCH.value), _("Much")),
        ],
        widget=ChoiceCards(layout="few"),
    )
    form = forms.ChoiceField(
        label=_("Who leads the talk?"),
        choices=[
            (AS_SUGGESTED, _("As suggested")),
            (TalkForm.COACH_LEADS.value, _("The coach leads, the group worker watches")),
            (TalkForm.TOGETHER.value, _("Together")),
            (TalkForm.WORKER_LEADS.value, _("The group worker leads, the coach gives feedback")),
        ],
        initial=AS_SUGGESTED,
        widget=ChoiceCards(icons={form.value: icon for form, icon in TALK_ICONS.items()}),
    )
    why_this_form = forms.CharField(
        label=_("Why another form than suggested?"), max_length=300, required=False
    )
    message = text_field(_("The message, in one or two sentences"))
    words = text_field(
        _("Words that fit"),
        required=False,
        help_text=_("How would you say it to these parents? Which words do you leave out?"),
    )
    reactions = text_field(
        _("What could the parents say, and what do you say then?"),
        required=False,
        help_text=_("Say it out loud together once."),
    )
    safety = text_field(
        _("What makes it safe for you?"),
        required=False,
        help_text=_("For example: not alone, at the table near the door. Parents never see this."),
    )

    def __init__(
        self,
        *args: Any,
        people: Iterable[Membership],
        careful: Collection[UUID],
        today: date,
        **kwargs: Any,
    ) -> None:
        """``careful``: workers whose last talk ended hard; the next is not held alone."""
        super().__init__(*args, **kwargs)
        self.careful = {str(each) for each in careful}
        self.people = {str(each.pk): each for each in people}
        choose_person(self, "worker", self.people.values())
        self.fields["planned_on"] = DayField(
            label=_("When is the talk?"), first=today, initial=today + timedelta(days=7)
        )
        self.order_fields(["worker", "planned_on"])

    @classmethod
    def of(cls, preparation: TalkPreparation) -> dict[str, Any]:
        """What a card says, to fill the form with."""
        names = ("planned_on", "why_this_form", "message", "words", "reactions", "safety")
        return {name: getattr(preparation, name) for name in names} | {
            "worker": str(preparation.worker_id),
            "form": preparation.form if preparation.why_this_form else AS_SUGGESTED,
            "complexity": str(preparation.complexity),
            "wants_to_learn": str(preparation.wants_to_learn),
        }

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if {"complexity", "wants_to_learn"} <= told.keys() and not told.get("why_this_form"):
            careful = told.get("worker") in self.careful
            levels = int(told["complexity"]), int(told["wants_to_learn"])
            suggested = suggested_for(*levels, careful)
            if told.get("form", AS_SUGGESTED) not in (AS_SUGGESTED, suggested):
                self.add_error(
                    "why_this_form", _("Write in a few words why this form fits better.")
                )
        return told

    @property
    def chosen(self) -> Membership:
        return self.people[self.cleaned_data["worker"]]

    @property
    def card(self) -> Card:
        told = self.cleaned_data
        return Card(
            message=told["message"],
            complexity=int(told["complexity"]),
            wants_to_learn=int(told["wants_to_learn"]),
            form="" if told["form"] == AS_SUGGESTED else told["form"],
            why_this_form=told["why_this_form"],
            words=told["words"],
            reactions=told["reactions"],
            safety=told["safety"],
        )


class HeldTalkForm(Form):
    """The talk was held."""

    agreed = text_field(
        _("What was talked about, and what did you agree?"),
        help_text=_("The parents read this too."),
    )
    after_talk = text_field(
        _("Looking back"),
        required=False,
        help_text=_("What went well? What would you do differently? Only for the care team."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["next_on"] = DayField(
            label=_("When do you talk again?"), first=today, required=False
        )
        self.order_fields(["agreed", "next_on", "after_talk", "once"])
