"""Who knows a child, and who sees what was written. "Does not see" proves first that it is there."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from alert4you.access.models import Entry
from alert4you.access.queries.line import (
    care_team,
    children,
    guardians,
    line,
    placements,
)
from alert4you.access.queries.trail import who_looked
from alert4you.children.models import Child, Guardian, Placement
from alert4you.coaching.queries.contacts import group_entries
from alert4you.organisations.models import Actor, Group, Membership, Role
from alert4you.scenarios import kinds
from alert4you.scenarios.sentences import check
from alert4you.scenarios.world import PROOF, NotSo, World, says

WORDS = {"words": kinds.TEXTS}


@check("{who} knows {child}")
def knows(world: World, who: Actor, child: Child) -> None:
    """By name; not yet what is written."""
    if child not in children(who):
        raise NotSo(f"{child} is not among the children this person may know")


@check("{who} does not know {child}")
def does_not_know(world: World, who: Actor, child: Child) -> None:
    if child in children(who):
        raise NotSo(f"{child} is among the children this person may know")


@check("{who} sees about {child}", must=WORDS)
def sees(world: World, who: Actor, child: Child, words: Sequence[str]) -> None:
    """On the line of the child."""
    _all_there(words, line(who, child))


@check("{who} does not see about {child}", must=WORDS)
def does_not_see(world: World, who: Actor, child: Child, words: Sequence[str]) -> None:
    """The words do stand on the line of the child."""
    _none_there(world, words, line(who, child), child=child)


@check("{who} sees nothing about {child}")
def sees_nothing(world: World, who: Actor, child: Child) -> None:
    """Though something is written on its line."""
    if not Entry.objects.unrestricted(reason=PROOF).filter(child=child).exists():
        raise NotSo(f"nothing was written about {child} yet, so this proves nothing")
    shown = list(line(who, child))
    if shown:
        raise NotSo(_listed(shown))


@check("{who} sees about the group {group}", must=WORDS)
def sees_about_group(world: World, who: Actor, group: Group, words: Sequence[str]) -> None:
    _all_there(words, group_entries(who).filter(location=group.location))


@check("{who} does not see about the group {group}", must=WORDS)
def does_not_see_about_group(world: World, who: Actor, group: Group, words: Sequence[str]) -> None:
    _none_there(world, words, group_entries(who), child=None, location=group.location)


@check('no child is in "{quote}"')
def no_child_in(world: World, quote: str) -> None:
    """Everything in which these words stand is without a child."""
    found = world.written(quote)
    if not found:
        raise NotSo(f"nobody wrote “{quote}”")
    about = sorted({str(each.child) for each in found if each.child_id})
    if about:
        raise NotSo(f"it is about {', '.join(about)}")


@check("{who} looked at the line of {child}, and {person} sees it")
def looked(world: World, who: Actor, child: Child, person: Any) -> None:
    """A parent sees who looked."""
    shown = [each.person for each in who_looked(world.actor(world.name_of(person)), [child])]
    name = world.person(world.name_of(_hat(who))).name
    if name not in shown:
        raise NotSo(f"the parents see: {', '.join(shown) or 'nobody'}")


@check("the team of {child}", must={"people": kinds.several_of(kinds.NAME)})
def team(world: World, child: Child, people: Sequence[str]) -> None:
    """Exactly these people work with the child now, as its parents see it."""
    parents = replace(world.nobody, role=Role.PARENT)
    found = sorted({world.name_of(each.membership) for each in care_team(parents, child)})
    if found != sorted(people):
        raise NotSo(", ".join(found) or "nobody")


@check(
    "the guardians of {child}",
    must={"people": kinds.table_of(kinds.AUTHORITY, kinds.NAME)},
)
def who_decides(world: World, child: Child, people: dict[str, bool]) -> None:
    """Exactly these people, each with `authority` or `no authority`."""
    rows: Iterable[Guardian] = guardians(world.nobody, child)
    found = {world.name_of(each.person): each.has_authority for each in rows}
    if found != people:
        raise NotSo(
            ", ".join(
                f"{name}: {'authority' if decides else 'no authority'}"
                for name, decides in found.items()
            )
        )


@check("{child} is today on", must={"groups": kinds.TEXTS})
def placed(world: World, child: Child, groups: Sequence[str]) -> None:
    """On exactly these groups on this weekday; `nowhere` for none."""
    rows = Placement.objects.unrestricted(reason=PROOF).on(world.today)
    here = rows.filter(child=child, days__weekday=world.today.weekday()).distinct()
    found = sorted(world.name_of(each.group) for each in here.select_related("group"))
    if found != sorted(each for each in groups if each != "nowhere"):
        raise NotSo(", ".join(found) or "nowhere")


@check(
    "the place of {child} on {group}",
    must={"basis": kinds.BASIS},
    may={"until": kinds.END, "parts": kinds.several_of(kinds.PART)},
)
def place(world: World, child: Child, group: Group, basis: str, **more: Any) -> None:
    """One that runs today on this basis; `until` is the first day it is over, or `no end`."""
    rows = Placement.objects.unrestricted(reason=PROOF).on(world.today)
    found = rows.filter(child=child, group=group, basis=basis).order_by("starts").last()
    if found is None:
        running = rows.filter(child=child, group=group).values_list("basis", flat=True)
        raise NotSo(", ".join(running) or "no place there today")
    if "until" in more and found.ends != more["until"]:
        raise NotSo(f"until {found.ends or 'no end'}")
    parts = sorted({day.part for day in found.days.all()})
    if "parts" in more and parts != sorted(more["parts"]):
        raise NotSo(", ".join(parts))


@check("{who} sees the places of {child}", must={"groups": kinds.TEXTS})
def sees_places(world: World, who: Actor, child: Child, groups: Sequence[str]) -> None:
    """Exactly these, past ones and planned ones too; `none` for none."""
    found = sorted({world.name_of(each.group) for each in placements(who, child)})
    if found != sorted(each for each in groups if each != "none"):
        raise NotSo(", ".join(found) or "none")


@check(
    "count of {kind} about {child}",
    must={"number": kinds.NUMBER},
    may={"by": kinds.PERSON},
)
def count(world: World, kind: str, child: Child, number: int, by: Any = None) -> None:
    """So many entries of this kind are on the line, whoever may see them."""
    rows = Entry.objects.unrestricted(reason=PROOF).filter(child=child, kind=kind)
    found = rows.filter(author=by).count() if by else rows.count()
    if found != number:
        raise NotSo(str(found))


def _hat(actor: Actor) -> Membership | None:
    return Membership.objects.filter(pk=actor.membership_id).first()


def _all_there(words: Sequence[str], rows: Iterable[Entry]) -> None:
    shown = list(rows)
    for quote in words:
        if not any(says(each, quote) for each in shown):
            raise NotSo(f"“{quote}” is not there. {_listed(shown)}")


def _none_there(world: World, words: Sequence[str], rows: Iterable[Entry], **about: object) -> None:
    shown = list(rows)
    for quote in words:
        if not world.written(quote, **about):
            raise NotSo(f"nobody wrote “{quote}” there, so this proves nothing")
        for each in shown:
            if says(each, quote):
                raise NotSo(f"it is shown: “{each.text}”")


def _listed(rows: Sequence[Entry], most: int = 5) -> str:
    if not rows:
        return "Nothing is shown."
    words = "; ".join(
        f"“{' '.join((each.text or str(each)).split())[:60]}”" for each in rows[:most]
    )
    return f"Shown are {len(rows)}, the newest first: {words}"
