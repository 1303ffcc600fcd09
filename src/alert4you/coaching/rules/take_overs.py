"""What a coach may take over from the group, and when the group gets it back."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext_lazy as _

from alert4you.access.models import CoachPost
from alert4you.access.rules.names import no_child_named
from alert4you.access.rules.relations import leads
from alert4you.coaching.models import TakeOver, TakeOverAgreement
from alert4you.coaching.rules.contacts import coaches_at
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Location, Organisation
from alert4you.organisations.queries import stands_in
from alert4you.organisations.rules import RUNS_THE_PLACE


def may_agree_take_overs(
    actor: Actor,
    location: Location,
    organisation: Organisation,
    may: Collection[str],
    never: Collection[str],
    review_on: date,
) -> Decision:
    """Whoever runs the place agrees with the organisation of its coach: what may, what never, until when."""
    if actor.role not in RUNS_THE_PLACE or location.organisation_id != actor.organisation_id:
        return Decision(_("Only whoever runs the location agrees this with the coach."))
    posted = CoachPost.objects.on(actor.today).filter(
        location=location, membership__organisation=organisation
    )
    if not posted.exists():
        return Decision(_("No coach of this organisation works here."))
    if not may or not never:
        return Decision(
            _("Write both: what the coach may take over, and what surely not."),
            _("Where the limit lies is what this agreement is about."),
        )
    if {task.lower() for task in may} & {task.lower() for task in never}:
        return Decision(_("The same task stands in both lists."))
    if review_on <= actor.today:
        return Decision(_("Choose a day after today to look at this again."))
    return no_child_named(" ".join([*may, *never]), location, actor.today)


def agreement_at(actor: Actor, location: Location) -> TakeOverAgreement | None:
    """What was agreed at a location with the organisation of this hat."""
    agreed = TakeOverAgreement.objects.filter(location=location, ended_at=None)
    return agreed.filter(organisation=actor.organisation_id).first()


def may_take_over(
    actor: Actor, location: Location, task: str, give_back_by: date, text: str
) -> Decision:
    """Only what was agreed, for a while, and without a child in the words."""
    coaches = coaches_at(actor, location)
    if not coaches:
        return coaches
    agreement = agreement_at(actor, location)
    if agreement is None:
        return Decision(
            _("Nothing was agreed yet about taking over here."),
            _("First agree with the location where the limit is."),
        )
    if task not in agreement.may:
        surely_not = task.lower() in {each.lower() for each in agreement.never}
        why = _("You agreed that the coach surely does not take this over.")
        return Decision(
            why if surely_not else _("This is not one of the tasks that were agreed."),
            _("Change the agreement together first."),
        )
    if give_back_by <= actor.today:
        return Decision(_("Choose a day after today on which the group gets it back."))
    return no_child_named(text, location, actor.today)


def may_give_back(actor: Actor, taken: TakeOver, learnt: str) -> Decision:
    """The coach herself; what the group learnt names no child."""
    if taken.given_back_at is not None:
        return Decision(_("The group has this back already."))
    if not leads(actor, taken.coach_id, stands_in(taken.coach_id, actor.today)):
        return Decision(_("Only the coach who took it over gives it back."))
    return no_child_named(learnt, taken.location, actor.today) if taken.location else ALLOWED
