"""What if: somebody is ill, or a child or a colleague goes to another group."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.organisations.models import Membership
from alert4you.ui.forms import ChoiceCards, Form

ILL = "ill"


class ChangeForm(Form):
    """``who``: children and colleagues of the group; ``where``: away, or another group of the location."""

    who = forms.ChoiceField(label=_("Who?"))
    where = forms.ChoiceField(label=_("What happens?"), widget=ChoiceCards(layout="column"))

    def __init__(
        self,
        *args: Any,
        workers: Iterable[tuple[str, str]],
        kids: Iterable[tuple[str, str]],
        groups: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.workers = dict(workers)
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            (_("Colleagues"), list(self.workers.items())),
            (_("Children"), list(kids)),
        ]
        self.fields["where"].choices = [  # type: ignore[attr-defined]
            (ILL, _("A colleague is ill")),
            *((key, _("Goes to %s") % name) for key, name in groups),
        ]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("where") == ILL and told.get("who") not in self.workers:
            self.add_error("where", _("Of a child that does not come nothing is written here."))
        return told


class CoverForm(Form):
    """Who stands in, so that the absence can be written down."""

    cover = forms.ChoiceField(label=_("Who takes over the work meanwhile?"))

    def __init__(self, *args: Any, people: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in people}
        self.fields["cover"].choices = [  # type: ignore[attr-defined]
            (key, str(each.person)) for key, each in self.people.items()
        ]
