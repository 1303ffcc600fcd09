"""With which version people work, what would change, and from whom to whom a practice went."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import override

from alert4you.children.models import Child
from alert4you.organisations.models import Actor, Organisation
from alert4you.practices.models import PracticeTemplate
from alert4you.practices.queries.adopting import adopters, adoption
from alert4you.scenarios import finding, kinds
from alert4you.scenarios.sentences import check
from alert4you.scenarios.world import NotSo, World, plain
from alert4you.trajectories.queries.moving import preview_of, target

IN = {"in": kinds.PRACTICE}
VERSION = {"version": kinds.NUMBER}
OF = {"of": kinds.ORGANISATION}
CHOSEN = kinds.table_of(kinds.NUMBER, says="lines of a choice of the practice and a number")
SPREAD = kinds.several_of(
    kinds.record_of(
        "lines of `organisation`, and perhaps `seen at` and `changed`",
        {"organisation": kinds.TEXT},
        {"seen at": kinds.TEXT, "changed": kinds.FLAG},
    )
)


@check("{who} works with {practice}", must=VERSION, may={**OF, "chosen": CHOSEN})
def works_with(
    world: World, who: Actor, practice: PracticeTemplate, version: int, **more: Any
) -> None:
    """Its organisation does, in this version; `of`: whose version (else the library's)."""
    here = adoption(who.organisation_id, practice.slug)
    if here is None:
        raise NotSo("this practice was not adopted")
    _same_version(here.template, version, more.get("of"))
    if more.get("chosen", here.chosen) != here.chosen:
        raise NotSo(f"chosen: {here.chosen}")


def _same_version(found: PracticeTemplate, version: int, owner: Organisation | None) -> None:
    if (found.version, found.owner) != (version, owner):
        raise NotSo(f"version {found.version} of {found.owner or 'the library'}")


@check("{child} follows {practice}", must=VERSION, may=OF)
def follows(
    world: World, child: Child, practice: PracticeTemplate, version: int, **more: Any
) -> None:
    """The version that its trajectory stays on."""
    found = finding.case_of(world, child, practice.slug).trajectory.template
    _same_version(found, version, more.get("of"))


@check(
    "the new version for {child}",
    must={"changes": kinds.TEXTS},
    may={"phase": kinds.TEXT, "loses": kinds.NUMBER, **IN},
)
def would_change(world: World, child: Child, changes: Sequence[str], **more: Any) -> None:
    """What is shown before a trajectory is moved: `changes` in words, the phase where it would stand, how
    much of what was done would not count any more.
    """
    practice = more.get("in_")
    case = finding.case_of(world, child, practice.slug if practice else "")
    wanted = target(case.trajectory)
    if wanted is None:
        raise NotSo("there is no other version")
    seen = preview_of(world.nobody, case.trajectory, wanted)
    with override("nl"):
        told = [str(each) for each in seen.changes]
    for words in changes:
        if not any(plain(words) in plain(each) for each in told):
            raise NotSo("; ".join(told) or "nothing")
    if more.get("phase", seen.would_stand.phase) != seen.would_stand.phase:
        raise NotSo(f"it would stand in {seen.would_stand.phase}")
    if more.get("loses", len(seen.lost)) != len(seen.lost):
        raise NotSo(f"{len(seen.lost)} would not count any more")


@check("{practice} spread to", must={"organisations": SPREAD})
def spread(
    world: World, practice: PracticeTemplate, organisations: Sequence[Mapping[str, Any]]
) -> None:
    """Among these organisations in this order of time; others of other stories may be between them."""
    names = {each.pk: name for name, each in world.organisations.items()}
    found = [
        {
            "organisation": names[each.id],
            "seen at": names.get(each.seen_at, "") if each.seen_at else "",
            "changed": each.changed,
        }
        for each in adopters(practice.slug)
        if each.id in names
    ]
    wanted = [{"seen at": "", "changed": False, **each} for each in organisations]
    if found != wanted:
        raise NotSo(str(found))
