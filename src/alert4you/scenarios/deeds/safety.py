"""The reporting code, step by step, and a suspicion against somebody who works here."""

from typing import Any

from alert4you.children.models import Child
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor, Membership
from alert4you.safety.commands import appoint, name_member, open_concern, record
from alert4you.safety.models import About, Concern, Ground, Part, Party, Task
from alert4you.safety.rules import Start, Told
from alert4you.scenarios import finding, kinds
from alert4you.scenarios.sentences import deed
from alert4you.scenarios.world import PROOF, World

TEXT = {"text": kinds.TEXT}
STEP = kinds.one_of(
    "a step of the reporting code",
    [(each.value, each) for each in Part if each != Part.SIGNALS],
)
TASK = kinds.one_of(
    "a task for safety", [("attention officer", Task.OFFICER), ("holder", Task.HOLDER)]
)
PARTY = kinds.one_of("with whom", [(each.value.replace("_", " "), each.value) for each in Party])
GROUND = kinds.one_of("why in another order", [(each.value, each.value) for each in Ground])
WHY = {"ground": GROUND, "reason": kinds.TEXT}
TOLD = {
    "text": kinds.TEXT,
    "with": PARTY,
    "person": kinds.TEXT,
    "left out": kinds.FLAG,
    "answers": kinds.TEXTS,
    "report": kinds.FLAG,
    "help": kinds.FLAG,
    **WHY,
}


@deed("{who} gives {other} a task for safety", must={"task": TASK})
def appoints(world: World, who: Actor, other: Membership, task: Task) -> None:
    """Who is attention officer, or the holder of the organisation."""
    appoint(who, other, task)


@deed("{who} opens a safety concern about {child}", must=TEXT)
def opens(world: World, who: Actor, child: Child, text: str) -> None:
    """With the first step: the facts."""
    open_concern(who, Start(child, About.HOME, text))


@deed("{who} opens a suspicion against {other} about {child}", must=TEXT)
def suspects(world: World, who: Actor, other: Membership, child: Child, text: str) -> None:
    """The other cannot find or see it."""
    open_concern(who, Start(child, About.STAFF, text, other.person))


@deed("{who} records for the safety of {child}", must={"step": STEP}, may=TOLD)
def records(world: World, who: Actor, child: Child, step: Part, **told: Any) -> None:
    """A step of the reporting code; `left out` needs a ground and a reason."""
    named = {"with_": "party", "person": "with_whom", "report": "must_report", "help": "gives_help"}
    given = {named.get(key, key): value for key, value in told.items()}
    record(who, concern_of(who, child), step, Told(**given))


@deed("{who} names {other} for the safety of {child}", must={"why": kinds.TEXT})
def names(world: World, who: Actor, other: Membership, child: Child, why: str) -> None:
    """So that this colleague may know of the concern as well."""
    name_member(who, concern_of(who, child), other, why)


def concern_of(who: Actor, child: Child) -> Concern:
    """The newest concern about a child that this hat may know of."""
    if not Concern.objects.unrestricted(reason=PROOF).filter(child=child).exists():
        raise finding.Unfound(f"no concern about {child} was opened")
    found = Concern.objects.visible_to(who).filter(child=child).order_by("at").last()
    if found is None:
        raise NotVisible
    return found
