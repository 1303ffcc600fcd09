"""A practice in words for a page: the card in the list, and its route told step by step."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alert4you.practices.rules import wording
from alert4you.practices.rules.language import (
    ENDED,
    PRACTICE,
    REFERRAL,
    THE_CHILD,
    THE_GROUP,
    Activity,
    AtLeast,
    Gate,
    Option,
    Phase,
    Practice,
    UntilAge,
    Words,
    chosen_in,
)


@dataclass(frozen=True)
class Deed:
    """An activity in words: what, who with whom, how often, by when, and which consent it needs."""

    what: str
    who: str
    often: str
    within: str
    consent: str
    closing_question: str


@dataclass(frozen=True)
class Way:
    """An option in words: what one says, and where it leads."""

    kind: str
    title: str
    leads_to: str


@dataclass(frozen=True)
class Stop:
    """A phase (with deeds) or a decision (with voices and ways) of the route, in words."""

    key: str
    title: str
    lasts: str = ""
    needs: tuple[str, ...] = ()
    deeds: tuple[Deed, ...] = ()
    voices: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True)
class Card:
    """What somebody who chooses a practice wants to know."""

    practice: Practice
    slug: str
    row: int
    title: Words
    summary: Words
    source: str
    about: str
    whom: tuple[str, ...]
    people: tuple[str, ...]
    numbers: tuple[str, ...]
    known_numbers: tuple[str, ...]
    payers: str
    payers_known: bool
    covered: str
    money_note: Words | None
    needs: tuple[str, ...]
    asks: tuple[Words, ...]
    choices: tuple[Words, ...]
    after: str
    figures: tuple[str, ...]

    @cached_property
    def stops(self) -> tuple[Stop, ...]:
        """The route, for who reads on."""
        return story(self.practice)


def card(practice: Practice) -> Card:
    """The practice in the language of the reader."""
    return Card(
        practice,
        slug=practice.slug,
        row=practice.row,
        title=practice.title,
        summary=practice.summary,
        source=practice.source,
        about=_("about one child") if practice.about == "child" else _("for the whole group"),
        whom=_whom(practice),
        people=tuple(str(role.title) for role in practice.roles),
        numbers=tuple(words for words, __ in _numbers(practice)),
        known_numbers=tuple(words for words, is_open in _numbers(practice) if not is_open),
        payers=", ".join(wording.word(payer) for payer in practice.money.payers),
        payers_known=bool({*practice.money.payers} - {"nobody", "unknown"}),
        covered=_covered(practice.money.covered),
        money_note=practice.money.note,
        needs=tuple(_need(practice, need) for need in practice.needs),
        asks=tuple(ask.title for ask in practice.asks),
        choices=tuple(choice.title for choice in practice.choices),
        after=_after(practice),
        figures=tuple(f"{each.title}: {each.value}" for each in practice.figures),
    )


def _numbers(practice: Practice) -> Iterator[tuple[str, bool]]:
    """What is done so often or so long, and whether that is still to choose.

    "At least once" and "as needed" say nothing here.
    """
    for phase in practice.phases:
        if phase.lasts:
            yield f"{phase.title}: {wording.lasting(phase.lasts)}", bool(chosen_in(phase.lasts))
        for activity in phase.activities:
            if not isinstance(activity.dose, AtLeast):
                often = wording.dose(activity.dose)
                yield f"{activity.title}: {often}", bool(chosen_in(activity.dose))


def _whom(practice: Practice) -> tuple[str, ...]:
    ages = (wording.ages(practice.ages),) if practice.ages else ()
    places = tuple(wording.word(each) for each in practice.settings)
    indications = ", ".join(wording.word(each) for each in practice.indications)
    needed = (_("with an indication for {what}").format(what=indications),) if indications else ()
    return (*ages, *places, *needed)


def _covered(covered: str) -> str:
    return {
        "yes": _("The hours are paid for."),
        "no": _("Nobody pays for the hours."),
        "unknown": _("The source does not say whether the hours are paid for."),
    }[covered]


def _after(practice: Practice) -> str:
    lasting = practice.after.lasting
    if lasting is None:
        return _("After the end a question is possible without a new file.")
    return _("After the end a question is possible without a new file, for {duration}.").format(
        duration=wording.duration(lasting)
    )


def _need(practice: Practice, need: str) -> str:
    ask = practice.ask(need.removeprefix("consent:"))
    if ask is not None:
        return _("consent: {ask}").format(ask=ask.title)
    return {
        "parent_contact": _("a talk with the parents"),
        "plan": _("a plan"),
        "plan_with_end_goal": _("a plan with an end goal"),
        "evaluation_date": _("a date to evaluate"),
        "taper": _("a plan of coming less and less often"),
    }[need]


def story(practice: Practice) -> tuple[Stop, ...]:
    """The phases and decisions in the order of the file, each decision after its last phase."""
    return tuple(
        _phase(practice, part) if isinstance(part, Phase) else _gate(practice, part)
        for part in parts(practice)
    )


def parts(practice: Practice) -> tuple[Phase | Gate, ...]:
    """Phases and gates in the order in which a reader meets them."""
    found: list[Phase | Gate] = []
    for place, phase in enumerate(practice.phases):
        found.append(phase)
        gate = practice.gate(phase.then)
        if gate and all(later.then != gate.key for later in practice.phases[place + 1 :]):
            found.append(gate)
    return tuple(found)


def _phase(practice: Practice, phase: Phase) -> Stop:
    needs = (*phase.needs, *phase.needs_at_end)
    return Stop(
        key=phase.key,
        title=str(phase.title),
        lasts=_lasts(phase),
        needs=tuple(_need(practice, need) for need in needs),
        deeds=tuple(_deed(practice, each) for each in phase.activities),
    )


def _lasts(phase: Phase) -> str:
    if phase.lasts is None:
        return ""
    told = wording.lasting(phase.lasts)
    if isinstance(phase.lasts, UntilAge):
        return told
    return _("lasts {duration}").format(duration=told)


def _deed(practice: Practice, activity: Activity) -> Deed:
    ask = practice.ask(activity.consent) if activity.consent else None
    others = _(" and ").join(_party(practice, each) for each in activity.with_)
    return Deed(
        what=str(activity.title),
        who=_("{by} with {others}").format(by=_party(practice, activity.by), others=others),
        often=wording.dose(activity.dose),
        within=wording.term(activity.within) if activity.within else "",
        consent=str(ask.title) if ask else "",
        closing_question=str(activity.closing_question or ""),
    )


def _party(practice: Practice, key: str) -> str:
    if key == THE_CHILD:
        return _("the child")
    if key == THE_GROUP:
        return _("the group")
    role = practice.role(key)
    return _inside_a_sentence(str(role.title)) if role else key


def _inside_a_sentence(title: str) -> str:
    """Without its capital, unless that belongs to a name like GGD."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _gate(practice: Practice, gate: Gate) -> Stop:
    return Stop(
        key=gate.key,
        title=str(gate.title),
        voices=tuple(wording.word(each) for each in gate.voices),
        ways=tuple(
            Way(each.kind, str(each.title), leads_to(practice, each)) for each in gate.options
        ),
    )


def leads_to(practice: Practice, option: Option) -> str:
    """Where an option leads, in words."""
    if option.to == ENDED:
        return _("the end")
    if option.to == REFERRAL:
        return _("referral to other help")
    if option.to.startswith(PRACTICE):
        slug = option.to.removeprefix(PRACTICE)
        return _("on with {practice}").format(practice=capfirst(slug.replace("-", " ")))
    phase = practice.phase(option.to)
    return str(phase.title) if phase else option.to
