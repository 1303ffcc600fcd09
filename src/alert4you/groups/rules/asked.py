"""What the law asks besides the number of staff: own people and a mentor, early education, trainees. Pure.

Each answer carries the version of the rule it rests on (``library/ratio.yaml``).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alert4you.children.rules import WEEKDAYS
from alert4you.groups.rules import book
from alert4you.groups.rules.book import Version
from alert4you.groups.rules.day import Care, GroupDay, Moment, Worker
from alert4you.groups.rules.telling import times


@dataclass(frozen=True)
class Asked:
    """Something that is not so, in words; ``rule`` asks it."""

    words: str
    rule: Version | None


# Own people (vaste gezichten) --------------------------------------------------------------------


@dataclass(frozen=True)
class Known:
    """One child: its age, its own people, its mentor, and on which weekdays it comes."""

    years: int
    people: Collection[UUID]
    mentor: UUID | None
    weekdays: Collection[int]


def most_own(years: int, needed: int, day: date) -> int | None:
    """How many own people a child may have on a group that needs so many staff at once."""
    rule = book.on(book.own_people(), day)
    if rule is None:
        return None
    return (rule.older if years else rule.babies) + (needed >= rule.one_more_from)


def of_child(
    child: Known, needed: int, works: Mapping[int, Collection[UUID]], day: date
) -> Iterator[Asked]:
    """What lacks for one child. ``works``: who is on its group, by weekday (Monday is 0)."""
    rule, most = book.on(book.own_people(), day), most_own(child.years, needed, day)
    if not child.people:
        yield Asked(_("No own people are written down."), rule)
    elif most is not None and len(child.people) > most:
        words = _("%(n)s own people; at this age and on this group at most %(most)s.")
        yield Asked(words % {"n": len(child.people), "most": most}, rule)
    empty = [
        each for each in sorted(child.weekdays) if not {*child.people} & {*works.get(each, ())}
    ]
    if child.people and empty:
        days = ", ".join(str(WEEKDAYS[each]) for each in empty)
        yield Asked(_("None of the own people works on %(days)s.") % {"days": days}, rule)
    if child.mentor is None:
        yield Asked(_("There is no mentor."), rule)
    elif not any(child.mentor in people for people in works.values()):
        yield Asked(_("The mentor does not work on this group."), rule)


# The day of a group -----------------------------------------------------------------------------


def of_day(told: GroupDay, on: date, without_own: int, is_early: bool) -> list[Asked]:
    """What lacks on one day. ``without_own``: children whose own people are all away."""
    found = [*_trainees(told, on), *(_early(told, on) if is_early else ())]
    if without_own and told.care is Care.DAYCARE:
        words = ngettext(
            "For %(n)s child none of its own people works today.",
            "For %(n)s children none of their own people works today.",
            without_own,
        )
        found.append(Asked(words % {"n": without_own}, book.on(book.own_people(), on)))
    return found


def _trainees(told: GroupDay, on: date) -> Iterator[Asked]:
    """Whether somebody in training is on the group that day, and nobody who is qualified."""
    there = {each for m in told.moments for place in m.places for each in place.workers}
    rule = book.on(book.beside_trainees(), on)
    qualified = any(each.counted and not each.trainee for each in there)
    if rule and any(each.trainee for each in there) and not qualified:
        words = _(
            "Only people in training are on this group: somebody qualified must be there too."
        )
        yield Asked(words, rule)


def _early(told: GroupDay, on: date) -> Iterator[Asked]:
    """Certificates for early education, one for so many children; and the most children on a group."""
    rule = book.on(book.early_education(), on)
    if rule is None:
        return
    if any(moment.kids > rule.most for moment in told.moments):
        words = _("A group for early education has at most %(most)s children.")
        yield Asked(words % {"most": rule.most}, rule)
    short = [
        each
        for each in told.moments
        if sum(worker.early for worker in _counted(each)) < -(-each.kids // rule.per)
    ]
    if short:
        needed = max(-(-each.kids // rule.per) for each in short)
        words = ngettext(
            "Early education: %(n)s colleague with the certificate (VE) must be there %(when)s.",
            "Early education: %(n)s colleagues with the certificate (VE) must be there %(when)s.",
            needed,
        )
        yield Asked(words % {"n": needed, "when": times(short)}, rule)


def _counted(moment: Moment) -> list[Worker]:
    return [each for place in moment.places for each in place.workers if each.counted]
