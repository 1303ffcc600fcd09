"""From stored rows to the facts the engine reads: the same few queries for one or a thousand trajectories.

Facts are not cut to what one viewer may see: where a trajectory stands is the same for all who may see it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, Max, OuterRef

from alert4you.access import policy
from alert4you.access.models import Answer, Consent
from alert4you.children.models import Child
from alert4you.coaching.models import Contact
from alert4you.organisations.models import Actor
from alert4you.practices.rules.language import Practice
from alert4you.trajectories.models import Decision, Part, Plan, Step, Trajectory
from alert4you.trajectories.rules.facts import (
    ConsentChanged,
    ConsentState,
    Decided,
    Done,
    Fact,
    ParentContact,
    PlanMade,
    Started,
)

FOR_THE_ENGINE = "facts of the engine"
Key = tuple[UUID, UUID, str]


def facts_of(
    actor: Actor, trajectories: Sequence[Trajectory], practices: dict[UUID, Practice]
) -> dict[UUID, list[Fact]]:
    """All facts of each trajectory, by its id; ``practices`` by trajectory id, adopted."""
    ids = [each.pk for each in trajectories]
    told: dict[UUID, list[Fact]] = {
        each.pk: [Started(id=str(each.pk), at=each.at)] for each in trajectories
    }
    for step in Step.objects.filter(trajectory__in=ids).select_related("entry"):
        done = Done(f"step-{step.entry_id}", step.entry.at, step.phase, step.activity, step.minutes)
        told[step.trajectory_id].append(done)
    for plan in Plan.objects.unrestricted(reason=FOR_THE_ENGINE).filter(trajectory__in=ids):
        made = PlanMade(str(plan.pk), plan.at, bool(plan.end_goal), plan.evaluation_on)
        told[plan.trajectory_id].append(made)
    for each in Decision.objects.unrestricted(reason=FOR_THE_ENGINE).filter(trajectory__in=ids):
        told[each.trajectory_id].append(
            Decided(str(each.pk), each.at, each.gate, each.choice, each.early_reason, each.next_on)
        )
    _about_children(actor, trajectories, practices, told)
    return told


def facts_before(actor: Actor, child: Child | None) -> list[Fact]:
    """What is already true of a child before a trajectory starts: the talks with its parents."""
    return _parent_contacts([child.pk])[child.pk] if child else []


def _about_children(
    actor: Actor,
    trajectories: Sequence[Trajectory],
    practices: dict[UUID, Practice],
    told: dict[UUID, list[Fact]],
) -> None:
    children = [each.child_id for each in trajectories if each.child_id]
    contacts = _parent_contacts(children)
    standing = _standing_consents(actor, children)
    parties = _parties([each.pk for each in trajectories])
    for each in trajectories:
        if each.child_id is None:
            continue
        told[each.pk] += contacts[each.child_id]
        for ask in practices[each.pk].asks:
            party = parties.get((each.pk, ask.party))
            told[each.pk] += _consent_facts(each, ask.key, ask.purpose, party, standing)


def _parent_contacts(children: Iterable[UUID]) -> dict[UUID, list[Fact]]:
    talks = Contact.objects.unrestricted(reason=FOR_THE_ENGINE).filter(
        child__in=list(children), parents_present=True
    )
    contacts: dict[UUID, list[Fact]] = defaultdict(list)
    for talk in talks:
        contacts[talk.child_id].append(ParentContact(str(talk.pk), talk.at))
    return contacts


def _parties(trajectories: list[UUID]) -> dict[tuple[UUID, str], UUID]:
    """Which organisation plays a role: (trajectory, role) -> organisation id."""
    parts = Part.objects.filter(trajectory__in=trajectories)
    rows = parts.values_list("trajectory", "role", "membership__organisation")
    return {(trajectory, role): organisation for trajectory, role, organisation in rows}


def _standing_consents(
    actor: Actor, children: list[UUID]
) -> dict[Key, list[tuple[bool, bool, datetime]]]:
    """Per (child, organisation, purpose): for each category whether it runs, is refused, since when."""
    here = policy.running_consents(actor.at, actor.today).filter(pk=OuterRef("pk"))
    refused = policy.standing(Answer.REFUSED, actor.at).filter(consent=OuterRef("pk"))
    consents = (
        Consent.objects.filter(request__child__in=children, request__closed_at=None)
        .annotate(runs=Exists(here), refused=Exists(refused), last=Max("signatures__at"))
        .select_related("request")
    )
    standing: dict[Key, list[tuple[bool, bool, datetime]]] = defaultdict(list)
    for each in consents:
        asked = each.request
        key = (asked.child_id, asked.organisation_id, asked.purpose)
        standing[key].append((each.runs, each.refused, each.last or asked.asked_at))
    return standing


def _consent_facts(
    trajectory: Trajectory,
    ask: str,
    purpose: str,
    party: UUID | None,
    standing: dict[Key, list[tuple[bool, bool, datetime]]],
) -> list[Fact]:
    """One fact: how this consent stands. Within the own organisation nothing needs to be asked."""
    name = f"consent-{ask}"
    if party == trajectory.organisation_id:
        return [ConsentChanged(name, trajectory.at, ask, "given")]
    lines = standing.get((trajectory.child_id, party, purpose), []) if party else []
    if not lines:
        return []
    state: ConsentState = "asked"
    if all(runs for runs, _, _ in lines):
        state = "given"
    elif any(refused for _, refused, _ in lines):
        state = "refused"
    return [ConsentChanged(name, max(at for _, _, at in lines), ask, state)]
