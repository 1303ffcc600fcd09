"""What a hat may see of safety records. Nobody else is told how many there are."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.functional import Promise

from alert4you.access.queries.line import Known
from alert4you.access.rules.relations import at_work_here
from alert4you.children.models import Child
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor, Membership
from alert4you.organisations.queries import colleagues
from alert4you.organisations.rules import STAFF_OF_THE_PLACE
from alert4you.safety import rules
from alert4you.safety.models import Act, Concern, Part, SafetyMember, SafetyPost, Task


@dataclass(frozen=True)
class Row:
    """A concern in a list: by the initials of the child only, so that a screen tells nothing."""

    concern: Concern
    initials: str
    closed: bool
    last: date


@dataclass(frozen=True)
class Stand:
    """One step of the path: what was recorded for it, and whether it is the next to do."""

    part: Part
    acts: list[Act]
    is_next: bool

    @property
    def state(self) -> str:
        return "done" if self.acts else "now" if self.is_next else "later"


@dataclass(frozen=True)
class Record:
    """Everything of one concern for whoever may know of it. ``holder``: whom a suspicion is told to."""

    concern: Concern
    stands: list[Stand]
    handed: list[Act]
    closed: list[Act]
    members: list[SafetyMember]
    officers: list[Membership]
    accused: list[str]
    holder: Membership | None
    holds_the_task: bool

    @property
    def next_part(self) -> Part | None:
        return next((stand.part for stand in self.stands if stand.is_next), None)


def child_to_worry_about(actor: Actor, child_id: UUID) -> Child:
    """A child this hat may open a concern about. Not noted as read: parents see who read."""
    rows = Child.objects.unrestricted(reason="a concern leaves no trace on the line")
    child = rows.filter(pk=child_id).first()
    if child is None or not rules.works_at_its_place(actor, child):
        raise NotVisible
    return child


def offers_concern(actor: Actor, known: Known) -> bool:
    """Whether the line of this child offers to open a concern; costs a query for few only."""
    if actor.role not in STAFF_OF_THE_PLACE or not at_work_here(actor, known.ties):
        return False
    return known.ties.placed_here or rules.has_place_here(actor, known.child)


def concerns(actor: Actor) -> list[Row]:
    """The concerns this hat may know of, newest first."""
    closed = Act.objects.filter(concern=OuterRef("pk"), part=Part.CLOSED)
    rows = Concern.objects.visible_to(actor).annotate(is_closed=Exists(closed))
    rows = rows.select_related("child", "opened_by__person").order_by("-at", "pk")
    return [Row(each, _initials(each.child), each.is_closed, each.at.date()) for each in rows]


def _initials(child: Child) -> str:
    return f"{child.first_name[:1]}. {child.last_name.split()[-1][:1]}."


def concern(actor: Actor, concern_id: UUID) -> Concern:
    rows = Concern.objects.visible_to(actor).select_related("child", "opened_by__person")
    found = rows.filter(pk=concern_id).first()
    if found is None:
        raise NotVisible
    return found


def act(actor: Actor, concern_id: UUID, act_id: UUID) -> Act:
    rows = Act.objects.visible_to(actor).select_related("concern__child")
    found = rows.filter(pk=act_id, concern=concern_id).first()
    if found is None:
        raise NotVisible
    return found


def member(actor: Actor, concern_id: UUID, member_id: UUID) -> SafetyMember:
    found = _members(concern(actor, concern_id), actor.today).filter(pk=member_id).first()
    if found is None:
        raise NotVisible
    return found


def record_of(actor: Actor, found: Concern) -> Record:
    rows = (
        Act.objects.visible_to(actor)
        .filter(concern=found)
        .order_by("day", "at", F("corrects").asc(nulls_first=True), "pk")
    )
    acts = [_with_questions(act) for act in rows.select_related("by__person")]
    posts = list(_posts(found, actor.today))
    accused = [each.person for each in found.accused.select_related("person")]
    out = {each.pk for each in accused}
    holder = next(
        (
            p.membership
            for p in posts
            if p.task == Task.HOLDER and p.membership.person_id not in out
        ),
        None,
    )
    return Record(
        found,
        _stands(rules.path(found, actor.today), acts),
        [each for each in acts if each.part == Part.HANDED],
        [each for each in acts if each.part == Part.CLOSED],
        list(_members(found, actor.today)),
        [p.membership for p in posts if p.task == Task.OFFICER],
        [each.name for each in accused],
        holder,
        any(p.membership_id == actor.membership_id for p in posts),
    )


def _with_questions(found: Act) -> Act:
    """Beside each answer the question as it was then."""
    if found.questions_of:
        asked = rules.questions_on(found.questions_of)[1]
        found.weighed = list(zip(asked, found.answers, strict=False))
    return found


def _stands(steps: tuple[Part, ...], acts: list[Act]) -> list[Stand]:
    by_part = {step: [each for each in acts if each.part == step] for step in steps}
    upcoming = next((step for step in steps if not by_part[step]), None)
    return [Stand(step, by_part[step], step == upcoming) for step in steps]


def _members(found: Concern, day: date) -> QuerySet[SafetyMember]:
    rows = SafetyMember.objects.on(day).filter(concern=found)
    return rows.select_related("membership__person", "concern").order_by("starts", "pk")


def _posts(found: Concern, day: date) -> QuerySet[SafetyPost]:
    rows = SafetyPost.objects.on(day).filter(organisation=found.organisation_id)
    return rows.select_related("membership__person").order_by("starts", "pk")


def posts(actor: Actor) -> QuerySet[SafetyPost]:
    """Who has which task in the own organisation; all its staff may know that."""
    rows = SafetyPost.objects.on(actor.today).filter(organisation=actor.organisation_id)
    return rows.select_related("membership__person").order_by("task", "starts", "pk")


def post(actor: Actor, post_id: UUID) -> SafetyPost:
    found = posts(actor).filter(pk=post_id).first()
    if found is None:
        raise NotVisible
    return found


def to_name(actor: Actor, found: Concern) -> QuerySet[Membership]:
    """Colleagues who can be named; who is accused is not among them."""
    out = list(found.accused.values_list("person", flat=True))
    there = list(_members(found, actor.today).values_list("membership", flat=True))
    return colleagues(actor).exclude(person__in=out).exclude(pk__in=there)


def to_accuse(actor: Actor) -> QuerySet[Membership]:
    """Everybody who works for the organisation, but oneself."""
    return colleagues(actor).exclude(person_id=actor.person_id)


def questions(day: date) -> tuple[Promise, ...]:
    return rules.questions_on(day)[1]
