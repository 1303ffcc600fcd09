"""What hangs on the file of Mila: what was said of it, answered and signed."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from alert4you.access.models import Category, Kind
from alert4you.children.models import Guardian
from alert4you.coaching.models import Advice, Question
from alert4you.groups.models import Guest, WaitingPlace
from alert4you.manifests.commands import hand_over
from alert4you.manifests.models import Manifest, Signed
from alert4you.manifests.models import Way as Handed
from alert4you.manifests.rules import Parcel
from alert4you.meetings.models import Action, Item, LeftOut, Option, Point, Said
from alert4you.notes.models import (
    Activity,
    AskAgain,
    Involvement,
    Permission,
    Photo,
    PhotoAgreement,
    Tagged,
)
from alert4you.referrals.commands.ways import revoke_referral, start_referral
from alert4you.referrals.models import PartyAnswer, Referral
from alert4you.referrals.rules.ways import Ask, Receiver
from alert4you.safety.models import Act
from alert4you.trajectories.models import (
    Decision,
    GrowthDocument,
    GrowthHanded,
    Indication,
    Move,
    Release,
    Trajectory,
    Voice,
)
from alert4you.wellbeing.commands import notice_tag
from alert4you.wellbeing.rules.counting import Counted
from tests.architecture.world.words import lasting
from tests.cast import NOW, TODAY, Cast


def attach_all(cast: Cast, ids: dict[str, Any], words: Iterator[str]) -> None:
    """One row of everything that is written later on, beside what has an address of its own."""
    trajectory = Trajectory.objects.unrestricted(reason="test").get(pk=ids["trajectory_id"])
    attach_to_trajectory(cast, trajectory, words)
    attach_to_papers(cast, ids, words)
    attach_to_meeting(
        cast, Action.objects.unrestricted(reason="test").get(pk=ids["action_id"]), words
    )
    attach_to_line(cast, ids, words)
    attach_answers(cast, ids, words)
    advice = {"part": "advice", "day": TODAY, "by": cast.fatima, "at": NOW}
    Act.objects.create(concern_id=ids["concern_id"], answers=[next(words)], **advice)


def attach_to_trajectory(cast: Cast, trajectory: Trajectory, words: Iterator[str]) -> None:
    """A version was changed, something decided, and Anna said what she thinks of that."""
    about = {"trajectory": trajectory, "child": cast.mila, "organisation": cast.nursery}
    carla = cast.actor("carla")
    Move.by(
        carla,
        **about,
        kind=Kind.DECISION,
        category=Category.PLAN,
        text=next(words),
        before=trajectory.template,
        chosen_before={"group_size": next(words)},
    )
    decision = Decision.by(
        carla,
        **about,
        kind=Kind.DECISION,
        category=Category.PLAN,
        text=next(words),
        gate="first-look",
        choice="stay",
        early_reason=next(words),
    )
    said = {"of": "parents", "person": cast.anna, "agrees": True, "at": NOW}
    Voice.objects.create(
        trajectory=trajectory, decision=decision, gate="first-look", words=next(words), **said
    )
    made = {"made_by": cast.carla.person, "made_at": NOW, "changed_at": NOW}
    document = GrowthDocument.objects.create(
        trajectory=trajectory, number=0, words=next(words), **made
    )
    given = {"to": cast.school, "by": cast.carla.person, "at": NOW}
    GrowthHanded.objects.create(document=document, name=next(words), **given)


def attach_to_papers(cast: Cast, ids: dict[str, Any], words: Iterator[str]) -> None:
    """What others answered: the school, who signed, the party of the indication, the office of rights."""
    referral = Referral.objects.unrestricted(reason="test").get(pk=ids["referral_id"])
    at = {"at": NOW}
    PartyAnswer.objects.create(referral=referral, on=TODAY, words=next(words), by=cast.carla, **at)
    to = Receiver(cast.youthcare, contact=cast.sanne)
    ask = Ask(next(words), ["plan"], next(words))
    other = start_referral(cast.actor("carla"), cast.mila, to, ask, cast.carla, cast.marit)
    revoke_referral(cast.actor("anna"), other, next(words))
    lasts = lasting(Manifest)
    parcel = Parcel(cast.school, next(lasts), Handed.REFERRAL, referral, ["handover"])
    Signed.objects.create(
        manifest=hand_over(cast.actor("carla"), cast.mila, parcel),
        name=next(lasts),
        words=next(lasts),
        kept_at=next(lasts),
        recorded_by=cast.carla.person,
        **at,
    )
    Release.objects.create(
        indication=Indication.objects.unrestricted(reason="test").get(pk=ids["indication_id"]),
        side="party",
        name=next(words),
        words=next(words),
        recorded_by=cast.carla.person,
        **at,
    )


def attach_to_meeting(cast: Cast, action: Action, words: Iterator[str]) -> None:
    """What Anna said beforehand, a plus of an option, and why Bram was not invited."""
    item, guardians = action.item, Guardian.objects.filter(child=cast.mila)
    option = Option.objects.unrestricted(reason="test").get(item=item)
    about = {"meeting": item.meeting, "organisation": cast.nursery, "put_by": cast.carla}
    Item.objects.create(
        sort="case", number=2, theme="Wennen", words="Hoe doen wij dat", at=NOW, **about
    )
    Point.objects.create(option=option, is_plus=True, words=next(words), at=NOW)
    anna, bram = guardians.get(person=cast.anna), guardians.get(person=cast.bram)
    said = {"guardian": anna, "written_by": cast.anna}
    Said.objects.create(item=item, words=next(words), at=NOW, **said)
    ground = {"ground": "other", "decided_by": cast.carla}
    LeftOut.objects.create(item=item, guardian=bram, reason=next(words), at=NOW, **ground)


def attach_to_line(cast: Cast, ids: dict[str, Any], words: Iterator[str]) -> None:
    """What the parents told and agreed, and that she waits for another place."""
    carla, mila = cast.actor("carla"), cast.mila
    about = {"child": mila, "organisation": cast.nursery, "text": next(words)}
    Involvement.by(
        carla,
        **about,
        kind=Kind.INVOLVED,
        category=Category.CARE,
        title=next(words),
        party=next(words),
    )
    ids["permission_id"] = Permission.by(
        carla,
        **about,
        kind=Kind.PERMISSION,
        category=Category.DAY,
        activity=Activity.objects.get(pk=ids["activity_id"]),
        verdict="beside",
        must_know=True,
        agreed_with=next(words),
    ).pk
    attach_places(cast, ids, words)


def attach_places(cast: Cast, ids: dict[str, Any], words: Iterator[str]) -> None:
    """Where she waits, and on which group she will be for a day."""
    carla = cast.actor("carla")
    about = {
        "child": cast.mila,
        "organisation": cast.nursery,
        "kind": Kind.PLACEMENT,
        "category": Category.DAY,
    }
    WaitingPlace.by(
        carla,
        **about,
        title=next(words),
        text=next(words),
        since=TODAY,
        group=cast.group,
    )
    later = TODAY + timedelta(weeks=30)
    guest = Guest.by(
        carla,
        **about,
        title=next(words),
        text=next(words),
        group=cast.group,
        to=cast.group,
        starts=later,
        ends=later + timedelta(days=1),
        agreed=next(words),
    )
    ids["move_id"] = guest.pk


def attach_answers(cast: Cast, ids: dict[str, Any], words: Iterator[str]) -> None:
    """What the coach advised, when the parents may be asked again, and a word on a note."""
    Advice.by(
        cast.actor("sanne"),
        location=cast.location,
        organisation=cast.nursery,
        kind=Kind.ADVICE,
        category=Category.DAY,
        text=next(words),
        question=Question.objects.unrestricted(reason="test").get(pk=ids["question_id"]),
        helps_others=next(words),
    )
    again = {"on": TODAY + timedelta(weeks=4), "set_by": cast.carla}
    AskAgain.objects.create(child=cast.mila, organisation=cast.elsewhere, why=next(words), **again)
    tag = next(words)
    note = Tagged.objects.create(note_id=ids["entry_id"], tag=tag).note
    notice_tag(note, tag, Counted(1, 2), NOW, 28)
    for each in Guardian.objects.filter(child=cast.mila, has_authority=True):
        yes = {"guardian": each, "child": cast.mila, "organisation": cast.nursery}
        PhotoAgreement.objects.create(**yes, at=NOW)
    Photo.objects.create(note=note, child=cast.mila, image=b"jpeg", width=4, height=3)
