"""Who may be where: what stands on somebody's card, until when, and what it stops.

A certificate of conduct for youth care does not count in childcare, nor the other way round. Who works in
childcare is linked in the register of persons to the organisation of the place before the work begins.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alert4you.groups.models import CardFact
from alert4you.kernel.clock import months_after
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import (
    APPLICATION,
    Actor,
    Group,
    Location,
    Membership,
    Setting,
)
from alert4you.organisations.rules import RUNS_THE_PLACE

FILE = Path(__file__).parent.parent / "library" / "card.yaml"
CHILDCARE = {Setting.DAYCARE, Setting.PRESCHOOL, Setting.AFTER_SCHOOL_CARE, Setting.PLUS_GROUP}
YOUTH_CARE = {Setting.MEDICAL_DAYCARE, Setting.DAY_TREATMENT}
DAY = timedelta(days=1)
Kind = CardFact.Kind


class State(StrEnum):
    """How a line of the card stands, from calm to not."""

    GOOD = "good"
    SOON = "soon"
    LAPSED = "lapsed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Line:
    """The latest word about one kind: ``until`` is the first day it no longer holds."""

    kind: str
    fact: CardFact | None
    state: State
    until: date | None = None
    why: str | Promise = ""

    @property
    def label(self) -> str:
        return str(Kind(self.kind).label)


@cache
def terms() -> Mapping[str, Mapping[str, Any]]:
    """How long each kind holds, in months (``library/card.yaml``)."""
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def latest(facts: Iterable[CardFact], kind: str, at: object = None) -> CardFact | None:
    """The word that holds about this kind: what was written last."""
    told = [each for each in facts if each.kind == kind and each.at_id == at]
    return max(told, key=lambda each: each.written_at, default=None)


def until(fact: CardFact) -> date | None:
    """The first day it no longer holds; None: no end is known."""
    months = terms().get(fact.kind, {}).get("months")
    return fact.ends or (months_after(fact.starts, months) if months else None)


def line(fact: CardFact | None, kind: str, day: date) -> Line:
    """How this kind stands on a day."""
    if fact is None:
        return Line(kind, None, State.UNKNOWN, None, _("Nobody wrote this down yet."))
    ends = until(fact)
    if ends and ends <= day:
        return Line(kind, fact, State.LAPSED, ends, _("This is out of date."))
    if fact.starts > day:
        return Line(kind, fact, State.SOON, ends, _("This begins later."))
    rule = terms().get(kind, {})
    if ends and months_after(day, rule.get("warn", 0)) >= ends:
        return Line(kind, fact, State.SOON, ends, lacking_points(fact) or _("This lapses soon."))
    return Line(kind, fact, State.GOOD, ends)


POINTS = {"schooling": _("schooling"), "reflection": _("reflection"), "free": _("free choice")}


def lacking_points(fact: CardFact) -> str:
    """Which points the register still asks in this period; each sort apart. Empty: none."""
    asked = terms().get(fact.kind, {}).get("points", {})
    short = {key: most - fact.points.get(key, 0) for key, most in asked.items()}
    words = [f"{POINTS[key]} {number}" for key, number in short.items() if number > 0]
    return _("Points still needed: %s.") % ", ".join(words) if words else ""


# Who may be planned -----------------------------------------------------------------------------


def may_stand(
    hat: Membership, place: Location, facts: Sequence[CardFact], starts: date, ends: date | None
) -> Decision:
    """The one rule of all that puts somebody with children during ``[starts, ends)``.

    Of a colleague of the place itself silence stops nothing yet; of who works elsewhere it does.
    """
    if hat.role == APPLICATION:
        return Decision(
            _("“%s” is another system, and nobody who works with children.") % hat.person
        )
    stopped = barred(hat, place, facts, starts, ends)
    if not stopped or hat.organisation_id == place.organisation_id:
        return stopped
    if place.setting in CHILDCARE and not latest(facts, Kind.LINKED, place.organisation_id):
        return Decision(
            _("%(who)s is not linked to %(place)s in the childcare register of persons.")
            % {"who": hat.person, "place": place.organisation},
            _("Arrange the link first, and write it on the card of this colleague."),
        )
    if place.setting in YOUTH_CARE and not latest(facts, Kind.VOG_YOUTH_CARE):
        return Decision(
            _("There is no certificate of conduct for youth care of %s.") % hat.person,
            _("One for childcare does not count here. Ask for it, and write it on the card."),
        )
    return ALLOWED


def barred(
    hat: Membership, place: Location, facts: Sequence[CardFact], starts: date, ends: date | None
) -> Decision:
    """What the card itself says against it."""
    if place.setting in CHILDCARE:
        return _by_link(hat, place, facts, starts, ends)
    fact = latest(facts, Kind.VOG_YOUTH_CARE) if place.setting in YOUTH_CARE else None
    if fact and too_old(fact, max(fact.starts, hat.starts)):
        return Decision(
            _("The certificate of conduct of %s was too old when the work began.") % hat.person,
            _("Ask for a new one, and write it on the card."),
        )
    return ALLOWED


def _by_link(
    hat: Membership, place: Location, facts: Sequence[CardFact], starts: date, ends: date | None
) -> Decision:
    link = latest(facts, Kind.LINKED, place.organisation_id)
    if link is None:
        return ALLOWED
    if link.starts > starts:
        return Decision(
            _("%(who)s is linked in the childcare register of persons only from %(day)s.")
            % {"who": hat.person, "day": f"{link.starts:%d-%m-%Y}"},
            _("Choose a later day."),
        )
    if link.ends and (ends is None or ends > link.ends):
        return Decision(
            _("The link of %(who)s in the childcare register of persons ends on %(day)s.")
            % {"who": hat.person, "day": f"{link.ends:%d-%m-%Y}"},
            _("Plan until that day, or arrange the link anew and write it on the card."),
        )
    return ALLOWED


def too_old(certificate: CardFact, used_on: date) -> bool:
    """Whether a certificate of conduct was older than the law allows on the day it was used."""
    return used_on > months_after(certificate.starts, terms()[certificate.kind]["fresh"])


def may_be_on(hat: Membership, group: Group, starts: date, ends: date | None) -> Decision:
    """``may_stand`` by what stands on the card now."""
    facts = list(CardFact.objects.filter(membership=hat))
    return may_stand(hat, group.location, facts, starts, ends)


# Who may write on it ----------------------------------------------------------------------------


def may_write_fact(
    actor: Actor, membership: Membership, kind: str, starts: date, ends: date | None
) -> Decision:
    """Who runs the place where somebody works; never on one's own card."""
    if membership.person_id == actor.person_id:
        return Decision(_("Nobody writes on her own card."), _("Ask a colleague to do it."))
    if actor.role not in RUNS_THE_PLACE:
        return Decision(
            _("Only whoever runs the place writes on a card."), _("Ask your location manager.")
        )
    if ends and ends < starts:
        return Decision(_("It ends before it begins."))
    return _registers(membership, starts) if kind == Kind.REGISTERED else ALLOWED


def _registers(membership: Membership, day: date) -> Decision:
    """In the register with a fresh certificate of the right kind, as far as the card tells."""
    facts = list(CardFact.objects.filter(membership=membership))
    right, other = latest(facts, Kind.VOG_CHILDCARE), latest(facts, Kind.VOG_YOUTH_CARE)
    if right is None and other is not None:
        return Decision(
            _("A certificate of conduct for youth care does not count in childcare."),
            _("Ask for one for childcare, and write it on the card first."),
        )
    if right is not None and too_old(right, day):
        return Decision(
            _("The certificate of conduct was more than two months old that day."),
            _("Ask for a new one, and write it on the card first."),
        )
    return ALLOWED
