"""Opening a file, marks that shut out or protect, and looking afterwards."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alert4you.access.forms.base import Choices, labels
from alert4you.access.models import ABOUT_SOMEBODY, Mark, Verdict
from alert4you.access.rules.review import CHILDREN_AT_LEAST, CHILDREN_AT_MOST
from alert4you.organisations.models import Membership
from alert4you.ui.forms import ChoiceCards, DayField, Form


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
        choices=lambda: [
            (n, ngettext("%(n)d hour", "%(n)d hours", n) % {"n": n}) for n in (1, 2, 4, 8)
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
        super().__init__(*args, more_fields={"on": on}, **kwargs)
        self.order_fields(("on", "reason"))


class VerdictForm(Form):
    """What was found about one line of the weekly list."""

    verdict = forms.ChoiceField(
        label=_("What did you find?"), choices=labels(Verdict), widget=ChoiceCards(layout="column")
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
        label=_("What do you answer?"),
        help_text=_("The parents read it on the page where they asked."),
        widget=forms.Textarea,
        max_length=2000,
    )


class ForbidForm(Form):
    """Who is shut out of the file, and on what ground."""

    who = forms.ChoiceField(label=_("Who?"), widget=forms.Select)
    mark = forms.ChoiceField(
        label=_("Why?"),
        choices=lambda: [(each.value, capfirst(each.label)) for each in ABOUT_SOMEBODY],
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
        help_text=_("Only whoever runs the place and the privacy officer read this."),
        max_length=200,
    )

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = choices  # type: ignore[attr-defined]


class EndMarkForm(Form):
    reason = forms.CharField(label=_("Why can this end?"), max_length=200)
