"""Writing down an indication, and giving its place back."""

from uuid import UUID

from django.utils.translation import override

from alert4you.access.models import Category
from alert4you.access.queries.line import file_of
from alert4you.children.models import Child
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor
from alert4you.trajectories.commands.running import refresh
from alert4you.trajectories.models import Indication, Release, Side, Trajectory
from alert4you.trajectories.queries import titles
from alert4you.trajectories.rules import indications
from alert4you.trajectories.rules.indications import Granted, Told


@command(indications.may_record)
def record_indication(actor: Actor, child: Child, granted: Granted, text: str = "") -> Indication:
    """It stands on the line; a renewal is a next one, and the one that is valid longest counts."""
    with override("nl"):
        title = titles.of_indication(granted.what)
    indication = Indication.by(
        actor,
        child=child,
        organisation_id=file_of(actor, child),
        category=Category.PLAN,
        title=title,
        text=text,
        what=granted.what,
        decided_by=granted.decided_by,
        party=granted.party,
        starts=granted.starts,
        ends=granted.ends,
    )
    _refresh(actor, indication)
    return indication


@command(indications.may_release)
def release_indication(
    actor: Actor, indication: Indication, words: str = "", told: Told | None = None
) -> Release:
    """One of those who decide says that the place may go; it goes when all of them have said so.

    ``told``: whose word it is when staff write it down. Saying it twice changes nothing.
    """
    side, person = _whose(actor, told)
    release, __ = Release.objects.get_or_create(
        indication=indication,
        side=side,
        **({"person_id": person} if side == Side.PARENTS else {}),
        defaults={
            "person_id": person,
            "name": told.name if told else "",
            "recorded_by_id": actor.person_id,
            "words": words,
            "at": actor.at,
        },
    )
    if indication.released_at is None and indications.is_complete(indication, actor.today):
        indication.released_at = actor.at
        indication.save(update_fields=["released_at"])
        _refresh(actor, indication)
    return release


def _whose(actor: Actor, told: Told | None) -> tuple[Side, UUID | None]:
    if told is None:
        return (Side.PARENTS if actor.is_parent else Side.PARTY), actor.person_id
    if told.guardian is not None:
        return Side.PARENTS, told.guardian.person_id
    return Side.PARTY, None


def _refresh(actor: Actor, indication: Indication) -> None:
    """What work lists keep of the trajectories that have it as their safety net."""
    running = Trajectory.objects.unrestricted(reason="an indication changed")
    for each in running.filter(child=indication.child_id, ended_on=None):
        refresh(actor, each)
