"""Referrals as a hat sees them: who waits, since when, what happens meanwhile, who keeps hold of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alert4you.access.models import Purpose
from alert4you.access.queries.agreement import Agreement
from alert4you.access.queries.consent import standing
from alert4you.access.queries.likely import likely_organisations
from alert4you.children.models import Child
from alert4you.coaching.models import Contact
from alert4you.kernel.decision import Decision, NotVisible
from alert4you.kernel.kept import kept
from alert4you.manifests.models import Manifest
from alert4you.manifests.queries import manifests
from alert4you.organisations.models import Absence, Actor, Membership
from alert4you.referrals.models import WAITS, Guidance, PartyAnswer, Referral, UnmetNeed
from alert4you.referrals.rules import ways
from alert4you.trajectories.models import Step, Trajectory
from alert4you.ui.dates import plain_date

MOST = 200
BESIDE = "minutes beside a referral one may see"


@dataclass(frozen=True)
class Powers:
    """What one hat may do with one referral now."""

    work: Decision
    answer: Decision
    lead: Decision
    revoke: Decision


@dataclass(frozen=True)
class Stage:
    """A step on the way: "done", "now" or "later"."""

    title: str
    text: str
    state: str


@dataclass(frozen=True)
class Way:
    """One referral as its page shows it. ``agreement``: how the parents stand towards the party; ``ours``:
    the party itself looks; ``sent``: what went along with it, for whoever may see that.
    """

    referral: Referral
    answers: Sequence[PartyAnswer]
    support: Sequence[Guidance]
    minutes: int
    agreement: Agreement | None
    parents: Decision
    powers: Powers
    lead: Membership
    stages: Sequence[Stage]
    needs: Sequence[UnmetNeed]
    ours: bool
    sent: Sequence[Manifest]

    @property
    def unsigned(self) -> list[Manifest]:
        """What went along and waits for a signature."""
        return [each for each in self.sent if each.sent and not hasattr(each, "signed")]

    @property
    def lead_is_away(self) -> bool:
        return self.lead.pk != self.referral.lead_id

    @property
    def hours(self) -> str:
        return in_hours(self.minutes)


def referrals(actor: Actor) -> QuerySet[Referral]:
    """All referrals this hat may see, those that were asked first on top."""
    seen = Referral.objects.visible_to(actor).select_related(
        "child",
        "to",
        "lead__person",
        "lead__organisation",
        "cover__person",
        "asked_by__person",
        "revoked_by",
    )
    return seen.order_by(F("asked_on").asc(nulls_last=True), "written_at", "pk")


def open_referrals(actor: Actor) -> QuerySet[Referral]:
    """Not closed by a person yet, the oldest first; with ``minutes`` and ``last_words``."""
    latest = PartyAnswer.objects.filter(referral=OuterRef("pk")).order_by("-on", "-at")
    return (
        referrals(actor)
        .filter(closed_on=None)
        .annotate(
            minutes=bridging_minutes(),
            last_words=Subquery(latest.values("words")[:1]),
            last_on=Subquery(latest.values("on")[:1]),
        )
    )


def who_waits(actor: Actor) -> list[Referral]:
    """Children who wait for an answer of a party, the longest first."""
    return list(open_referrals(actor).filter(WAITS)[:MOST])


def under_way(actor: Actor) -> list[Referral]:
    """Open, but not waiting for an answer: still to ask, the start still to come, or a no."""
    return list(open_referrals(actor).exclude(WAITS)[:MOST])


def kept_by(actor: Actor) -> list[Referral]:
    """What this hat keeps hold of today: its own, and of whom it stands in for; the next day first."""
    covered = Absence.objects.on(actor.today).filter(cover=actor.membership_id)
    mine = Q(lead=actor.membership_id) | Q(lead__in=covered.values("membership"))
    kept = open_referrals(actor).filter(mine)
    return list(kept.order_by(F("ask_again_on").asc(nulls_first=True), "written_at", "pk")[:MOST])


def asked_of(actor: Actor) -> list[Referral]:
    """What was asked of the own organisation and waits for its answer, or for the start; late first."""
    to_us = open_referrals(actor).filter(to=actor.organisation_id, asked_on__isnull=False)
    ours = to_us.filter(started_on=None, refused_on=None, revoked_on=None)
    return list(ours.order_by(F("ask_again_on").asc(nulls_last=True), "asked_on", "pk")[:MOST])


def of_child(actor: Actor, child_id: UUID) -> list[Referral]:
    """The referrals of one child, open ones first."""
    about = referrals(actor).filter(child=child_id)
    return list(about.order_by(F("closed_on").desc(nulls_first=True), "written_at"))


def referral(actor: Actor, referral_id: UUID) -> Referral:
    """Raises NotVisible."""
    found = referrals(actor).filter(pk=referral_id).first()
    if found is None:
        raise NotVisible
    return found


def way(actor: Actor, referral_id: UUID) -> Way:
    """One referral for its page; raises NotVisible."""
    found: Any = next(iter(_one(actor, referral_id)), None)
    if found is None:
        raise NotVisible
    if found.trajectory and not _is_seen(actor, found.trajectory):
        found.trajectory = None
    outside = found.to is not None and found.to_id != found.organisation_id
    agreed = (
        standing(actor, found.child, found.to, Purpose.HANDOVER)
        if outside and found.child and found.to
        else None
    )
    parents = ways.parents_stand_behind(actor, found) if not found.asked_on else Decision()
    return Way(
        found,
        list(found.answers.select_related("by__person").order_by("-on", "-at")),
        list(_support(actor, found)),
        found.minutes,
        agreed,
        parents,
        _powers(actor, found),
        found.cover if found.lead_is_away else found.lead,
        _stages(found, parents, actor.today),
        list(UnmetNeed.objects.visible_to(actor).filter(referral=found)),
        outside and actor.organisation_id == found.to_id,
        list(manifests(actor).filter(entry=found.pk)) if outside else [],
    )


@kept
def _one(actor: Actor, referral_id: UUID) -> QuerySet[Referral]:
    """With ``minutes`` and ``lead_is_away``."""
    away = Absence.objects.on(actor.today).filter(membership=OuterRef("lead"))
    seen = referrals(actor).select_related("trajectory", "contact__person", "hat", "organisation")
    told = {"minutes": bridging_minutes(), "lead_is_away": Exists(away)}
    return seen.annotate(**told).filter(pk=referral_id)


def _is_seen(actor: Actor, trajectory: Trajectory) -> bool:
    return Trajectory.objects.visible_to(actor).filter(pk=trajectory.pk).exists()


def _powers(actor: Actor, found: Referral) -> Powers:
    works = ways.may_work_on(actor, found)
    outside = found.to_id is not None and actor.organisation_id == found.to_id
    return Powers(
        works,
        ways.answers_for_party(actor, found) if outside else works,
        works and ways.has_the_lead(actor, found),
        ways.is_to_revoke(actor, found),
    )


def _support(actor: Actor, found: Referral) -> QuerySet[Guidance]:
    seen = Contact.objects.visible_to(actor).values("pk")
    told = found.guidance.filter(contact__in=seen).select_related("contact__author")
    return told.order_by("-contact__day", "-contact__written_at")


def parties(actor: Actor, child: Child) -> Callable[[], list[UUID]]:
    """Ids of the organisations one expects: of the people one does, and which were asked before."""
    here = likely_organisations(actor, child)
    return lambda: [*here(), *_asked_before(actor)]


@kept
def _asked_before(actor: Actor) -> QuerySet[Referral, Any]:
    return Referral.objects.visible_to(actor).exclude(to=None).values_list("to", flat=True)


def bridging_minutes() -> Coalesce:
    """Minutes after the day of asking until the start: support, and the steps of its trajectory."""
    supported = (
        Guidance.objects.filter(referral=OuterRef("pk"), sort="meanwhile")
        .order_by()
        .values("referral")
        .annotate(n=Sum("contact__minutes"))
        .values("n")
    )
    until = Least(
        Coalesce(OuterRef("started_on"), Value(date.max)),
        Coalesce(OuterRef("closed_on"), Value(date.max)),
    )
    stepped = (
        Step.objects.filter(trajectory=OuterRef("trajectory"), entry__day__gt=OuterRef("asked_on"))
        .filter(entry__day__lt=until)
        .order_by()
        .values("trajectory")
        .annotate(n=Sum("minutes"))
        .values("n")
    )
    return Coalesce(Subquery(supported), 0) + Coalesce(Subquery(stepped), 0)  # type: ignore[return-value]


def in_hours(minutes: int) -> str:
    """ "2 uur en 30 minuten"."""
    hours, rest = divmod(minutes, 60)
    in_minutes = ngettext("%(n)d minute", "%(n)d minutes", rest) % {"n": rest}
    whole = ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    if not hours:
        return in_minutes
    return (
        _("%(hours)s and %(minutes)s") % {"hours": whole, "minutes": in_minutes} if rest else whole
    )


def _stages(found: Referral, parents: Decision, today: date) -> list[Stage]:
    """The way in five steps; the first one that is not done is now."""
    told = [
        (_("The parents agree"), bool(found.asked_on or parents), None),
        (_("The party is asked"), bool(found.asked_on), found.asked_on),
        *_answered(found),
        (_("Closed by whoever keeps hold of it"), bool(found.closed_on), found.closed_on),
    ]
    return list(_in_states(told, bool(found.closed_on), today))


def _answered(found: Referral) -> list[tuple[str, bool, date | None]]:
    """A no ends the way to this party, and so do the parents; else the place starts."""
    if found.revoked_on:
        return [(_("The parents do not want it any more"), True, found.revoked_on)]
    if found.refused_on:
        return [(_("The party says no"), True, found.refused_on)]
    return [
        (_("The party says yes"), bool(found.accepted_on), found.accepted_on),
        (_("The place has started"), bool(found.started_on), found.started_on),
    ]


def _in_states(
    told: Iterable[tuple[str, bool, date | None]], closed: bool, today: date
) -> Iterable[Stage]:
    now_given = closed
    for title, done, on in told:
        state = "done" if done else "later" if now_given else "now"
        now_given = now_given or not done
        yield Stage(title, plain_date(on, today) if on else "", state)
