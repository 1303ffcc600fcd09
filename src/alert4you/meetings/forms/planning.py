"""Planning: one question per screen."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alert4you.children.models import Guardian
from alert4you.meetings.models import Ground, MeetingKind, Sort
from alert4you.meetings.rules.planning import Reason
from alert4you.organisations.forms import Organisations
from alert4you.organisations.models import Membership
from alert4you.ui.finding import FindField
from alert4you.ui.forms import CheckCards, ChoiceCards, DayField, Form

KIND_ICONS = {
    MeetingKind.CONFERENCE: "people",
    MeetingKind.KOMEET: "star",
    MeetingKind.ZAT: "school",
    MeetingKind.ADVICE: "question",
    MeetingKind.HEALTH_TALK: "heart",
    MeetingKind.TODDLERS: "child",
}
SORT_ICONS = {Sort.CASE: "child", Sort.TREND: "leaf", Sort.CARE: "hand"}
CATEGORIES = [
    ("development", _("Development")),
    ("day", _("The day on the group")),
    ("care", _("Care and treatment")),
    ("plan", _("Plan and decisions")),
]
AN_HOUR = timedelta(hours=1)


def line_field(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=300, **more)


def people_choices(people: Iterable[Membership]) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """Choices and what stands below each: the task and the organisation."""
    found = list(people)
    names = [(str(each.pk), each.person.name) for each in found]
    return names, {str(each.pk): f"{each.task}, {each.organisation}" for each in found}


class WhenFields(Form):
    """When and where; a day and two hours, because that is how people say it."""

    begin = forms.TimeField(label=_("From"), widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    end = forms.TimeField(label=_("Until"), widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    place = forms.CharField(
        label=_("Where"),
        max_length=200,
        required=False,
        help_text=_("Everybody who is invited reads this, also in the own calendar."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"] = DayField(label=_("Which day?"), first=today)

    @property
    def begins(self) -> datetime:
        return self._at("begin")

    @property
    def ends(self) -> datetime:
        return self._at("end")

    def _at(self, name: str) -> datetime:
        hour: time = self.cleaned_data[name]
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], hour))


class WhoForm(Form):
    """Who comes. Parents are ticked; who is not ticked needs a ground in law on the next screen."""

    people = forms.MultipleChoiceField(
        label=_("Who of those who work with children?"), widget=CheckCards, required=False
    )
    guardians = forms.MultipleChoiceField(
        label=_("The parents"),
        help_text=_("They are always invited when their child is discussed."),
        widget=CheckCards,
    )
    find = forms.CharField(
        label=_("Is somebody not there?"),
        help_text=_("Type a name, a profession or an organisation."),
        max_length=100,
        required=False,
    )

    def __init__(
        self, *args: Any, people: Iterable[Membership], guardians: Sequence[Guardian], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["people"]
        field.choices, field.widget.descriptions = people_choices(people)
        if guardians:
            deciding: Any = self.fields["guardians"]
            deciding.choices = [(str(each.pk), each.person.name) for each in guardians]
            deciding.initial = [str(each.pk) for each in guardians]
        else:
            del self.fields["guardians"]


class TopicForm(Form):
    """What it is about, and where guardians are left out: on which ground."""

    words = forms.CharField(
        label=_("What do you want to talk about?"), widget=forms.Textarea, max_length=2000
    )
    category = forms.ChoiceField(
        label=_("Which part of the child’s life is it about?"),
        help_text=_("Others at the table can only read it when the parents share this part."),
        choices=CATEGORIES,
        widget=ChoiceCards(layout="few"),
        initial="development",
    )
    theme = forms.CharField(
        label=_("In one or two words"),
        max_length=60,
        required=False,
        help_text=_("For example: sleeping, or saying goodbye."),
    )

    def __init__(
        self, *args: Any, named: bool, left_out: Sequence[Guardian] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.left_out = list(left_out)
        del self.fields["theme" if named else "category"]
        help_text = _("The parents read this too.") if named else _("Without names.")
        self.fields["words"].help_text = help_text
        for each in self.left_out:
            self._ask_why(each)

    def _ask_why(self, guardian: Guardian) -> None:
        key, name = str(guardian.pk), {"name": guardian.person.name}
        self.fields[f"ground_{key}"] = forms.ChoiceField(
            label=_("Why may you not invite %(name)s?") % name,
            choices=lambda: [(each.value, capfirst(each.label)) for each in Ground],
            widget=ChoiceCards(layout="column"),
        )
        self.fields[f"reason_{key}"] = line_field(
            _("What makes this so, and with whom did you check it?")
        )
        for part in ("ground", "reason"):
            field = self.fields[f"{part}_{key}"]
            field.error_messages["required"] = _(
                "Parents are invited to a meeting about their child, unless there is a ground in law."
            )

    @property
    def grounds(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(("ground_", "reason_"))]

    @property
    def reasons(self) -> dict[Guardian, Reason]:
        told = self.cleaned_data
        return {
            each: Reason(told[f"ground_{each.pk}"], told[f"reason_{each.pk}"])
            for each in self.left_out
        }


class PlanForm(TopicForm, WhenFields):
    """The last screen of planning: what it is called, what about, when and where, who leads."""

    title = forms.CharField(
        label=_("What do you call this meeting?"),
        max_length=100,
        help_text=_("Without the name of a child: everybody who is invited reads it."),
    )
    lead = forms.ChoiceField(
        label=_("Who leads it, and keeps hold of what is agreed?"), widget=ChoiceCards()
    )
    series = forms.ChoiceField(
        label=_("Does it belong to a rhythm?"), required=False, widget=ChoiceCards(layout="few")
    )

    def __init__(
        self,
        *args: Any,
        leads: Iterable[Membership],
        series: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["lead"]
        field.choices, field.widget.descriptions = people_choices(leads)
        if len(field.choices) == 1:
            field.widget = forms.HiddenInput()
        rhythm: Any = self.fields["series"]
        if series:
            rhythm.choices = [("", _("No")), *series]
            rhythm.initial = series[0][0]
        else:
            del self.fields["series"]
        self.order_fields(["title", "words", "theme", "category", "day", "begin", "end", "place"])


class MoveForm(WhenFields):
    """Another moment or place."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["day", "begin", "end", "place"])


class CancelForm(Form):
    reason = line_field(
        _("Why does it not go ahead?"), help_text=_("Everybody who is invited reads it.")
    )


class InviteForm(Form):
    """Who is close to it, and who was found by typing (in the address, see the page)."""

    who = forms.ChoiceField(label=_("Whom do you invite?"), widget=ChoiceCards())

    def __init__(self, *args: Any, people: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = list(people)
        self.people = {str(each.pk): each for each in found}
        field: Any = self.fields["who"]
        field.choices, field.widget.descriptions = people_choices(found)

    @property
    def chosen(self) -> Membership:
        return self.people[self.cleaned_data["who"]]


class ChairForm(Form):
    """A chair for a party that may be needed."""

    party = FindField(label=_("For which organisation?"))
    task = forms.CharField(
        label=_("Whom do you need from there?"),
        help_text=_("For example: a speech therapist."),
        max_length=100,
        required=False,
    )

    def __init__(self, *args: Any, parties: Organisations, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].offer(parties, _("Choose an organisation"))  # type: ignore[attr-defined]
