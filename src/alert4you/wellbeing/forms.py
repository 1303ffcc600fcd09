"""Faces to choose from, an own view, an answer to a notice, and the numbers of the rule."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alert4you.ui.forms import CheckCards, ChoiceCards, Form, control_class
from alert4you.wellbeing.models import (
    STEPS,
    Aspect,
    EarlyRule,
    Rating,
    RuleKind,
    TagWatch,
    Way,
    step_of,
)
from alert4you.wellbeing.rules.choosing import DAYS, Chosen
from alert4you.wellbeing.rules.counting import MOST
from alert4you.wellbeing.rules.noticing import Rule
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
    """The rule, its numbers, and what the organisation expects to see."""

    kind = forms.ChoiceField(
        label=_("Which rule?"),
        choices=RuleKind.choices,
        widget=ChoiceCards(
            layout="column",
            descriptions={
                RuleKind.LOW.value: _("Simple: everybody can check it at a glance."),
                RuleKind.DEMERITS.value: _("Compares each child with what is usual for itself."),
            },
        ),
    )
    needed = _number(_("How many low ones"), 8)
    of = _number(_("Of the last how many times"), 8)
    level = _number(_("Low is this step or lower"), 4)
    run_in = _number(_("Times that tell what is usual"), 12, 3, required=False)
    relief = _number(_("Points off after every time"), 4, required=False)
    limit = _number(_("At how many points"), 40, 2, required=False)
    days = _number(_("Days that it stands"), 90)
    a_year = _number(_("How often a year does one person look at one child?"), 260, required=False)
    raters = _number(_("How many people look at the same child?"), 10, required=False)

    def __init__(self, *args: Any, chosen: Chosen, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(chosen), **kwargs)
        for name, of_hundred in (
            ("well", chosen.expected and chosen.expected.well),
            ("low", chosen.expected and chosen.expected.low),
        ):
            for step in STEPS:
                number = self.fields[f"{name}_{step}"] = _number(
                    step_of(Aspect.ITSELF, step).label,
                    100,
                    0,
                    required=False,
                    initial=of_hundred[step - 1] if of_hundred else None,
                )
                number.widget.attrs["class"] = control_class(number.widget)

    @property
    def well(self) -> list[forms.BoundField]:
        return [self[f"well_{step}"] for step in STEPS]

    @property
    def low(self) -> list[forms.BoundField]:
        return [self[f"low_{step}"] for step in STEPS]

    @property
    def chosen(self) -> Chosen:
        told = self.cleaned_data
        low = told["level"], told["needed"], told["of"]
        points = told["relief"], told["limit"], told["run_in"]
        rule = Rule(told["kind"], *low, *points)
        return Chosen(rule, told["days"], self._expected())

    def _expected(self) -> Expected | None:
        """What was filled in as a whole; an empty box of five counts as none of a hundred."""
        told = self.cleaned_data
        well, low = (
            [told.get(f"{name}_{step}") or 0 for step in STEPS] for name in ("well", "low")
        )
        if not (any(well) or any(low) or told.get("a_year") or told.get("raters")):
            return None
        return Expected(well, low, told.get("a_year") or 0, told.get("raters") or 0)


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


def _initial(chosen: Chosen) -> dict[str, Any]:
    """What stands in the form when it opens."""
    expected = chosen.expected
    more = {"a_year": expected.a_year, "raters": expected.raters} if expected else {}
    fields = {field.name for field in EarlyRule._meta.concrete_fields}
    rule = {name: value for name, value in vars(chosen.rule).items() if name in fields}
    return {**rule, "days": chosen.days, **more}
