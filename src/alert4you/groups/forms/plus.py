"""A place on a plus group, one question per screen; and what follows from it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.forms import model_to_dict
from django.utils.translation import gettext_lazy as _

from alert4you.children.models import (
    DayPart,
    EntryGround,
    LegalBasis,
    Placement,
    PlusPlace,
    PlusTerms,
    Transport,
)
from alert4you.groups.forms.day import WORKING_DAYS
from alert4you.groups.models import WayBack
from alert4you.organisations.models import Group
from alert4you.ui.forms import CheckCards, ChoiceCards, DayField, Form
from alert4you.ui.screens import Question

FARTHEST_KM = 999
AREA = forms.Textarea


def km_field(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=FARTHEST_KM, **more)


class AgreementForm(Form):
    """What a place chooses for its plus group."""

    near_km = km_field(_("Until how many kilometres from home is near?"))
    months = forms.IntegerField(
        label=_("Within how many months do you look again whether a child can go back?"),
        min_value=1,
        max_value=24,
    )
    by_design = forms.BooleanField(
        label=_("This group is for special children only: each child has an entry ground"),
        required=False,
    )


class WayBackForm(Form):
    """Why, until when, how the child comes back, what was tried before, how far and how it comes."""

    purpose = forms.CharField(label=_("What is the purpose of this place?"), max_length=200)
    ground = forms.ChoiceField(
        label=_("Does the child have an entry ground?"),
        choices=[*EntryGround.choices, ("", _("None of these"))],
        required=False,
        widget=ChoiceCards(layout="column"),
    )
    review_on = DayField(
        label=_("On which day do you look together whether the child can go back?")
    )
    way_back = forms.CharField(
        label=_("Where does the child go back to, and what must be so by then?"),
        max_length=300,
        widget=AREA,
    )
    tried = forms.CharField(
        label=_("What was tried already?"),
        help_text=_("One thing on each line. The parents read this too."),
        widget=AREA,
        required=False,
    )
    home_school_km = km_field(_("Home to school, in kilometres"), required=False)
    school_plus_km = km_field(_("School to the plus group, in kilometres"), required=False)
    plus_home_km = km_field(_("Plus group to home, in kilometres"), required=False)
    transport = forms.ChoiceField(
        label=_("How does the child come?"),
        choices=[*Transport.choices, ("", _("Not known yet"))],
        required=False,
        widget=ChoiceCards(layout="few"),
    )

    def __init__(self, *args: Any, sent_by: Group | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sent_by is not None:
            self.fields["tried"].required = True
            self.fields["tried"].label = _("What did %(group)s try already?") % {"group": sent_by}


class PlaceForm(WayBackForm):
    """Which plus group, and on which days; with the way back."""

    group = forms.ChoiceField(label=_("Plus group"))
    starts = DayField(label=_("From"))
    weekdays = forms.MultipleChoiceField(
        label=_("On which days"), choices=WORKING_DAYS, widget=CheckCards(layout="few")
    )
    parts = forms.MultipleChoiceField(
        label=_("Part of the day"),
        choices=DayPart.choices,
        initial=[DayPart.AFTER_SCHOOL],
        widget=CheckCards(layout="few"),
    )
    basis = forms.ChoiceField(label=_("On what ground"), choices=LegalBasis.choices)

    def __init__(self, *args: Any, groups: Iterable[Group], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {str(each.pk): each for each in groups}
        self.fields["group"].choices = [  # type: ignore[attr-defined]
            (key, f"{each}, {each.location}") for key, each in self.groups.items()
        ]
        self.fields["starts"].initial = today


QUESTIONS = (
    Question(_("Which plus group, and when?"), ("group", "starts", "weekdays", "parts", "basis")),
    Question(_("Why, and until when?"), ("purpose", "ground", "review_on")),
    Question(_("How does the child come back?"), ("way_back", "tried")),
    Question(
        _("How far is it, and how does the child come?"),
        ("home_school_km", "school_plus_km", "plus_home_km", "transport"),
    ),
)


def written_before(placement: Placement, plus: PlusPlace | None) -> dict[str, Any]:
    """What stands there already, as the screens ask it."""
    before = model_to_dict(plus) if plus else {}
    before["tried"] = "\n".join(before.get("tried", []))
    return before | {"purpose": placement.purpose, "review_on": placement.review_on}


def plus_terms(told: dict[str, Any]) -> PlusTerms:
    """From what was filled in."""
    tried = tuple(line.strip() for line in told["tried"].splitlines() if line.strip())
    return PlusTerms(
        told["way_back"],
        tried,
        told["ground"],
        told["home_school_km"],
        told["school_plus_km"],
        told["plus_home_km"],
        told["transport"],
    )


class DecideForm(Form):
    """Can this child go to a regular place now?"""

    answer = forms.ChoiceField(
        label=_("Can this child go to a regular place now?"),
        choices=WayBack.Answer.choices,
        widget=ChoiceCards(layout="column"),
    )
    why = forms.CharField(label=_("Why?"), widget=AREA)
    parents = forms.CharField(label=_("What do the parents say?"), widget=AREA)
    on = DayField(label=_("From which day, or when do you look again?"))
