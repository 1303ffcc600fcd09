"""What a device sent is opened, judged and written down; whatever it is, it is never lost."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import override

from alert4you.access.queries.line import file_of
from alert4you.children.models import Child
from alert4you.kernel import audit
from alert4you.kernel.clock import day_of
from alert4you.kernel.decision import Decision, Denied, NotVisible
from alert4you.kernel.models import AuditRecord
from alert4you.kernel.sealing import seal
from alert4you.kernel.wall.standing import opened
from alert4you.offline.commands.deeds import DEEDS
from alert4you.offline.models import Arrival, Kept, State, Why
from alert4you.offline.queries.arrivals import newer_rating, revoked
from alert4you.offline.queries.keys import key_named
from alert4you.offline.rules.arriving import lost
from alert4you.offline.rules.protocol import Batch, Paper, Sent, made, paper_of
from alert4you.offline.rules.sealing import PrivateKey, Unreadable, opened_text
from alert4you.offline.rules.stamps import Stamp, read_stamp
from alert4you.organisations.models import Actor, Group, Membership
from alert4you.organisations.queries import actor_of, system_actor
from alert4you.tablets.models import Device

A_BATCH = "what devices sent"
NAME = "offline.arrived"


@dataclass(frozen=True)
class Told:
    """What the device hears of one item. ``refused``: not kept, because who wrote it still looks."""

    id: UUID
    state: str
    digest: str = ""
    refused: Decision | None = None


@dataclass(eq=False)
class Letter:
    """One item on its way: as it came, and as far as it could be read."""

    sent: Sent
    paper: Paper | None
    stamp: Stamp | None
    made_at: datetime
    hat: Membership | None = None
    row: Arrival = field(default_factory=Arrival)

    @property
    def item(self) -> tuple[UUID, str]:
        return self.sent.id, self.sent.digest


class Waits(Exception):
    """It is for a person to look at."""

    def __init__(self, why: Why, refusal: Decision | None = None) -> None:
        super().__init__(why)
        self.why, self.refusal = why, refusal


@dataclass
class Desk:
    """What is known while one batch is dealt with: the people and children in it, locked until its end."""

    device: Device
    at: datetime
    present: bool
    revoked: set[UUID]
    children: dict[UUID, Child]
    groups: dict[UUID, Group]
    gone: dict[tuple[UUID, UUID], bool] = field(default_factory=dict)
    told: dict[tuple[UUID, str], Told] = field(default_factory=dict)

    def lost(self, hat: Membership, child: Child) -> bool:
        which = hat.pk, child.pk
        if which not in self.gone:
            self.gone[which] = lost(actor_of(hat, self.at), child)
        return self.gone[which]


def receive(device: Device, batch: Batch, at: datetime) -> list[Told]:
    """Deal with a batch in one transaction; answers every item, also what came before.

    An item that cannot be dealt with does not stop the others.
    """
    fresh = _fresh(batch.items)
    keys = {name: key_named(name) for name in {each.key for each in fresh}}
    letters = [_opened(each, keys[each.key], batch, at) for each in _once(fresh)]
    with transaction.atomic(), opened(reason=A_BATCH):
        _find_hats(letters)
        mine = _put_down(device, letters, at)
        desk = _desk(device, batch, at, mine)
        for letter in sorted(mine, key=lambda each: each.made_at):
            _deal_with(desk, letter)
        Arrival.objects.bulk_update([each.row for each in mine if each.row.result], ["result"])
        audit.append(_records(desk, mine))
        known = _known(batch.items)
    return [
        desk.told.get((each.id, each.digest)) or known[each.id, each.digest] for each in batch.items
    ]


def _once(items: Iterable[Sent]) -> Iterable[Sent]:
    """Each content of each id, in an order that is the same for everybody: so nobody waits in a circle."""
    different = {(each.id, each.digest): each for each in items}
    return [different[which] for which in sorted(different)]


def _fresh(items: Sequence[Sent]) -> list[Sent]:
    known = _known(items)
    return [each for each in items if (each.id, each.digest) not in known]


def _known(items: Iterable[Sent]) -> dict[tuple[UUID, str], Told]:
    rows = Arrival.objects.filter(item__in={each.id for each in items})
    return {
        (item, digest): Told(item, state, digest)
        for item, digest, state in rows.values_list("item", "digest", "state")
    }


def _opened(sent: Sent, key: PrivateKey | None, batch: Batch, at: datetime) -> Letter:
    """Unsealed and read, if that is possible."""
    paper = stamp = None
    if key is not None:
        try:
            paper = paper_of(opened_text(key, sent.id, sent.sealed))
            stamp = read_stamp(paper.stamp)
        except Unreadable:
            paper = None
    made_at = made(at, batch, paper.made_at if paper else sent.made_at)
    return Letter(sent, paper, stamp, min(at, stamp.within(made_at)) if stamp else made_at)


def _find_hats(letters: Iterable[Letter]) -> None:
    stamps = {each.stamp.membership for each in letters if each.stamp}
    hats = Membership.objects.select_related("person").in_bulk(stamps)
    for each in letters:
        each.hat = hats.get(each.stamp.membership) if each.stamp else None


def _put_down(device: Device, letters: Sequence[Letter], at: datetime) -> list[Letter]:
    """A row for each that is new; of two with the same id, also at once, only one can be written."""
    twins = _ids_known(letters)
    for each in letters:
        each.row = _row(device, each, at)
        _must_wait(each, each.sent.id in twins)
    mine = _stored(letters)
    left = [each for each in letters if each not in mine]
    for each in left:
        _must_wait(each, True)
    return mine + _stored(left)


def _must_wait(letter: Letter, is_twin: bool) -> None:
    if is_twin and letter.row.state == State.WRITTEN:
        letter.row.state = State.WAITING


def _stored(letters: Sequence[Letter]) -> list[Letter]:
    """Which of these could be put down; the others are here already."""
    Arrival.objects.bulk_create((each.row for each in letters), ignore_conflicts=True)
    rows = Arrival.objects.filter(pk__in=[each.row.pk for each in letters])
    stored = set(rows.values_list("pk", flat=True))
    return [each for each in letters if each.row.pk in stored]


def _ids_known(letters: Iterable[Letter]) -> set[UUID]:
    """Ids under which something came in before that could be read."""
    rows = Arrival.objects.filter(item__in={each.sent.id for each in letters})
    return set(rows.exclude(state=State.UNREADABLE).values_list("item", flat=True))


def _row(device: Device, letter: Letter, at: datetime) -> Arrival:
    hat, tablet = letter.hat, device.tablet
    place = tablet.location.organisation_id if tablet else hat.organisation_id if hat else None
    return Arrival(
        item=letter.sent.id,
        digest=letter.sent.digest,
        device=device.id,
        key=letter.sent.key,
        organisation_id=place,
        hat=hat,
        kind=letter.paper.kind if letter.paper and letter.paper.kind in DEEDS else "",
        made_at=letter.made_at,
        arrived_at=at,
        state=State.WRITTEN if letter.paper else State.UNREADABLE,
        sealed="" if letter.paper else letter.sent.sealed,
    )


def _desk(device: Device, batch: Batch, at: datetime, letters: Iterable[Letter]) -> Desk:
    """Everything that the deeds are about is locked first, in one order."""
    about = {each for letter in letters if letter.paper for each in letter.paper.about}
    children = Child.objects.unrestricted(reason=A_BATCH).filter(pk__in=about)
    groups = Group.objects.filter(pk__in=about).select_related("location")
    devices = {device.id, *(each.stamp.device for each in letters if each.stamp)}
    return Desk(
        device,
        at,
        batch.present,
        revoked(devices),
        {each.pk: each for each in children.order_by("pk").select_for_update(no_key=True)},
        {
            each.pk: each
            for each in groups.order_by("pk").select_for_update(no_key=True, of=("self",))
        },
    )


def _deal_with(desk: Desk, letter: Letter) -> None:
    row, paper = letter.row, letter.paper
    if paper is None:
        return
    try:
        row.result = _carried_out(desk, letter, paper)
    except Waits as waits:
        if waits.refusal is not None and desk.present:
            row.delete()
            desk.told[letter.item] = Told(letter.sent.id, "refused", refused=waits.refusal)
            return
        if row.state != State.WAITING:
            row.state = State.WAITING
            row.save(update_fields=["state"])
        Kept.objects.bulk_create(_kept(desk, letter, paper, waits))


def _carried_out(desk: Desk, letter: Letter, paper: Paper) -> UUID:
    """The command of the page, as the hat of then. Raises Waits."""
    hat, deed = letter.hat, DEEDS.get(paper.kind)
    if letter.row.state == State.WAITING:
        raise Waits(Why.TWIN)
    if hat is None or letter.stamp is None or deed is None:
        raise Waits(Why.UNKNOWN)
    if {desk.device.id, letter.stamp.device} & desk.revoked:
        raise Waits(Why.TABLET)
    if not _serves(hat, desk.at):
        raise Waits(Why.GONE)
    subject = _subject(desk, hat, deed.about, paper)
    actor = actor_of(hat, letter.made_at)
    if paper.kind == "rating" and (newer := newer_rating(actor, paper.about[0])):
        return newer
    try:
        written = deed.carry_out(actor, subject, paper.said, once=letter.sent.id)
    except Denied as refused:
        raise Waits(Why.REFUSED, refused.decision) from refused
    except NotVisible as gone:
        raise Waits(Why.GONE) from gone
    return UUID(str(written.pk))


def _subject(desk: Desk, hat: Membership, about: str, paper: Paper) -> Any:
    if about == "group":
        group = desk.groups.get(paper.about[0]) if len(paper.about) == 1 else None
        if group is None:
            raise Waits(Why.UNKNOWN)
        return group
    children = [desk.children.get(each) for each in paper.about]
    found = [each for each in children if each is not None]
    if not found or len(found) < len(children):
        raise Waits(Why.UNKNOWN)
    if any(desk.lost(hat, each) for each in found):
        raise Waits(Why.GONE)
    return found


def _serves(hat: Membership, at: datetime) -> bool:
    """Whether who wrote it still wears this hat."""
    today = day_of(at)
    runs = hat.starts <= today and (hat.ends is None or today < hat.ends)
    return runs and hat.person.is_active


def _kept(desk: Desk, letter: Letter, paper: Paper, waits: Waits) -> Iterator[Kept]:
    """A row for each child, so that each is seen only by whoever may."""
    hat = letter.hat
    words = json.dumps({"kind": paper.kind, "said": paper.said})
    told: dict[str, Any] = {
        "arrival": letter.row,
        "hat": hat,
        "why": waits.why,
        "refusal": _in_dutch(waits.refusal),
        "organisation_id": letter.row.organisation_id if hat is None else hat.organisation_id,
    }
    children = [desk.children[each] for each in paper.about if each in desk.children]
    for child in children:
        file = file_of(_whose(hat, letter.made_at), child) or told["organisation_id"]
        yield Kept(**{**told, "organisation_id": file}, child=child, sealed=seal(words))
    if not children:
        group = desk.groups.get(paper.about[0]) if paper.about else None
        if group is not None:
            told["organisation_id"] = group.location.organisation_id
        yield Kept(**told, group=group, sealed=seal(words))


def _in_dutch(refusal: Decision | None) -> str:
    with override("nl"):
        return str(refusal.reason)[:300] if refusal is not None else ""


def _whose(hat: Membership | None, at: datetime) -> Actor:
    return actor_of(hat, at) if hat else system_actor(at)


def _records(desk: Desk, letters: Iterable[Letter]) -> Iterator[AuditRecord]:
    """That it came in, and when: the deed itself stands in the trail with the moment it was made."""
    for each in letters:
        if each.row.pk is None:
            continue
        about = [one for one in (each.paper.about if each.paper else ()) if one in desk.children]
        actor, told = _whose(each.hat, desk.at), {"arrival": [str(each.row.pk)]}
        yield AuditRecord.of(actor, AuditRecord.Action.EXECUTE, NAME, next(iter(about), None), told)
