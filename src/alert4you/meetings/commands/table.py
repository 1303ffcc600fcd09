"""At the table: own words, options with their pluses and minuses, decisions, actions; what was held."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from alert4you.access.models import Category, Entry, Kind, Purpose
from alert4you.children.models import Guardian
from alert4you.coaching.models import Contact
from alert4you.kernel.command import command
from alert4you.manifests.commands import hand_over
from alert4you.manifests.models import Way
from alert4you.manifests.rules import Parcel
from alert4you.meetings.models import Action, Case, Item, Meeting, Option, Point, Said, Seat
from alert4you.meetings.rules import table as rules
from alert4you.organisations.models import Actor, Membership
from alert4you.trajectories.commands.running import count_entry
from alert4you.trajectories.models import Trajectory

HELD = "what was held comes on the line"


@command(rules.may_speak)
def speak(actor: Actor, item: Item, words: str, guardian: Guardian) -> Said:
    """Own words of a parent, or written down for them by whoever sits at the table."""
    return Said.objects.create(
        item=item, guardian=guardian, words=words, written_by_id=actor.person_id, at=actor.at
    )


@command(rules.may_write)
def name_option(actor: Actor, item: Item, words: str) -> Option:
    return Option.objects.create(item=item, what=words, at=actor.at)


@command(rules.may_weigh)
def weigh(actor: Actor, option: Option, words: str, is_plus: bool) -> Point:
    """A plus or a minus, as it was said."""
    return Point.objects.create(option=option, words=words, is_plus=is_plus, at=actor.at)


@command(rules.may_decide)
def decide(
    actor: Actor, item: Item, words: str, option: Option | None = None, outcome: str = ""
) -> Item:
    """What people decided; deciding again before the end of the meeting replaces it."""
    item.decision, item.chosen, item.outcome = words, option, outcome
    item.decided_at = actor.at
    item.save(update_fields=["decision", "chosen", "outcome", "decided_at"])
    return item


@command(rules.may_agree)
def agree_on_action(
    actor: Actor,
    item: Item,
    what: str,
    who: Membership | Guardian,
    due: date,
    at_once: bool = False,
) -> Action:
    """Somebody at the table does this by a day (the last one); ``at_once``: it begins right away."""
    mine = {"guardian": who} if isinstance(who, Guardian) else {"owner": who}
    return Action.objects.create(
        item=item,
        what=what,
        due=due,
        begun_at=actor.at if at_once else None,
        at=actor.at,
        **mine,
    )


@command(rules.may_finish)
def finish_action(actor: Actor, action: Action) -> Action:
    action.done_at = actor.at
    action.save(update_fields=["done_at"])
    return action


@command(rules.may_report)
def report_item(actor: Actor, item: Item) -> Item:
    """The municipality reads this point, without a name in it."""
    item.reported = True
    item.save(update_fields=["reported"])
    return item


@dataclass(frozen=True)
class Counts:
    """The meeting was this activity of a running trajectory."""

    trajectory: Trajectory
    activity: str


@command(rules.may_hold)
def hold_meeting(
    actor: Actor,
    meeting: Meeting,
    present: Collection[Seat],
    notes: str = "",
    counts: Sequence[Counts] = (),
) -> Meeting:
    """It took place, with these people: every point comes on the line where it belongs.

    Denied, and nothing is written, when it cannot count for one of the trajectories.
    """
    seats = meeting.seats.all()
    for seat in seats:
        seat.present = seat in present
    Seat.objects.bulk_update(seats, ["present"])
    items = meeting.items.unrestricted(reason=HELD).order_by("number", "pk")
    here = {seat.guardian.child_id for seat in present if seat.guardian}
    entries = [_on_the_line(actor, case, here) for case in _cases(meeting)]
    _to_absent_parties(actor, meeting, entries)
    meeting.notes, meeting.held_at = notes, actor.at
    meeting.entry = _on_the_place(actor, meeting, [each for each in items if not each.case_id])
    meeting.save()
    for each in counts:
        _count(actor, each, [*entries, meeting.entry])
    return meeting


def _to_absent_parties(actor: Actor, meeting: Meeting, entries: Sequence[Entry]) -> None:
    """Whoever was invited from elsewhere and was not there gets the minutes, as far as the parents agree."""
    absent = meeting.seats.filter(present=False, membership__isnull=False)
    for seat in absent.select_related("membership__organisation", "membership__person"):
        who = seat.membership
        for entry in entries:
            if who is None or entry.child is None or entry.organisation_id == who.organisation_id:
                continue
            parcel = Parcel(
                who.organisation,
                who.person.name,
                Way.MINUTES,
                entry,
                Purpose.values,
                among=[entry.pk],
                categories=[entry.category],
            )
            hand_over(actor, entry.child, parcel)


def _cases(meeting: Meeting) -> list[Case]:
    rows = Case.objects.unrestricted(reason=HELD)
    return list(rows.filter(item__meeting=meeting).select_related("item__chosen"))


def _on_the_line(actor: Actor, case: Case, here: Collection[object]) -> Entry:
    """What was asked, decided and agreed; from now on it is a contact, like a talk or a visit."""
    case.text = "\n".join(filter(None, (case.question, *outcome_of(case.item))))
    case.at = min(case.at, actor.at)
    case.save(update_fields=["text", "at"])
    contact = Contact(entry_ptr_id=case.pk, parents_present=case.child_id in here)
    contact.save_base(raw=True, force_insert=True)
    return case.entry_ptr


def outcome_of(item: Item) -> list[str]:
    """The choice, the decision and the actions of an item, each on a line of its own."""
    agreed = item.actions.unrestricted(reason=HELD)
    actions = agreed.select_related("owner__person", "guardian__person").order_by("due", "at")
    told = [f"{each.what} ({each.who.person.name}, {each.due:%d-%m-%Y})" for each in actions]
    return [*filter(None, (str(item.chosen or ""), item.decision)), *(f"- {each}" for each in told)]


def _on_the_place(actor: Actor, meeting: Meeting, items: Sequence[Item]) -> Entry:
    """What was discussed without a name, for whoever works at the place."""
    told = [line for each in items for line in (each.words, *outcome_of(each))]
    return Entry.by(
        actor,
        day=meeting.day,
        location=meeting.location,
        organisation_id=meeting.organisation_id,
        kind=Kind.MEETING,
        category=Category.TALK,
        title=meeting.title,
        text="\n".join(filter(None, (*told, meeting.notes))),
    )


def _count(actor: Actor, counted: Counts, entries: Sequence[Entry]) -> None:
    about = counted.trajectory.child_id
    entry = next((each for each in entries if each.child_id == about), None)
    if entry is not None:
        count_entry(actor, counted.trajectory, counted.activity, entry)
