"""Today for a care coordinator: what is asked of her, what is late elsewhere, what waits for whom."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from alert4you.coaching.models import Question
from alert4you.coaching.queries.questions import past_the_clock
from alert4you.kernel.kept import kept
from alert4you.organisations.models import Absence, Actor
from alert4you.trajectories.queries.caseload import Case, caseload

SHOWN = 8


@dataclass(frozen=True)
class Elsewhere:
    """What others are asked: the first of it, and the filter of the caseload under which all of it stands."""

    cases: list[Case]
    filter: str

    def __bool__(self) -> bool:
        return bool(self.cases)

    @property
    def shown(self) -> list[Case]:
        return self.cases[:SHOWN]

    @property
    def more(self) -> int:
        return len(self.cases) - len(self.shown)


@dataclass(frozen=True)
class Today:
    """Every trajectory stands in one list at most: the one that asks for it first."""

    mine: list[Case]
    late: Elsewhere
    decisions: Elsewhere
    waiting: Elsewhere
    undated: Elsewhere
    running: int
    questions: list[Question]
    away: list[Absence]

    @property
    def calm(self) -> bool:
        """Nothing asks for attention."""
        lists = (self.mine, self.late, self.decisions, self.waiting, self.undated, self.questions)
        return not any(lists)


def today(actor: Actor) -> Today:
    cases = caseload(actor)
    left = list(cases)
    return Today(
        mine=_take(left, lambda case: _is_mine(case, actor)),
        late=Elsewhere(_take(left, lambda case: case.is_late), "late"),
        decisions=Elsewhere(_take(left, lambda case: case.decision_is_due), "decision"),
        waiting=Elsewhere(_take(left, lambda case: case.waits_for_consent), "parents"),
        undated=Elsewhere(_take(left, lambda case: case.lacks_evaluation_date), "evaluation"),
        running=len(cases),
        questions=past_the_clock(actor, SHOWN),
        away=_away(actor),
    )


def _is_mine(case: Case, actor: Actor) -> bool:
    """A next step of hers, or a decision that is due where she has the lead today."""
    leads = case.lead_today.pk == actor.membership_id
    return case.is_asked_of(actor) or (leads and case.decision_is_due)


def _take(left: list[Case], wanted: Callable[[Case], bool]) -> list[Case]:
    fits = [(case, wanted(case)) for case in left]
    left[:] = [case for case, is_wanted in fits if not is_wanted]
    return [case for case, is_wanted in fits if is_wanted]


@kept
def _away(actor: Actor) -> QuerySet[Absence]:
    away = Absence.objects.on(actor.today).filter(membership__organisation=actor.organisation_id)
    related = away.select_related("membership__person", "cover__person")
    return related.order_by("ends", "membership__person__name")
