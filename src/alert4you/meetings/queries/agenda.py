"""One meeting as a hat sees it: who sits where, what is on the agenda, what came of it.

What is about a child is there only when the policy shows its case; everything said about it (own words,
options, actions, who its parents are) hangs on that one question.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from alert4you.access.queries import line as lines
from alert4you.access.queries.agreement import Agreement
from alert4you.access.queries.consent import agreements_of
from alert4you.access.rules.consent import State
from alert4you.children.models import Guardian
from alert4you.kernel import reading
from alert4you.kernel.decision import NotVisible
from alert4you.kernel.kept import kept
from alert4you.meetings.models import (
    Action,
    Case,
    Item,
    LeftOut,
    Meeting,
    Option,
    Said,
    Seat,
)
from alert4you.meetings.queries.lists import arranges_it, meeting, meetings, points
from alert4you.organisations.models import Actor

OF = "item__case"
OF_CASE = ("case__child", "case__author", "case__hat__organisation")


@dataclass(frozen=True)
class Chair:
    """The chair of another organisation at the table of one child; empty until the parents agree."""

    seat: Seat
    taken: bool
    why: str = ""
    may_be_asked: bool = False


@dataclass(frozen=True)
class Weighed:
    """An option with what was said for it and against it."""

    option: Option
    pluses: list[str] = field(default_factory=list)
    minuses: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Both sides were heard: from then on it can be chosen."""
        return bool(self.pluses and self.minuses)


@dataclass
class Subject:
    """One item. When it is ``closed`` to this hat, nothing of it is here but that it exists."""

    item: Item
    closed: bool = False
    chairs: list[Chair] = field(default_factory=list)
    options: list[Weighed] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def case(self) -> Case | None:
        return self.item.case

    @property
    def words(self) -> str:
        return self.case.question if self.case else self.item.words

    @property
    def name(self) -> str:
        return str(self.case.child) if self.case and self.case.child else self.item.theme

    def option(self, option_id: str) -> Option:
        """One of its options; NotVisible for another one."""
        for each in self.options:
            if str(each.option.pk) == option_id:
                return each.option
        raise NotVisible

    @property
    def chosen(self) -> Weighed | None:
        own = (each for each in self.options if each.option.pk == self.item.chosen_id)
        return next(own, None)


@dataclass(frozen=True)
class Page:
    """The meeting; ``seats`` without the names of parents of children this hat may not know."""

    meeting: Meeting
    seats: list[Seat]
    subjects: list[Subject]
    unnamed_parents: int
    arranges: bool
    sits: bool
    my_seat: Seat | None

    @property
    def is_writer(self) -> bool:
        """Whether this hat may write at the table."""
        return self.meeting.is_open and (self.arranges or self.sits)

    @property
    def open_subjects(self) -> list[Subject]:
        return [each for each in self.subjects if not each.closed]

    @property
    def one_side(self) -> list[Seat]:
        """One side of the table, for its picture."""
        return self.seats[::2]

    @property
    def other_side(self) -> list[Seat]:
        return self.seats[1::2]

    @property
    def empty(self) -> list[Seat]:
        """Chairs for which no person is known yet."""
        return [each for each in self.seats if each.person is None]


def page(actor: Actor, meeting_id: UUID) -> Page:
    """The agenda with the chairs of each child and the actions agreed so far."""
    found = meeting(actor, meeting_id)
    seats = list(_seats(found))
    subjects = _subjects(actor, found)
    _add_actions(actor, subjects)
    _add_chairs(actor, found, subjects, seats)
    return _page(actor, found, seats, subjects)


def outline(actor: Actor, meeting_id: UUID) -> Page:
    """Who sits at the table and what is on the agenda; for pages that arrange something."""
    found = meeting(actor, meeting_id)
    return _page(actor, found, list(_seats(found)), _subjects(actor, found))


def minutes(actor: Actor, meeting_id: UUID) -> Page:
    """Everything that was said and agreed, as far as this hat may read it."""
    return _minutes(actor, meeting(actor, meeting_id))


def _minutes(actor: Actor, found: Meeting) -> Page:
    subjects = _subjects(actor, found)
    _add_actions(actor, subjects)
    _add_options(actor, subjects)
    _add_words(actor, subjects)
    return _page(actor, found, list(_seats(found)), subjects)


def subject(actor: Actor, item_id: UUID) -> tuple[Page, Subject]:
    """One item with all of it; NotVisible when it is closed to this hat."""
    found = _with(actor, item_id)
    if not found:
        raise NotVisible
    shown = _minutes(actor, found[0])
    for each in shown.open_subjects:
        if each.item.pk == item_id:
            return shown, each
    raise NotVisible


@kept
def _with(actor: Actor, item_id: UUID) -> QuerySet[Meeting]:
    return meetings(actor).filter(items=item_id)


def _seats(found: Meeting) -> Any:
    rows = Seat.objects.filter(meeting=found).select_related(
        "membership__person", "membership__organisation", "guardian__person", "organisation"
    )
    return rows.order_by("guardian", "organisation__name", "membership__person__name", "pk")


def _subjects(actor: Actor, found: Meeting) -> list[Subject]:
    told = {each.pk: Subject(each) for each in _items(actor, found.pk)}
    for each in told.values():
        each.item.meeting = found
    reading.note(each.case for each in told.values() if each.case)
    if actor.is_parent:
        return list(told.values())
    everything = points([found]).values_list("pk", flat=True)
    return [told.get(pk) or Subject(Item(pk=pk), closed=True) for pk in everything]


@kept
def _items(actor: Actor, meeting: UUID) -> QuerySet[Item]:
    items = Item.objects.visible_to(actor).filter(meeting=meeting)
    return items.select_related("chosen", "put_by__person", *OF_CASE).order_by("number", "pk")


def _page(actor: Actor, found: Meeting, seats: list[Seat], subjects: list[Subject]) -> Page:
    known = {each.case.child_id for each in subjects if each.case}
    shown = [each for each in seats if each.guardian is None or each.guardian.child_id in known]
    return Page(
        found,
        shown,
        subjects,
        len(seats) - len(shown),
        arranges_it(actor, found),
        bool(found.sits) and not actor.is_parent,  # type: ignore[attr-defined]
        next((each for each in shown if _is_mine(actor, each)), None),
    )


def _is_mine(actor: Actor, seat: Seat) -> bool:
    if actor.is_parent:
        return seat.guardian is not None and seat.guardian.person_id == actor.person_id
    return seat.membership_id == actor.membership_id


def _open(subjects: Iterable[Subject]) -> dict[UUID, Subject]:
    return {each.item.pk: each for each in subjects if not each.closed}


def _add_actions(actor: Actor, subjects: Sequence[Subject]) -> None:
    known = _open(subjects)
    rows = Action.objects.visible_to(actor).filter(item__in=list(known))
    rows = rows.select_related(OF, "owner__person", "owner__organisation", "guardian__person")
    for each in rows.order_by("done_at", "due", "at"):
        each.item = known[each.item_id].item
        known[each.item_id].actions.append(each)


def _add_options(actor: Actor, subjects: Sequence[Subject]) -> None:
    """Options with their points, in one query."""
    known = _open(subjects)
    rows = Option.objects.visible_to(actor).filter(item__in=list(known))
    found: dict[UUID, Weighed] = {}
    for row in rows.order_by("at", "pk", "points__at").values(
        "pk", "item", "what", "points__is_plus", "points__words"
    ):
        of = known[row["item"]]
        weighed = found.get(row["pk"])
        if weighed is None:
            option = Option(pk=row["pk"], item=of.item, what=row["what"], at=of.item.at)
            weighed = found[row["pk"]] = Weighed(option)
            of.options.append(weighed)
        if row["points__words"]:
            side = weighed.pluses if row["points__is_plus"] else weighed.minuses
            side.append(row["points__words"])
    reading.note(each.option for each in found.values())


def _add_words(actor: Actor, subjects: Sequence[Subject]) -> None:
    known = _open(subjects)
    said = Said.objects.visible_to(actor).filter(item__in=list(known))
    said = said.select_related(OF, "guardian__person", "written_by")
    for words in said.order_by("at", "pk"):
        known[words.item_id].said.append(words)
    left_out = LeftOut.objects.visible_to(actor).filter(item__in=list(known))
    left_out = left_out.select_related(OF, "guardian__person", "decided_by__person")
    for one in left_out.order_by("pk"):
        known[one.item_id].left_out.append(one)


def _add_chairs(
    actor: Actor, found: Meeting, subjects: Sequence[Subject], seats: Sequence[Seat]
) -> None:
    """The chairs of other organisations for each child; shown to its parents and its own place."""
    cases = [each.case for each in subjects if each.case]
    outside = [each for each in seats if each.party_id and each.party_id != found.organisation_id]
    if not cases or not outside:
        return
    children = {each.child_id for each in cases if each.child_id}
    known = lines.known_children(actor, children)
    agreements = agreements_of(actor, known)
    named = _named(actor, outside, children)
    for each in subjects:
        if each.case is not None and _may_know_of_chairs(actor, each.case):
            about = [a for a in agreements if a.request.child_id == each.case.child_id]
            each.chairs = [_chair(each.case, seat, about, named) for seat in outside]


def _may_know_of_chairs(actor: Actor, case: Case) -> bool:
    """Which other organisations are asked about a child is for its parents and its own place."""
    return actor.is_parent or case.organisation_id == actor.organisation_id


def _named(
    actor: Actor, outside: Sequence[Seat], children: Collection[UUID]
) -> set[tuple[Any, Any, str]]:
    people = [each.membership_id for each in outside if each.membership_id]
    rows = lines.care_teams(actor, children).filter(membership__in=people)
    return set(rows.values_list("child", "membership", "purpose"))


def _chair(
    case: Case, seat: Seat, agreements: Sequence[Agreement], named: set[tuple[Any, Any, str]]
) -> Chair:
    own = [each for each in agreements if each.request.organisation_id == seat.party_id]
    running = [each for each in own if _covers(each, case)]
    if not running:
        return Chair(seat, False, _why_empty(own, case), not any(map(_is_asked, own)))
    if seat.membership is None:
        return Chair(seat, False, _("The parents agreed. Who will sit here?"))
    purposes = {"", *(each.request.purpose for each in running)}
    sits = any((case.child_id, seat.membership_id, each) in named for each in purposes)
    return Chair(seat, sits, "" if sits else _("Not on the care team of this child yet."))


def _covers(agreement: Agreement, case: Case) -> bool:
    categories = {line.consent.category for line in agreement.running}
    return case.category in categories and agreement.request.content_from <= case.day


def _is_asked(agreement: Agreement) -> bool:
    return agreement.state in (State.WAITS, State.LATER)


def _why_empty(own: Sequence[Agreement], case: Case) -> str:
    """In words: not asked, waiting for whom, refused, not now."""
    states = {each.state: each for each in own if each.state is not State.ENDED}
    if State.WAITS in states:
        missing = [each for each in states[State.WAITS].missing if each]
        return _("Waits for the answer of %(names)s.") % {"names": _names(missing)}
    if State.DISPUTED in states:
        return _("The parents do not agree with each other yet. The others meet.")
    if State.REFUSED in states:
        return _("The parents said no. That is fine: the others meet.")
    if State.LATER in states:
        return _("The parents said: not now.")
    if State.RUNS in states:
        return _("The parents agreed, but not that this may be known: %(category)s.") % {
            "category": case.get_category_display()
        }
    return _("The parents were not asked yet.")


def _names(guardians: Sequence[Guardian]) -> str:
    return get_text_list([each.person.name for each in guardians], _("and")) or _("the parents")
