"""Numbers at adoption, and the screens on which a draft is changed; questions are handed in."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alert4you.practices.rules.asking import Question
from alert4you.practices.rules.drafts import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_CHARACTERS,
)
from alert4you.practices.rules.language import Choice
from alert4you.practices.rules.remedies import Remedy
from alert4you.ui.forms import CheckCards, ChoiceCards, Form

FEW = 4


class NumbersForm(Form):
    """The numbers that the source leaves open; ``hints``: what others chose, by choice."""

    def __init__(
        self, *args: Any, choices: Sequence[Choice], hints: Mapping[str, str], **kwargs: Any
    ) -> None:
        more = {each.key: _number(each, hints.get(each.key, "")) for each in choices}
        self.names = list(more)
        super().__init__(*args, more_fields=more, **kwargs)

    @property
    def numbers(self) -> list[forms.BoundField]:
        return [self[name] for name in self.names]

    @property
    def chosen(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in self.names}


def _number(choice: Choice, hint: str) -> forms.IntegerField:
    bounds = _("The source gives no number; you choose. From %(least)s to %(most)s.") % {
        "least": choice.least,
        "most": choice.most,
    }
    return forms.IntegerField(
        label=str(choice.title),
        min_value=choice.least,
        max_value=choice.most,
        help_text=f"{bounds} {hint}".strip(),
    )


class PartForm(Form):
    """One part of a practice. Everything may stay empty: what lacks is told, and nothing is lost."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:
        self.asked = tuple(questions)
        more: dict[str, forms.Field] = {}
        for each in self.asked:
            more |= _fields(each)
        super().__init__(*args, more_fields=more, **kwargs)

    def show(self, remedies: Iterable[Remedy]) -> None:
        """What is wrong, at the field that repairs it."""
        for each in remedies:
            self.add_error(each.field if each.field in self.fields else None, each.message)

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields to show; what must be there before publishing is not called optional."""
        for each in self.asked:
            for name in _fields(each) if each.must else ():
                self.fields[name].required = True
        return [self[name] for name in self.fields if name not in ("seen", "once")]


def _fields(question: Question) -> dict[str, forms.Field]:
    name, label = question.name, question.label
    if question.kind == "words":
        return {
            f"{name}_nl": _text(question, _("%(question)s In Dutch") % {"question": label}),
            f"{name}_en": _text(question, _("In English"), helped=False),
        }
    if question.kind == "term":
        after = [("", _("from the beginning of the phase")), *question.options]
        return {
            name: _text(question, label),
            f"{name}_after": forms.ChoiceField(
                label=_("Counted from what?"), choices=after, required=False
            ),
        }
    if question.kind == "yes":
        return {name: forms.BooleanField(label=label, required=False)}
    if question.kind == "several":
        return {name: _several(question)}
    if question.kind == "one":
        return {name: _one(question)}
    return {name: _text(question, label)}


def _text(question: Question, label: str, helped: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=question.help if helped else "",
        widget=forms.Textarea if question.long else forms.TextInput,
        max_length=LONGEST_TEXT if question.long else LONGEST_TITLE * 2,
        required=False,
    )


def _several(question: Question) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=question.label,
        help_text=question.help,
        choices=question.options,
        widget=CheckCards(),
        required=False,
    )


def _one(question: Question) -> forms.ChoiceField:
    few = 0 < len(question.options) <= FEW
    widget = ChoiceCards() if few else forms.Select()
    nothing = () if few and question.must else (("", _("Choose") if question.must else _("None")),)
    return forms.ChoiceField(
        label=question.label,
        help_text=question.help,
        choices=(*nothing, *question.options),
        widget=widget,
        required=False,
    )


class TitleForm(Form):
    """What a new part is called."""

    nl = forms.CharField(
        label=gettext_lazy("What is it called in Dutch?"), max_length=LONGEST_TITLE
    )
    en = forms.CharField(
        label=gettext_lazy("What is it called in English?"),
        max_length=LONGEST_TITLE,
        required=False,
    )


class TextForm(Form):
    """The whole draft as YAML."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)
    text = forms.CharField(
        label=gettext_lazy("The text"),
        widget=forms.Textarea(attrs={"spellcheck": "false"}),
        max_length=MOST_CHARACTERS,
        strip=False,
    )


class FileForm(Form):
    """A practice as a YAML file."""

    file = forms.FileField(
        label=gettext_lazy("Which file?"), help_text=gettext_lazy("A YAML file of at most 100 kB.")
    )

    def clean_file(self) -> str:
        """The text in the file."""
        file = self.cleaned_data["file"]
        if file.size > MOST_CHARACTERS * 4:
            raise forms.ValidationError(_("This file is too large for a practice."))
        try:
            text: str = file.read().decode("utf-8-sig")
        except UnicodeDecodeError as unreadable:
            raise forms.ValidationError(
                _("This is not a text file. Choose a file that ends in .yaml.")
            ) from unreadable
        return text
