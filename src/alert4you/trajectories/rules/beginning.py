"""Who may start a trajectory, and whether a practice is meant for this child."""

import sys
from collections.abc import Collection, Iterable
from datetime import date
from typing import cast

from dateutil.relativedelta import relativedelta
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Category
from alert4you.access.rules.consent import AT_MOST_MONTHS, default_end
from alert4you.access.rules.relations import works_here_with
from alert4you.children.models import Child
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Location, Membership
from alert4you.organisations.rules import RUNS_THE_PLACE, STAFF_OF_THE_PLACE
from alert4you.practices.rules import wording
from alert4you.practices.rules.language import Practice, Rhythm
from alert4you.trajectories.rules.doses import ends_on
from alert4you.trajectories.rules.facts import Fact, Indicated, Released

SAME_PERSON = Decision(
    _("The lead and the cover are the same person."),
    _("Choose somebody who has the lead when the first one is away."),
    field="cover",
)


def can_ever_begin(actor: Actor) -> bool:
    """Whether this hat begins trajectories at all; coaches, partners, municipalities and parents never."""
    return actor.role in STAFF_OF_THE_PLACE


def may_begin(
    actor: Actor, about: Child | Location, lead: Membership, cover: Membership
) -> Decision:
    """Own staff begin; one lead and somebody else as cover."""
    if lead == cover:
        return SAME_PERSON
    if isinstance(about, Child):
        return works_here_with(actor, about)
    return may_begin_at(actor, about)


def may_begin_at(actor: Actor, location: Location) -> Decision:
    if location.organisation_id == actor.organisation_id and actor.role in RUNS_THE_PLACE:
        return ALLOWED
    return Decision(_("Only whoever runs this location can start this."))


def fits(
    practice: Practice, child: Child | None, day: date, indications: Collection[str]
) -> Decision:
    """Whether the practice is meant for this child: about a child, for its age, and indicated.

    ``indications``: those of the child that are valid on this day.
    """
    if (practice.about == "child") != (child is not None):
        return Decision(
            _("This practice is about a child: choose one.")
            if child is None
            else _("This practice is about a group, not about one child.")
        )
    if child is None:
        return ALLOWED
    first, beyond = practice.ages or (-sys.maxsize, sys.maxsize)
    if not first <= child.age_in_months(day) < beyond:
        return Decision(
            _("This practice is meant for another age."),
            _("Look in the practices for one that fits the age of this child."),
        )
    return is_indicated(practice, indications)


def valid_indications(told: Iterable[Fact], day: date) -> set[str]:
    """For what there is an indication on a day, of which the place was not given back."""
    released = {each.of for each in told if isinstance(each, Released)}
    indications = [each for each in told if isinstance(each, Indicated) and each.id not in released]
    return {each.what for each in indications if each.starts <= day < each.ends}


def is_indicated(practice: Practice, indications: Collection[str]) -> Decision:
    """One of the indications that the practice asks for is there."""
    if not practice.indications or {*practice.indications} & {*indications}:
        return ALLOWED
    wanted = lazy(_either, str)(practice.indications)
    return Decision(
        cast(str, format_lazy(_("This needs a valid indication: {wanted}."), wanted=wanted)),
        _("Is there one? Write it down first. If not, choose a practice that needs none."),
    )


def _either(indications: Iterable[str]) -> str:
    return ", ".join(wording.word(each) for each in indications)


def category_of(practice: Practice) -> Category:
    """As what a trajectory stands on the line: the plan, unless some party is not asked in for plans.

    So who takes part sees that it runs and what is next; the plan and the decisions stay plans.
    """
    asked = [set(ask.categories) for ask in practice.asks]
    order = (Category.PLAN, Category.DEVELOPMENT, Category.DAY, Category.CARE)
    return next((each for each in order if all(each in some for some in asked)), Category.PLAN)


def consent_until(practice: Practice, day: date) -> date:
    """How long to ask for: as long as the practice lasts by its own numbers and the usual term more."""
    at_most = day + relativedelta(months=AT_MOST_MONTHS)
    for phase in practice.phases:
        rhythms = [each.dose for each in phase.activities if isinstance(each.dose, Rhythm)]
        ends = [end for each in rhythms if (end := ends_on(each, day))]
        day = max([*ends, phase.lasts.after(day) if phase.lasts else day])
    return min(default_end(day), at_most)
