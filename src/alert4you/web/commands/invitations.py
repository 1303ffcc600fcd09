"""Inviting parents."""

from alert4you.children.models import Guardian
from alert4you.kernel.command import command
from alert4you.organisations.commands import make_invitation
from alert4you.organisations.models import Actor, Invitation
from alert4you.web.rules import keys


@command(keys.may_invite_guardian)
def invite_guardian(actor: Actor, guardian: Guardian) -> Invitation:
    """This parent or guardian may come in once within a week; an earlier invitation ends."""
    return make_invitation(actor, guardian.person)
