"""Numbers without names: who waits for which party, which help is not there, why; small ones hidden."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from statistics import median
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alert4you.groups.rules.hiding import HIDDEN_BELOW, shown
from alert4you.organisations.models import Actor, Role
from alert4you.referrals.models import WAITS, Help, Obstacle, Referral, UnmetNeed
from alert4you.referrals.queries.ways import bridging_minutes

COUNTS = "numbers without names"
SEE_NUMBERS = (Role.MANAGER, Role.CARE_COORDINATOR, Role.MUNICIPALITY)


@dataclass(frozen=True)
class Waiting:
    """How many children wait for one party, rounded to five; all None when they are few."""

    party: str
    number: int | None
    median_weeks: int | None
    hours: int | None


@dataclass(frozen=True)
class Lacking:
    """How many children lack one kind of help, and why; None when there are few."""

    help: str
    number: int | None
    reasons: list[tuple[str, int]]


@dataclass(frozen=True)
class Numbers:
    waiting: list[Waiting]
    lacking: list[Lacking]
    hidden_below: int = HIDDEN_BELOW


def numbers(actor: Actor) -> Numbers:
    """For a municipality of everybody; else of the own organisation. Two queries."""
    return Numbers(_waiting(actor), _lacking(actor))


def _waiting(actor: Actor) -> list[Waiting]:
    rows = Referral.objects.unrestricted(reason=COUNTS).filter(WAITS)
    told = (
        _of_whom(actor, rows)
        .order_by()
        .annotate(minutes=bridging_minutes())
        .values_list("to__name", "child", "asked_on", "minutes")
    )
    parties: dict[str, dict[UUID, tuple[date, int]]] = defaultdict(dict)
    for name, child, asked_on, minutes in told:
        # A party in somebody's own words could tell about whom it is.
        party = parties[name or _("a party outside this system")]
        since, before = party.get(child, (asked_on, 0))
        party[child] = (min(since, asked_on), before + minutes)
    return [_party(party, [*parties[party].values()], actor.today) for party in sorted(parties)]


def _party(party: str, rows: list[tuple[date, int]], today: date) -> Waiting:
    number = shown(len(rows))
    if number is None:
        return Waiting(party, None, None, None)
    weeks = median((today - asked_on).days / 7 for asked_on, _minutes in rows)
    return Waiting(party, number, round(weeks), sum(n for _on, n in rows) // 60)


def _lacking(actor: Actor) -> list[Lacking]:
    rows = UnmetNeed.objects.unrestricted(reason=COUNTS).filter(met_on=None)
    counted = _of_whom(actor, rows).order_by().values_list("help", "obstacle", "child").distinct()
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    children: dict[str, set[UUID]] = defaultdict(set)
    for help, obstacle, child in counted:
        reasons[help][obstacle] += 1
        children[help].add(child)
    return [
        _help(Help(each), len(children[each]), reasons[each])
        for each in Help.values
        if each in children
    ]


def _help(help: Help, number: int, reasons: Counter[str]) -> Lacking:
    """A reason is told when it is not small and does not give away a small one by subtraction."""
    rounded = {each: shown(n) for each, n in reasons.most_common()}
    told = [(str(Obstacle(each).label), n) for each, n in rounded.items() if n is not None]
    all_told = len(told) == len(rounded)
    return Lacking(str(help.label), shown(number), told if all_told else [])


def _of_whom(actor: Actor, rows: QuerySet) -> QuerySet:
    """Everybody for a municipality, else the own organisation; a municipality sees no organisation."""
    if actor.role == Role.MUNICIPALITY:
        return rows
    return rows.filter(organisation=actor.organisation_id)
