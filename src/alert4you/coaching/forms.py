"""Asking and answering, planning and logging, preparing a talk."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Category, Kind
from alert4you.children.models import Child
from alert4you.coaching.commands.questions import COACHING_NEEDS
from alert4you.coaching.commands.talks import Card
from alert4you.coaching.models import Level, TalkForm, TalkPreparation
from alert4you.coaching.rules import suggested_form
from alert4you.notes.forms import text_field
from alert4you.organisations.models import Location, Membership
from alert4you.ui.forms import ChoiceCards, DayField, Form

HELPS_OTHERS = _("What of this helps the other children too?")
TALK_ICONS = {
    TalkForm.COACH_LEADS: "coach",
    TalkForm.TOGETHER: "people",
    TalkForm.WORKER_LEADS: "hand",
}
AS_SUGGESTED = "suggested"


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


class VisitForm(Form):
    location = forms.ChoiceField(label=_("Where?"), widget=ChoiceCards(layout="column"))
    purpose = forms.CharField(
        label=_("What for?"),
        help_text=_("The staff read this. No names of children."),
        max_length=200,
        required=False,
    )

    def __init__(
        self, *args: Any, places: Collection[Location], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(each.pk): each for each in places}
        field = self.fields["location"]
        field.choices = [(str(each.pk), each.name) for each in places]  # type: ignore[attr-defined]
        if len(places) == 1:
            field.initial = str(next(iter(places)).pk)
        self.fields["day"] = DayField(label=_("When?"), first=today, initial=today)
        self.order_fields(["location", "day", "purpose", "once"])

    @property
    def place(self) -> Location:
        return self.places[self.cleaned_data["location"]]


KINDS = {
    Kind.VISIT: (_("I was on the group"), "people"),
    Kind.OBSERVATION: (_("I observed"), "eye"),
    Kind.COACHING: (_("I coached a colleague"), "coach"),
    Kind.SESSION: (_("I worked with the child"), "child"),
    Kind.TALK: (_("We talked"), "talk"),
    Kind.ADVICE: (_("I give advice"), "star"),
}


class ContactForm(Form):
    """Something happened, or advice on one's own initiative."""

    kind = forms.ChoiceField(label=_("What was it?"), widget=ChoiceCards(layout="few"))
    text = text_field(_("What happened? What did you see?"))
    helps_others = text_field(
        HELPS_OTHERS, required=False, help_text=_("You can also answer this later.")
    )
    minutes = forms.IntegerField(
        label=_("How many minutes?"), min_value=1, max_value=600, required=False
    )
    with_parents = forms.BooleanField(label=_("The parents were there"), required=False)

    def __init__(self, *args: Any, kinds: Iterable[Kind], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        kind.choices = [(each.value, KINDS[each][0]) for each in kinds]  # type: ignore[attr-defined]
        kind.widget.icons = {each.value: KINDS[each][1] for each in kinds}
        self.fields["day"] = DayField(
            label=_("When?"), first=today - relativedelta(months=1), last=today, initial=today
        )

    @property
    def is_advice(self) -> bool:
        return self.cleaned_data["kind"] == Kind.ADVICE


class VisitContactForm(Form):
    """What happened during a visit: on the group as a whole, or about a child one may know."""

    child = forms.ChoiceField(label=_("About whom?"), widget=ChoiceCards(layout="few"))
    kind = forms.ChoiceField(label=_("What was it?"), widget=ChoiceCards(layout="few"))
    text = text_field(_("What happened? What did you see?"))
    helps_others = text_field(
        HELPS_OTHERS, required=False, help_text=_("You can also answer this later.")
    )
    minutes = forms.IntegerField(
        label=_("How many minutes?"), min_value=1, max_value=600, required=False
    )

    def __init__(self, *args: Any, children: Iterable[Child], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.children = {str(each.pk): each for each in children}
        names = [(key, each.first_name) for key, each in self.children.items()]
        child, kind = self.fields["child"], self.fields["kind"]
        child.choices = [("group", _("The group")), *names]  # type: ignore[attr-defined]
        child.initial = "group"
        kinds = (Kind.VISIT, Kind.OBSERVATION, Kind.COACHING)
        kind.choices = [(each.value, KINDS[each][0]) for each in kinds]  # type: ignore[attr-defined]
        kind.widget.icons = {each.value: KINDS[each][1] for each in kinds}
        kind.initial = Kind.VISIT.value

    @property
    def about(self) -> Child | None:
        return self.children.get(self.cleaned_data["child"])


class AnotherQuestionForm(Form):
    """Asked in passing, about another child: without its name."""

    text = text_field(_("What was asked?"), help_text=_("Without names."))
    answer = text_field(_("What did you advise?"), required=False)


class HelpsOthersForm(Form):
    helps_others = text_field(
        HELPS_OTHERS,
        first=True,
        help_text=_("For example: a picture beside the washbasin helps every toddler."),
    )


class PreparationForm(Form):
    """The card for a talk with parents."""

    worker = forms.ChoiceField(label=_("Whose talk is it?"), widget=ChoiceCards(layout="column"))
    complexity = forms.ChoiceField(
        label=_("How hard will the talk be?"),
        help_text=_("Think of worries, of another view, of the language."),
        choices=[
            (str(Level.LITTLE.value), _("Easy")),
            (str(Level.SOME.value), _("In between")),
            (str(Level.MUCH.value), _("Hard")),
        ],
        widget=ChoiceCards(layout="few"),
    )
    wants_to_learn = forms.ChoiceField(
        label=_("How much is there to learn from this talk?"),
        choices=[
            (str(Level.LITTLE.value), _("Little")),
            (str(Level.SOME.value), _("Something")),
            (str(Level.MUCH.value), _("Much")),
        ],
        widget=ChoiceCards(layout="few"),
    )
    form = forms.ChoiceField(
        label=_("Who leads the talk?"),
        choices=[
            (AS_SUGGESTED, _("As suggested")),
            (TalkForm.COACH_LEADS.value, _("The coach leads, the group worker watches")),
            (TalkForm.TOGETHER.value, _("Together")),
            (TalkForm.WORKER_LEADS.value, _("The group worker leads, the coach gives feedback")),
        ],
        initial=AS_SUGGESTED,
        widget=ChoiceCards(icons={form.value: icon for form, icon in TALK_ICONS.items()}),
    )
    why_this_form = forms.CharField(
        label=_("Why another form than suggested?"), max_length=300, required=False
    )
    message = text_field(_("The message, in one or two sentences"))
    words = text_field(
        _("Words that fit"),
        required=False,
        help_text=_("How would you say it to these parents? Which words do you leave out?"),
    )
    reactions = text_field(
        _("What could the parents say, and what do you say then?"),
        required=False,
        help_text=_("Say it out loud together once."),
    )

    def __init__(
        self, *args: Any, people: Iterable[Membership], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in people}
        choose_person(self, "worker", self.people.values())
        self.fields["planned_on"] = DayField(
            label=_("When is the talk?"), first=today, initial=today + timedelta(days=7)
        )
        self.order_fields(["worker", "planned_on"])

    @classmethod
    def of(cls, preparation: TalkPreparation) -> dict[str, Any]:
        """What a card says, to fill the form with."""
        names = ("planned_on", "why_this_form", "message", "words", "reactions")
        return {name: getattr(preparation, name) for name in names} | {
            "worker": str(preparation.worker_id),
            "form": preparation.form if preparation.why_this_form else AS_SUGGESTED,
            "complexity": str(preparation.complexity),
            "wants_to_learn": str(preparation.wants_to_learn),
        }

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if {"complexity", "wants_to_learn"} <= told.keys() and not told.get("why_this_form"):
            suggested = suggested_form(int(told["complexity"]), int(told["wants_to_learn"]))
            if told.get("form", AS_SUGGESTED) not in (AS_SUGGESTED, suggested):
                self.add_error(
                    "why_this_form", _("Write in a few words why this form fits better.")
                )
        return told

    @property
    def chosen(self) -> Membership:
        return self.people[self.cleaned_data["worker"]]

    @property
    def card(self) -> Card:
        told = self.cleaned_data
        return Card(
            message=told["message"],
            complexity=int(told["complexity"]),
            wants_to_learn=int(told["wants_to_learn"]),
            form="" if told["form"] == AS_SUGGESTED else told["form"],
            why_this_form=told["why_this_form"],
            words=told["words"],
            reactions=told["reactions"],
        )


class HeldTalkForm(Form):
    """The talk was held."""

    agreed = text_field(
        _("What was talked about, and what did you agree?"),
        help_text=_("The parents read this too."),
    )
    after_talk = text_field(
        _("Looking back"),
        required=False,
        help_text=_("What went well? What would you do differently? Only for the care team."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["next_on"] = DayField(
            label=_("When do you talk again?"), first=today, required=False
        )
        self.order_fields(["agreed", "next_on", "after_talk", "once"])


def choose_person(form: Form, name: str, people: Iterable[Membership]) -> None:
    """Offer these people; when there is one, that one."""
    found = list(people)
    field = form.fields[name]
    field.choices = [(str(each.pk), each.person.name) for each in found]  # type: ignore[attr-defined]
    field.widget.descriptions = {
        str(each.pk): f"{each.task}, {each.organisation.name}" for each in found
    }
    if len(found) == 1:
        form.initial.setdefault(name, str(found[0].pk))
