"""What one can start, for whom, with whom, and what would happen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from alert4you.access.queries.line import known_child
from alert4you.access.rules.relations import at_work_here
from alert4you.children.models import Child, Guardian
from alert4you.kernel.decision import Decision, NotVisible
from alert4you.organisations.models import Actor, Location, Membership, Role
from alert4you.organisations.queries import locations_of, professionals
from alert4you.organisations.rules import RUNS_THE_PLACE
from alert4you.practices.models import PracticeTemplate
from alert4you.practices.queries.adopting import adoption, own_adoptions
from alert4you.practices.queries.templates import (
    current_template,
    current_templates,
    practice_of,
    practice_with,
)
from alert4you.practices.rules.cards import Card, card
from alert4you.practices.rules.language import Practice, adopted
from alert4you.trajectories.queries.facts import facts_before
from alert4you.trajectories.rules import beginning, engine
from alert4you.trajectories.rules.facts import ParentContact

GUESTS = (Role.COACH, Role.PARTNER)
PLAYED_BY: dict[str, tuple[Role, ...]] = {
    Role.GROUP_WORKER: (Role.GROUP_WORKER,),
    Role.PEDAGOGUE: (Role.PEDAGOGUE, Role.CARE_COORDINATOR),
    Role.CARE_COORDINATOR: (Role.CARE_COORDINATOR, Role.PEDAGOGUE),
    Role.MANAGER: (Role.MANAGER,),
    Role.COACH: (Role.COACH, Role.PEDAGOGUE),
    Role.PARTNER: GUESTS,
}


@dataclass(frozen=True)
class Subject:
    """A child or a location to start something for, and whether this hat may."""

    about: Child | Location
    may: Decision
    guardians: Sequence[Guardian] = ()

    @property
    def child(self) -> Child | None:
        return self.about if isinstance(self.about, Child) else None

    @property
    def deciders(self) -> list[str]:
        """The names of who decides about the child."""
        return [each.person.name for each in self.guardians if each.has_authority]


@dataclass(frozen=True)
class Offer:
    """A practice to choose, and whether it fits."""

    card: Card
    fits: Decision
    adopted: bool = False


@dataclass(frozen=True)
class RoleToPlay:
    """A role of a practice and the hats that can play it; ``required`` when the route needs it."""

    key: str
    title: str
    hats: tuple[Role, ...]
    required: bool


def subject(actor: Actor, child_id: UUID | None, location_id: UUID | None) -> Subject:
    """Raises NotVisible for a child or location that is not for this hat."""
    if child_id:
        known = known_child(actor, child_id)
        return Subject(known.child, at_work_here(actor, known.ties), known.guardians)
    location = locations_of(actor).filter(pk=location_id).first() if location_id else None
    if location is None:
        raise NotVisible
    return Subject(location, beginning.may_begin_at(actor, location))


def places(actor: Actor) -> list[Location]:
    """The locations for which this hat may start something."""
    return list(locations_of(actor)) if actor.role in RUNS_THE_PLACE else []


def offers(actor: Actor, whom: Subject) -> tuple[list[Offer], list[Offer]]:
    """The practices about a child (or a group) that fit, and those that do not with the reason.

    What the organisation adopted comes first, in its own version and with its own numbers.
    """
    here = {each.slug: each for each in own_adoptions(actor)}
    own = [practice_with(each.template, each.chosen) for each in here.values()]
    library = [practice_of(each) for each in current_templates() if each.slug not in here]
    about = "child" if whom.child else "group"
    indicated = beginning.valid_indications(facts_before(whom.child), actor.today)
    told = [
        Offer(
            card(each),
            beginning.fits(each, whom.child, actor.today, indicated),
            each.slug in here,
        )
        for each in (*own, *library)
        if each.about == about
    ]
    return [each for each in told if each.fits], [each for each in told if not each.fits]


@dataclass(frozen=True)
class Chosen:
    """The version of a practice that would start, with the numbers that the organisation adopted."""

    template: PracticeTemplate
    numbers: Mapping[str, int]

    @property
    def practice(self) -> Practice:
        return practice_with(self.template, self.numbers)


def chosen(actor: Actor, slug: str) -> Chosen:
    """The adopted version of a practice, else its newest; raises NotVisible when there is none."""
    here = adoption(actor.organisation_id, slug)
    if here is not None:
        return Chosen(here.template, here.chosen)
    found = current_template(slug)
    if found is None:
        raise NotVisible
    return Chosen(found, {})


@dataclass(frozen=True)
class Ready:
    """Whether all is there before the start, besides the numbers that are still to choose."""

    decision: Decision
    lacks_a_talk: bool = False


def ready(actor: Actor, practice: Practice, child: Child | None) -> Ready:
    told = facts_before(child)
    indicated = beginning.valid_indications(told, actor.today)
    fits = beginning.fits(practice, child, actor.today, indicated)
    if not fits:
        return Ready(fits)
    filled = adopted(practice, {each.key: each.least for each in practice.choices})
    decision = engine.may_start(filled, told, actor.today)
    spoke = any(isinstance(each, ParentContact) for each in told)
    return Ready(decision, not decision and not spoke and "parent_contact" in practice.needs)


def people(actor: Actor) -> QuerySet[Membership]:
    """Colleagues, and professionals of other organisations who join a child."""
    return professionals(actor).filter(Q(organisation=actor.organisation_id) | Q(role__in=GUESTS))


def roles(practice: Practice) -> list[RoleToPlay]:
    """The roles that staff play."""
    needed = {ask.party for ask in practice.asks}
    needed |= {activity.by for phase in practice.phases for activity in phase.activities}
    return [
        RoleToPlay(role.key, str(role.title), PLAYED_BY[role.hat], role.key in needed)
        for role in practice.roles
        if role.hat in PLAYED_BY
    ]
