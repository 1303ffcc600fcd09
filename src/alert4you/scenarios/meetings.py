"""Finding what a sentence about a meeting refers to, through the eyes of who does something with it."""

from alert4you.children.models import Child
from alert4you.kernel.decision import NotVisible
from alert4you.meetings.models import Action, Item, Meeting, Seat
from alert4you.meetings.queries.lists import meetings, open_actions
from alert4you.organisations.models import Actor, Organisation
from alert4you.scenarios.finding import Unfound
from alert4you.scenarios.world import PROOF, World, plain


def meeting_of(world: World, who: Actor, quote: str) -> Meeting:
    """The newest meeting with these words in its title; NotVisible when it is not for this hat."""
    for each in meetings(who).order_by("-begins"):
        if plain(quote) in plain(each.title):
            return each
    raise _not_seen(world, quote)


def _not_seen(world: World, quote: str) -> Exception:
    there = Meeting.objects.unrestricted(reason=PROOF)
    if any(plain(quote) in plain(each.title) for each in there):
        return NotVisible()
    return Unfound(f"no meeting is called “{quote}”")


def item_of(world: World, who: Actor, quote: str, child: Child) -> Item:
    """What is on the agenda about a child, as far as this hat may know it."""
    about: dict[str, Child | Meeting] = {"case__child": child}
    if quote:
        about["meeting"] = meeting_of(world, who, quote)
    if not Item.objects.unrestricted(reason=PROOF).filter(**about).exists():
        raise Unfound(f"{child} is not on the agenda")
    seen = Item.objects.visible_to(who).filter(**about).select_related("case", "meeting")
    found = seen.order_by("-meeting__begins").first()
    if found is None:
        raise NotVisible
    return found


def nameless(world: World, who: Actor, quote: str) -> Item:
    """A point without a child, of a meeting this hat knows."""
    seen = Item.objects.visible_to(who).filter(case=None, meeting__isnull=False)
    for each in seen.order_by("-at"):
        if plain(quote) in plain(f"{each.theme} {each.words}"):
            return each
    raise Unfound(f"no point says “{quote}”")


def seat_of(meeting: Meeting, party: Organisation) -> Seat:
    found = Seat.objects.filter(meeting=meeting, organisation=party).first()
    if found is None:
        raise Unfound(f"no chair is kept for {party}")
    return found


def action_at(world: World, who: Actor, quote: str) -> Action:
    for each in open_actions(who):
        if plain(quote) in plain(each.what):
            return each
    found = Action.objects.unrestricted(reason=PROOF).filter(what__icontains=quote).first()
    if found is None:
        raise Unfound(f"nobody agreed on “{quote}”")
    return found
