"""What the law allows without the signatures that the age asks: always with a reason, and parents read it.

Staff of the place write it down; it is nothing until the professional whose word it is confirms it.

Sources: Jeugdwet 7.3.4, 7.3.5 and 7.3.15 (others sign), 7.3.11 paragraph 4 (a supervision order).
"""

from datetime import date

from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Answer, Basis, ConsentRequest, Exemption, Purpose, Signature
from alert4you.access.rules.consent import (
    CHILD_ALONE_FROM,
    CHILD_SIGNS_FROM,
    Terms,
    is_asked,
    is_open,
    may_request,
)
from alert4you.access.rules.refusals import may_use
from alert4you.access.rules.relations import works_here_with
from alert4you.children.models import Child, Guardian, GuardianKind
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Membership, Organisation, OrganisationKind, Role

REASON_AT_LEAST = 20
YOUTH_CARE = {
    OrganisationKind.YOUTH_CARE_PROVIDER,
    OrganisationKind.MENTAL_HEALTH_CARE,
    OrganisationKind.LOCAL_TEAM,
}
PROFESSIONALS = (Role.COACH, Role.PARTNER, Role.PEDAGOGUE, Role.CARE_COORDINATOR)


def may_share_by_law(
    actor: Actor, child: Child, organisation: Organisation, terms: Terms, who: Membership
) -> Decision:
    """Only with the institution that supervises the child now, with a reason that parents read."""
    if who.organisation_id != organisation.pk:
        return Decision(_("Choose who of the certified institution needs it."))
    if len(terms.why.strip()) < REASON_AT_LEAST:
        return Decision(_("Write in at least 20 characters why they need it: the parents read it."))
    supervises = Guardian.objects.on(actor.today).filter(
        child=child, kind=GuardianKind.SUPERVISOR, organisation=organisation
    )
    if not supervises.exists():
        return Decision(
            _("This organisation does not supervise the child now."),
            _("Ask the parents, or have the supervision order written down first."),
        )
    today = ConsentRequest.objects.filter(
        child=child, organisation=organisation, basis=Basis.LAW, closed_at=None, starts=actor.today
    )
    if today.exists():
        return Decision(_("This was written down today already."))
    asks = may_request(actor, child, terms)
    return asks and may_use(actor, child, Purpose.SUPPORT)


def may_exempt(
    actor: Actor, request: ConsentRequest, exempt: str, why: str, by: Membership
) -> Decision:
    """From 12 on, with the reason of a youth-care professional; staff of the place write it down.

    The exceptions to the parents' consent hold from 12 to 15. A wish is one after a parent's refusal,
    by a child that said yes.
    """
    asked = is_asked(actor, request)
    if not asked:
        return asked
    if by.organisation.kind not in YOUTH_CARE or by.role not in PROFESSIONALS:
        return Decision(_("Only a youth-care professional can decide this."))
    if by.person_id == actor.person_id:
        return Decision(_("Have a colleague write this down: two people stand behind it."))
    if len(why.strip()) < REASON_AT_LEAST:
        return Decision(_("Write the reason of the professional in at least 20 characters."))
    if request.exempt and request.confirmed is not False:
        return Decision(_("An exception was written down already."))
    fits = _fits(request, exempt, actor.today)
    return works_here_with(actor, request.child) if fits else fits


def may_be_exempt(request: ConsentRequest, day: date) -> bool:
    """Whether an exception can be there at all: from 12 on, and none was written down that may stand."""
    of_age = request.child.age_in_years(day) >= CHILD_SIGNS_FROM
    fresh = not request.exempt or request.confirmed is False
    return of_age and fresh and request.basis == Basis.CONSENT


def may_confirm(actor: Actor, request: ConsentRequest) -> Decision:
    """Only the professional on whose word it rests, in that hat and once, while the request is open."""
    if actor.membership_id != request.rests_on_id:
        return Decision(_("Only whoever decided this can confirm it."))
    if request.confirmed is not None:
        return Decision(_("You answered this already."), _("Talk with whoever asked you."))
    return is_open(actor, request)


def _fits(request: ConsentRequest, exempt: str, day: date) -> Decision:
    """Whether this exception is there for a child of this age, and for what was said."""
    age = request.child.age_in_years(day)
    if age < CHILD_SIGNS_FROM:
        return Decision(_("Under 12 only the parents or guardians decide."))
    if exempt != Exemption.NOT_CAPABLE and age >= CHILD_ALONE_FROM:
        return Decision(_("From 16 on, a young person decides alone."))
    if exempt == Exemption.WISH and not _keeps_wishing(request, day):
        return Decision(
            _("This is for a child that said yes, after a parent said no."),
            _("Write down first what the child and the parents answer."),
        )
    return ALLOWED


def _keeps_wishing(request: ConsentRequest, day: date) -> bool:
    said = Signature.objects.filter(consent__request=request, ended_at=None)
    deciders = Guardian.objects.on(day).filter(child=request.child_id, has_authority=True)
    no = said.filter(answer=Answer.REFUSED, guardian__in=deciders.values("pk"))
    return no.exists() and said.filter(answer=Answer.GIVEN, guardian=None).exists()
