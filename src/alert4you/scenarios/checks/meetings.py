"""Meetings through the eyes of who it names: agenda, chairs, minutes, rhythms, reports, calendars."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from alert4you.children.models import Child
from alert4you.meetings.models import Action, Item, LeftOut, Meeting, Seat, Sort
from alert4you.meetings.queries import agenda
from alert4you.meetings.queries.calendar import calendar
from alert4you.meetings.queries.lists import meetings, open_actions, rhythms, series
from alert4you.meetings.queries.paper import printed
from alert4you.meetings.queries.report import report
from alert4you.meetings.queries.signals import signals as signals_of
from alert4you.meetings.queries.signals import themes
from alert4you.organisations.models import Actor, Organisation
from alert4you.scenarios import kinds
from alert4you.scenarios.deeds.meetings import KIND
from alert4you.scenarios.kinds import one_of, several_of, table_of
from alert4you.scenarios.meetings import meeting_of
from alert4you.scenarios.sentences import check
from alert4you.scenarios.world import PROOF, NotSo, World, plain

WORDS = {"words": kinds.TEXTS}
CHAIR = one_of("`taken` or `empty`", [("taken", True), ("empty", False)])
SORTS = several_of(one_of("`case`, `trend` or `care`", [(each.value, each.value) for each in Sort]))
COUNTS = {name: kinds.NUMBER for name in ("held", "missed", "planned", "to plan")}


@check('{who} sees the meeting "{quote}"', may={"about": kinds.TEXTS, "points": kinds.NUMBER})
def sees(world: World, who: Actor, quote: str, **more: Any) -> None:
    """`about`: exactly these children by name (`nobody` for none); `points`: so many in all."""
    page = agenda.page(who, meeting_of(world, who, quote).pk)
    names = sorted(world.child_name(each.case.child) for each in page.subjects if each.case)
    if "about" in more and names != sorted(each for each in more["about"] if each != "nobody"):
        raise NotSo(", ".join(names) or "nobody")
    if "points" in more and len(page.subjects) != more["points"]:
        raise NotSo(str(len(page.subjects)))


@check('{who} does not see the meeting "{quote}"')
def does_not_see(world: World, who: Actor, quote: str) -> None:
    """The meeting is there."""
    there = Meeting.objects.unrestricted(reason=PROOF)
    if not any(plain(quote) in plain(each.title) for each in there):
        raise NotSo(f"no meeting is called “{quote}”, so this proves nothing")
    if any(plain(quote) in plain(each.title) for each in meetings(who)):
        raise NotSo("it is shown")


@check('the agenda of "{quote}"', must={"sorts": SORTS}, may={"led by": kinds.NAME})
def the_agenda(world: World, quote: str, sorts: Sequence[str], **more: Any) -> None:
    """The sorts of its points in order; `led by` who directs the process."""
    found = _meeting(quote)
    told = [each.sort for each in found.items.unrestricted(reason=PROOF).order_by("number")]
    if told != list(sorts):
        raise NotSo(", ".join(told) or "nothing")
    if "led_by" in more and world.name_of(found.lead) != more["led_by"]:
        raise NotSo(world.name_of(found.lead))


@check('the database keeps {child} out of a trend of "{quote}"')
def kept_out(world: World, child: Child, quote: str) -> None:
    """Whatever a program tries."""
    items = Item.objects.unrestricted(reason=PROOF)
    trend = items.filter(meeting=_meeting(quote), sort=Sort.TREND).first()
    case = items.filter(case__child=child).first()
    if trend is None or case is None:
        raise NotSo("there is no trend, or no point about the child, so this proves nothing")
    try:
        with transaction.atomic():
            items.filter(pk=case.pk).update(case=None)
            items.filter(pk=trend.pk).update(case=case.case_id, words="", theme="")
    except IntegrityError:
        return
    raise NotSo("it was stored")


@check('invited to "{quote}"', must={"people": several_of(kinds.NAME)})
def invited(world: World, quote: str, people: Sequence[str]) -> None:
    """Exactly these people, parents as well."""
    seats = Seat.objects.filter(meeting=_meeting(quote))
    found = sorted(world.name_of(each.person) for each in seats if each.person)
    if found != sorted(people):
        raise NotSo(", ".join(found) or "nobody")


@check("why {person} is not invited is kept", must=WORDS)
def left_out(world: World, person: Any, words: Sequence[str]) -> None:
    """With the ground in law, and who decided it."""
    kept = list(LeftOut.objects.unrestricted(reason=PROOF).filter(guardian__person=person))
    for piece in words:
        if not any(plain(piece) in plain(each.reason) for each in kept):
            raise NotSo("; ".join(each.reason for each in kept) or "nothing")


@check(
    '{who} sees the chair of {organisation} for {child} in "{quote}"',
    must={"is": CHAIR},
    may={"because": kinds.TEXT},
)
def chair(
    world: World, who: Actor, organisation: Organisation, child: Child, quote: str, **more: Any
) -> None:
    """`because` is a piece of why it is empty, as it is shown."""
    page = agenda.page(who, meeting_of(world, who, quote).pk)
    own = [each for each in page.subjects if each.case and each.case.child_id == child.pk]
    chairs = [c for each in own for c in each.chairs if c.seat.party_id == organisation.pk]
    if not chairs:
        raise NotSo("no chair is shown")
    if chairs[0].taken != more["is_"]:
        raise NotSo("taken" if chairs[0].taken else f"empty: {chairs[0].why}")
    if plain(more.get("because", "")) not in plain(chairs[0].why):
        raise NotSo(chairs[0].why)


@check("{who} still has to do", must=WORDS)
def has_to_do(world: World, who: Actor, words: Sequence[str]) -> None:
    """Exactly this was agreed and is open; `nothing` for nothing."""
    found = [each.what for each in open_actions(who)]
    wanted = [each for each in words if each != "nothing"]
    wrong = [each for each in wanted if not any(plain(each) in plain(what) for what in found)]
    if wrong or len(found) != len(wanted):
        raise NotSo("; ".join(found) or "nothing")


@check('"{quote}" has begun at once')
def begun(world: World, quote: str) -> None:
    """What was agreed in a meeting."""
    found = Action.objects.unrestricted(reason=PROOF).filter(what__icontains=quote).first()
    if found is None or found.begun_at is None:
        raise NotSo("nobody agreed on it" if found is None else "not yet")


@check('{who} reads in the minutes of "{quote}"', must=WORDS)
def reads(world: World, who: Actor, quote: str, words: Sequence[str]) -> None:
    """On paper, as it is printed for this reader."""
    paper = _paper(world, who, quote)
    missing = [each for each in words if plain(each) not in paper]
    if missing:
        raise NotSo(f"not there: {'; '.join(missing)}")


@check('{who} does not read in the minutes of "{quote}"', must=WORDS)
def does_not_read(world: World, who: Actor, quote: str, words: Sequence[str]) -> None:
    """Though who leads the meeting does."""
    lead = world.actor(world.name_of(_meeting(quote).lead))
    whole, paper = _paper(world, lead, quote), _paper(world, who, quote)
    for each in words:
        if plain(each) not in whole:
            raise NotSo(f"nobody reads “{each}”, so this proves nothing")
        if plain(each) in paper:
            raise NotSo(f"“{each}” is there")


@check("the rhythm of {who}", must={"kind": KIND}, may=COUNTS)
def rhythm(world: World, who: Actor, kind: str, **more: int) -> None:
    """The own organisation's; `held`, `planned` and `to plan` of this round, `missed` of all."""
    found = next(
        (each for each in rhythms(series(who), who.today) if each.series.kind == kind), None
    )
    if found is None or found.now is None:
        raise NotSo("no such rhythm was agreed on")
    now = found.now
    told = {
        "held": now.held,
        "planned": now.planned,
        "to_plan": now.to_plan,
        "missed": found.missed,
    }
    wrong = {name: told[name] for name, wanted in more.items() if told[name] != wanted}
    if wrong:
        raise NotSo(", ".join(f"{name.replace('_', ' ')} {n}" for name, n in wrong.items()))


@check("{who} reads in the report", must=WORDS)
def reads_report(world: World, who: Actor, words: Sequence[str]) -> None:
    """Points that were passed on to the municipality."""
    told = plain(
        " ".join(f"{each.theme} {each.words} {each.decision}" for each in report(who).points)
    )
    missing = [each for each in words if plain(each) not in told]
    if missing:
        raise NotSo(f"not there: {'; '.join(missing)}")


@check("the report for {who}", must={"kind": KIND}, may={**COUNTS, "children": kinds.TEXT})
def counted(world: World, who: Actor, kind: str, **more: Any) -> None:
    """For one kind of meeting; `children` is a number, or `hidden` when it is too small to show."""
    found = next((each for each in report(who).kinds if each.kind == kind), None)
    if found is None:
        raise NotSo("nothing of that kind is in it")
    shown = "hidden" if found.children is None else str(found.children)
    told = {"held": found.held, "missed": found.missed, "children": shown}
    for name, wanted in more.items():
        if told.get(name) != wanted:
            raise NotSo(f"{name} {told.get(name)}")


@check("nobody is named in the report for {who}")
def nobody_named(world: World, who: Actor) -> None:
    """No child of the story, in any word of it."""
    told = plain(
        " ".join(f"{each.theme} {each.words} {each.decision}" for each in report(who).points)
    )
    named = [str(each) for each in world.children.values() if plain(each) in told.split()]
    if named:
        raise NotSo(", ".join(named))


@check(
    "the signals of {who}",
    must={"themes": table_of(kinds.NUMBER, says="lines of a theme and at how many places")},
)
def signals(world: World, who: Actor, **more: Any) -> None:
    """Exactly these, without a training yet."""
    wanted: Mapping[str, int] = more["themes"]
    found = {each.name.casefold(): len(each.places) for each in themes(signals_of(who))}
    if found != {name.casefold(): number for name, number in wanted.items()}:
        raise NotSo(str(found))


@check("no child is in the signals of {who}")
def nameless_signals(world: World, who: Actor) -> None:
    found = list(signals_of(who))
    if not found:
        raise NotSo("there are no signals, so this proves nothing")
    words = plain(" ".join(f"{each.theme} {each.words}" for each in found)).split()
    named = [str(each) for each in world.children.values() if plain(each) in words]
    if named or any(each.case_id for each in found):
        raise NotSo(", ".join(named) or "a child")


@check("the calendar of {who}", must={"meetings": kinds.NUMBER})
def in_calendar(world: World, who: Actor, **more: Any) -> None:
    """So many, and nothing else than when and where."""
    text = calendar(who, "nl").decode()
    number = text.count("BEGIN:VEVENT")
    if number != more["meetings"]:
        raise NotSo(str(number))
    named = [str(each) for each in world.children.values() if str(each) in text]
    if named:
        raise NotSo(f"{', '.join(named)} in the calendar")


def _meeting(quote: str) -> Meeting:
    rows = Meeting.objects.unrestricted(reason=PROOF).order_by("-begins")
    for each in rows:
        if plain(quote) in plain(each.title):
            return each
    raise NotSo(f"no meeting is called “{quote}”")


def _paper(world: World, who: Actor, quote: str) -> str:
    page = agenda.minutes(who, meeting_of(world, who, quote).pk)
    return plain(printed(page, who.today))
