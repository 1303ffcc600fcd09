"""Who may add or take away a way to come in, and invite a parent."""

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from alert4you.access.rules.relations import works_here_with
from alert4you.children.models import Guardian
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Person
from alert4you.organisations.rules import can_be_invited

FOR_ONESELF = Decision(_("Only you yourself decide how you sign in."))
NOT_FOR_YOU = Decision(
    _("Where this person can be reached is secret."), _("Ask the manager or the care coordinator.")
)
SECOND_PROOFS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def may_add_key(actor: Actor, person: Person) -> Decision:
    return ALLOWED if actor.person_id == person.pk else FOR_ONESELF


def may_remove_key(actor: Actor, key: Authenticator) -> Decision:
    """One's own, but not the last one."""
    if key.user_id != actor.person_id:
        return FOR_ONESELF
    left = Authenticator.objects.filter(user=actor.person_id, type__in=SECOND_PROOFS)
    if left.exclude(pk=key.pk).exists():
        return ALLOWED
    return Decision(_("This is your last way to show that it is you."), _("First add another one."))


def may_invite_guardian(actor: Actor, guardian: Guardian) -> Decision:
    """Whoever works with the child at its place invites its parents: those with authority, who run now."""
    running = guardian.starts <= actor.today and (
        guardian.ends is None or guardian.ends > actor.today
    )
    if not guardian.has_authority or not running:
        return Decision(
            _("Only whoever has authority over the child signs in."),
            _("Others ask the staff for information."),
        )
    works = works_here_with(actor, guardian.child)
    return can_be_invited(actor, guardian.person) if works else works
