"""Asking, answering, asking the parents, passing on."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Category
from alert4you.children.models import Child
from alert4you.coaching.commands.questions import COACHING_NEEDS
from alert4you.coaching.forms.contacts import HELPS_OTHERS
from alert4you.coaching.forms.people import choose_person
from alert4you.notes.forms.noting import text_field
from alert4you.organisations.models import Location, Membership
from alert4you.ui.forms import ChoiceCards, Form


class AskForm(Form):
    """A question: in general; or about a child, in two parts until the parents agree."""

    text = text_field(_("Your question"), first=True)
    details = text_field(_("For later: in your own words"), required=False)
    location = forms.ChoiceField(label=_("At which location?"), widget=ChoiceCards(layout="column"))

    def __init__(
        self,
        *args: Any,
        places: Collection[Location],
        who: Mapping[UUID, Membership],
        child: Child | None,
        may_know: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(place.pk): place for place in places}
        self._choose_place(places, who)
        if child is None:
            self._without_child()
        elif may_know:
            self._openly(child)
        else:
            self._in_two_parts(child)

    def _choose_place(self, places: Collection[Location], who: Mapping[UUID, Membership]) -> None:
        if len(places) == 1:
            del self.fields["location"]
            return
        field = self.fields["location"]
        field.choices = [(str(each.pk), each.name) for each in places]  # type: ignore[attr-defined]
        field.widget.descriptions = {
            str(place): _("%(name)s answers") % {"name": member.person.name}
            for place, member in who.items()
        }

    def _without_child(self) -> None:
        del self.fields["details"]
        self.fields["text"].help_text = _("Without names of children or parents.")

    def _openly(self, child: Child) -> None:
        del self.fields["text"]
        details = self.fields["details"]
        details.label, details.required = _("Your question"), True
        details.widget.attrs["autofocus"] = True
        details.help_text = _("You may name %(child)s: the parents agreed.") % {"child": child}

    def _in_two_parts(self, child: Child) -> None:
        text, details = self.fields["text"], self.fields["details"]
        text.label = _("What the coach reads now")
        text.help_text = _("Without names. What do you see, and what have you tried?")
        details.help_text = _(
            "The coach reads this only when the parents of %(child)s agree. Names may be in it."
        ) % {"child": child}

    @property
    def place(self) -> Location:
        chosen = self.cleaned_data.get("location")
        return self.places[chosen] if chosen else next(iter(self.places.values()))


class AnswerForm(Form):
    text = text_field(
        _("What can they do on the group?"),
        help_text=_("Small steps that somebody can try tomorrow."),
    )
    helps_others = text_field(HELPS_OTHERS, required=False)


class AskParentsForm(Form):
    """Ask the parents whether the coach may know their child."""

    coach = forms.ChoiceField(label=_("Which coach?"), widget=ChoiceCards(layout="column"))
    why = forms.CharField(
        label=_("Why? The parents read this"),
        help_text=_("For example: “We would like Sanne to think along about eating together.”"),
        widget=forms.Textarea,
        max_length=400,
    )
    talks = forms.BooleanField(
        label=_("Also prepare a talk with the parents together"),
        help_text=_("Then the coach may also know what you and the parents told each other."),
        required=False,
    )

    def __init__(self, *args: Any, coaches: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.coaches = {str(each.pk): each for each in coaches}
        choose_person(self, "coach", self.coaches.values())

    @property
    def chosen(self) -> Membership:
        return self.coaches[self.cleaned_data["coach"]]

    @property
    def categories(self) -> list[str]:
        return [*COACHING_NEEDS, *([Category.TALK] if self.cleaned_data["talks"] else [])]


class PassOnForm(Form):
    to = forms.ChoiceField(label=_("Who answers from now on?"), widget=ChoiceCards(layout="column"))

    def __init__(self, *args: Any, people: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in people}
        choose_person(self, "to", self.people.values())

    @property
    def chosen(self) -> Membership:
        return self.people[self.cleaned_data["to"]]
