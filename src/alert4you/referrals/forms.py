"""One question per screen: to whom, what for, what may go along, meanwhile, who keeps hold of it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import SHAREABLE
from alert4you.access.rules.wording import CATEGORY_MEANS
from alert4you.kernel.decision import Decision
from alert4you.organisations.forms import Organisations, People
from alert4you.organisations.models import Membership
from alert4you.referrals.models import Help, Obstacle, Outcome, Sort
from alert4you.referrals.rules.needs import Judged
from alert4you.referrals.rules.ways import Receiver
from alert4you.ui.finding import FindField
from alert4you.ui.forms import CheckCards, ChoiceCards, DayField, DayInput, Form
from alert4you.ui.screens import Question

LONG = 4000
YES_NO = [("yes", _("Yes")), ("no", _("No"))]


def as_cards(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """What stands in a sentence elsewhere stands alone on a card."""
    return [(value, capfirst(label)) for value, label in choices]


def words_field(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea, max_length=LONG, **more)


class LedForm(Form):
    """Who keeps hold of it, and who when that person is away."""

    lead = FindField(label=_("Who keeps hold of it?"))
    cover = FindField(label=_("Who does when that person is away?"))

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("lead", "cover"):
            if name in self.fields:
                self.fields[name].offer(people)  # type: ignore[attr-defined]

    @property
    def led(self) -> tuple[Membership, Membership]:
        return self.cleaned_data["lead"], self.cleaned_data["cover"]


class StartForm(LedForm):
    """To whom, what for, what may go along, meanwhile, who keeps hold of it; see ``START``."""

    party = FindField(label=_("To whom?"), required=False)
    party_words = forms.CharField(
        label=_("Or somebody who is not in the list"),
        max_length=200,
        required=False,
        help_text=_("For example: the speech therapist in the village."),
    )
    what_for = words_field(
        _("What do you ask for?"), help_text=_("In a few words. The parents read it too.")
    )
    categories = forms.MultipleChoiceField(
        label=_("What may go along, when the parents agree?"),
        choices=as_cards((each.value, each.label) for each in SHAREABLE),
        widget=CheckCards(descriptions=CATEGORY_MEANS),
        required=False,
    )
    contact = FindField(label=_("Who is it for there?"), required=False)
    meanwhile = words_field(
        _("What do you do while the child waits?"),
        required=False,
        help_text=_("Who supports, how often. You can add to this later."),
    )

    def __init__(
        self,
        *args: Any,
        organisations: Organisations,
        contacts: People | None,
        outside: bool,
        may_address: Callable[[UUID | None], Decision],
        **kwargs: Any,
    ) -> None:
        """``outside``: a party that is not in this system gets nothing along from here."""
        super().__init__(*args, **kwargs)
        self.may_address = may_address
        party: Any = self.fields["party"]
        party.offer(organisations, _("Choose an organisation"))
        if outside:
            del self.fields["categories"]
        if contacts is None or contacts.is_empty:
            del self.fields["contact"]
        else:
            self.fields["contact"].offer(contacts)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        party = given.get("party")
        if bool(party) == bool(given.get("party_words", "").strip()):
            self.add_error("party", _("Choose an organisation, or write who else it is."))
        elif not (may := self.may_address(party.pk if party else None)):
            self.add_error("party", f"{may.reason} {may.instead}")
        return given

    @property
    def receiver(self) -> Receiver:
        given = self.cleaned_data
        if not given["party"]:
            return Receiver(words=given["party_words"])
        return Receiver(given["party"], contact=given.get("contact"))


START = (
    Question(
        _("Who can help?"),
        ("party", "party_words"),
        _("Speak with the parents first. Nothing goes to anybody before they agree."),
    ),
    Question(_("What is it about?"), ("what_for",)),
    Question(
        _("What may they know?"),
        ("categories", "contact"),
        _("The parents are asked this. They may say yes to a part."),
    ),
    Question(_("And until it starts?"), ("meanwhile",)),
    Question(
        _("Who sees to it?"),
        ("lead", "cover"),
        _(
            "One person keeps hold of it until the next place has started, and one stands in. The parents "
            "see who."
        ),
    ),
)


class AskForm(Form):
    on = DayField(label=_("When did you ask?"))
    ask_again_on = DayField(
        label=_("By when do you ask for an answer?"),
        help_text=_("They see this day too. Then you ask again: it stands on your Today."),
    )
    parents_agreed = forms.CharField(
        label=_("How did the parents say yes, and who was there?"), max_length=300
    )

    field_order = ("parents_agreed", "on", "ask_again_on")

    def __init__(self, *args: Any, today: date, in_words: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, today, past="on", ahead="ask_again_on")
        if not in_words:
            del self.fields["parents_agreed"]


class HearForm(Form):
    """The party says: not yet."""

    words = words_field(
        _("What did they say?"), help_text=_("In their words. The parents read it too.")
    )
    obstacle = forms.ChoiceField(
        label=_("Why is it not there yet?"),
        choices=as_cards(Obstacle.choices),
        widget=ChoiceCards(layout="few"),
    )
    ask_again_on = DayField(label=_("By when is there more to tell?"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, today, ahead="ask_again_on")


class DatedForm(Form):
    """Something happened on a day: the yes of the party, the start of the place."""

    on = DayField(label=_("When was it?"))
    words = words_field(_("What was said?"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, today, past="on")


class YesForm(DatedForm):
    ask_again_on = DayField(
        label=_("By when does it start?"),
        required=False,
        help_text=_("As far as you know now. Then it stands on Today again."),
    )

    field_order = ("on", "ask_again_on", "words")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        limit(self, today, ahead="ask_again_on")


class NoForm(DatedForm):
    """The party says no: never without the reason."""

    words = words_field(_("Why not?"), help_text=_("The parents read it too."))
    obstacle = forms.ChoiceField(
        label=_("In short"),
        choices=as_cards(Obstacle.choices),
        widget=ChoiceCards(layout="few"),
    )

    field_order = ("words", "obstacle", "on")


class RevokeForm(Form):
    words = words_field(_("Why?"), help_text=_("In a few words. Who keeps hold of it reads it."))


class MeanwhileForm(Form):
    meanwhile = words_field(_("What do you do while the child waits?"))
    effect_on_group = words_field(
        _("What does the waiting do to the group?"),
        required=False,
        help_text=_("For example: one worker is beside this child all morning."),
    )


class CloseForm(Form):
    outcome = forms.ChoiceField(
        label=_("How did it end?"),
        choices=as_cards(Outcome.choices),
        widget=ChoiceCards(layout="column"),
    )
    words = words_field(_("What must be told about it?"), help_text=_("The parents read it too."))


class VerdictForm(Form):
    """Two questions that are not the same."""

    goes_well = forms.ChoiceField(
        label=_("Does it go well here?"), choices=YES_NO, widget=ChoiceCards(layout="few")
    )
    enough = forms.ChoiceField(
        label=_("Is it enough for this child?"),
        choices=YES_NO,
        widget=ChoiceCards(layout="few"),
        help_text=_("It can go well here and still not be enough."),
    )
    words = words_field(_("What do you see?"), help_text=_("The parents read it too."))

    @property
    def judged(self) -> Judged:
        given = self.cleaned_data
        return Judged(given["goes_well"] == "yes", given["enough"] == "yes", given["words"])


class NeedForm(VerdictForm):
    help = forms.ChoiceField(
        label=_("Which help is missing?"),
        choices=as_cards(Help.choices),
        widget=ChoiceCards(layout="few"),
    )
    what = words_field(_("What exactly?"))
    obstacle = forms.ChoiceField(
        label=_("Why is it not there?"),
        choices=as_cards(Obstacle.choices),
        widget=ChoiceCards(layout="few"),
    )
    look_again_on = DayField(label=_("When do you look again?"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, today, ahead="look_again_on")


class LookForm(VerdictForm):
    look_again_on = DayField(
        label=_("When do you look again?"),
        required=False,
        help_text=_("Not needed when it is enough now."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, today, ahead="look_again_on")


class GuidanceForm(Form):
    """What one did besides a practice, how long it took, and where the minutes land."""

    sort = forms.ChoiceField(
        label=_("What was it?"),
        choices=as_cards(each for each in Sort.choices if each[0] != Sort.MEANWHILE),
        widget=ChoiceCards(layout="few"),
    )
    text = words_field(_("What did you do?"), help_text=_("The parents read it too."))
    minutes = forms.IntegerField(label=_("How many minutes of work?"), min_value=1, max_value=1440)
    route = forms.ChoiceField(label=_("What was it for?"), required=False)
    day = DayField(label=_("When was it?"))

    def __init__(
        self, *args: Any, today: date, routes: Sequence[tuple[str, str]], waits: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        limit(self, today, past="day")
        self.fields["route"].choices = [("", _("Something else")), *routes]  # type: ignore[attr-defined]
        if waits:
            del self.fields["sort"]
            del self.fields["route"]


class TeamForm(Form):
    fte = forms.DecimalField(
        label=_("How many full-time jobs does your team have?"),
        min_value=0.01,
        max_digits=5,
        decimal_places=2,
    )
    room = forms.CharField(
        label=_("Where is room?"),
        max_length=300,
        required=False,
        help_text=_("In words, without names of children. For example: room for two from January."),
    )


class AfterForm(Form):
    text = words_field(
        _("Your question"), help_text=_("Without names. What do you see, and what have you tried?")
    )
    details = words_field(
        _("For later: in your own words"),
        required=False,
        help_text=_("This is read only when the parents agree. Names may be in it."),
    )


def limit(form: Form, today: date, past: str = "", ahead: str = "") -> None:
    """A day that was: until today. A day to come: from tomorrow on."""
    for name, first, last in ((past, None, today), (ahead, today + timedelta(days=1), None)):
        field = form.fields.get(name)
        if isinstance(field, DayField):
            field.first, field.last = first, last
            field.widget.attrs.update(field.widget_attrs(DayInput()))
            if last:
                field.initial = today
