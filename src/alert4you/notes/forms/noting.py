"""Writing on the line: notes, what helps, what is agreed, what runs through the parents."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Category
from alert4you.children.models import Child, Guardian
from alert4you.notes.models import How
from alert4you.notes.rules.writing import Seen, Spoken
from alert4you.organisations.forms import People
from alert4you.organisations.models import Group
from alert4you.ui.finding import FindField
from alert4you.ui.forms import ChoiceCards, DayField, Form

LONGEST = 4000
PARENTS, TEAM = "parents", "team"


def text_field(label: Any, *, first: bool = False, **fields: Any) -> forms.CharField:
    """A field to write in; ``first``: the cursor is there when the page opens."""
    attrs = {"autofocus": True} if first else {}
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs=attrs), max_length=LONGEST, **fields
    )


def picks(label: Any, options: Iterable[tuple[str, str]] = ()) -> forms.MultipleChoiceField:
    """Words or names to tap, any number, none is fine."""
    return forms.MultipleChoiceField(
        label=label, choices=list(options), required=False, widget=forms.CheckboxSelectMultiple
    )


class SeenForm(Form):
    """What was seen: in words, by tapping, or both. ``aided``: the writing aid spoke in the page already."""

    text = text_field(_("What did you see?"), first=True, required=False)
    tags = picks(_("Or tap what fits"))
    aided = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, tags: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tags"].choices = [(tag, capfirst(tag)) for tag in tags]  # type: ignore[attr-defined]


class NoteForm(SeenForm):
    also = picks(_("Also about"))
    category = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[
            (Category.DAY.value, _("The day")),
            (Category.DEVELOPMENT.value, _("Development")),
        ],
        initial=Category.DAY.value,
        widget=ChoiceCards(layout="few", icons={"day": "sun", "development": "leaf"}),
    )
    readers = forms.ChoiceField(
        label=_("Who may read it?"),
        choices=[(PARENTS, _("The parents too")), (TEAM, _("Only the care team"))],
        initial=PARENTS,
        widget=ChoiceCards(layout="few", icons={PARENTS: "parents", TEAM: "lock"}),
    )

    def __init__(
        self,
        *args: Any,
        about: Child | None = None,
        others: Callable[[], Iterable[Child]] = tuple,
        **kwargs: Any,
    ) -> None:
        """``others``: who else is here; nobody reads them before they are shown or chosen."""
        super().__init__(*args, **kwargs)
        self._about, self._others = about, others
        self.fields["also"].choices = self._choices  # type: ignore[attr-defined]

    @cached_property
    def others(self) -> dict[str, Child]:
        return {str(each.pk): each for each in self._others()}

    def _choices(self) -> list[tuple[str, str]]:
        return [(key, str(each)) for key, each in self.others.items()]

    @property
    def internal(self) -> bool:
        return self.cleaned_data["readers"] == TEAM

    @property
    def seen(self) -> Seen:
        told = self.cleaned_data
        return Seen(told["text"], told["category"], self.internal, told["tags"])

    @property
    def also_about(self) -> list[Child]:
        return [self.others[key] for key in self.cleaned_data["also"]]


class GroupNoteForm(SeenForm):
    text = text_field(
        _("What did you see on the group?"),
        help_text=_("Without names of children: your colleagues and the coach read it too."),
        required=False,
    )
    incident = forms.BooleanField(
        label=_("Something went wrong"),
        help_text=_("It then stands among the incidents of the group."),
        required=False,
    )


class RewordForm(Form):
    text = text_field(_("How would you write it now?"), required=False)


class NotebookForm(Form):
    """``turns``: whom the writer may invite to write next; empty: nobody is invited."""

    text = text_field(_("What do you want to tell or ask?"))

    def __init__(self, *args: Any, turns: Iterable[tuple[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if turns:
            self.fields["invites"] = forms.ChoiceField(
                label=_("Whom do you ask to write next?"),
                choices=[
                    ("", _("Nobody in particular")),
                    *((key, capfirst(each)) for key, each in turns),
                ],
                required=False,
                widget=ChoiceCards(layout="few", icons={"parents": "parents", "coach": "coach"}),
            )


def lines_of(text: str) -> list[str]:
    """One thing per line, once each."""
    return list(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))


class TagsForm(Form):
    child_tags = text_field(
        _("About a child"), help_text=_("One per line: what one sees, not what one thinks of it.")
    )
    group_tags = text_field(
        _("About the group"), help_text=_("One per line: the day, the load, what happened.")
    )


class MarkedWordsForm(Form):
    marked = text_field(
        _("Mark these words too"),
        required=False,
        help_text=_(
            "One per line. After a colon your own question: “stuiterbal: what did you see?”"
        ),
    )
    leave = _("Leave these words alone")
    unmarked = text_field(leave, required=False, help_text=_("One per line."))


class OwnWordsForm(Form):
    """The parents' own words."""

    text = text_field(
        _("What do you want to tell?"),
        first=True,
        help_text=_("Everybody who may know about your child can read it."),
    )


class ToldForm(Form):
    """Whose words staff write down, how they came, and who was there."""

    guardian = forms.ChoiceField(
        label=_("Whose words are these?"), widget=ChoiceCards(layout="few")
    )
    how = forms.ChoiceField(
        label=_("How did you get them?"),
        choices=How.choices,
        widget=ChoiceCards(layout="few", icons={How.TALK: "talk", How.PAPER: "note"}),
    )
    present = forms.CharField(
        label=_("Who else was there, or where is the paper kept?"), max_length=200
    )

    def __init__(self, *args: Any, guardians: Iterable[Guardian], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guardians = {str(each.pk): each for each in guardians if each.has_authority}
        choices = [(key, each.person.name) for key, each in self.guardians.items()]
        self.fields["guardian"].choices = choices  # type: ignore[attr-defined]

    @property
    def spoken(self) -> Spoken:
        told = self.cleaned_data
        return Spoken(self.guardians[told["guardian"]], told["how"], told["present"])


class ToldWordsForm(ToldForm):
    """Words of a parent, written down by staff."""

    text = text_field(
        _("What did the parent say or write?"),
        help_text=_("In the parent's own words. The parents read it too."),
    )


class LookToldForm(ToldForm):
    """A question of a parent about who looked."""

    who = FindField(label=_("Who looked?"))
    text = text_field(_("What would the parent like to know?"))

    def __init__(self, *args: Any, people: People, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].offer(people)  # type: ignore[attr-defined]
        self.fields["on"] = DayField(label=_("On which day?"), last=today)


class ContestForm(Form):
    words = text_field(_("What did you say, or mean?"), first=True)


class IncidentForm(Form):
    text = text_field(
        _("What happened?"),
        first=True,
        help_text=_("As you would tell the parents. Of other children: “another child”."),
    )


class AfterForm(Form):
    """One question after an incident; ``ask`` names it."""

    text = text_field(_("What do we agree?"), first=True)

    def __init__(self, *args: Any, label: Any, help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = label, help_text


class TellOthersForm(Form):
    group = forms.ChoiceField(label=_("To the parents of which group?"), widget=ChoiceCards())
    text = text_field(
        _("What do you tell them?"), help_text=_("What happened and what you do; no child’s name.")
    )

    def __init__(self, *args: Any, groups: Iterable[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {str(each.pk): each for each in groups}
        if len(self.groups) == 1:
            del self.fields["group"]
            return
        names = [(key, each.name) for key, each in self.groups.items()]
        self.fields["group"].choices = names  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Group:
        chosen = self.cleaned_data.get("group")
        return self.groups[chosen] if chosen else next(iter(self.groups.values()))


class InvolvedForm(Form):
    """Help from elsewhere, as the parents told it."""

    party = forms.CharField(
        label=_("Who helps?"),
        max_length=200,
        help_text=_("As the parents say it, for example: the speech therapist in the village."),
    )
    what_for = forms.CharField(label=_("With what?"), max_length=300)
    told_by = forms.ChoiceField(label=_("Who told it?"), required=False, widget=ChoiceCards())

    def __init__(
        self, *args: Any, guardians: Iterable[Guardian], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.guardians = {str(each.pk): each for each in guardians}
        if self.guardians:
            names = [(key, each.person.name) for key, each in self.guardians.items()]
            self.fields["told_by"].choices = names  # type: ignore[attr-defined]
        else:
            del self.fields["told_by"]
        self.fields["since"] = DayField(label=_("Since when?"), last=today, required=False)
        self.order_fields(["party", "what_for", "since", "told_by", "once"])

    @property
    def teller(self) -> Guardian | None:
        return self.guardians.get(self.cleaned_data.get("told_by", ""))


class ThroughParentsForm(Form):
    party = forms.CharField(label=_("For whom is it?"), max_length=200)
    text = text_field(
        _("What would you like to ask?"),
        help_text=_("The parents read it, and decide whether they ask it."),
    )


class CarryForm(Form):
    will = forms.ChoiceField(
        label=_("Do the parents ask it?"),
        choices=[("yes", _("Yes")), ("no", _("Rather not"))],
        widget=ChoiceCards(
            layout="few",
            icons={"yes": "check", "no": "pause"},
            descriptions={"no": _("That is fine. Nothing happens then.")},
        ),
    )


class AnswerOfPartyForm(Form):
    text = text_field(_("What was the answer?"), first=True)


class AskAgainForm(Form):
    why = forms.CharField(label=_("What may be different by then?"), max_length=200, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"] = DayField(
            label=_("From when on may it be talked about again?"), first=today
        )
        self.order_fields(["on", "why", "once"])


class ComplaintForm(Form):
    text = text_field(
        _("What did the parent say?"),
        first=True,
        help_text=_("About the group, without the name of any child."),
    )


class VisionForm(Form):
    explanation = text_field(_("What do you say to parents?"), first=True)
