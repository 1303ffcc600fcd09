"""Several screens with one question each, carried along in the form itself: nothing in the address."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alert4you.children.models import Child
from alert4you.groups.forms.plus import About, StepForm
from alert4you.kernel.decision import Denied

APART = ("csrfmiddlewaretoken", "once", "step", "to")


class Walk:
    """The screens with what was filled in so far. ``to`` in the form asks for another screen."""

    def __init__(
        self,
        request: HttpRequest,
        sorts: Sequence[type[StepForm]],
        about: About,
    ) -> None:
        self.request, self.sent = request, request.POST
        self.forms = [
            each(self.sent if each.is_answered_in(self.sent) else None, about=about)
            for each in sorts
        ]

    @property
    def arrived(self) -> bool:
        """The last screen was sent, and every screen is right."""
        last = str(len(self.forms) - 1)
        return (
            self.sent.get("step") == last
            and "to" not in self.sent
            and all([each.is_valid() for each in self.forms])
        )

    @property
    def last(self) -> StepForm:
        return self.forms[-1]

    @property
    def told(self) -> dict[str, Any]:
        return {key: value for each in self.forms for key, value in each.cleaned_data.items()}

    def refuse(self, denied: Denied) -> None:
        self.last.refuse(denied)

    def show(self, child: Child, back: str) -> HttpResponse:
        """The screen that was asked for, the first that is not right yet, or the next."""
        number = self._number()
        form = self.forms[number]
        carried = [
            (key, value)
            for key, values in self.sent.lists()
            for value in values
            if key not in APART and key not in form.fields
        ]
        page = {"form": form, "number": number, "before": number - 1, "carried": carried}
        page |= {"child": child, "back": back, "shown": number + 1, "all": len(self.forms)}
        return render(self.request, "groups/steps.html", page)

    def _number(self) -> int:
        last = len(self.forms) - 1
        asked, sent = self.sent.get("to", ""), self.sent.get("step", "")
        if asked.isdecimal():
            return min(int(asked), last)
        if not sent.isdecimal():
            return 0
        seen = self.forms[: int(sent) + 1]
        wrong = [at for at, each in enumerate(seen) if not each.is_valid()]
        return wrong[0] if wrong else min(int(sent) + 1, last)
