"""Writing in a safety record. Nothing here is ever sent to anybody."""

from uuid import UUID

from alert4you.kernel.command import command
from alert4you.organisations.models import Actor, Membership
from alert4you.safety import rules
from alert4you.safety.models import (
    Accused,
    Act,
    Concern,
    Part,
    SafetyMember,
    SafetyPost,
)
from alert4you.safety.rules import Start, Told, questions_on


@command(rules.may_start)
def open_concern(actor: Actor, start: Start) -> Concern:
    """A concern with its first step, the signals; who opens it is its first member."""
    concern = Concern.objects.create(
        child=start.about_child,
        organisation_id=actor.organisation_id,
        about=start.about,
        opened_by_id=actor.membership_id,
        at=actor.at,
    )
    if start.accused is not None:
        Accused.objects.create(concern=concern, person=start.accused)
    _add_member(actor, concern, actor.membership_id, "")
    _write(actor, concern, Part.SIGNALS, Told(text=start.facts))
    return concern


@command(rules.may_record)
def record(actor: Actor, concern: Concern, part: str, told: Told) -> Act:
    """One step, decision or hand-over; a step can be recorded more than once."""
    return _write(actor, concern, part, told)


@command(rules.may_correct)
def correct(actor: Actor, act: Act, text: str, why: str) -> Act:
    """A new row beside the one that was wrong."""
    return Act.objects.create(
        concern=act.concern,
        part=act.part,
        day=act.day,
        party=act.party,
        with_whom=act.with_whom,
        text=text.strip(),
        left_out=act.left_out,
        ground=act.ground,
        reason=why.strip(),
        answers=act.answers,
        questions_of=act.questions_of,
        must_report=act.must_report,
        gives_help=act.gives_help,
        corrects=act,
        by_id=actor.membership_id,
        at=actor.at,
    )


@command(rules.may_name)
def name_member(actor: Actor, concern: Concern, membership: Membership, why: str) -> SafetyMember:
    return _add_member(actor, concern, membership.pk, why)


@command(rules.may_end)
def end_member(actor: Actor, member: SafetyMember) -> SafetyMember:
    """From now on this person sees nothing of it any more."""
    member.ends = actor.today
    member.save(update_fields=["ends"])
    return member


@command(rules.may_appoint)
def appoint(actor: Actor, membership: Membership, task: str) -> SafetyPost:
    """Who has a task from today, beside whoever has it already."""
    post, _made = SafetyPost.objects.get_or_create(
        membership=membership,
        task=task,
        ends=None,
        defaults={"organisation_id": membership.organisation_id, "starts": actor.today},
    )
    return post


@command(lambda actor, post: rules.may_appoint(actor, post.membership, post.task))
def end_post(actor: Actor, post: SafetyPost) -> SafetyPost:
    post.ends = actor.today
    post.save(update_fields=["ends"])
    return post


def _add_member(actor: Actor, concern: Concern, membership: UUID, why: str) -> SafetyMember:
    member, _made = SafetyMember.objects.get_or_create(
        concern=concern,
        membership_id=membership,
        ends=None,
        defaults={"why": why, "named_by_id": actor.membership_id, "starts": actor.today},
    )
    return member


def _write(actor: Actor, concern: Concern, part: str, told: Told) -> Act:
    since = questions_on(told.day or actor.today)[0] if part == Part.WEIGHING else None
    return Act.objects.create(
        concern=concern,
        part=part,
        day=told.day or actor.today,
        party=told.party,
        with_whom=told.with_whom.strip(),
        text=told.text.strip(),
        left_out=told.left_out,
        ground=told.ground,
        reason=told.reason.strip(),
        answers=[each.strip() for each in told.answers],
        questions_of=since,
        must_report=told.must_report,
        gives_help=told.gives_help,
        by_id=actor.membership_id,
        at=actor.at,
    )
