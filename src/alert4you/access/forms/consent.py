"""Asking what may be shared, answering it, and what the law allows without an answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.access.forms.base import Choices, labels
from alert4you.access.models import (
    SHAREABLE,
    Answer,
    Category,
    Exemption,
    Ground,
    How,
    Purpose,
)
from alert4you.access.rules.consent import AT_MOST_MONTHS, default_end, default_revisit
from alert4you.access.rules.wording import CATEGORY_MEANS
from alert4you.organisations.forms import People
from alert4you.organisations.models import Membership, Organisation
from alert4you.organisations.queries import employers, organisations_named
from alert4you.ui.finding import MATCHES, FindField, Option, as_id
from alert4you.ui.forms import CheckCards, ChoiceCards, DayField, Form

WHOLE = "all:"
ANSWERS = [(Answer.GIVEN, _("Yes")), (Answer.REFUSED, _("No")), (Answer.LATER, _("Not now"))]
ANSWER_ICONS = {Answer.GIVEN: "check", Answer.REFUSED: "cross", Answer.LATER: "pause"}


class AnswerForm(Form):
    """One answer per category, or one for all of them (``all``, from a button)."""

    all = forms.ChoiceField(choices=Answer.choices, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        asked: Iterable[str],
        today: date,
        more_fields: Mapping[str, forms.Field] | None = None,
        **kwargs: Any,
    ) -> None:
        self.asked = list(asked)
        about = {f"about_{category}": _answer(category) for category in self.asked}
        again = DayField(
            label=_("When shall we ask again?"),
            help_text=_("Only for “not now”. Until then nobody asks you again."),
            first=today + timedelta(days=1),
            last=today + relativedelta(months=AT_MOST_MONTHS),
            initial=default_revisit(today),
            required=False,
        )
        own = {**about, "revisit_on": again, **(more_fields or {})}
        super().__init__(*args, more_fields=own, **kwargs)
        if self.data.get(self.add_prefix("all")):
            for name in about:
                self.fields[name].required = False

    @property
    def categories(self) -> list[forms.BoundField]:
        return [self[f"about_{category}"] for category in self.asked]

    @property
    def answers(self) -> dict[str, str]:
        """Category to answer, after validation."""
        all_of_them = self.cleaned_data.get("all")
        return {
            category: all_of_them or self.cleaned_data[f"about_{category}"]
            for category in self.asked
        }


class RecordForm(AnswerForm):
    """An answer that was given on paper or in a talk, with who else knows."""

    def __init__(self, *args: Any, signers: Choices, how: str, **kwargs: Any) -> None:
        paper = how == How.ON_PAPER
        who = forms.ChoiceField(
            label=_("Who answered?"), choices=signers, widget=ChoiceCards(layout="column")
        )
        manner = forms.ChoiceField(
            label=_("How was it answered?"),
            choices=labels((How.IN_TALK, How.ON_PAPER)),
            widget=ChoiceCards(icons={How.IN_TALK: "talk", How.ON_PAPER: "note"}),
        )
        witness = forms.CharField(
            label=_("Where is the paper?") if paper else _("Who else was there?"),
            help_text=_("For example: “in the folder of the group”.")
            if paper
            else _("At a talk two people are present: you and somebody else."),
            max_length=200,
        )
        super().__init__(
            *args, more_fields={"who": who, "how": manner, "witness": witness}, **kwargs
        )
        self.order_fields([*(each.name for each in self.categories), "revisit_on", "witness"])


class ExtendForm(Form):
    """Until when it may go on, if everybody says yes again."""

    def __init__(self, *args: Any, ends: date, **kwargs: Any) -> None:
        until = DayField(
            label=_("Until when?"),
            help_text=_(
                "Three months is usual, twelve at most. Parents can stop it at any moment."
            ),
            first=ends,
            last=ends + relativedelta(months=AT_MOST_MONTHS, days=-1),
            initial=default_end(ends) - timedelta(days=1),
        )
        super().__init__(*args, more_fields={"until": until}, **kwargs)

    @property
    def ends(self) -> date:
        """The first day that is not shared any more."""
        return self.cleaned_data["until"] + timedelta(days=1)


class ExemptForm(Form):
    """What a youth-care professional decided about who must sign, and why."""

    exempt = forms.ChoiceField(
        label=_("What was decided?"),
        choices=labels(Exemption),
        widget=ChoiceCards(
            layout="column",
            descriptions={
                Exemption.DISADVANTAGE: _("12 to 15 years: the yes of the child is enough."),
                Exemption.WISH: _(
                    "12 to 15 years, after a no of a parent: the yes of the child is enough."
                ),
                Exemption.NOT_CAPABLE: _("From 12 on: the parents or guardians decide."),
            },
        ),
    )
    by = FindField(label=_("Who decided this?"))
    why = forms.CharField(
        label=_("Why?"),
        help_text=_("In at least 20 characters. The parents read it."),
        widget=forms.Textarea,
        max_length=500,
    )

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by"].offer(people)  # type: ignore[attr-defined]


class ConfirmForm(Form):
    """Whether a professional stands behind what was written down in her name."""

    YES, NO = "yes", "no"
    stands = forms.ChoiceField(
        label=_("Is this right?"),
        choices=[
            (YES, _("Yes, I stand behind this")),
            (NO, _("No, I did not decide this, or do not need it")),
        ],
        widget=ChoiceCards(layout="column", icons={YES: "check", NO: "cross"}),
    )


class Parties(People):
    """People of other organisations, and each organisation as a whole; stands for both (nobody: None)."""

    def option(self, row: Membership) -> Option:
        found = super().option(row)
        return replace(found, group=row.organisation.name, what=(row.organisation, row))

    def listed(self) -> list[Option]:
        there = {each.organisation_id: each.organisation for each in self.rows}
        found = [self._whole(each) for each in there.values()] + [*map(self.option, self.rows)]
        return sorted(found, key=lambda each: each.group)

    def found(self, words: Sequence[str]) -> list[Option]:
        people = super().found(words)
        there = organisations_named(employers(self.offered), words)
        whole = [*map(self._whole, there[: MATCHES + 1])]
        room = max(MATCHES // 2, MATCHES - len(people))
        return [*whole[:room], *people, *whole[room:]][: MATCHES + 1]

    def one(self, key: str) -> Option | None:
        if not key.startswith(WHOLE):
            return super().one(key)
        somebody = self.offered.filter(organisation=as_id(key.removeprefix(WHOLE))).first()
        return self._whole(somebody.organisation) if somebody else None

    def _whole(self, each: Organisation) -> Option:
        later, city = str(_("who exactly follows later")), getattr(each, "city", None)
        more = f"{city}, {later}" if city else later
        return Option(f"{WHOLE}{each.pk}", each.name, more, each.name, (each, None))


class ShareForm(Form):
    """Who of an organisation may read what, why, from when and until when."""

    who = FindField(label=_("Who would you like to involve?"))
    categories = forms.MultipleChoiceField(
        label=_("What would you like to share?"),
        help_text=_("Only what they need. Parents read these words, and answer each one apart."),
        choices=labels(SHAREABLE),
        widget=CheckCards(descriptions=CATEGORY_MEANS),
    )
    why = forms.CharField(
        label=_("Why? In a few words for the parents"),
        help_text=_("For example: “We would like to help Mieke to feel at ease at lunch.”"),
        widget=forms.Textarea,
        max_length=200,
    )

    def __init__(self, *args: Any, people: People, today: date, **kwargs: Any) -> None:
        until = DayField(
            label=_("Until when?"),
            help_text=_(
                "Three months is usual, twelve at most. Parents can stop it at any moment."
            ),
            first=today + timedelta(days=1),
            last=today + relativedelta(months=AT_MOST_MONTHS, days=-1),
            initial=default_end(today) - timedelta(days=1),
        )
        content_from = DayField(
            label=_("From which day on may they read?"),
            help_text=_("Today: they see only what is written from now on."),
            last=today,
            initial=today,
        )
        super().__init__(
            *args, more_fields={"until": until, "content_from": content_from}, **kwargs
        )
        self.fields["who"].offer(people)  # type: ignore[attr-defined]

    @property
    def ends(self) -> date:
        """The first day that is not shared any more."""
        return self.cleaned_data["until"] + timedelta(days=1)


class AskForm(ShareForm):
    """Ask the parents whether somebody outside may know something, for a purpose, until a day."""

    purpose = forms.ChoiceField(
        label=_("What for?"),
        choices=labels(Purpose),
        widget=ChoiceCards(layout="column"),
    )


class ByLawForm(ShareForm):
    """What a family supervisor may read without consent, on which ground."""

    ground = forms.ChoiceField(
        label=_("On what ground?"), choices=labels(Ground), widget=ChoiceCards(layout="column")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].label = _("Who of the certified institution?")
        self.fields["why"].label = _("Why do they need it?")
        self.fields["why"].help_text = _("In at least 20 characters. The parents read it.")


def _answer(category: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=Category(category).label.capitalize(),
        help_text=CATEGORY_MEANS[Category(category)],
        choices=ANSWERS,
        widget=ChoiceCards(layout="few", icons=ANSWER_ICONS),
        error_messages={"required": _("Choose yes, no or not now.")},
    )
