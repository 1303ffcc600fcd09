"""Registering help that is not there, and looking again."""

from datetime import date

from django.utils.text import capfirst
from django.utils.translation import override

from alert4you.access.models import Category
from alert4you.access.queries.line import file_of
from alert4you.children.models import Child
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor
from alert4you.referrals.models import Help, Obstacle, UnmetNeed, Verdict
from alert4you.referrals.rules import needs
from alert4you.referrals.rules.needs import Judged, Missing


@command(needs.may_register)
def register_need(actor: Actor, child: Child, judged: Judged, missing: Missing) -> UnmetNeed:
    """It may go well here, and it is not enough: which help is missing, why, and when to look again."""
    with override("nl"):
        title = capfirst(str(Help(missing.help).label))
    need = UnmetNeed.by(
        actor,
        child=child,
        organisation_id=file_of(actor, child),
        category=Category.PLAN,
        title=title,
        text=missing.what,
        referral=missing.referral,
        help=Help(missing.help),
        obstacle=Obstacle(missing.obstacle),
        look_again_on=missing.look_again_on,
    )
    _judge(actor, need, judged)
    return need


@command(needs.may_look_again)
def look_again(
    actor: Actor, need: UnmetNeed, judged: Judged, look_again_on: date | None = None
) -> UnmetNeed:
    """The same two questions once more: enough now, or a next day to look."""
    _judge(actor, need, judged)
    need.met_on = actor.today if judged.enough else None
    need.look_again_on = look_again_on or need.look_again_on
    need.save(update_fields=["met_on", "look_again_on"])
    return need


def _judge(actor: Actor, need: UnmetNeed, judged: Judged) -> None:
    Verdict.objects.create(
        need=need, by_id=actor.membership_id, on=actor.today, at=actor.at, **vars(judged)
    )
