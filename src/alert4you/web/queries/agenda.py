"""What is ahead for a hat besides today: meetings, what it said it would do, what it keeps hold of."""

from collections.abc import Sequence
from dataclasses import dataclass

from alert4you.access.models import ConsentRequest
from alert4you.access.queries.agreement import Agreement
from alert4you.access.queries.confirming import to_confirm
from alert4you.access.queries.consent import coming, ended_for
from alert4you.coaching.models import Debrief
from alert4you.coaching.queries.leaving import offers
from alert4you.funding.models import Application
from alert4you.funding.queries.applications import in_the_making
from alert4you.funding.queries.money import Shown, clocks
from alert4you.meetings.queries import lists
from alert4you.offline.queries.waiting import mine_waits, waiting
from alert4you.organisations.models import Actor, Role
from alert4you.referrals.models import Referral
from alert4you.referrals.queries.ways import asked_of, kept_by
from alert4you.trajectories.queries.offering import Thought, to_think_of

RECEIVES = (Role.COACH, Role.PEDAGOGUE, Role.CARE_COORDINATOR, Role.GROUP_WORKER)


@dataclass(frozen=True)
class Agenda:
    """Looked up apart from Today, which then asks few queries; empty where there is nothing."""

    meetings: lists.Today
    kept: Sequence[Referral] = ()
    asked: Sequence[Referral] = ()
    folders: Sequence[Application] = ()
    clocks: Sequence[Shown] = ()
    offers: Sequence[Debrief] = ()
    thoughts: Sequence[Thought] = ()
    consents: Sequence[Agreement] = ()
    ended: Sequence[ConsentRequest] = ()
    to_confirm: Sequence[ConsentRequest] = ()
    to_decide: int = 0
    mine_waits: int = 0


def agenda(actor: Actor) -> Agenda:
    meetings = lists.today(actor)
    if actor.is_parent:
        return Agenda(meetings, folders=in_the_making(actor), consents=coming(actor))
    return Agenda(
        meetings,
        kept_by(actor),
        asked_of(actor) if actor.role in RECEIVES else [],
        in_the_making(actor),
        clocks(actor),
        list(offers(actor)),
        to_think_of(actor),
        coming(actor),
        ended_for(actor),
        to_confirm(actor),
        waiting(actor).count() if actor.role == Role.CARE_COORDINATOR else 0,
        mine_waits(actor),
    )
