"""Forms about money: which question is next, a line, what was decided, which hours."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alert4you.funding.models import Work
from alert4you.funding.rules.agreements import OPEN
from alert4you.funding.rules.hours import Hour
from alert4you.funding.rules.lines import Answer, Wanted
from alert4you.funding.rules.streams import Stream, streams
from alert4you.ui.dates import written_day
from alert4you.ui.forms import CheckCards, ChoiceCards, DayField, Form

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
KNOWN = [*YES_NO, ("unknown", _("I do not know"))]
AREA = forms.Textarea
WORKS = [(value, capfirst(label)) for value, label in Work.choices]
WORK_ICONS = {
    "group": "people",
    "child": "heart",
    "place": "home",
    "early_education": "book",
    "treatment": "hand",
    "parents": "parents",
}


class AskForm(Form):
    """What the router cannot know by itself; each is a screen."""

    work = forms.ChoiceField(
        label=_("What has to be paid?"), choices=WORKS, widget=ChoiceCards(icons=WORK_ICONS)
    )
    named = forms.ChoiceField(
        label=_("Is the child in the decision by name?"),
        choices=YES_NO,
        widget=ChoiceCards(icons={"yes": "check", "no": "cross"}),
    )
    contract = forms.ChoiceField(
        label=_("Do the parents have a contract with the childcare?"),
        choices=KNOWN,
        widget=ChoiceCards(icons={"yes": "check", "no": "cross", "unknown": "question"}),
    )
    allowance = forms.ChoiceField(
        label=_("Do the parents have a right to childcare allowance?"),
        choices=KNOWN,
        widget=ChoiceCards(icons={"yes": "check", "no": "cross", "unknown": "question"}),
    )


def said(value: str | None) -> bool | None:
    """Yes, no, or not known."""
    return {"yes": True, "no": False}.get(value or "")


def hours_field(**more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=_("At most how many hours?"), min_value=1, max_value=100_000, required=False, **more
    )


def euros_field() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("At most how many euros?"), min_value=1, max_value=10_000_000, required=False
    )


class LineForm(Form):
    """A line of money. ``only_asked``: what the decision will tell is not there yet."""

    decider = forms.CharField(label=_("Who decides?"), max_length=200)
    granted = forms.ChoiceField(
        label=_("How does it stand?"),
        choices=[("no", _("It is asked now")), ("yes", _("It was granted already"))],
        widget=ChoiceCards(icons={"no": "clock", "yes": "check"}),
    )
    hours = hours_field()
    euros = euros_field()
    reference = forms.CharField(label=_("Reference of the letter"), max_length=100, required=False)

    field_order = ("decider", "granted", "asked_on", "starts", "last_day", "hours", "euros")

    def __init__(
        self, *args: Any, today: date, stream: Stream, only_asked: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.stream = stream
        self.fields["asked_on"] = DayField(label=_("Asked on"), initial=today, last=today)
        self.fields["starts"] = DayField(label=_("From which day?"), initial=today)
        self.fields["last_day"] = DayField(label=_("What is the last day?"), required=False)
        self.fields["decider"].initial = str(stream.decider)
        if not stream.is_decided_elsewhere:
            for name in ("decider", "granted", "asked_on", "reference"):
                del self.fields[name]
        elif only_asked:
            for name in ("last_day", "hours", "euros", "reference"):
                del self.fields[name]
        self.order_fields(self.field_order)

    def wanted(self, work: str, named: bool) -> Wanted:
        told = self.cleaned_data
        return Wanted(
            self.stream.key,
            work,
            told["starts"],
            _day_after(told.get("last_day")),
            decider=told.get("decider", ""),
            reference=told.get("reference", ""),
            named=named,
            hours=told.get("hours"),
            euros=told.get("euros"),
            granted=told.get("granted") == "yes",
            asked_on=told.get("asked_on"),
        )


def _day_after(day: date | None) -> date | None:
    return day and day + timedelta(days=1)


class DecideForm(Form):
    """Yes, with until when and how much; or no, with why."""

    granted = forms.ChoiceField(
        label=_("What was decided?"),
        choices=[("yes", _("It is granted")), ("no", _("It is refused"))],
        widget=ChoiceCards(icons={"yes": "check", "no": "cross"}),
    )
    why = forms.CharField(
        label=_("Why?"), widget=AREA, max_length=2000, required=False,
        help_text=_("With a refusal: the reason, in the words of the letter."),
    )  # fmt: skip
    hours = hours_field()
    euros = euros_field()
    reference = forms.CharField(label=_("Reference of the letter"), max_length=100, required=False)

    field_order = ("granted", "on", "why", "last_day", "hours", "euros", "reference")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"] = DayField(label=_("On which day?"), initial=today, last=today)
        self.fields["last_day"] = DayField(label=_("What is the last day?"), required=False)
        self.order_fields(self.field_order)

    def answer(self) -> Answer:
        told = self.cleaned_data
        return Answer(
            told["granted"] == "yes",
            told["on"],
            told["why"],
            _day_after(told["last_day"]),
            told["hours"],
            told["euros"],
            told["reference"],
        )


class DayForm(Form):
    """One day, until and including today."""

    def __init__(self, *args: Any, today: date, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"] = DayField(label=label, initial=today, last=today)
        self.order_fields(["on"])


class PauseForm(DayForm):
    waits_for = forms.CharField(
        label=_("What do they wait for?"),
        max_length=200,
        help_text=_("For example: a report that still has to come."),
    )


class PutOffForm(Form):
    weeks = forms.IntegerField(
        label=_("How many weeks longer does it take?"), min_value=1, max_value=52
    )


class EndForm(Form):
    why = forms.CharField(label=_("Why does it end?"), widget=AREA, max_length=2000)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"] = DayField(label=_("From which day does it pay no more?"), initial=today)
        self.order_fields(["on", "why"])


class HoursForm(Form):
    """Which hours; all of those that are offered, unless somebody takes one away."""

    hours = forms.MultipleChoiceField(label=_("Which hours?"), widget=CheckCards(layout="column"))

    def __init__(
        self, *args: Any, offered: Sequence[Hour], ticked: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(each.entry): each.entry for each in offered}
        field: Any = self.fields["hours"]
        field.choices = [(str(each.entry), each.what) for each in offered]
        field.widget.descriptions = {
            str(each.entry): _("%(day)s, %(n)s minutes")
            % {"day": written_day(each.day), "n": each.minutes}
            for each in offered
        }
        field.initial = list(self.by_key) if ticked else []

    @property
    def chosen(self) -> list[Any]:
        return [self.by_key[each] for each in self.cleaned_data["hours"]]


class AgreeForm(Form):
    """A municipality: by which money it pays, in which town, and where that stands."""

    town = forms.ChoiceField(label=_("For which town?"))
    stream = forms.ChoiceField(label=_("Which money?"), widget=ChoiceCards(layout="column"))
    where = forms.CharField(
        label=_("Where was it agreed?"),
        max_length=300,
        help_text=_("For example: the contract of 2026, or the subsidy regulation."),
    )
    weeks = forms.IntegerField(
        label=_("Within how many weeks do you decide?"),
        min_value=1,
        max_value=52,
        required=False,
        help_text=_("Only where the law gives no term."),
    )

    def __init__(self, *args: Any, towns: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = streams()
        self.fields["town"].choices = [(each, each) for each in towns]  # type: ignore[attr-defined]
        self.fields["stream"].choices = [  # type: ignore[attr-defined]
            (key, capfirst(str(known[key].title))) for key in OPEN
        ]
