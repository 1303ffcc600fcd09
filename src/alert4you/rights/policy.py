"""Who may see what is asked about data: who asked it, and who answers; what stands beside an entry."""

from django.db.models import Exists, OuterRef, Q

from alert4you.access import policy
from alert4you.access.models import Entry, LookQuestion
from alert4you.kernel.policies import policy_of
from alert4you.organisations.models import Actor, Membership, Role
from alert4you.organisations.rules import RUNS_THE_PLACE
from alert4you.rights.models import Remark, RightsRequest

NOBODY = Q(pk__in=[])


@policy_of(RightsRequest)
def requests(actor: Actor) -> Q:
    """What was asked of the own organisation, for the privacy officer and the care coordinator."""
    if actor.is_parent:
        return own_questions(actor)
    if actor.role == Role.CARE_COORDINATOR:
        return at_own_place(actor)
    return as_privacy_officer(actor)


@policy_of(LookQuestion)
def look_questions(actor: Actor) -> Q:
    """Why somebody looked, for whoever looks after that; not only for the one it is about."""
    if actor.is_parent:
        return own_questions(actor)
    return as_privacy_officer(actor, person=OuterRef("person"))


@policy_of(Remark)
def remarks(actor: Actor) -> Q:
    """Whoever sees the entry sees what stands beside it."""
    seen = Entry.objects.visible_to(actor).filter(pk=OuterRef("entry"))
    return Q(Exists(seen))


def own_questions(actor: Actor) -> Q:
    """A parent's own, as long as the authority holds and no mark shuts out; never the other parent's."""
    mine = Q(asked_by=actor.person_id) & policy.with_authority(actor, "child")
    return mine & ~policy.forbidden(actor, "child")


def as_privacy_officer(actor: Actor, **oneself: OuterRef) -> Q:
    """The privacy officer, or who runs the place when there is none (besides the one it is about)."""
    if actor.role == Role.PRIVACY_OFFICER:
        return at_own_place(actor)
    if actor.role not in RUNS_THE_PLACE:
        return NOBODY
    hats = Membership.objects.on(actor.today).filter(role=Role.PRIVACY_OFFICER)
    officer = hats.filter(organisation=actor.organisation_id).exclude(**oneself)
    return at_own_place(actor) & ~Q(Exists(officer))


def at_own_place(actor: Actor) -> Q:
    """Never about a child of the own family, or of whom one may know nothing (R12)."""
    here = Q(organisation=actor.organisation_id) & policy.hat_runs(actor)
    return here & ~policy.forbidden(actor, "child")
