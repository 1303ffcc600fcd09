"""The folder of an application, and what municipalities ask."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alert4you.children.models import Guardian
from alert4you.funding.forms.money import AREA, WORK_ICONS, WORKS, DayForm
from alert4you.funding.models import QuestionSet
from alert4you.funding.rules.questions import (
    APPLIED_FOR,
    CHILDCARE,
    PARENTS,
    Chosen,
    Question,
    library,
    questions,
)
from alert4you.funding.rules.streams import streams
from alert4you.ui.finding import FindField, Source
from alert4you.ui.forms import CheckCards, ChoiceCards, Form


class ApplyForm(Form):
    """With which questions, for what, and whether the growth document goes along."""

    asks = forms.ChoiceField(label=_("Where is it asked?"), widget=ChoiceCards(layout="column"))
    work = forms.ChoiceField(
        label=_("What has to be paid?"), choices=WORKS, widget=ChoiceCards(icons=WORK_ICONS)
    )
    growth = forms.ChoiceField(
        label=_("Does the growth document go along?"),
        choices=[
            ("yes", _("Yes, the parents read and approve it first")),
            ("no", _("No, the answers are enough")),
        ],
        widget=ChoiceCards(layout="column", icons={"yes": "plan", "no": "cross"}),
    )

    def __init__(self, *args: Any, sets: Iterable[QuestionSet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sets = {str(each.pk): each for each in sets}
        field: Any = self.fields["asks"]
        field.choices = [(key, str(each.municipality)) for key, each in self.sets.items()]
        field.widget.descriptions = {
            key: _("Version %(n)d, written down by %(who)s")
            % {"n": each.version, "who": each.organisation}
            for key, each in self.sets.items()
        }


class AnswerForm(Form):
    """The answer to one question."""

    words = forms.CharField(widget=AREA, max_length=4000)

    def __init__(self, *args: Any, question: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = question


class SendForm(DayForm):
    """On which day it went out."""


class StopForm(Form):
    why = forms.CharField(label=_("Why is it not sent?"), widget=AREA, max_length=2000)


class ToldForm(Form):
    """Which parent said yes in a talk or on paper."""

    parent = forms.ChoiceField(label=_("Who said yes?"), widget=ChoiceCards(icons={}))

    def __init__(self, *args: Any, parents: Iterable[Guardian], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parents = {str(each.pk): each for each in parents}
        field: Any = self.fields["parent"]
        field.choices = [(key, each.person.name) for key, each in self.parents.items()]


class QuestionsForm(Form):
    """What a municipality asks: ticked from the library, and in its own words."""

    municipality = FindField(label=_("Which municipality?"))
    stream = forms.ChoiceField(label=_("Which money?"), widget=ChoiceCards(layout="column"))
    keys = forms.MultipleChoiceField(
        label=_("What is asked?"), widget=CheckCards(layout="column"), required=False
    )
    of_childcare = forms.CharField(
        label=_("Own questions for the childcare"),
        widget=AREA,
        max_length=4000,
        required=False,
        help_text=_("One question on a line."),
    )
    of_parents = forms.CharField(
        label=_("Own questions for the parents"),
        widget=AREA,
        max_length=4000,
        required=False,
        help_text=_("One question on a line. The parents read it like this."),
    )
    contract = forms.CharField(
        label=_("Under which contract or rules is it asked?"), max_length=300, required=False
    )

    def __init__(self, *args: Any, municipalities: Source, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["municipality"]
        field.offer(municipalities)
        known = streams()
        self._choose("stream", [(key, capfirst(str(known[key].title))) for key in APPLIED_FOR])
        self._choose("keys", [(each.key, str(each.says)) for each in library().values()])

    def _choose(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def start(self, last: QuestionSet | None, stream: str) -> None:
        """What stood in the last version; without one, what is usual with this money."""
        asked = questions(last) if last else []
        own = [each for each in asked if each.key not in library()]
        usual = [each.key for each in library().values() if stream in each.streams]
        self.initial = {
            **self.initial,
            "keys": [each.key for each in asked] if last else usual,
            "of_childcare": _lines(own, CHILDCARE),
            "of_parents": _lines(own, PARENTS),
            "contract": last.contract if last else "",
        }

    @property
    def chosen(self) -> Chosen:
        told = self.cleaned_data
        return Chosen(
            told["keys"],
            [each.strip() for each in told["of_childcare"].splitlines() if each.strip()],
            [each.strip() for each in told["of_parents"].splitlines() if each.strip()],
            told["contract"],
        )


def _lines(own: Iterable[Question], who: str) -> str:
    return "\n".join(each.words for each in own if each.who == who)
