"""What was seen in a trajectory, with the view of each side beside it."""

from dataclasses import dataclass
from uuid import UUID

from alert4you.access.models import Entry
from alert4you.organisations.models import Actor
from alert4you.trajectories.queries.caseload import Case
from alert4you.trajectories.queries.papers import Papers
from alert4you.trajectories.rules.beside import Column, Seen, columns

SHOWN = 4


@dataclass(frozen=True)
class Differing:
    """One thing that was seen: who wrote it down, and what the others see in it."""

    entry: Entry
    columns: list[Column]


def seen_by_each(case: Case, written: Papers) -> list[Differing]:
    """The newest observations that this hat may see, and all else somebody gave a view on."""
    return [
        Differing(
            each,
            columns([v for v in written.beside if v.entry_id == each.pk], (), _seen(case, each)),
        )
        for each in written.seen[:SHOWN]
    ]


def entry_of(actor: Actor, case: Case, entry_id: UUID) -> Entry | None:
    """Something of this trajectory that this hat may see."""
    counted = Entry.objects.visible_to(actor).filter(counted_as__trajectory=case.trajectory)
    return counted.select_related("author", "hat__organisation").filter(pk=entry_id).first()


def seen_of(case: Case, entry: Entry) -> list[Column]:
    """Only what was written down, in its column."""
    return columns([], (), _seen(case, entry))


def _seen(case: Case, entry: Entry) -> Seen:
    own = entry.hat is not None and entry.hat.organisation_id == case.trajectory.organisation_id
    side = "parents" if entry.hat is None else "group" if own else "outside"
    name = entry.author.name
    if entry.hat is not None and not own:
        name += f", {entry.hat.organisation}"
    return Seen(entry.text, name, entry.at, side)  # type: ignore[arg-type]
