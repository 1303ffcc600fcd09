"""The growth document: everything done so far, approved by the parents before it goes anywhere."""

from alert4you.access.models import Entry
from alert4you.children.models import Guardian
from alert4you.kernel.command import command
from alert4you.manifests.commands import hand_over
from alert4you.manifests.models import Way
from alert4you.manifests.rules import Parcel
from alert4you.organisations.models import Actor, Organisation
from alert4you.trajectories.models import (
    GrowthApproval,
    GrowthDocument,
    GrowthHanded,
    GrowthItem,
    Trajectory,
)
from alert4you.trajectories.queries.growth import to_gather
from alert4you.trajectories.rules import growth
from alert4you.trajectories.rules.growth import documents_of


@command(growth.may_gather)
def gather_growth(actor: Actor, trajectory: Trajectory) -> GrowthDocument:
    """A new document with everything there is now; what the parents left out before stays out."""
    last = documents_of(trajectory).order_by("-number").first()
    kept_out = (
        set(last.rows.filter(left_out=True).values_list("entry", flat=True)) if last else set()
    )
    document = GrowthDocument.objects.create(
        trajectory=trajectory,
        number=last.number + 1 if last else 1,
        words=last.words if last else "",
        made_by_id=actor.person_id,
        made_at=actor.at,
        changed_at=actor.at,
    )
    GrowthItem.objects.bulk_create(
        GrowthItem(document=document, entry_id=each, left_out=each in kept_out)
        for each in to_gather(trajectory, actor.at)
    )
    return document


@command(growth.may_change)
def leave_out(
    actor: Actor,
    document: GrowthDocument,
    entry: Entry,
    left_out: bool = True,
    told: Guardian | None = None,
) -> GrowthDocument:
    """A parent leaves one thing out, or puts it back; who approved it before reads it again.

    ``told``: the parent who said so, when staff write it down.
    """
    document.rows.filter(entry=entry).update(left_out=left_out)
    return _changed(actor, document)


@command(growth.may_change)
def add_growth_words(
    actor: Actor, document: GrowthDocument, words: str, told: Guardian | None = None
) -> GrowthDocument:
    """The parents' own words, which stand first; ``told`` by this one when staff write them down."""
    document.words = words
    return _changed(actor, document)


@command(growth.may_approve)
def approve_growth(
    actor: Actor, document: GrowthDocument, told: Guardian | None = None, seen: str = ""
) -> GrowthDocument:
    """This parent has read it as it is now, and it may go out; ``told``: on paper, or in a talk.

    ``seen``: the mark of what was on the screen. Denied when it was changed in between.
    """
    GrowthApproval.objects.get_or_create(
        document=document,
        person_id=told.person_id if told else actor.person_id,
        defaults={"at": actor.at, "recorded_by_id": actor.person_id if told else None},
    )
    return document


@command(growth.may_change)
def refuse_growth(
    actor: Actor, document: GrowthDocument, told: Guardian | None = None
) -> Trajectory:
    """The parents do not want it to go anywhere: what was not given is destroyed at once, for good.

    The law lets nobody keep papers for a hand-over that was refused. ``told``: as with the others.
    """
    trajectory = document.trajectory
    documents_of(trajectory).filter(handed=None).delete()
    return trajectory


@command(growth.may_hand)
def hand_growth(
    actor: Actor, document: GrowthDocument, to: Organisation, name: str
) -> GrowthHanded:
    """It was given to this organisation, with a manifest; the document does not change any more."""
    about = document.trajectory
    if about.child is not None:
        hand_over(actor, about.child, _parcel(document, to, name))
    return GrowthHanded.objects.create(
        document=document, to=to, name=name, by_id=actor.person_id, at=actor.at
    )


def _parcel(document: GrowthDocument, to: Organisation, name: str) -> Parcel:
    rows = dict(document.rows.values_list("entry", "left_out"))
    return Parcel(
        to,
        name,
        Way.GROWTH_DOCUMENT,
        document.trajectory,
        growth.GOES_WITH,
        among=list(rows),
        left_out=[entry for entry, left_out in rows.items() if left_out],
        approved=True,
    )


def _changed(actor: Actor, document: GrowthDocument) -> GrowthDocument:
    document.approvals.all().delete()
    document.changed_at = actor.at
    document.save(update_fields=["words", "changed_at"])
    return document
