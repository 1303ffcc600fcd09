"""A form with one question on each screen: what was answered travels along, out of sight."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise

from alert4you.ui.finding import LOOK_UP, SHOWN, WORDS
from alert4you.ui.forms import Form
from alert4you.ui.one_question import Step

APART = ("csrfmiddlewaretoken", "once", "step", "to", LOOK_UP)


@dataclass(frozen=True)
class Question:
    """One screen: what it asks, and the fields of the form that answer it."""

    words: str | Promise
    names: Iterable[str]
    lead: str | Promise = ""


class Screens:
    """The questions that have a field in the form; ``before``: how many screens came earlier.

    ``make`` gives the form of what was sent, or an empty one. What is sent without ``step`` was filled in
    as a whole; ``to`` asks for another screen.
    """

    def __init__(
        self,
        request: HttpRequest,
        make: Callable[[QueryDict | None], Form],
        questions: Sequence[Question],
        before: int = 0,
    ) -> None:
        self.request, self.sent, self.make, self.before = request, request.POST, make, before
        self.form = make(self.sent or None)
        known = self.form.fields
        asked = (replace(each, names=[n for n in each.names if n in known]) for each in questions)
        self.questions = [each for each in asked if each.names]

    @property
    def arrived(self) -> bool:
        """The last screen was sent, and everything is right."""
        return self._seen == self._last and "to" not in self.sent and self.form.is_valid()

    def show(self, step: Step, template: str = "ui/screens.html") -> HttpResponse:
        """The screen that was asked for, the first that is not right yet, or the next."""
        number = self._number()
        question = self.questions[number]
        page = {
            "form": self._filled(number),
            "names": question.names,
            "number": number,
            "previous": number - 1,
            "shown": self.before + number + 1,
            "all": self.before + len(self.questions),
            "carried": [
                (key, value)
                for key, values in self.sent.lists()
                for value in values
                if key not in APART
                and key.removesuffix(WORDS).removesuffix(SHOWN) == key
                and key not in question.names
            ],
            "section": step.heading,
            "step": replace(
                step,
                heading=question.words,
                lead=question.lead or step.lead,
                why="" if number else step.why,
            ),
        }
        return render(self.request, template, page)

    @property
    def _last(self) -> int:
        return len(self.questions) - 1

    @property
    def _seen(self) -> int:
        seen = self._named("step")
        return self._last if seen is None else seen

    def _named(self, name: str) -> int | None:
        """A screen by its number, as sent."""
        told = self.sent.get(name, "")
        return min(int(told), self._last) if told.isdecimal() and len(told) < 3 else None

    def _number(self) -> int:
        asked = self._named("to")
        if asked is not None:
            return asked
        if not self.sent:
            return 0
        if self.form.looks_up:
            return self._seen
        seen = enumerate(self.questions[: self._seen + 1])
        wrong = [at for at, each in seen if any(name in self.form.errors for name in each.names)]
        return wrong[0] if wrong else min(self._seen + 1, self._last)

    def _filled(self, number: int) -> Form:
        """As it was sent, without what is said about other screens; what is new is still to fill."""
        names = self.questions[number].names
        fresh = number > self._seen and not any(name in self.sent for name in names)
        if fresh or not self.sent:
            return self.make(None)
        for name in [*self.form.errors]:
            if "to" in self.sent or (name not in names and number < self._last):
                del self.form.errors[name]
        return self.form
