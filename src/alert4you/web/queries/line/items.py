"""What stands on the line: entries, and the quiet moments between them, as a reader sees them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from django.db.models import DateField, DateTimeField, QuerySet, UUIDField, Value
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from alert4you.access.models import Category, Entry, Kind, LineEntry
from alert4you.access.queries.agreement import Moment
from alert4you.access.rules.relations import Ties, may_hold_with
from alert4you.children.models import Child
from alert4you.coaching.models import ChildQuestion, Contact, TalkPreparation
from alert4you.kernel.clock import noon
from alert4you.meetings.models import Case
from alert4you.notes.queries import has_photo
from alert4you.organisations.models import Actor, Role
from alert4you.trajectories.models import Decision, Plan
from alert4you.ui.addresses import address
from alert4you.ui.dates import as_day, plain_date
from alert4you.web.queries.line.rows import (
    PLACE,
    Beside,
    Row,
    all_preparations,
    contacts,
    of_same,
    remarks,
)
from alert4you.wellbeing.models import Rating

Text = str | Promise
Badge = tuple[str, str, str]

LOOK = {
    # kind: (look on the line, icon, lane in the picture)
    Kind.NOTE: ("note", "note", "note"),
    Kind.PARENT_WORDS: ("parents", "heart", "talk"),
    Kind.QUESTION: ("question", "question", "question"),
    Kind.CHILD_QUESTION: ("question", "question", "question"),
    Kind.ADVICE: ("observation", "star", "question"),
    Kind.VISIT: ("observation", "eye", "look"),
    Kind.OBSERVATION: ("observation", "eye", "look"),
    Kind.SESSION: ("observation", "hand", "look"),
    Kind.COACHING: ("observation", "coach", "look"),
    Kind.TALK: ("talk", "talk", "talk"),
    Kind.MEETING: ("talk", "people", "talk"),
    Kind.PLACEMENT: ("quiet", "home", "plan"),
    Kind.TRAJECTORY: ("plan", "route", "plan"),
    Kind.PLAN: ("plan", "plan", "plan"),
    Kind.DECISION: ("decision", "decision", "plan"),
    Kind.INVOLVED: ("plan", "hand", "plan"),
    Kind.CARRIED: ("talk", "share", "talk"),
    Kind.CARD: ("observation", "heart", "note"),
    Kind.PERMISSION: ("plan", "check", "plan"),
    Kind.INCIDENT: ("decision", "warning", "note"),
    Kind.LEAVING: ("quiet", "leaf", "plan"),
    Kind.TAKE_OVER: ("observation", "coach", "look"),
    Kind.INDICATION: ("plan", "flag", "plan"),
    Kind.REFERRAL: ("plan", "arrow", "plan"),
    Kind.UNMET_NEED: ("decision", "warning", "plan"),
    Kind.RATING: ("observation", "sun", "look"),
    Kind.VIEW: ("observation", "eye", "look"),
    Kind.NOTICE: ("question", "search", "look"),
    Kind.MONEY: ("plan", "flag", "plan"),
    Kind.APPLICATION: ("plan", "plan", "plan"),
}
PAGE_OF_CHILD = {
    Kind.CARD: "notes:helps",
    Kind.PERMISSION: "notes:helps",
    Kind.INDICATION: "trajectories:indications",
    Kind.RATING: "wellbeing:child",
    Kind.VIEW: "wellbeing:child",
    Kind.NOTICE: "wellbeing:child",
}
OWN_PAGE = {
    Kind.TRAJECTORY: "trajectories:trajectory",
    Kind.INCIDENT: "notes:incident",
    Kind.CARRIED: "notes:carried",
    Kind.PARENT_WORDS: "notes:told",  # by the hand of staff; their own words need no page
    Kind.REFERRAL: "referrals:referral",
    Kind.UNMET_NEED: "referrals:need",
    Kind.MONEY: "funding:line",
    Kind.APPLICATION: "funding:folder",
}
HOLD_WORTHY = {Category.DEVELOPMENT, Category.CARE, Category.TALK}


@dataclass(frozen=True)
class Item:
    """One thing on the line; ``url``: its own page; ``older``: a plan with a newer one above it.

    ``photo``: the address of its picture, as long as that may be seen.
    """

    at: datetime
    day: date
    look: str
    icon: str
    what: Text
    words: str = ""
    points: tuple[str, ...] = ()
    who: str = ""
    task: str = ""
    badges: tuple[Badge, ...] = ()
    url: str = ""
    hold_url: str = ""
    why_url: str = ""
    moment: Moment | None = None
    beside: Sequence[Beside] = ()
    older: bool = False
    photo: str = ""


@dataclass
class Month:
    first: date
    items: list[Item] = field(default_factory=list)


def by_month(items: Iterable[Item]) -> list[Month]:
    """Newest first, under their month."""
    months: list[Month] = []
    for item in sorted(items, key=lambda each: each.at, reverse=True):
        first = item.day.replace(day=1)
        if not months or months[-1].first != first:
            months.append(Month(first))
        months[-1].items.append(item)
    return months


@dataclass(frozen=True)
class Extended:
    """Whether something on a line is more than words. The wall costs as much for each table that is asked,
    so one is asked only where an entry may stand in it.
    """

    by_trajectories: bool
    by_rating: bool
    by_coaching: bool
    by_meetings: bool

    @classmethod
    def among(cls, kinds: Collection[str]) -> Self:
        return cls(*(any(set(model.kinds) & set(kinds) for model in of) for of in EXTENDING))


EXTENDING: tuple[tuple[type[LineEntry], ...], ...] = (
    (Plan, Decision),
    (Rating,),
    (TalkPreparation, Contact, ChildQuestion),
    (Case,),
)


def with_columns(actor: Actor, entries: QuerySet[Entry], extended: Extended) -> QuerySet[Any]:
    """Entries with what their kinds tell: the plan, the decision, the talk, the question, the date."""
    asked = ChildQuestion.objects.alongside(reason="column beside an entry")
    nothing = Value(None, DateField())
    told: dict[str, Any] = {"has_photo": has_photo(actor), "remarks": remarks()}
    told |= dict.fromkeys(("prepared_for", "again", "asked", "meeting", "cancelled"), nothing)
    if extended.by_coaching:
        told["prepared_for"] = of_same(all_preparations(), "planned_on")
        told["again"] = of_same(contacts(), "next_on")
        told["asked"] = of_same(asked, "question", UUIDField())
    if extended.by_meetings:
        told["meeting"] = of_same(cases(), "item__meeting", UUIDField())
        told["cancelled"] = of_same(cases(), "item__meeting__cancelled_at", DateTimeField())
    if extended.by_trajectories:
        entries = entries.select_related("as_plan", "as_decision")
    if extended.by_rating:
        entries = entries.select_related("as_rating")
    return entries.annotate(**told)


def cases() -> QuerySet[Case]:
    """What is discussed in meetings; for columns beside an entry the reader may see."""
    return Case.objects.alongside(reason="column beside an entry")


def is_preparation(entry: Any) -> bool:
    return entry.prepared_for is not None


def _is_plan(entry: Any) -> bool:
    return entry.kind == Kind.PLAN and hasattr(entry, "as_plan")


def _is_decision(entry: Any) -> bool:
    return entry.kind == Kind.DECISION and hasattr(entry, "as_decision")


def older_plans(newest_first: Iterable[Any]) -> set[UUID]:
    """Plans that a newer one of the same trajectory replaced, further up the page."""
    seen: set[UUID] = set()
    older = set()
    for entry in newest_first:
        if _is_plan(entry):
            of = entry.as_plan.trajectory_id
            if of in seen:
                older.add(entry.pk)
            seen.add(of)
    return older


def of_entry(
    actor: Actor, held: Ties, entry: Any, beside: Sequence[Beside] = (), older: bool = False
) -> Item:
    look, icon, _lane = LOOK[Kind(entry.kind)]
    prepared = is_preparation(entry)
    what: Text = entry.title or Kind(entry.kind).label.capitalize()
    if prepared:
        look, what = "quiet", _("A talk with the parents is prepared")
    elif entry.at > actor.at:
        look = "next"
    hold = may_hold_with(actor, entry, held) and entry.category in HOLD_WORTHY
    return Item(
        entry.at,
        entry.day,
        look,
        icon,
        what,
        "" if prepared else entry.text,
        _points(actor, entry),
        entry.author.name,
        _task(entry),
        tuple(_badges(actor, entry)),
        _url(actor, entry),
        address("access:hold", entry.pk) if hold and not entry.hold_until else "",
        address("access:why", entry.pk),
        beside=beside,
        older=older,
        photo=address("notes:photo", entry.pk) if entry.has_photo else "",
    )


def of_moment(moment: Moment) -> Item:
    """Something that was asked or answered about sharing."""
    return Item(moment.at, as_day(moment.at), "quiet", "share", "", moment=moment)


def of_places(child: Child, rows: Sequence[Row], today: date) -> list[Item]:
    """A place that began or ended, for the days that have come."""
    told = []
    for row in {each.ref: each for each in rows if each.what == PLACE}.values():
        named = {"child": child, "group": row.name, "location": row.more}
        if row.starts and row.starts <= today:
            words = _("%(child)s came to the group %(group)s of %(location)s.") % named
            told.append(_quiet(row.starts, "home", words))
        if row.ends and row.ends <= today:
            words = _("%(child)s left the group %(group)s of %(location)s.") % named
            told.append(_quiet(row.ends, "home", words))
    return told


def _quiet(day: date, icon: str, words: str) -> Item:
    return Item(noon(day), day, "quiet", icon, words)


def _task(entry: Entry) -> str:
    """What the author does, with the organisation for whoever comes from elsewhere."""
    hat = entry.hat
    if hat is None or hat.organisation_id == entry.organisation_id:
        return entry.author_task
    return f"{entry.author_task}, {hat.organisation}"


def _points(actor: Actor, entry: Any) -> tuple[str, ...]:
    """The goals of a plan, how it is going, the date that a decision or a contact agreed on."""
    if entry.kind == Kind.RATING and hasattr(entry, "as_rating"):
        return entry.as_rating.in_words
    if _is_plan(entry):
        return tuple(goal["goal"] for goal in entry.as_plan.goals)
    again = entry.as_decision.next_on if _is_decision(entry) else entry.again
    if again is None:
        return ()
    return (_("We look at it again %(day)s.") % {"day": plain_date(again, actor.today)},)


def _badges(actor: Actor, entry: Any) -> Iterable[Badge]:
    if entry.cancelled:
        yield _("Does not go ahead"), "stop", "cross"
    if entry.must_know:
        yield _("For everybody on the group"), "attention", "star"
    if actor.is_parent:
        return
    if entry.internal:
        yield _("Only for us"), "calm", "lock"
    elif entry.hold_until and entry.hold_until > actor.at:
        day = plain_date(entry.hold_until)
        yield _("Parents can read it from %(day)s on") % {"day": day}, "attention", "pause"
    elif entry.category != Category.SAFETY:
        yield _("Parents read along"), "good", "parents"


def _url(actor: Actor, entry: Any) -> str:
    """The page of what has one: a trajectory, its plan, a meeting, a prepared talk, a question."""
    if entry.meeting:
        return address("meetings:meeting", entry.meeting)
    if _is_plan(entry):
        return address("trajectories:plan", entry.as_plan.trajectory_id)
    if _is_decision(entry):
        return address("trajectories:trajectory", entry.as_decision.trajectory_id)
    if entry.kind in OWN_PAGE and (entry.kind != Kind.PARENT_WORDS or entry.hat):
        return address(OWN_PAGE[entry.kind], entry.pk)
    if entry.kind in PAGE_OF_CHILD:
        return address(PAGE_OF_CHILD[entry.kind], entry.child_id)
    return "" if actor.is_parent else _url_of_staff(actor, entry)


def _url_of_staff(actor: Actor, entry: Any) -> str:
    if is_preparation(entry):
        return address("coaching:talk", entry.pk)
    answers = actor.organisation_id == entry.organisation_id or actor.role == Role.COACH
    return address("coaching:question", entry.asked) if entry.asked and answers else ""
