"""A team and what it carries: how big it is, who has how many, where there is room."""

from collections import Counter
from dataclasses import dataclass

from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor, Membership, Role
from alert4you.practices.queries.templates import current_practices
from alert4you.practices.rules.language import Practice
from alert4you.referrals.models import TeamSize
from alert4you.trajectories.models import Part, Trajectory

COUNTS = "how many trajectories a team has"
SEE_TEAMS = (Role.MANAGER, Role.CARE_COORDINATOR, Role.PEDAGOGUE)


@dataclass(frozen=True)
class Board:
    """``source_fte``: what the source says, as written there; ``size``: what the own organisation set."""

    practice: Practice
    source_fte: str
    size: TeamSize | None
    workers: list[tuple[Membership, int]]
    running: int


def teams() -> list[Practice]:
    """The practices that are done by a team of so many full-time jobs."""
    return [each for each in current_practices() if _fte(each)]


def board(actor: Actor, slug: str) -> Board:
    """Raises NotVisible for a practice without a team."""
    practice = next((each for each in teams() if each.slug == slug), None)
    if practice is None:
        raise NotVisible
    rows = Trajectory.objects.unrestricted(reason=COUNTS).filter(
        template__slug=slug, organisation=actor.organisation_id, ended_on=None
    )
    running = list(rows.values_list("pk", flat=True))
    roles = [each.key for each in practice.roles if each.hat == "coach"]
    played = Part.objects.filter(trajectory__in=running, role__in=roles)
    parts = played.select_related("membership__person").order_by("membership__person__name")
    numbers: Counter[Membership] = Counter(part.membership for part in parts)
    size = TeamSize.objects.filter(organisation=actor.organisation_id, practice=slug).first()
    return Board(practice, _fte(practice), size, list(numbers.items()), len(running))


def _fte(practice: Practice) -> str:
    return next((each.value for each in practice.figures if each.key == "fte"), "")
