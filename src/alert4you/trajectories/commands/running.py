"""Starting a trajectory, doing its activities, passing on the lead."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alert4you.access.commands.consent import ask_consents
from alert4you.access.commands.team import name_all_on_team
from alert4you.access.models import Entry, Kind
from alert4you.access.queries.line import file_of
from alert4you.access.rules.consent import Terms, Use
from alert4you.children.models import Child
from alert4you.coaching.commands.contacts import Details, give_advice, log_contact
from alert4you.kernel.command import command
from alert4you.kernel.decision import Decision, Denied, require
from alert4you.notes.commands.writing import add_parent_words
from alert4you.organisations.models import Actor, Location, Membership
from alert4you.practices.models import PracticeTemplate
from alert4you.practices.queries.templates import practice_with
from alert4you.practices.rules.language import Activity, ConsentAsk, Phase, Practice
from alert4you.trajectories.models import Part, Step, Trajectory
from alert4you.trajectories.queries.caseload import practice_in, states
from alert4you.trajectories.queries.facts import Party, facts_before, facts_of
from alert4you.trajectories.rules import beginning, engine, planning

NO_DETAILS = Details()
KEPT = ("phase", "next_due", "ended_on")


@dataclass(frozen=True)
class Setup:
    """Who plays which role of the practice, and the numbers the source leaves open."""

    parts: Mapping[str, Membership] = field(default_factory=dict)
    chosen: Mapping[str, int] = field(default_factory=dict)


@command(beginning.may_begin)
def start_trajectory(
    actor: Actor,
    about: Child | Location,
    template: PracticeTemplate,
    lead: Membership,
    cover: Membership,
    setup: Setup = Setup(),
) -> Trajectory:
    """Follow a practice for a child or at a location, with one lead and one cover.

    Who plays a part comes on the care team, and the parents are asked what the practice needs to
    ask. Denied when the practice does not fit or something that must be there before the start is
    missing (a talk with the parents, a chosen number).
    """
    child = about if isinstance(about, Child) else None
    practice = _adopted(template, setup.chosen)
    told = facts_before(child)
    indicated = beginning.valid_indications(told, actor.today)
    require(beginning.fits(practice, child, actor.today, indicated))
    require(engine.may_start(practice, told, actor.today))
    trajectory = Trajectory.by(
        actor,
        child=child,
        location=about if isinstance(about, Location) else None,
        organisation_id=file_of(actor, child) if child else actor.organisation_id,
        category=beginning.category_of(practice),
        title=practice.title.nl,
        template=template,
        chosen=dict(setup.chosen),
        lead=lead,
        cover=cover,
        phase=practice.phases[0].key,
    )
    Part.objects.bulk_create(
        Part(trajectory=trajectory, role=role, membership=who) for role, who in setup.parts.items()
    )
    if child is not None:
        _involve(actor, trajectory, practice, setup.parts)
    parties = {(trajectory.pk, role): who.organisation_id for role, who in setup.parts.items()}
    return refresh(actor, trajectory, parties)


@command(planning.may_do)
def do_activity(
    actor: Actor, trajectory: Trajectory, activity: str, text: str, details: Details = NO_DETAILS
) -> Entry:
    """Something of the current phase was done: it goes on the line and counts once.

    What the parents do themselves they write down themselves, or staff write down what they told.
    """
    keep_apart(trajectory)
    practice, phase, wanted = _wanted(actor, trajectory, activity)
    entry = _write(actor, trajectory, practice, wanted, text, details)
    Step.objects.create(
        trajectory=trajectory,
        entry=entry,
        phase=phase.key,
        activity=wanted.key,
        minutes=details.minutes,
        told=planning.is_of_parents(practice, activity) and not actor.is_parent,
    )
    refresh(actor, trajectory)
    return entry


@command(planning.may_do)
def count_entry(actor: Actor, trajectory: Trajectory, activity: str, entry: Entry) -> Entry:
    """What already stands on the same line (a meeting that was held) was this activity: counts once."""
    keep_apart(trajectory)
    if entry.child_id != trajectory.child_id:
        raise Denied(Decision(_("This is not about the child of the trajectory.")))
    _practice, phase, wanted = _wanted(actor, trajectory, activity)
    Step.objects.create(trajectory=trajectory, entry=entry, phase=phase.key, activity=wanted.key)
    refresh(actor, trajectory)
    return entry


def _wanted(
    actor: Actor, trajectory: Trajectory, activity: str
) -> tuple[Practice, Phase, Activity]:
    """The activity of the phase that runs, when it can be done now; Denied when it cannot."""
    practice = practice_in(trajectory)
    facts = facts_of(actor, [trajectory], {trajectory.pk: practice})[trajectory.pk]
    require(engine.may_log(practice, facts, actor.today, activity))
    phase = practice.phase(engine.state(practice, facts, actor.today).phase or "")
    wanted = phase.activity(activity) if phase else None
    if phase is None or wanted is None:
        raise LookupError(activity)
    return practice, phase, wanted


@command(planning.may_pass_lead)
def pass_lead(
    actor: Actor, trajectory: Trajectory, lead: Membership, cover: Membership
) -> Trajectory:
    """Somebody else has the lead from now on; there is always exactly one, and a cover."""
    trajectory.lead, trajectory.cover = lead, cover
    trajectory.save(update_fields=["lead", "cover"])
    if trajectory.child is not None:
        people = [(lead, ""), (cover, "")]
        name_all_on_team(actor, trajectory.child, people, trajectory.title)
    return trajectory


def refresh(
    actor: Actor, trajectory: Trajectory, parties: Mapping[Party, UUID] | None = None
) -> Trajectory:
    """Bring what work lists keep of a trajectory up to what its facts say (``parties``: as `facts_of`)."""
    for changed in _changed(actor, [trajectory], parties):
        changed.save(update_fields=KEPT)
    return trajectory


def refresh_all(actor: Actor, trajectories: Sequence[Trajectory]) -> None:
    """The same for many at once, in the same few queries."""
    rows = Trajectory.objects.unrestricted(reason="what work lists keep")
    rows.bulk_update(_changed(actor, trajectories), KEPT, batch_size=500)


def _changed(
    actor: Actor, trajectories: Sequence[Trajectory], parties: Mapping[Party, UUID] | None = None
) -> list[Trajectory]:
    """Those of which the facts say something else than was kept, with what they say."""
    changed = []
    for each, state in states(actor, trajectories, parties):
        before = [getattr(each, name) for name in KEPT]
        each.phase = state.phase or ""
        each.next_due = state.next.due if state.next else None
        each.ended_on = state.ended.on if state.ended else None
        if [getattr(each, name) for name in KEPT] != before:
            changed.append(each)
    return changed


def keep_apart(trajectory: Trajectory) -> None:
    """Two people who change the same trajectory at once do so one after the other."""
    rows = Trajectory.objects.unrestricted(reason="one after the other")
    rows.select_for_update(of=("self",)).get(pk=trajectory.pk)


def _adopted(template: PracticeTemplate, chosen: Mapping[str, int]) -> Practice:
    """The practice with these numbers. Denied when one lies outside its bounds."""
    try:
        return practice_with(template, chosen)
    except ValueError as wrong:
        raise Denied(Decision(_("One of the chosen numbers is not possible."))) from wrong


def _write(
    actor: Actor,
    trajectory: Trajectory,
    practice: Practice,
    activity: Activity,
    text: str,
    details: Details,
) -> Entry:
    """What goes on the line: words of the parents, advice, or a contact of the activity's kind."""
    child, location = trajectory.child, trajectory.location
    if actor.is_parent:
        return add_parent_words(actor, child, text)
    if activity.kind == Kind.ADVICE:
        return give_advice(actor, text, child, location, details.helps_others)
    told = _as_told(practice, activity, details)
    return log_contact(actor, Kind(activity.kind), text, child, location, details=told)


def _as_told(practice: Practice, activity: Activity, details: Details) -> Details:
    """A talk with the parents is a parent contact, whoever logs it."""
    hats = {role.hat for role in practice.roles if role.key in activity.with_}
    with_parents = details.parents_present or (activity.kind == "talk" and "parent" in hats)
    return replace(details, title=details.title or activity.title.nl, parents_present=with_parents)


def _involve(
    actor: Actor, trajectory: Trajectory, practice: Practice, parts: Mapping[str, Membership]
) -> None:
    child = trajectory.child
    if child is None:
        return
    purposes = {ask.party: ask.purpose for ask in practice.asks}
    people = [(who, purposes.get(role, "")) for role, who in parts.items()]
    people += [(trajectory.lead, ""), (trajectory.cover, "")]
    name_all_on_team(actor, child, people, trajectory.title)
    ask_parents(actor, trajectory, practice, practice.asks, parts)


def ask_parents(
    actor: Actor,
    trajectory: Trajectory,
    practice: Practice,
    asks: Iterable[ConsentAsk],
    parts: Mapping[str, Membership],
) -> None:
    """Ask these consents of the practice, for who plays a part from another organisation."""
    until = beginning.consent_until(practice, actor.today)
    others = {
        role: who.organisation
        for role, who in parts.items()
        if who.organisation_id != trajectory.organisation_id
    }
    uses = [
        Use(others[ask.party], ask.purpose, Terms(ask.categories, str(ask.title), until))
        for ask in asks
        if ask.party in others
    ]
    if uses and trajectory.child:
        ask_consents(actor, trajectory.child, uses)
