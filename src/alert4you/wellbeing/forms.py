"""Faces to choose from, an own view, an answer to a notice, and the numbers of the rule."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alert4you.ui.forms import CheckCards, ChoiceCards, Form, control_class
from alert4you.wellbeing.models import (
    STEPS,
    Aspect,
    Rating,
    RuleKind,
    TagWatch,
    Way,
    step_of,
)
from alert4you.wellbeing.rules.choosing import DAYS, FIRST_POINTS, Chosen
from alert4you.wellbeing.rules.counting import MOST
from alert4you.wellbeing.rules.odds import Expected

NOT_SEEN = ""
QUESTIONS = {
    Aspect.ITSELF: _("With itself"),
    Aspect.STAFF: _("With us"),
    Aspect.OTHERS: _("With other children"),
    Aspect.INVOLVED: _("In what it does"),
}


class RatingForm(Form):
    """Four rows of five faces; what was not seen stays empty."""

    def __init__(self, *args: Any, before: Rating | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for aspect in Aspect:
            step = before.step(aspect) if before else None
            self.fields[aspect.value] = forms.TypedChoiceField(
                label=QUESTIONS[aspect],
                choices=[(NOT_SEEN, _("not seen")), *self._steps(aspect)],
                coerce=int,
                empty_value=None,
                required=False,
                initial=step or NOT_SEEN,
                widget=forms.RadioSelect,
            )

    @staticmethod
    def _steps(aspect: Aspect) -> list[tuple[int, Any]]:
        return [(step, step_of(aspect, step).label) for step in STEPS]

    @property
    def rows(self) -> list[forms.BoundField]:
        return [self[aspect.value] for aspect in Aspect]

    @property
    def steps(self) -> dict[str, int | None]:
        return {aspect.value: self.cleaned_data.get(aspect.value) for aspect in Aspect}


class ViewForm(Form):
    text = forms.CharField(
        label=_("What do you see yourself, these weeks?"),
        widget=forms.Textarea,
        max_length=4000,
        help_text=_("What the child does and says, at what moments. The parents read it too."),
    )


class AnswerForm(Form):
    LET_GO = "let_go"
    way = forms.ChoiceField(
        label=_("What do you do with it?"),
        choices=[
            (Way.PARENTS.value, _("Talk with the parents")),
            (Way.COACH.value, _("Ask the coach")),
            (LET_GO, _("Let it go")),
        ],
        widget=ChoiceCards(
            icons={Way.PARENTS.value: "talk", Way.COACH.value: "question", LET_GO: "leaf"},
            descriptions={
                Way.PARENTS.value: _("What do they see at home?"),
                Way.COACH.value: _("What could help, on the group?"),
                LET_GO: _("There is a good reason, or it has passed."),
            },
        ),
    )
    reason = forms.CharField(
        label=_("Why?"),
        widget=forms.Textarea,
        max_length=2000,
        help_text=_("A sentence or two. The parents read it too."),
    )


def _number(label: Any, most: int, least: int = 1, **fields: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, **fields)


class RuleForm(Form):
    """Which rule, and only its own numbers; what the other rule had stays as it was."""

    OWN = {
        RuleKind.LOW.value: ("needed", "of", "level"),
        RuleKind.DEMERITS.value: ("run_in", "relief", "limit"),
    }
    kind = forms.ChoiceField(
        label=_("Which rule?"),
        choices=RuleKind.choices,
        widget=ChoiceCards(
            icons={RuleKind.LOW.value: "search", RuleKind.DEMERITS.value: "leaf"},
            descriptions={
                RuleKind.LOW.value: _("Simple: everybody can check it at a glance."),
                RuleKind.DEMERITS.value: _("Compares each child with what is usual for itself."),
            },
        ),
    )
    needed = _number(_("How many low ones"), 8)
    of = _number(_("Of the last how many times"), 8)
    level = forms.TypedChoiceField(
        label=_("Low is this step or lower"),
        choices=[(step, step_of(Aspect.ITSELF, step).label) for step in STEPS[:-1]],
        coerce=int,
        widget=ChoiceCards(layout="few"),
    )
    run_in = _number(_("Times that tell what is usual"), 12, 3)
    relief = _number(_("Points off after every time"), 4)
    limit = _number(_("At how many points"), 40, 2)
    days = _number(_("Days that it stands"), 90)

    def __init__(self, *args: Any, chosen: Chosen, kind: str, **kwargs: Any) -> None:
        now = {name: value for name, value in vars(chosen.rule).items() if value is not None}
        super().__init__(*args, initial={**FIRST_POINTS, **now, "days": chosen.days}, **kwargs)
        self.before = chosen
        for other, names in self.OWN.items():
            for name in names if other != kind else ():
                del self.fields[name]

    @property
    def chosen(self) -> Chosen:
        told = {**self.cleaned_data}
        days = told.pop("days")
        del told["once"]
        return replace(self.before, rule=replace(self.before.rule, **told), days=days)


class ExpectedForm(Form):
    """One of the three questions about what is expected; of five numbers an empty box is none."""

    QUESTIONS = {
        "well": _("A child that does as usual"),
        "low": _("A child that really does less well"),
        "often": _("How often do you look?"),
    }

    def __init__(self, *args: Any, which: str, expected: Expected | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if which == "often":
            now = {"a_year": expected.a_year, "raters": expected.raters} if expected else {}
            asked = {
                "a_year": _number(_("How often a year does one person look at one child?"), 260),
                "raters": _number(_("How many people look at the same child?"), 10),
            }
        else:
            of_hundred = getattr(expected, which, ())
            now = {f"{which}_{step}": n for step, n in enumerate(of_hundred, start=1)}
            asked = {
                f"{which}_{step}": _number(
                    step_of(Aspect.ITSELF, step).label, 100, 0, required=False
                )
                for step in STEPS
            }
        for name, number in asked.items():
            self.fields[name] = number
            number.initial = now.get(name)
            number.widget.attrs["class"] = control_class(number.widget)
        self.asked, self.which = tuple(asked), which

    @property
    def numbers(self) -> list[forms.BoundField]:
        return [self[name] for name in self.asked]

    @property
    def told(self) -> dict[str, int]:
        return {name: self.cleaned_data.get(name) or 0 for name in self.asked}

    def clean(self) -> dict[str, Any]:
        if not self.errors and self.which != "often" and sum(self.told.values()) != 100:
            raise forms.ValidationError(
                _("The five numbers must add up to 100. Together they are %(sum)d now."),
                params={"sum": sum(self.told.values())},
            )
        return self.cleaned_data


class CountingForm(Form):
    """Which tags are counted, against what, and what the organisation expects to see."""

    tags = forms.MultipleChoiceField(
        label=_("What do we count?"),
        help_text=_("Nothing ticked: nothing is counted."),
        required=False,
        widget=CheckCards(layout="few"),
    )
    of = _number(_("Of the last how many notes"), MOST, 2)
    more = _number(_("How many more than usual"), MOST)
    days = _number(_("Days that it stands"), 90)
    usual = _number(
        _("Of 100 notes: how many have it when nothing is the matter?"), 99, 0, required=False
    )
    changed = _number(
        _("Of 100 notes: how many when something is the matter?"), 100, 0, required=False
    )
    a_year = _number(
        _("How many notes a year does one person write about one child?"), 400, required=False
    )
    raters = _number(_("How many people write about the same child?"), 10, required=False)

    EXPECTED = ("usual", "changed", "a_year", "raters")

    def __init__(
        self, *args: Any, known: Iterable[str], watch: TagWatch | None, **kwargs: Any
    ) -> None:
        names = (*self.EXPECTED, "tags", "of", "more", "days")
        initial = {name: getattr(watch, name) for name in names} if watch else {"days": DAYS}
        super().__init__(*args, initial=initial, **kwargs)
        choices = [(tag, capfirst(tag)) for tag in known]
        self.fields["tags"].choices = choices  # type: ignore[attr-defined]

    @property
    def expected(self) -> dict[str, int | None]:
        return {name: self.cleaned_data[name] for name in self.EXPECTED}
