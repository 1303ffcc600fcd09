"""What is asked of whom about a child: answers to a request, a request, a place on the team, a hold."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django import forms
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from alert4you.access.models import (
    ABOUT_SOMEBODY,
    HOLD_AT_MOST,
    SHAREABLE,
    Answer,
    Category,
    How,
    Mark,
    Purpose,
    Verdict,
)
from alert4you.access.rules.consent import AT_MOST_MONTHS, default_end, default_revisit
from alert4you.access.rules.review import CHILDREN_AT_LEAST, CHILDREN_AT_MOST
from alert4you.access.rules.wording import CATEGORY_MEANS
from alert4you.kernel.clock import day_of
from alert4you.kernel.decision import Decision
from alert4you.organisations.models import Membership
from alert4you.ui.forms import CheckCards, ChoiceCards, DayField, Form

ANSWERS = [(Answer.GIVEN, _("Yes")), (Answer.REFUSED, _("No")), (Answer.LATER, _("Not now"))]
ANSWER_ICONS = {Answer.GIVEN: "check", Answer.REFUSED: "cross", Answer.LATER: "pause"}
Choices = Sequence[tuple[str, Any]]


def _labels(values: Iterable[TextChoices]) -> Callable[[], list[tuple[str, str]]]:
    """Choices in the language of who reads the form, not of who loaded this file."""
    return lambda: [(each.value, str(each.label).capitalize()) for each in values]


class AnswerForm(Form):
    """One answer per category, or one for all of them (``all``, from a button)."""

    all = forms.ChoiceField(choices=Answer.choices, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, asked: Iterable[str], today: date, **kwargs: Any) -> None:
        self.asked = list(asked)
        about = {f"about_{category}": _answer(category) for category in self.asked}
        again = DayField(
            label=_("When shall we ask again?"),
            help_text=_("Only for “not now”. Until then nobody asks you again."),
            first=today + timedelta(days=1),
            last=today + relativedelta(months=AT_MOST_MONTHS),
            initial=default_revisit(today),
            required=False,
        )
        _add(self, **about, revisit_on=again)
        super().__init__(*args, **kwargs)
        if self.data.get(self.add_prefix("all")):
            for name in about:
                self.fields[name].required = False

    @property
    def categories(self) -> list[forms.BoundField]:
        return [self[f"about_{category}"] for category in self.asked]

    @property
    def answers(self) -> dict[str, str]:
        """Category to answer, after validation."""
        all_of_them = self.cleaned_data.get("all")
        return {
            category: all_of_them or self.cleaned_data[f"about_{category}"]
            for category in self.asked
        }


class RecordForm(AnswerForm):
    """An answer that was given on paper or in a talk, with who else knows."""

    def __init__(self, *args: Any, signers: Choices, **kwargs: Any) -> None:
        who = forms.ChoiceField(
            label=_("Who answered?"), choices=signers, widget=ChoiceCards(layout="column")
        )
        how = forms.ChoiceField(
            label=_("How?"),
            choices=_labels((How.IN_TALK, How.ON_PAPER)),
            widget=ChoiceCards(icons={How.IN_TALK: "talk", How.ON_PAPER: "note"}),
        )
        witness = forms.CharField(
            label=_("Who else was there, or where is the paper?"),
            help_text=_("For example: “Lotte was there too”, or “in the folder of the group”."),
            max_length=200,
        )
        _add(self, who=who, how=how, witness=witness)
        super().__init__(*args, **kwargs)


class AskForm(Form):
    """Ask the parents whether somebody outside may know something, for a purpose, until a day."""

    who = forms.ChoiceField(label=_("Who would you like to involve?"), widget=forms.Select)
    purpose = forms.ChoiceField(
        label=_("What for?"),
        choices=_labels(Purpose),
        widget=ChoiceCards(layout="column"),
    )
    categories = forms.MultipleChoiceField(
        label=_("What would you like to share?"),
        help_text=_("Only what they need. Parents read these words, and answer each one apart."),
        choices=_labels(SHAREABLE),
        widget=CheckCards(descriptions=CATEGORY_MEANS),
    )
    why = forms.CharField(
        label=_("Why? In a few words for the parents"),
        help_text=_("For example: “We would like to help Mieke to feel at ease at lunch.”"),
        widget=forms.Textarea,
        max_length=200,
    )

    def __init__(self, *args: Any, people: Choices, today: date, **kwargs: Any) -> None:
        until = DayField(
            label=_("Until when?"),
            help_text=_(
                "Three months is usual, twelve at most. Parents can stop it at any moment."
            ),
            first=today + timedelta(days=1),
            last=today + relativedelta(months=AT_MOST_MONTHS, days=-1),
            initial=default_end(today) - timedelta(days=1),
        )
        content_from = DayField(
            label=_("From which day on may they read?"),
            help_text=_("Today: they see only what is written from now on."),
            last=today,
            initial=today,
        )
        _add(self, until=until, content_from=content_from)
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", _("Choose somebody")), *people]  # type: ignore[attr-defined]

    @property
    def ends(self) -> date:
        """The first day that is not shared any more."""
        return self.cleaned_data["until"] + timedelta(days=1)


class NameForm(Form):
    """Somebody comes on the care team, with the reason that parents read."""

    who = forms.ChoiceField(label=_("Who?"), widget=forms.Select)
    why = forms.CharField(
        label=_("Why? The parents read this"),
        help_text=_("For example: “mentor of Mieke” or “works with Mieke on Tuesdays”."),
        max_length=200,
    )
    purpose = forms.ChoiceField(
        label=_("What for?"),
        help_text=_("Only for somebody of another organisation."),
        choices=[("", _("Colleague: not needed")), *Purpose.choices],
        required=False,
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", _("Choose somebody")), *people]  # type: ignore[attr-defined]


class JoinForm(Form):
    """A colleague who only knows the name joins, and says why."""

    why = forms.CharField(
        label=_("Why do you join? The parents read this"),
        help_text=_("For example: “looks with the group at what Mieke needs”."),
        max_length=200,
    )


class HoldForm(Form):
    """Parents read something later, on a day, for a reason."""

    reason = forms.CharField(
        label=_("Why can the parents not read this yet?"),
        help_text=_("For example: “we tell it ourselves first, in the talk on Tuesday”."),
        max_length=200,
    )

    def __init__(self, *args: Any, written_at: datetime, today: date, **kwargs: Any) -> None:
        until = DayField(
            label=_("From which day on can they read it?"),
            help_text=_("28 days after it was written at the latest."),
            first=today + timedelta(days=1),
            last=day_of(written_at + HOLD_AT_MOST),
        )
        _add(self, until=until)
        super().__init__(*args, **kwargs)

    @property
    def until(self) -> datetime:
        """The start of the chosen day."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["until"], time.min))


def refuse(form: Form, decision: Decision) -> None:
    """Show on the form why not, and what can be done instead; every typed word stays."""
    form.add_error(None, f"{decision.reason} {decision.instead}".strip())


def _add(form: Form, **fields: forms.Field) -> None:
    """Fields that need to know the day or the choices, before the form is made."""
    form.base_fields = {**form.base_fields, **fields}  # type: ignore[misc]


def _answer(category: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=Category(category).label.capitalize(),
        help_text=CATEGORY_MEANS[Category(category)],
        choices=ANSWERS,
        widget=ChoiceCards(layout="few", icons=ANSWER_ICONS),
        error_messages={"required": _("Choose yes, no or not now.")},
    )


def people_choices(people: Iterable[Membership], *, whole: bool = False) -> list[Any]:
    """Memberships under the name of their organisation; ``whole`` also offers the organisation."""
    grouped: dict[UUID, tuple[str, list[tuple[str, Any]]]] = {}
    for each in people:
        name, members = grouped.setdefault(each.organisation_id, (each.organisation.name, []))
        if whole and not members:
            everybody = _("%(organisation)s: who exactly follows later") % {"organisation": name}
            members.append((f"all:{each.organisation_id}", everybody))
        members.append((str(each.pk), f"{each.person.name}, {each.task}"))
    return list(grouped.values())


# Opening a file, marks, looking afterwards -------------------------------------------------------


class FindFileForm(Form):
    """The whole name and the birth date: who does not know both, does not get further."""

    name = forms.CharField(
        label=_("First and last name of the child"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    born = DayField(label=_("Date of birth"))


class ReasonForm(Form):
    """Why a file must be open now; the parents read it."""

    reason = forms.CharField(
        label=_("What is going on?"),
        help_text=_("In at least 20 characters. The parents and the privacy officer read it."),
        widget=forms.Textarea,
        max_length=1000,
    )


class SupportForm(ReasonForm):
    """Who of support looks along, for how many hours, and at what."""

    who = forms.ChoiceField(label=_("Who looks along?"), widget=ChoiceCards(layout="column"))
    hours = forms.TypedChoiceField(
        label=_("For how long?"),
        choices=[
            (n, ngettext_lazy("%(n)d hour", "%(n)d hours", "n") % {"n": n}) for n in (1, 2, 4, 8)
        ],
        coerce=int,
        initial=1,
        widget=ChoiceCards(layout="few"),
    )
    field_order = ("who", "hours", "reason")

    def __init__(self, *args: Any, people: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(str(each.pk), each.person.name) for each in people]
        self.fields["who"].choices = told  # type: ignore[attr-defined]
        self.fields["reason"].label = _("What do they look at?")
        self.fields["reason"].help_text = _("In at least 20 characters. The parents read it.")


class TellParentsForm(Form):
    """On which day the parents hear that a file was opened, and why then."""

    reason = forms.CharField(label=_("Why on this day?"), max_length=200)

    def __init__(self, *args: Any, today: date, last: date, **kwargs: Any) -> None:
        on = DayField(
            label=_("On which day do the parents hear of it?"),
            help_text=_("Today: at once. 28 days after it at the latest."),
            first=today,
            last=last,
            initial=today,
        )
        _add(self, on=on)
        super().__init__(*args, **kwargs)
        self.order_fields(("on", "reason"))


class VerdictForm(Form):
    """What was found about one line of the weekly list."""

    verdict = forms.ChoiceField(
        label=_("What did you find?"), choices=_labels(Verdict), widget=ChoiceCards(layout="column")
    )
    word = forms.CharField(
        label=_("In a few words"),
        help_text=_("For example: “stood in for a colleague who was ill”. No content of the file."),
        widget=forms.Textarea,
        max_length=500,
    )


class ManyForm(Form):
    children_an_hour = forms.IntegerField(
        label=_("More than how many children in one hour is many?"),
        help_text=_("From the next list on."),
        min_value=CHILDREN_AT_LEAST,
        max_value=CHILDREN_AT_MOST,
    )


class LookQuestionForm(Form):
    text = forms.CharField(
        label=_("What is not right, or what would you like to know?"),
        help_text=_("You need not know the rules. One sentence is enough."),
        widget=forms.Textarea,
        max_length=2000,
    )


class LookAnswerForm(Form):
    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("The parents read it on the page where they asked."),
        widget=forms.Textarea,
        max_length=2000,
    )


class ForbidForm(Form):
    """Who is shut out of the file, and on what ground."""

    who = forms.ChoiceField(label=_("Who?"), widget=forms.Select)
    mark = forms.ChoiceField(
        label=_("Why?"),
        choices=lambda: [(each.value, str(each.label).capitalize()) for each in ABOUT_SOMEBODY],
        widget=ChoiceCards(
            layout="column",
            descriptions={
                Mark.RESTRICTION: _(
                    "For example a decision of the judge. Also holds for a parent."
                ),
                Mark.CONFLICT_OF_INTEREST: _("At work nothing; as a parent everything, as always."),
            },
        ),
    )
    reason = forms.CharField(
        label=_("On what ground?"),
        help_text=_(
            "For example: “decision of the court of 3 May”. Who it is about never sees this."
        ),
        max_length=200,
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", _("Choose somebody")), *people]  # type: ignore[attr-defined]


class ProtectForm(Form):
    """Keep an address secret, or keep everything that was written."""

    what = forms.ChoiceField(label=_("What?"), widget=ChoiceCards(layout="column"))
    reason = forms.CharField(
        label=_("Why, and on what ground?"),
        help_text=_("Only who runs the place and the privacy officer read this."),
        max_length=200,
    )

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = choices  # type: ignore[attr-defined]


class EndMarkForm(Form):
    reason = forms.CharField(label=_("Why can this end?"), max_length=200)
