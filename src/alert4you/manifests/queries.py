"""What goes along now, by consent; and what went along before, waiting for a signature first."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from alert4you.access.models import Consent, Entry
from alert4you.access.policy import running_consents
from alert4you.access.queries.agreement import Agreement
from alert4you.access.queries.consent import standing
from alert4you.access.rules.consent import State
from alert4you.access.rules.marks import only_kept
from alert4you.children.models import Child
from alert4you.kernel.decision import Decision, NotVisible
from alert4you.kernel.kept import kept
from alert4you.manifests import rules
from alert4you.manifests.models import Kept, Line, Manifest
from alert4you.manifests.policy import received
from alert4you.manifests.rules import Parcel
from alert4you.organisations.models import Actor

MOST = 200
SEEN_BY_THEM = "what the receiver may read from now on"
FIRST_IN_THE_WAY = (
    *(State.REFUSED, State.DISPUTED, State.LATER, State.WAITS, State.AHEAD, State.ENDED),
)


@dataclass(frozen=True)
class Shown:
    """One hand-over on its page. Only ``whole`` tells why the parents kept something: not the receiver."""

    manifest: Manifest
    whole: bool
    to_sign: Decision
    to_record: Decision


def manifests(actor: Actor) -> QuerySet[Manifest]:
    """All this hat may see; not signed first, then the newest."""
    seen = Manifest.objects.visible_to(actor).select_related(
        "child", "organisation", "to", "by", "signed"
    )
    return seen.order_by(F("signed__at").desc(nulls_first=True), "-at", "pk")


def some(actor: Actor, child_id: UUID | None = None) -> list[Manifest]:
    """Manifests of all children, or of one."""
    rows = manifests(actor)
    return list((rows.filter(child=child_id) if child_id else rows)[:MOST])


def to_sign(actor: Actor) -> list[Manifest]:
    """What was sent to the own organisation and waits for a signature, the oldest first."""
    return [each for each in _not_signed(actor) if each.sent]


@kept
def _not_signed(actor: Actor) -> QuerySet[Manifest]:
    waiting = manifests(actor).filter(received(actor), signed=None)
    return waiting.order_by("at", "pk")[:MOST]


def shown(actor: Actor, manifest_id: UUID) -> Shown:
    """Raises NotVisible."""
    found = manifests(actor).filter(pk=manifest_id).first()
    if found is None:
        raise NotVisible
    return Shown(
        found,
        actor.is_parent or actor.organisation_id == found.organisation_id,
        rules.is_to_sign(actor, found),
        rules.is_to_record(actor, found),
    )


def contents(actor: Actor, child: Child, parcel: Parcel) -> list[Line]:
    """Per category what the receiver may read by a running consent now, and else why nothing."""
    running = agreed(actor, child, parcel)
    open_to = set(running.values_list("category", flat=True))
    sent: dict[str, list[str]] = {category: [] for category in parcel.categories}
    out = dict.fromkeys(sent, 0)
    for pk, category in _covered(actor, child, parcel, running).values_list("pk", "category"):
        if pk in parcel.left_out:
            out[category] += 1
        else:
            sent[category].append(str(pk))
    asked = [standing(actor, child, parcel.to, each) for each in parcel.purposes]
    return [
        Line(each, tuple(sent[each]), "" if each in open_to else _kept(asked, each), out[each])
        for each in sent
    ]


def agreed(actor: Actor, child: Child, parcel: Parcel) -> QuerySet[Consent]:
    """The running consents on which this goes along."""
    return running_consents(actor.at, actor.today).filter(
        request__child=child,
        request__organisation=parcel.to,
        request__purpose__in=parcel.purposes,
    )


def _covered(
    actor: Actor, child: Child, parcel: Parcel, running: QuerySet[Consent]
) -> QuerySet[Entry]:
    """R4, for a whole organisation: what others wrote and a running consent covers; not what is only kept."""
    covers = running.filter(category=OuterRef("category"))
    if not parcel.approved:
        covers = covers.filter(request__content_from__lte=OuterRef("day"))
    rows = Entry.objects.unrestricted(reason=SEEN_BY_THEM).filter(
        Q(Exists(covers)), child=child, internal=False, category__in=parcel.categories
    )
    rows = rows.exclude(only_kept(actor.at))
    if parcel.among is not None:
        rows = rows.filter(pk__in=parcel.among)
    return rows.exclude(organisation=parcel.to).order_by("at", "pk")


def _kept(asked: list[Agreement | None], category: str) -> str:
    """What stands in the way of a category first, of all that was asked."""
    states = {
        line.standing.state
        for each in asked
        if each is not None
        for line in each.lines
        if line.consent.category == category
    }
    return next((Kept(each) for each in FIRST_IN_THE_WAY if each in states), Kept.NOT_ASKED)
