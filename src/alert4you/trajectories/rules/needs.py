"""What lacks, in words: who can solve it and how. Requirements are the words of a template's
`needs`.
"""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alert4you.practices.rules.language import Practice
from alert4you.trajectories.rules.course import Course
from alert4you.trajectories.rules.facts import ConsentState
from alert4you.trajectories.rules.states import LEAD, PARENTS, Block, NextStep, Text

_WORDS: dict[str, tuple[Text, Text]] = {
    "parent_contact": (
        _("Nobody has spoken with the parents about this yet."),
        _("Speak with the parents and write down that you did."),
    ),
    "plan": (
        _("There is no plan yet."),
        _("Make a plan together with the parents and the group worker."),
    ),
    "plan_with_end_goal": (
        _("The plan has no end goal yet."),
        _("Write down in the plan what must be reached, and discuss it."),
    ),
    "taper": (
        _("The plan does not say yet how somebody comes less and less often."),
        _("Write in the plan from which week on how many days a week."),
    ),
    "evaluation_date": (
        _("There is no date ahead on which you look back together."),
        _("Agree on a date to evaluate."),
    ),
}

_CONSENTS: dict[ConsentState | None, tuple[Any, Text]] = {
    None: (
        _("The parents have not been asked yet: {ask}."),
        _("Ask the parents. They may say no."),
    ),
    "asked": (
        _("The parents have not answered yet: {ask}."),
        _("The parents decide. Everything that does not need it goes on."),
    ),
    "later": (
        _("The parents said “not now”: {ask}."),
        _("Nobody asks them again before the day they chose. The rest goes on."),
    ),
    "expired": (
        _("What the parents agreed to has ended: {ask}."),
        _("Ask the parents again. They may say no."),
    ),
    "refused": (
        _("The parents said no: {ask}."),
        _("Go on with what does not need it, or decide together how to go on."),
    ),
    "withdrawn": (
        _("The parents took back their consent: {ask}."),
        _("Go on with what does not need it, or decide together how to go on."),
    ),
}


def block(course: Course, what: str, need: str) -> Block:
    """The block that an unmet requirement puts on "phase:<key>" or "activity:<key>"."""
    if need.startswith("consent:"):
        return _consent_block(course, what, need)
    reason, how = _WORDS[need]
    return Block(what, need, LEAD, reason, how)


def _consent_block(course: Course, what: str, need: str) -> Block:
    key = need.removeprefix("consent:")
    title = consent_title(course.practice, key)
    standing = course.consents.get(key)
    who = LEAD if standing in (None, "expired") else PARENTS
    reason, how = _CONSENTS[standing]
    told = format_lazy(reason, ask=title)
    return Block(what, need, who, told, how, course.refused(key), standing == "later")


def consent_title(practice: Practice, key: str) -> Text:
    """What the parents are asked, in words."""
    ask = practice.ask(key)
    return ask.title if ask else key


def step(hindrance: Block) -> NextStep:
    """The next step that takes a block away."""
    return NextStep("need", hindrance.requirement, hindrance.how, hindrance.who)
