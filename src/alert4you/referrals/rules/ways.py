"""The way to the next place: who begins it, who keeps hold of it, what must be there before each step."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Category, Purpose
from alert4you.access.policy import running_consents
from alert4you.access.rules.refusals import may_address
from alert4you.access.rules.relations import (
    NOT_WITH_THIS_CHILD,
    is_guardian,
    leads,
    works_here_with,
    works_with,
)
from alert4you.children.models import Child
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.manifests.models import Manifest
from alert4you.organisations.models import Actor, Membership, Organisation, OrganisationKind
from alert4you.organisations.queries import stands_in
from alert4you.organisations.rules import RUNS_THE_PLACE
from alert4you.referrals.models import Outcome, Referral
from alert4you.trajectories.models import Trajectory

TO_TELL = (Category.PLAN, Category.DEVELOPMENT)
BESIDE = "what went along with a referral one works on"
SAME_PERSON = Decision(
    _("The lead and the cover are the same person."),
    _("Choose somebody who keeps hold of it when the first one is away."),
    field="cover",
)
CLOSED = Decision(
    _("This was closed; what was written stays as it was."),
    _("Start a new referral when help is needed again."),
)
NOT_ASKED = Decision(
    _("The party has not been asked yet."), _("Write down first when you asked, and whom.")
)
REVOKED = Decision(
    _("The parents do not want this any more."), _("Who keeps hold of it closes it.")
)
NO_WORDS = Decision(_("Write in a few words what was said."))


@dataclass(frozen=True)
class Receiver:
    """To whom: an organisation of this system (and perhaps who there), or words for another one."""

    organisation: Organisation | None = None
    words: str = ""
    contact: Membership | None = None

    @property
    def name(self) -> str:
        return self.organisation.name if self.organisation else self.words.strip()


@dataclass(frozen=True)
class Ask:
    """What is asked of the party, what may go along when the parents agree, what happens meanwhile."""

    what_for: str
    categories: Collection[str] = field(default=TO_TELL)
    meanwhile: str = ""
    trajectory: Trajectory | None = None


def may_refer(
    actor: Actor, child: Child, receiver: Receiver, ask: Ask, lead: Membership, cover: Membership
) -> Decision:
    """Own staff begin; with one lead and somebody else as cover; never to whom the parents refused."""
    if not receiver.name:
        return Decision(_("Choose to whom, or write who it is."))
    if not ask.what_for.strip():
        return Decision(_("Write what you ask for: the parents read it too."))
    if ask.trajectory is not None and ask.trajectory.child_id != child.pk:
        return Decision(_("This is the trajectory of another child."))
    return (
        works_here_with(actor, child)
        and _can_be_asked(receiver)
        and may_keep_hold(actor, lead, cover)
        and may_address(actor, child, receiver.organisation.pk if receiver.organisation else None)
    )


def _can_be_asked(receiver: Receiver) -> Decision:
    there, contact = receiver.organisation, receiver.contact
    if there is not None and there.kind == OrganisationKind.MUNICIPALITY:
        return Decision(_("A municipality does not look into the file of a child."))
    if contact is not None and (there is None or contact.organisation_id != there.pk):
        return Decision(_("This person does not work there."))
    return ALLOWED


def may_keep_hold(actor: Actor, lead: Membership, cover: Membership) -> Decision:
    """Two colleagues who work here now: one keeps hold, the other when the first is away."""
    if lead == cover:
        return SAME_PERSON
    here = Membership.objects.on(actor.today).filter(organisation=actor.organisation_id)
    if here.filter(pk__in=(lead.pk, cover.pk)).count() == 2:
        return ALLOWED
    return Decision(
        _("Who keeps hold of it works here."), _("Choose two colleagues of your own organisation.")
    )


def may_work_on(actor: Actor, referral: Referral) -> Decision:
    """While it is open: who works with the child, and who has the lead or is the cover."""
    if referral.closed_on is not None:
        return CLOSED
    if actor.is_parent or referral.child is None:
        return NOT_WITH_THIS_CHILD
    works = works_with(actor, referral.child)
    if works and referral.organisation_id != actor.organisation_id:
        return NOT_WITH_THIS_CHILD
    return works


def may_tell_meanwhile(actor: Actor, referral: Referral, meanwhile: str) -> Decision:
    if not meanwhile.strip():
        return Decision(_("Write what you do while the child waits."))
    return may_work_on(actor, referral)


def may_ask_party(
    actor: Actor, referral: Referral, on: date, ask_again_on: date, parents_agreed: str
) -> Decision:
    """Asked only with the parents: their yes here, or (a party not in this system) in your words."""
    works = may_work_on(actor, referral)
    if not works:
        return works
    if referral.revoked_on is not None:
        return REVOKED
    if referral.asked_on is not None:
        return Decision(_("The party was asked already."), _("Write down what they answered."))
    if not _days_fit(actor, on, ask_again_on):
        return _days_fit(actor, on, ask_again_on)
    return parents_stand_behind(actor, referral, parents_agreed)


def parents_stand_behind(actor: Actor, referral: Referral, in_words: str = "") -> Decision:
    """Whether the parents agreed that this party is asked and hears about their child."""
    if referral.to_id is None:
        if (in_words or referral.parents_agreed).strip():
            return ALLOWED
        return Decision(
            _("Write how the parents said yes, and who was there."),
            _("No yes yet? Then speak with them first."),
        )
    if referral.to_id == actor.organisation_id:
        return ALLOWED
    child = referral.child
    may = may_address(actor, child, referral.to_id) if child else NOT_WITH_THIS_CHILD
    if not may:
        return may
    agreed = running_consents(actor.at, actor.today).filter(
        request__child=referral.child_id,
        request__organisation=referral.to_id,
        request__purpose=Purpose.HANDOVER,
    )
    if agreed.exists():
        return ALLOWED
    return Decision(
        _("The parents have not agreed yet that this party hears about their child."),
        _("Wait for their answer; meanwhile the support on the group goes on."),
    )


def _days_fit(actor: Actor, on: date, ask_again_on: date) -> Decision:
    if on > actor.today:
        return Decision(_("This day still has to come."), _("Choose today or an earlier day."))
    if ask_again_on <= actor.today:
        return Decision(_("The day to ask again lies ahead of today."))
    return ALLOWED


def may_hear(
    actor: Actor, referral: Referral, words: str, ask_again_on: date | None, on: date | None
) -> Decision:
    """Not yet: by the party, or who works on it writes it down; with the next day to ask."""
    if not words.strip():
        return NO_WORDS
    if referral.asked_on is None:
        return NOT_ASKED
    if referral.started_on is None and ask_again_on is None:
        return Decision(_("Choose a day on which you ask again."))
    days = _days_fit(actor, on or actor.today, ask_again_on or date.max)
    return answers_for_party(actor, referral) and days


def may_accept(
    actor: Actor, referral: Referral, on: date, ask_again_on: date | None = None
) -> Decision:
    """Yes, also after a no. ``ask_again_on``: by then it starts, when that is known."""
    if referral.asked_on is None:
        return NOT_ASKED
    if referral.accepted_on is not None:
        return Decision(_("The party said yes already."))
    if ask_again_on is not None and not _days_fit(actor, on, ask_again_on):
        return _days_fit(actor, on, ask_again_on)
    return _in_order(actor, on, referral.asked_on) and answers_for_party(actor, referral)


def may_refuse(actor: Actor, referral: Referral, on: date, words: str) -> Decision:
    """No, with the reason; also after a yes, until the place has started."""
    if not words.strip():
        return Decision(_("Write why not: the parents read it too."))
    if referral.asked_on is None:
        return NOT_ASKED
    if referral.started_on is not None:
        return Decision(_("The place has started already."))
    if referral.refused_on is not None:
        return Decision(_("The party said no already."))
    return _in_order(actor, on, referral.asked_on) and answers_for_party(actor, referral)


def may_revoke(actor: Actor, referral: Referral, words: str) -> Decision:
    """A parent who decides takes it back, until the place has started; the lead then closes it."""
    if not words.strip():
        return Decision(_("Write in a few words why."))
    return is_to_revoke(actor, referral)


def is_to_revoke(actor: Actor, referral: Referral) -> Decision:
    if referral.closed_on is not None:
        return CLOSED
    if referral.revoked_on is not None:
        return REVOKED
    if referral.started_on is not None:
        return Decision(_("The place has started already."), _("Speak with the people there."))
    if not actor.is_parent or referral.child is None:
        return Decision(
            _("Only the parents take it back."), _("Who keeps hold of it can close it.")
        )
    return is_guardian(actor, referral.child)


def may_record_start(actor: Actor, referral: Referral, on: date) -> Decision:
    if referral.accepted_on is None:
        return Decision(_("The party has not said yes yet."), _("Write that down first."))
    if referral.started_on is not None:
        return Decision(_("The place has started already."))
    return _in_order(actor, on, referral.accepted_on) and answers_for_party(actor, referral)


def _in_order(actor: Actor, on: date, earlier: date) -> Decision:
    if on > actor.today:
        return Decision(_("This day still has to come."), _("Choose today or an earlier day."))
    if on < earlier:
        return Decision(_("This day lies before the step that came first."))
    return ALLOWED


def answers_for_party(actor: Actor, referral: Referral) -> Decision:
    """Somebody of the party who sees the referral, or who works on it here."""
    if referral.closed_on is not None:
        return CLOSED
    if referral.revoked_on is not None:
        return REVOKED
    if referral.to_id is not None and actor.organisation_id == referral.to_id:
        seen = Referral.objects.visible_to(actor).filter(pk=referral.pk)
        return ALLOWED if seen.exists() else NOT_WITH_THIS_CHILD
    return may_work_on(actor, referral)


def has_the_lead(actor: Actor, referral: Referral) -> Decision:
    """The lead, the cover, or who stands in for the lead today."""
    named = leads(actor, referral.lead_id, referral.cover_id)
    if named or leads(actor, stands_in(referral.lead_id, actor.today)):
        return ALLOWED
    return Decision(
        _("Only whoever keeps hold of it, or the cover, closes it."), _("Ask who has the lead.")
    )


def may_close(actor: Actor, referral: Referral, outcome: str, words: str) -> Decision:
    """A person closes it, with a reason; as started only when it has, and the receiver signed."""
    if not words.strip():
        return Decision(_("Write how it ended: the parents read it too."))
    if outcome == Outcome.STARTED and referral.started_on is None:
        return Decision(
            _("The next place has not started yet."),
            _("Write down when it started; until then you keep hold of it."),
        )
    may = may_work_on(actor, referral) and has_the_lead(actor, referral)
    return may and (_signed_for(referral) if outcome == Outcome.STARTED else ALLOWED)


def _signed_for(referral: Referral) -> Decision:
    """Refused while something that went along with it waits for the receiver to sign."""
    sent = Manifest.objects.unrestricted(reason=BESIDE).filter(entry=referral.pk, signed=None)
    if any(each.sent for each in sent):
        return Decision(
            _("Nobody has signed yet for what went along."),
            _("Ask who received it, or write down the signature on paper."),
        )
    return ALLOWED


def may_pass(actor: Actor, referral: Referral, lead: Membership, cover: Membership) -> Decision:
    """The lead, the cover or who runs the place hands the coordination to two colleagues."""
    may = may_work_on(actor, referral) and may_keep_hold(actor, lead, cover)
    if not may or actor.role in RUNS_THE_PLACE:
        return may
    return has_the_lead(actor, referral)
