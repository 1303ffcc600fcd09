"""Starting a referral, asking the party, hearing its answers, until a person closes it."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from alert4you.access.commands.consent import ask_consent
from alert4you.access.commands.team import name_all_on_team
from alert4you.access.models import Category, Purpose
from alert4you.access.queries.line import file_of
from alert4you.access.rules.consent import Terms
from alert4you.children.models import Child
from alert4you.kernel.command import command
from alert4you.manifests.commands import hand_over
from alert4you.manifests.models import Manifest, Way
from alert4you.manifests.queries import contents
from alert4you.manifests.rules import Parcel
from alert4you.organisations.models import Actor, Membership
from alert4you.referrals.models import Obstacle, Outcome, PartyAnswer, Referral
from alert4you.referrals.rules import ways
from alert4you.referrals.rules.ways import Ask, Receiver


@command(ways.may_refer)
def start_referral(
    actor: Actor, child: Child, receiver: Receiver, ask: Ask, lead: Membership, cover: Membership
) -> Referral:
    """Begin the way to another party: the parents are asked what may go along, nobody else is yet.

    The lead and the cover come on the care team, and keep hold of it until a person closes it.
    """
    referral = Referral.by(
        actor,
        child=child,
        organisation_id=file_of(actor, child),
        category=Category.PLAN,
        title=_title(receiver.name),
        text=ask.what_for,
        trajectory=ask.trajectory,
        to=receiver.organisation,
        to_words=receiver.words.strip(),
        contact=receiver.contact,
        lead=lead,
        cover=cover,
        meanwhile=ask.meanwhile,
    )
    name_all_on_team(actor, child, [(lead, ""), (cover, "")], referral.title)
    there = receiver.organisation
    if there is not None and there.pk != actor.organisation_id and ask.categories:
        terms = Terms(ask.categories, ask.what_for)
        ask_consent(actor, child, there, Purpose.HANDOVER, terms, receiver.contact)
    return referral


@command(ways.may_ask_party)
def ask_party(
    actor: Actor, referral: Referral, on: date, ask_again_on: date, parents_agreed: str = ""
) -> Referral:
    """The party was asked on this day; from now on the child waits.

    ``ask_again_on``: by then an answer is asked, a person's choice; it is the clock of both sides.
    What it may read of the child from now on goes along, with a manifest.
    """
    referral.asked_on, referral.ask_again_on = on, ask_again_on
    referral.asked_by_id = actor.membership_id
    referral.parents_agreed = parents_agreed or referral.parents_agreed
    referral.save(update_fields=["asked_on", "ask_again_on", "asked_by", "parents_agreed"])
    _hand_over(actor, referral)
    return referral


@command(ways.may_tell_meanwhile)
def tell_meanwhile(
    actor: Actor, referral: Referral, meanwhile: str, effect_on_group: str = ""
) -> Referral:
    """What we do while the child waits, and what the waiting does to the group."""
    referral.meanwhile, referral.effect_on_group = meanwhile, effect_on_group
    referral.save(update_fields=["meanwhile", "effect_on_group"])
    return referral


@command(ways.may_hear)
def hear_party(
    actor: Actor,
    referral: Referral,
    words: str,
    ask_again_on: date | None = None,
    obstacle: str = "",
    on: date | None = None,
) -> PartyAnswer:
    """What the party said last, why it is not there yet, and when we ask again."""
    answer = _said(actor, referral, words, on or actor.today, obstacle)
    referral.ask_again_on = ask_again_on
    referral.save(update_fields=["ask_again_on"])
    return answer


@command(ways.may_accept)
def accept_referral(
    actor: Actor, referral: Referral, on: date, words: str = "", ask_again_on: date | None = None
) -> Referral:
    """The party said yes on this day: the child no longer waits for an answer, but for the start."""
    referral.accepted_on, referral.refused_on = on, None
    return _answered(actor, referral, on, words, ask_again_on)


@command(ways.may_refuse)
def refuse_referral(
    actor: Actor, referral: Referral, on: date, words: str, obstacle: str = ""
) -> Referral:
    """The party said no, and why. It stays with the lead: another way, or help that is missing."""
    referral.accepted_on, referral.refused_on = None, on
    return _answered(actor, referral, on, words, obstacle=obstacle)


@command(ways.may_revoke)
def revoke_referral(actor: Actor, referral: Referral, words: str) -> Referral:
    """The parents take it back: nobody asks any more, and the lead closes it."""
    referral.revoked_on, referral.revoked_why = actor.today, words
    referral.revoked_by_id, referral.ask_again_on = actor.person_id, None
    referral.save(update_fields=["revoked_on", "revoked_by", "revoked_why", "ask_again_on"])
    return referral


@command(ways.may_record_start)
def record_start(actor: Actor, referral: Referral, on: date, words: str = "") -> Referral:
    """The place has started: what was written since the asking goes along too, to be signed for.

    Whoever keeps hold of it still closes it: a person does.
    """
    referral.started_on = on
    _hand_over(actor, referral)
    return _answered(actor, referral, on, words)


@command(ways.may_close)
def close_referral(actor: Actor, referral: Referral, outcome: str, words: str) -> Referral:
    """The coordination ends: by a person, with how it ended and why."""
    referral.closed_on, referral.outcome = actor.today, Outcome(outcome)
    referral.closing_words, referral.ask_again_on = words, None
    referral.save(update_fields=["closed_on", "outcome", "closing_words", "ask_again_on"])
    return referral


@command(ways.may_pass)
def pass_coordination(
    actor: Actor, referral: Referral, lead: Membership, cover: Membership
) -> Referral:
    """Somebody else keeps hold of it from now on; always exactly one, with a cover."""
    referral.lead, referral.cover = lead, cover
    referral.save(update_fields=["lead", "cover"])
    if referral.child is not None:
        people = [(lead, ""), (cover, "")]
        name_all_on_team(actor, referral.child, people, referral.title)
    return referral


def _hand_over(actor: Actor, referral: Referral) -> None:
    """What the party may read goes along with a manifest, later only what it did not get before."""
    child, to = referral.child, referral.to
    if child is None or to is None or to.pk == referral.organisation_id:
        return
    there = str(referral.contact.person) if referral.contact else ""
    parcel = Parcel(to, there, Way.REFERRAL, referral, [Purpose.HANDOVER])
    before = Manifest.objects.unrestricted(reason=ways.BESIDE).filter(entry=referral.pk)
    had = {pk for each in before for line in each.sent for pk in line.sent}
    lines = [
        replace(line, sent=tuple(pk for pk in line.sent if pk not in had))
        for line in contents(actor, child, parcel)
    ]
    if not had or any(line.sent for line in lines):
        hand_over(actor, child, parcel, lines)


def _answered(
    actor: Actor,
    referral: Referral,
    on: date,
    words: str,
    ask_again_on: date | None = None,
    obstacle: str = "",
) -> Referral:
    """Keep where it stands now, and what was said with it."""
    referral.ask_again_on = ask_again_on
    referral.save(update_fields=["accepted_on", "refused_on", "started_on", "ask_again_on"])
    if words.strip():
        _said(actor, referral, words, on, obstacle)
    return referral


def _said(
    actor: Actor, referral: Referral, words: str, on: date, obstacle: str = ""
) -> PartyAnswer:
    by: UUID = actor.membership_id
    return PartyAnswer.objects.create(
        referral=referral,
        on=on,
        words=words,
        obstacle=Obstacle(obstacle) if obstacle else "",
        by_id=by,
        at=actor.at,
    )


def _title(party: str) -> str:
    """What stands on the line, in the language of the place."""
    with override("nl"):
        return _("To %(party)s") % {"party": party}
