"""Cards: for the worker herself, for whoever runs the place she works for, and what another place wrote."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from alert4you.groups.models import CardFact, Presence
from alert4you.groups.queries.day import standing_by
from alert4you.groups.rules import card as rules
from alert4you.groups.rules.card import Kind, Line, State
from alert4you.groups.rules.counting import Standing, by_role
from alert4you.kernel.among import Among
from alert4you.kernel.decision import Decision, NotVisible
from alert4you.organisations.models import (
    NOBODY,
    Actor,
    Location,
    Membership,
    OrganisationKind,
    Role,
    Roster,
)
from alert4you.organisations.queries import professionals
from alert4you.organisations.rules import RUNS_THE_PLACE

IN_CHILDCARE = (Kind.VOG_CHILDCARE, Kind.REGISTERED, Kind.LINKED, Kind.DIPLOMA)
IN_YOUTH_CARE = (Kind.VOG_YOUTH_CARE, Kind.SKJ)
Stands = tuple[Location, Standing]
WITH_PLACE = ("group__location__organisation", "membership")
WITH_CHILDREN = (Role.GROUP_WORKER, Role.PEDAGOGUE, Role.COACH, Role.PARTNER)


@dataclass(frozen=True)
class Place:
    """A location where somebody works, whether that may be, and whether it counts for the ratio."""

    location: Location
    decision: Decision
    standing: Standing


@dataclass(frozen=True)
class Card:
    """``lines``: what is asked of this work, and what else was written. ``past``: the earlier words."""

    hat: Membership
    lines: Sequence[Line]
    places: Sequence[Place]
    past: Sequence[CardFact]

    @property
    def asks(self) -> list[Line]:
        """What lapses soon, has lapsed, or was never written down."""
        return [each for each in self.lines if each.state is not State.GOOD]

    @property
    def warns(self) -> list[Line]:
        """What was written and lapses soon, or has lapsed."""
        return [each for each in self.asks if each.fact is not None]

    @property
    def stopped(self) -> list[Place]:
        return [each for each in self.places if not each.decision]


def card(actor: Actor, membership_id: UUID) -> Card:
    """One card; NotVisible for whom it is not."""
    found = _cards(actor, membership_id)
    if not found:
        raise NotVisible
    return found[0]


def somebody(actor: Actor, membership_id: UUID) -> Membership:
    """Who works somewhere with children now; NotVisible otherwise."""
    found = professionals(actor, *WITH_CHILDREN).filter(pk=membership_id).first()
    if found is None:
        raise NotVisible
    return found


def cards(actor: Actor) -> list[Card]:
    """Cards of all who work for the actor's place or are on its groups; those who need something first."""
    if actor.role not in RUNS_THE_PLACE:
        raise NotVisible
    return sorted(_cards(actor), key=lambda each: (not each.stopped, not each.asks))


def _cards(actor: Actor, only: UUID | None = None) -> list[Card]:
    hats = _hats(actor) if only is None else _hats(actor, alone=False).filter(pk=only)
    people = list(hats.select_related("person", "organisation").order_by("person__name", "pk"))
    facts: dict[UUID, list[CardFact]] = defaultdict(list)
    for fact in visible(actor).filter(membership__in=people).order_by("-written_at", "pk"):
        facts[fact.membership_id].append(fact)
    places = _places(actor, people)
    return [_card(actor, hat, facts[hat.pk], places[hat.pk]) for hat in people]


def visible(actor: Actor) -> QuerySet[CardFact]:
    """The own card; for whoever runs a place those of its people, and what that place wrote of others."""
    mine = Q(membership=actor.membership_id) & ~Q(membership=NOBODY)
    if actor.role in RUNS_THE_PLACE:
        mine |= Q(membership__organisation=actor.organisation_id)
        mine |= Q(written_by__organisation=actor.organisation_id)
    return CardFact.objects.filter(mine).select_related("at", "payer", "written_by__person")


def _hats(actor: Actor, alone: bool = True) -> QuerySet[Membership]:
    """Whose cards there are; with ``alone`` only of who works with children here."""
    running = Membership.objects.on(actor.today)
    if actor.role not in RUNS_THE_PLACE:
        return running.filter(pk=actor.membership_id)
    own = Membership.objects.filter(organisation=actor.organisation_id, role__in=WITH_CHILDREN)
    written = CardFact.objects.filter(written_by__organisation=actor.organisation_id)
    here = [own.values("pk"), written.values("membership")]
    for rows in (Roster.objects, Presence.objects):
        standing = rows.on(actor.today).filter(group__location__organisation=actor.organisation_id)
        here.append(standing.values("membership"))
    if not alone:
        here.append(Membership.objects.filter(pk=actor.membership_id).values("pk"))
    first, *others = (each.order_by() for each in here)
    return running.filter(Among("pk", first.union(*others)))


def _places(actor: Actor, people: Sequence[Membership]) -> dict[UUID, dict[UUID, Stands]]:
    """Where each stands, by location: of the own organisation, and of oneself everywhere."""
    found: dict[UUID, dict[UUID, Stands]] = defaultdict(dict)
    own = Q(group__location__organisation=actor.organisation_id) | Q(membership=actor.membership_id)
    hats = {each.pk: each for each in people}
    rosters = Roster.objects.on(actor.today).filter(own, membership__in=people).order_by()
    stands = list(rosters.values_list("membership", "group__location").distinct())
    there = Location.objects.select_related("organisation").in_bulk({each for __, each in stands})
    for hat, at in sorted(stands, key=lambda stand: there[stand[1]].name):
        place = there[at]
        works_here = hats[hat].organisation_id == place.organisation_id
        found[hat][at] = place, by_role(hats[hat].role, works_here)
    written = Presence.objects.on(actor.today).filter(own, membership__in=people)
    for presence in written.select_related(*WITH_PLACE).order_by("written_at"):
        place = presence.group.location
        found[presence.membership_id][place.pk] = place, standing_by(presence, place)
    return found


def _card(
    actor: Actor, hat: Membership, facts: Sequence[CardFact], places: dict[UUID, Stands]
) -> Card:
    day = actor.today
    asked = _asked(hat, [place for place, __ in places.values()])
    kinds = [each for each in Kind if each in asked or any(f.kind == each for f in facts)]
    lines = [rules.line(_word(actor, facts, each), each, day) for each in kinds]
    held = {each.fact for each in lines}
    return Card(
        hat,
        lines,
        [
            Place(place, rules.may_stand(hat, place, facts, day, day + rules.DAY), standing)
            for place, standing in places.values()
        ],
        [each for each in facts if each not in held],
    )


def _word(actor: Actor, facts: Sequence[CardFact], kind: str) -> CardFact | None:
    """The word that holds; of links the one with the place that looks, else the last."""
    if kind != Kind.LINKED:
        return rules.latest(facts, kind)
    links = [each for each in facts if each.kind == kind]
    own = [each for each in links if each.at_id == actor.organisation_id]
    return next(iter(own or links), None)


def _asked(hat: Membership, places: Iterable[Location]) -> tuple[str, ...]:
    """What this work asks: of who stands in childcare, and of who works for youth care."""
    childcare = hat.organisation.kind == OrganisationKind.CHILDCARE
    in_childcare = childcare or any(each.setting in rules.CHILDCARE for each in places)
    youth_care = hat.organisation.kind == OrganisationKind.YOUTH_CARE_PROVIDER
    return (*(IN_CHILDCARE if in_childcare else ()), *(IN_YOUTH_CARE if youth_care else ()))
