"""Requests about the data of a child: for whoever asked, and as a list of work for whoever answers."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alert4you.access.models import Entry
from alert4you.access.queries import line as lines
from alert4you.access.queries.openings import file_number
from alert4you.children.models import Child
from alert4you.kernel.decision import NotVisible
from alert4you.kernel.wall.standing import opened
from alert4you.organisations.models import Actor, Organisation
from alert4you.rights.models import RightsRequest
from alert4you.rights.rules.asking import may_see_request
from alert4you.rights.rules.clocks import Clock, clock_of
from alert4you.rights.rules.handling import answers

SHOWN = 50
ANSWERED_HERE = "who answers has the child as a number, and its age for the rules"


@dataclass(frozen=True)
class Case:
    """One request with its clock; ``child`` is a name, or a number where a name is not one's to know."""

    request: RightsRequest
    clock: Clock
    state: str
    child: str

    @property
    def who(self) -> str:
        """Who asked; empty when the child itself did."""
        return self.request.asked_by.name if self.request.asked_by else ""


@dataclass(frozen=True)
class Work:
    """Open ones by date, the ones that were answered last, and how many are late or soon are."""

    open: list[Case]
    answered: list[Case]

    @property
    def late(self) -> int:
        return sum(each.state == "late" for each in self.open)

    @property
    def soon(self) -> int:
        return sum(each.state == "soon" for each in self.open)


def asked_by(actor: Actor, child: Child) -> list[Case]:
    """What this parent asked about this child, newest first."""
    mine = _requests(actor).filter(asked_by=actor.person_id, child=child).order_by("-at", "pk")
    return [_case(each, actor.today, child.first_name) for each in mine]


def asked(actor: Actor, request_id: UUID) -> Case:
    """One request of this parent, while the authority holds."""
    found = _requests(actor).filter(pk=request_id).first()
    if found is None or not may_see_request(actor, found):
        raise NotVisible
    return _case(found, actor.today, found.child.first_name)


def work(actor: Actor) -> Work:
    """What was asked of the own organisation, for whoever answers it; the same queries for one or many."""
    if not answers(actor, actor.organisation_id):
        raise NotVisible
    own = _requests(actor).filter(organisation=actor.organisation_id)
    with opened(reason=ANSWERED_HERE):
        asked = list(own.filter(decided_at=None))
        done = list(own.exclude(decided_by=None).order_by("-decided_at", "pk")[:SHOWN])
    names = lines.full_names(actor, (each.child_id for each in (*asked, *done)))
    waiting = [_here(each, actor.today, names) for each in asked]
    answered = [_here(each, actor.today, names) for each in done]
    return Work(sorted(waiting, key=lambda each: (each.clock.target, each.request.at)), answered)


def waiting(actor: Actor) -> Work:
    """What is open at the own organisation, without names of children; for counts on Today."""
    if not answers(actor, actor.organisation_id):
        return Work([], [])
    rows = _with_who(RightsRequest.objects.unrestricted(reason="counts on Today"))
    own = rows.filter(organisation=actor.organisation_id, decided_at=None)
    with opened(reason=ANSWERED_HERE):
        return Work([_here(each, actor.today, {}) for each in own], [])


def to_answer(actor: Actor, request_id: UUID) -> Case:
    """One request to the own organisation, for whoever answers it."""
    if not answers(actor, actor.organisation_id):
        raise NotVisible
    with opened(reason=ANSWERED_HERE):
        own = _requests(actor).filter(organisation=actor.organisation_id)
        found = own.filter(pk=request_id).first()
    if found is None:
        raise NotVisible
    return _here(found, actor.today, lines.full_names(actor, [found.child_id]))


def about(actor: Actor, request: RightsRequest) -> Entry | None:
    """The entry it is about, when this hat may see it."""
    return lines.entries(actor).filter(pk=request.entry_id).first() if request.entry_id else None


def chosen_entry(actor: Actor, child: Child, entry_id: str) -> Entry | None:
    """What a page is about, when that came along in its address; NotVisible when it is not this child's."""
    try:
        found = lines.entry(actor, UUID(entry_id))
    except ValueError:
        return None
    if found.child_id != child.pk:
        raise NotVisible
    return found


def keepers(actor: Actor, child: Child) -> list[Organisation]:
    """Who keeps something about the child that this parent sees, the places of the child first."""
    places = [each.group.location.organisation for each in lines.placements(actor, child)]
    entries = Entry.objects.visible_to(actor).filter(child=child, organisation__isnull=False)
    others = Organisation.objects.filter(pk__in=entries.values("organisation")).order_by("name")
    return list(dict.fromkeys([*places, *others]))


def _requests(actor: Actor) -> QuerySet[RightsRequest]:
    return _with_who(RightsRequest.objects.visible_to(actor))


def _with_who(rows: QuerySet[RightsRequest]) -> QuerySet[RightsRequest]:
    return rows.select_related(
        "child",
        "organisation",
        "asked_by",
        "recorded_by__person",
        "taken_by__person",
        "decided_by__person",
        "mark",
    )


def _here(request: RightsRequest, day: date, names: dict[UUID, str]) -> Case:
    number = _("file %(file)s") % {"file": file_number(request.child_id)}
    return _case(request, day, names.get(request.child_id) or number)


def _case(request: RightsRequest, day: date, child: str) -> Case:
    clock = clock_of(request)
    return Case(request, clock, clock.state(day) if request.is_open else "done", child)
