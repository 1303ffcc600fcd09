"""Meetings: planning and inviting, what happens at the table, rhythms, signals and trainings."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from alert4you.children.models import Child, Guardian
from alert4you.meetings.commands import planning, signals, table
from alert4you.meetings.models import (
    Ground,
    Item,
    Meeting,
    MeetingKind,
    Option,
    Outcome,
    Per,
    Sort,
)
from alert4you.meetings.queries.lists import series as series_of
from alert4you.meetings.queries.signals import signals as signals_of
from alert4you.meetings.queries.signals import themes
from alert4you.meetings.rules.planning import Reason, Terms, Topic, must_be_invited
from alert4you.organisations.models import Actor, Location, Membership, Organisation
from alert4you.organisations.queries import membership_of
from alert4you.scenarios import finding, kinds
from alert4you.scenarios.kinds import one_of, record_of, several_of
from alert4you.scenarios.meetings import action_at, item_of, meeting_of, nameless, seat_of
from alert4you.scenarios.sentences import deed
from alert4you.scenarios.world import World
from alert4you.trajectories.queries.caseload import case

AN_HOUR = timedelta(hours=1)
USUAL = time(15)
KIND = one_of("a kind of meeting", [(e.value.replace("_", " "), e.value) for e in MeetingKind])
SORT = one_of("`trend`, `care` or `case` (without a name)", [(e.value, e.value) for e in Sort])
OUTCOME = one_of(
    "`watch`, `tip` or `next step`", [(e.value.replace("_", " "), e.value) for e in Outcome]
)
GROUND = one_of("`danger`, `court` or `other`", [(e.value, e.value) for e in Ground])
PER = one_of("`year` or `weeks`", [(e.value, e.value) for e in Per])
POINT = record_of(
    "lines of `sort` and `words`", {"sort": SORT, "words": kinds.TEXT}, {"theme": kinds.TEXT}
)
LEFT_OUT = record_of(
    "lines of `who`, `ground` and `reason`",
    {"who": kinds.NAME, "ground": GROUND, "reason": kinds.TEXT},
    {},
)
WHEN = {"on": kinds.CLOCK}
SETTING = {
    "kind": KIND,
    "title": kinds.TEXT,
    "people": several_of(kinds.HAT),
    "place": kinds.TEXT,
    "at location": kinds.LOCATION,
    "lead": kinds.HAT,
    "rhythm": kinds.FLAG,
}
ABOUT = {
    "parents": several_of(kinds.PERSON),
    "not invited": several_of(LEFT_OUT),
    "category": kinds.CATEGORY,
}


@deed(
    "{who} plans a meeting about {child}",
    must={"question": kinds.TEXT, **WHEN},
    may={**SETTING, **ABOUT},
)
def plans_about(
    world: World, who: Actor, child: Child, question: str, on: Any, **more: Any
) -> None:
    """All parents with authority are invited, unless `parents` names them; `not invited` says on
    which ground in law.
    """
    _plan(world, who, on, [_topic(world, child, question, **more)], **more)


@deed("{who} plans a meeting", must={"points": several_of(POINT), **WHEN}, may=SETTING)
def plans(
    world: World, who: Actor, points: Sequence[Mapping[str, str]], on: Any, **more: Any
) -> None:
    """About trends, about care, or about a child without a name."""
    _plan(world, who, on, [_point(each) for each in points], **more)


@deed('{who} puts {child} on the agenda of "{quote}"', must={"question": kinds.TEXT}, may=ABOUT)
def puts_child(
    world: World, who: Actor, child: Child, quote: str, question: str, **more: Any
) -> None:
    """The quote is a piece of the title of a meeting."""
    found = meeting_of(world, who, quote)
    planning.put_on_agenda(who, found, _topic(world, child, question, **more))


@deed('{who} puts a {choice} about {child} on the agenda of "{quote}"', must={"words": kinds.TEXT})
def puts_trend_about(
    world: World, who: Actor, choice: str, child: Child, quote: str, words: str
) -> None:
    """What must never go: a `trend`, or `care`, with a child in it."""
    topic = Topic(choice, words, child, guardians=must_be_invited(child, who.today))
    planning.put_on_agenda(who, meeting_of(world, who, quote), topic)


@deed('{who} puts on the agenda of "{quote}"', must={"points": several_of(POINT)})
def puts(world: World, who: Actor, quote: str, points: Sequence[Mapping[str, str]]) -> None:
    """Points without a child."""
    for each in points:
        planning.put_on_agenda(who, meeting_of(world, who, quote), _point(each))


@deed('{who} invites {other} to "{quote}"')
def invites(world: World, who: Actor, other: Membership, quote: str) -> None:
    planning.invite(who, meeting_of(world, who, quote), other)


@deed('{who} keeps a chair for {organisation} at "{quote}"', may={"task": kinds.TEXT})
def keeps_chair(
    world: World, who: Actor, organisation: Organisation, quote: str, task: str = ""
) -> None:
    """It stays empty until the parents agree; `task` is who is needed from there."""
    planning.keep_chair(who, meeting_of(world, who, quote), organisation, task)


@deed('{who} gives {other} the empty chair at "{quote}"')
def gives_chair(world: World, who: Actor, other: Membership, quote: str) -> None:
    """The chair of the organisation of this colleague."""
    found = meeting_of(world, who, quote)
    planning.invite(who, found, other, seat_of(found, other.organisation))


@deed('{who} moves the meeting "{quote}"', must={"to": kinds.CLOCK})
def moves(world: World, who: Actor, quote: str, to: Any) -> None:
    found = meeting_of(world, who, quote)
    begins = _begins(world, to)
    planning.move_meeting(who, found, begins, begins + AN_HOUR, found.place)


@deed('{who} cancels the meeting "{quote}"', must={"reason": kinds.TEXT})
def cancels(world: World, who: Actor, quote: str, reason: str) -> None:
    planning.cancel_meeting(who, meeting_of(world, who, quote), reason)


@deed('{who} says about {child} for "{quote}"', must={"words": kinds.TEXT})
def says(world: World, who: Actor, child: Child, quote: str, words: str) -> None:
    """A parent, in own words, before the meeting or in it."""
    guardian = Guardian.objects.get(child=child, person=who.person_id, ends=None)
    table.speak(who, item_of(world, who, quote, child), words, guardian)


@deed(
    '{who} names an option for {child} in "{quote}"',
    must={"option": kinds.TEXT},
    may={"for": several_of(kinds.TEXT), "against": several_of(kinds.TEXT)},
)
def names_option(
    world: World, who: Actor, child: Child, quote: str, option: str, **more: Any
) -> None:
    """With the pluses and minuses that are heard at once."""
    found = table.name_option(who, item_of(world, who, quote, child), option)
    for words in more.get("for_", ()):
        table.weigh(who, found, words, True)
    for words in more.get("against", ()):
        table.weigh(who, found, words, False)


def _option(who: Actor, item: Item, quote: str) -> Option:
    return Option.objects.visible_to(who).get(item=item, what__icontains=quote)


@deed(
    '{who} hears of the option "{quote}" for {child}',
    may={"for": several_of(kinds.TEXT), "against": several_of(kinds.TEXT)},
)
def hears(world: World, who: Actor, quote: str, child: Child, **more: Any) -> None:
    """One more plus or minus of an option that was named."""
    found = item_of(world, who, "", child)
    option = _option(who, found, quote)
    for words in more.get("for_", ()):
        table.weigh(who, option, words, True)
    for words in more.get("against", ()):
        table.weigh(who, option, words, False)


@deed(
    '{who} chooses for {child} in "{quote}"',
    must={"words": kinds.TEXT},
    may={"option": kinds.TEXT, "outcome": OUTCOME},
)
def chooses(world: World, who: Actor, child: Child, quote: str, words: str, **more: Any) -> None:
    """A decision about a child; `option` is a piece of one that was named."""
    found = item_of(world, who, quote, child)
    wanted = more.get("option")
    option = _option(who, found, wanted) if wanted else None
    table.decide(who, found, words, option, more.get("outcome", ""))


@deed('{who} chooses about "{quote}"', must={"words": kinds.TEXT}, may={"outcome": OUTCOME})
def chooses_about(world: World, who: Actor, quote: str, words: str, outcome: str = "") -> None:
    """A decision about a point without a child; the quote is a piece of it."""
    table.decide(who, nameless(world, who, quote), words, None, outcome)


@deed(
    '{who} agrees for {child} in "{quote}"',
    must={"what": kinds.TEXT, "by": kinds.PERSON, "before": kinds.DAY},
    may={"at once": kinds.FLAG},
)
def agrees(
    world: World, who: Actor, child: Child, quote: str, what: str, by: Any, **more: Any
) -> None:
    """Somebody does something by a day; a parent as well as a colleague."""
    found = item_of(world, who, quote, child)
    owner = Guardian.objects.filter(child=child, person=by, ends=None).first()
    doer = owner or world.hat(world.name_of(by))
    table.agree_on_action(who, found, what, doer, more["before"], more.get("at_once", False))


@deed('{who} has done "{quote}"')
def has_done(world: World, who: Actor, quote: str) -> None:
    """The quote is a piece of what was agreed."""
    table.finish_action(who, action_at(world, who, quote))


@deed(
    '{who} holds the meeting "{quote}"',
    must={"present": several_of(kinds.PERSON)},
    may={"notes": kinds.TEXT, "counts as": kinds.TEXT, "for child": kinds.CHILD},
)
def holds(world: World, who: Actor, quote: str, present: Sequence[Any], **more: Any) -> None:
    """`counts as`: the activity of the practice that runs for `for child`, or at the place."""
    found = meeting_of(world, who, quote)
    here = [each for each in found.seats.all() if each.person in present]
    counts = _counts(world, who, found, **more)
    table.hold_meeting(who, found, here, more.get("notes", ""), counts)


@deed('{who} passes "{quote}" on to the municipality')
def passes_on(world: World, who: Actor, quote: str) -> None:
    """A point without a child."""
    table.report_item(who, nameless(world, who, quote))


@deed(
    "{who} agrees on a rhythm for {location}",
    must={"kind": KIND, "number": kinds.NUMBER, "per": PER},
    may={"from": kinds.DAY},
)
def sets_rhythm(world: World, who: Actor, location: Location, **more: Any) -> None:
    """So many times a `year`, or every so many `weeks`."""
    starts = more.get("from_", who.today)
    planning.set_rhythm(who, more["kind"], location, more["number"], more["per"], starts)


@deed("{who} notices at {location}", must={"words": kinds.TEXT, "theme": kinds.TEXT})
def notices(world: World, who: Actor, location: Location, words: str, theme: str) -> None:
    """A signal without a name; signals with the same theme come together."""
    signals.write_signal(who, location, theme, words)


@deed(
    '{who} makes a training of "{quote}"',
    must={"what": kinds.TEXT, "by": kinds.HAT, "before": kinds.DAY},
)
def trains(world: World, who: Actor, quote: str, what: str, by: Membership, before: date) -> None:
    """The quote is the theme."""
    found = next((e for e in themes(signals_of(who)) if e.key == quote.casefold()), None)
    if found is None:
        raise finding.Unfound(f"there is no signal “{quote}”")
    signals.arrange_training(who, found.signals, what, by, before)


def _plan(world: World, who: Actor, on: Any, topics: Sequence[Topic], **more: Any) -> Meeting:
    kind = more.get("kind", MeetingKind.CONFERENCE)
    begins = _begins(world, on)
    terms = Terms(
        kind,
        more.get("title", str(MeetingKind(kind).label)),
        begins,
        begins + AN_HOUR,
        more.get("lead") or membership_of(who),
        more.get("at_location") or _place(topics, world),
        more.get("place", ""),
    )
    series = series_of(who).filter(kind=kind).first() if more.get("rhythm") else None
    return planning.plan_meeting(who, terms, more.get("people", ()), topics, series)


def _place(topics: Sequence[Topic], world: World) -> Location | None:
    for topic in topics:
        for group in world.groups.values():
            if topic.child and topic.child.placements.unrestricted(reason="story").filter(
                group=group
            ):
                return group.location
    return None


def _begins(world: World, when: Any) -> datetime:
    hour = when.at or USUAL
    return timezone.make_aware(datetime.combine(world.day(when), hour))


def _point(told: Mapping[str, str]) -> Topic:
    return Topic(told["sort"], told["words"], theme=told.get("theme", ""))


def _topic(world: World, child: Child, question: str, **more: Any) -> Topic:
    everybody = {each.person_id: each for each in must_be_invited(child, world.today)}
    people = more.get("parents")
    left_out = {
        everybody[world.person(each["who"]).pk]: Reason(each["ground"], each["reason"])
        for each in more.get("not_invited", ())
    }
    invited = [
        each
        for each in everybody.values()
        if each not in left_out and (people is None or each.person in people)
    ]
    category = more.get("category", "development")
    return Topic(Sort.CASE, question, child, category, invited, left_out)


def _counts(world: World, who: Actor, found: Meeting, **more: Any) -> list[table.Counts]:
    if "counts_as" not in more:
        return []
    about: Any = more.get("for_child") or found.location
    trajectory = finding.followed(world, who, about, "")
    return [table.Counts(case(who, trajectory.pk).trajectory, more["counts_as"])]
