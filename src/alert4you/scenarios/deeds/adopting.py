"""Adopting a practice, changing it for the own organisation, moving what runs to another version."""

from collections.abc import Mapping
from typing import Any

from alert4you.children.models import Child
from alert4you.organisations.models import Actor, Organisation
from alert4you.practices.commands import changing
from alert4you.practices.commands.adopting import adopt_practice
from alert4you.practices.models import Adoption, Draft, PracticeTemplate
from alert4you.practices.queries.adopting import adoption
from alert4you.practices.queries.changing import own_draft, own_versions, starting_point
from alert4you.practices.rules import drafts, editing
from alert4you.scenarios import finding, kinds
from alert4you.scenarios.sentences import deed
from alert4you.scenarios.world import World
from alert4you.trajectories.commands.moving import move_trajectory
from alert4you.trajectories.queries.moving import target

CHOSEN = kinds.table_of(kinds.NUMBER, says="lines of a choice of the practice and a number")
WORDS = kinds.table_of(kinds.TEXT, says="lines of a key of the language and what it says")


@deed(
    "{who} adopts {practice}",
    may={"chosen": CHOSEN, "seen at": kinds.ORGANISATION},
)
def adopts(
    world: World,
    who: Actor,
    practice: PracticeTemplate,
    chosen: Mapping[str, int] | None = None,
    seen_at: Organisation | None = None,
) -> None:
    """The newest own version, else the library's; `seen at`: as another organisation does, in its version."""
    seen = _adoption(seen_at, practice) if seen_at else None
    own = own_versions(who, practice.slug).first()
    template = seen.template if seen else own or practice
    adopt_practice(who, template, chosen or {}, came_from=seen)


def _adoption(organisation: Organisation, practice: PracticeTemplate) -> Adoption:
    found = adoption(organisation.pk, practice.slug)
    if found is None:
        raise finding.Unfound(f"{organisation} does not work with {practice.slug}")
    return found


@deed("{who} changes {practice}", must={"part": kinds.TEXT, "says": WORDS})
def changes(
    world: World, who: Actor, practice: PracticeTemplate, part: str, says: Mapping[str, str]
) -> None:
    """One part of the own draft, which begins when it is not there yet: `phases/looking`, or `whole`."""
    draft = _draft(who, practice)
    path = _path(part)
    before = editing.own(drafts.tree_of(draft.text), path)
    changing.change_part(who, draft, path, {**before, **says}, editing.mark(before))


@deed("{who} takes out of {practice}", must={"part": kinds.TEXT})
def takes_out(world: World, who: Actor, practice: PracticeTemplate, part: str) -> None:
    """A part of the own draft; what led to it must be repaired then."""
    changing.remove_part(who, _draft(who, practice), _path(part))


@deed("{who} throws away the draft of {practice}")
def throws_away(world: World, who: Actor, practice: PracticeTemplate) -> None:
    changing.discard_draft(who, _draft(who, practice))


@deed("{who} publishes {practice}")
def publishes(world: World, who: Actor, practice: PracticeTemplate) -> None:
    """The draft becomes a next version of the own organisation."""
    changing.publish_draft(who, _draft(who, practice))


def _draft(who: Actor, practice: PracticeTemplate) -> Draft:
    started: Draft = own_draft(who, practice.slug) or changing.begin_draft(
        who, starting_point(who, practice.slug) or practice
    )
    return started


def _path(part: str) -> tuple[str, ...]:
    return () if part == "whole" else tuple(part.split("/"))


@deed(
    "{who} moves {child} to the new version",
    must={"because": kinds.TEXT},
    may={"phase": kinds.TEXT, "in": kinds.PRACTICE},
)
def moves(
    world: World, who: Actor, child: Child, because: str, phase: str = "", **more: Any
) -> None:
    """The version that the organisation works with now; `phase`: where it goes on when it cannot simply."""
    practice = more.get("in_")
    trajectory = finding.followed(world, who, child, practice.slug if practice else "")
    wanted = target(trajectory)
    if wanted is None:
        raise finding.Unfound("there is no other version to move to")
    move_trajectory(who, trajectory, wanted, because, phase)
