"""Planning a visit, and writing down what happened."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Kind
from alert4you.children.models import Child
from alert4you.notes.forms.noting import text_field
from alert4you.organisations.models import Location
from alert4you.ui.forms import ChoiceCards, DayField, Form

HELPS_OTHERS = _("What of this helps the other children too?")


class VisitForm(Form):
    location = forms.ChoiceField(label=_("Where?"), widget=ChoiceCards(layout="column"))
    purpose = forms.CharField(
        label=_("What for?"),
        help_text=_("The staff read this. No names of children."),
        max_length=200,
        required=False,
    )

    def __init__(
        self, *args: Any, places: Collection[Location], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(each.pk): each for each in places}
        field = self.fields["location"]
        field.choices = [(str(each.pk), each.name) for each in places]  # type: ignore[attr-defined]
        if len(places) == 1:
            field.initial = str(next(iter(places)).pk)
        self.fields["day"] = DayField(label=_("When?"), first=today, initial=today)
        self.order_fields(["location", "day", "purpose", "once"])

    @property
    def place(self) -> Location:
        return self.places[self.cleaned_data["location"]]


KINDS = {
    Kind.VISIT: (_("I was on the group"), "people"),
    Kind.OBSERVATION: (_("I observed"), "eye"),
    Kind.COACHING: (_("I coached a colleague"), "coach"),
    Kind.SESSION: (_("I worked with the child"), "child"),
    Kind.TALK: (_("We talked"), "talk"),
    Kind.ADVICE: (_("I give advice"), "star"),
}


class ContactForm(Form):
    """Something happened, or advice on one's own initiative; some is asked of coaches only."""

    kind = forms.ChoiceField(label=_("What was it?"), widget=ChoiceCards(layout="few"))
    text = text_field(_("What happened? What did you see?"))
    helps_others = text_field(
        HELPS_OTHERS, required=False, help_text=_("You can also answer this later.")
    )
    minutes = forms.IntegerField(
        label=_("How many minutes?"), min_value=1, max_value=600, required=False
    )
    with_parents = forms.BooleanField(label=_("The parents were there"), required=False)

    def __init__(
        self, *args: Any, kinds: Iterable[Kind], coaches: bool, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("helps_others", "minutes"):
            self.fields[name].disabled = not coaches
        kind = self.fields["kind"]
        kind.choices = [(each.value, KINDS[each][0]) for each in kinds]  # type: ignore[attr-defined]
        kind.widget.icons = {each.value: KINDS[each][1] for each in kinds}
        self.fields["day"] = DayField(
            label=_("When?"), first=today - relativedelta(months=1), last=today, initial=today
        )

    @property
    def is_advice(self) -> bool:
        return self.cleaned_data["kind"] == Kind.ADVICE


class VisitContactForm(Form):
    """What happened during a visit: on the group as a whole, or about a child one may know."""

    child = forms.ChoiceField(label=_("About whom?"), widget=ChoiceCards(layout="few"))
    kind = forms.ChoiceField(label=_("What was it?"), widget=ChoiceCards(layout="few"))
    text = text_field(_("What happened? What did you see?"))
    helps_others = text_field(
        HELPS_OTHERS, required=False, help_text=_("You can also answer this later.")
    )
    minutes = forms.IntegerField(
        label=_("How many minutes?"), min_value=1, max_value=600, required=False
    )

    def __init__(self, *args: Any, children: Iterable[Child], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.children = {str(each.pk): each for each in children}
        names = [(key, each.first_name) for key, each in self.children.items()]
        child, kind = self.fields["child"], self.fields["kind"]
        child.choices = [("group", _("The group")), *names]  # type: ignore[attr-defined]
        child.initial = "group"
        kinds = (Kind.VISIT, Kind.OBSERVATION, Kind.COACHING)
        kind.choices = [(each.value, KINDS[each][0]) for each in kinds]  # type: ignore[attr-defined]
        kind.widget.icons = {each.value: KINDS[each][1] for each in kinds}
        kind.initial = Kind.VISIT.value

    @property
    def about(self) -> Child | None:
        return self.children.get(self.cleaned_data["child"])


class AnotherQuestionForm(Form):
    """Asked in passing, about another child: without its name."""

    text = text_field(_("What was asked?"), help_text=_("Without names."))
    answer = text_field(_("What did you advise?"), required=False)


class HelpsOthersForm(Form):
    helps_others = text_field(
        HELPS_OTHERS,
        first=True,
        help_text=_("For example: a picture beside the washbasin helps every toddler."),
    )
