"""How a house works, in its own words: nothing of a child stands in it."""

from datetime import time, timedelta
from typing import Any

from alert4you.coaching.models import CoachingHere
from alert4you.funding.commands.agreements import agree
from alert4you.funding.models import PaidWorker
from alert4you.groups.models import CardFact, Cluster, Helping, Presence, Room, RoomSlot
from alert4you.notes.models import Complaint, NotingWords, VisionOnParents
from alert4you.referrals.models import TeamSize
from alert4you.wellbeing.models import TagWatch
from tests.architecture.world.words import HOUSE_WORD
from tests.cast import LONG_AGO, NOW, TODAY, Cast


def make_habits(cast: Cast) -> None:
    """What the organisation chose, and what it tells."""
    house = cast.nursery
    VisionOnParents.objects.create(organisation=house, explanation="Alle kinderen zijn welkom")
    lists = ("tags", "group_tags", "marked", "unmarked")
    own = {name: [f"{HOUSE_WORD}{number}"] for number, name in enumerate(lists)}
    NotingWords.objects.create(organisation=house, photos=True, photo_words=f"{HOUSE_WORD}8", **own)
    numbers = {"more": 2, "of": 4, "days": 28, "since": NOW}
    TagWatch.objects.create(organisation=house, tags=[f"{HOUSE_WORD}7"], **numbers)
    TeamSize.objects.create(
        organisation=house, practice="samsam", fte=1, room="Een lokaal", by=cast.marit, at=NOW
    )
    why = {"why": "Zo past het hier", "starts": LONG_AGO}
    CoachingHere.objects.create(location=cast.location, arrangement="on_call", **why)
    complaint = {"text": "Te druk", "explained": "Wat wij doen", "written_by": cast.fatima}
    Complaint.objects.create(location=cast.location, group=cast.group, at=NOW, **complaint)
    make_work(cast)


def make_work(cast: Cast) -> None:
    """Who is on which group, in which room, and what was seen of that."""
    house = cast.nursery
    Cluster.objects.create(organisation=house, name="De tuinkant").groups.add(cast.group)
    room = Room.objects.create(location=cast.location, name="De stille kamer")
    begins = {"group": cast.group, "starts": TODAY, "begins": time(9), "until": time(10)}
    RoomSlot.objects.create(room=room, worker=cast.lotte, **begins)
    Presence.objects.create(
        membership=cast.lotte,
        employer=house,
        evidence="Zie het rooster",
        decided_by=cast.marit,
        written_at=NOW,
        **begins,
    )
    Helping.objects.create(
        membership=cast.lotte,
        group=cast.group,
        to=cast.group,
        starts=TODAY + timedelta(weeks=30),
        ends=TODAY + timedelta(weeks=31),
        why=f"{HOUSE_WORD}10",
        decided_by=cast.marit,
        written_at=NOW,
    )
    PaidWorker.objects.create(
        membership=cast.lotte,
        group=cast.group,
        payer=house,
        scale=f"{HOUSE_WORD}11",
        starts=LONG_AGO,
    )
    CardFact.objects.create(
        membership=cast.fatima,
        kind="diploma",
        starts=LONG_AGO,
        seen=f"{HOUSE_WORD}9",
        written_by=cast.marit,
        written_at=NOW,
    )


def make_agreement(cast: Cast) -> dict[str, Any]:
    """By which money the municipality pays in the town of the place."""
    gemma = cast.actor("gemma")
    return {"agreement_id": agree(gemma, cast.location.city, "subsidy", "Verordening", 13).pk}
