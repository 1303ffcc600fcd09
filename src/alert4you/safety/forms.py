"""One form for one step; what is asked differs per step."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alert4you.organisations.forms import People
from alert4you.organisations.models import Person
from alert4you.safety.models import Ground, Part, Party, Task
from alert4you.safety.rules import WITH_WHOM, Told
from alert4you.ui.finding import FindField
from alert4you.ui.forms import ChoiceCards, DayField, Form

LONGEST = 8000
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
PARTY_ICONS = {
    Party.COLLEAGUE: "people",
    Party.SAFE_HOME: "question",
    Party.PARENTS: "parents",
    Party.CHILD: "child",
}
GROUND_ICONS = {Ground.ACUTE: "warning", Ground.CHILD: "child", Ground.OTHER: "note"}


@dataclass(frozen=True)
class Asks:
    """What the page of a step says: its heading, what helps, and the question of the large field."""

    heading: Promise
    lead: Promise
    text: Any = None
    with_whom: Any = None


ASKS = {
    Part.SIGNALS: Asks(
        _("What do you see and hear?"),
        _("Only facts: what happened, when, who said what. No explanation and no judgement yet."),
        _("What did you see or hear?"),
    ),
    Part.ADVICE: Asks(
        _("Ask advice"),
        _(
            "You do not have to carry this alone. Talk with a colleague you trust, and call Veilig Thuis "
            "when you doubt. Ask without a name: then it stays advice."
        ),
        _("What was the advice?"),
        _("Who was it?"),
    ),
    Part.TALK: Asks(
        _("Talk with the parents, and with the child if you can"),
        _("Tell what you see and that you worry. Ask how they see it. You accuse nobody."),
        _("What was said?"),
        _("Who were there?"),
    ),
    Part.WEIGHING: Asks(
        _("Weigh it together"),
        _("Five questions, each in your own words. Do this with the attention officer."),
    ),
    Part.DECISION: Asks(
        _("Two decisions"),
        _(
            "Each on its own: you can report and also give help. For a report you need no consent of "
            "the parents. You do tell them, if that is safe."
        ),
    ),
    Part.TOLD: Asks(
        _("Tell the holder"),
        _("At once, in person or by telephone. You are right to tell this."),
        _("What did you tell?"),
        _("Whom did you tell?"),
    ),
    Part.INSPECTOR: Asks(
        _("Call the inspector for trust"),
        _(
            "At once, before anything else. The inspector thinks along about what has to be done now."
        ),
        _("What did the inspector say?"),
        _("Whom did you speak?"),
    ),
    Part.POLICE: Asks(
        _("Report to the police"),
        _("When there is a reasonable suspicion, this has to be done at once."),
        _("What did you report?"),
        _("To whom was it?"),
    ),
    Part.HANDED: Asks(
        _("What was handed to Veilig Thuis?"),
        _("Alert4you sends nothing. You call or write yourself, and record here what you gave."),
        _("What did you hand over?"),
        _("To whom was it?"),
    ),
    Part.CLOSED: Asks(
        _("Close this concern"),
        _("It stays to be read by those who may. You can go on with it later."),
        _("Why can it be closed?"),
    ),
}


def text_field(label: Any, **fields: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea, max_length=LONGEST, **fields)


def yes_no(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=YES_NO,
        widget=ChoiceCards(layout="few", icons={"yes": "check", "no": "cross"}),
    )


class StartForm(Form):
    """The facts, and whom it is about when that is somebody who works here."""

    accused = FindField(
        label=_("Whom is it about?"), help_text=_("This person cannot find or see this record.")
    )
    facts = text_field(
        _("What did you see or hear?"),
        help_text=_("Only facts: what happened, when, who said what. No judgement yet."),
    )

    def __init__(self, *args: Any, people: People | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people is None:
            del self.fields["accused"]
        else:
            self.fields["accused"].offer(people)  # type: ignore[attr-defined]

    @property
    def whom(self) -> Person | None:
        accused = self.cleaned_data.get("accused")
        return accused.person if accused else None


class ActForm(Form):
    """A step that was taken; with ``why_so`` also why it is out of order."""

    def __init__(
        self,
        *args: Any,
        part: Part,
        today: date,
        questions: Iterable[Promise] = (),
        why_so: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.part = part
        if part in WITH_WHOM:
            self.fields["party"] = _party(part)
        self.fields["day"] = DayField(label=_("On which day?"), last=today, initial=today)
        self._words(ASKS[part])
        if part == Part.WEIGHING:
            for number, question in enumerate(questions, 1):
                self.fields[f"answer_{number}"] = text_field(question)
        if part == Part.DECISION:
            self.fields["must_report"] = yes_no(_("Is it necessary to report?"))
            self.fields["gives_help"] = yes_no(_("Can you (also) give help, or arrange it?"))
            self.fields["text"] = text_field(_("How did you come to this?"), required=False)
        if why_so:
            self.fields |= _why_so(required=False)
        elif part == Part.DECISION:
            self.fields["reason"] = text_field(
                _("No report and no help? Then write why that is safe enough."), required=False
            )

    def _words(self, asks: Asks) -> None:
        if asks.with_whom:
            self.fields["with_whom"] = forms.CharField(
                label=asks.with_whom, max_length=200, required=self.part == Part.HANDED
            )
        if asks.text:
            self.fields["text"] = text_field(asks.text)

    @property
    def told(self) -> Told:
        given = self.cleaned_data
        yes = {"yes": True, "no": False}
        return Told(
            text=given.get("text", ""),
            day=given.get("day"),
            party=given.get("party", ""),
            with_whom=given.get("with_whom", ""),
            ground=given.get("ground", ""),
            reason=given.get("reason", ""),
            answers=tuple(text for name, text in given.items() if name.startswith("answer_")),
            must_report=yes.get(given.get("must_report", "")),
            gives_help=yes.get(given.get("gives_help", "")),
        )


class LeaveOutForm(Form):
    """A step that is not taken, and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = _why_so(required=True) | self.fields

    @property
    def told(self) -> Told:
        given = self.cleaned_data
        return Told(left_out=True, ground=given["ground"], reason=given["reason"])


class CorrectForm(Form):
    text = text_field(_("How should it be?"))
    why = text_field(_("What was not right?"))


class NameForm(Form):
    who = FindField(label=_("Who has to know?"))
    why = forms.CharField(
        label=_("Why?"),
        max_length=300,
        help_text=_("As few people as possible: each makes it safer or less safe for the child."),
    )

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].offer(people)  # type: ignore[attr-defined]


class AppointForm(Form):
    who = FindField(label=_("Who?"))
    task = forms.ChoiceField(
        label=_("Which task?"),
        choices=Task.choices,
        widget=ChoiceCards(
            layout="column",
            icons={Task.OFFICER: "heart", Task.HOLDER: "building"},
            descriptions={
                Task.OFFICER: _("Sees concerns about home, and helps colleagues with the steps."),
                Task.HOLDER: _("Is told at once of a suspicion against somebody who works here."),
            },
        ),
    )

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].offer(people)  # type: ignore[attr-defined]


def _party(part: Part) -> forms.ChoiceField:
    choices = [(each.value, each.label) for each in WITH_WHOM[part]]
    return forms.ChoiceField(
        label=_("With whom?"),
        choices=choices,
        widget=ChoiceCards(layout="few", icons=PARTY_ICONS),
    )


def _why_so(*, required: bool) -> dict[str, forms.Field]:
    ground = forms.ChoiceField(
        label=_("Why in this order, or why not?"),
        choices=Ground.choices,
        required=required,
        widget=ChoiceCards(layout="few", icons=GROUND_ICONS),
    )
    return {
        "ground": ground,
        "reason": text_field(_("The reason, in your own words"), required=required),
    }
