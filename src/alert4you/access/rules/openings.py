"""R9 and R10: a file opened without a relation, by oneself in an emergency or for support."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alert4you.access import policy
from alert4you.access.models import HOLD_AT_MOST, Mark, NegativeMark, Opening
from alert4you.access.rules.officers import looks_after
from alert4you.access.rules.relations import ties
from alert4you.children.models import Child, Guardian, Placement
from alert4you.kernel.compiled import Condition
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Attempt, Membership, Role
from alert4you.organisations.rules import KEEPS_THE_BOOKS, RUNS_THE_PLACE, SPELL, knock_key

EMERGENCY = timedelta(minutes=60)
SUPPORT_AT_MOST = timedelta(hours=8)
REASON_AT_LEAST = 20
OPENS_IN_NEED = {Role.GROUP_WORKER, Role.PEDAGOGUE, Role.CARE_COORDINATOR, Role.MANAGER}
MONTH = timedelta(days=30)
OFTEN = 3
TRIES = 10
FINDS_BY_LIST = {Role.PEDAGOGUE, *RUNS_THE_PLACE}
ONLY_OPENED = Decision(
    _("This file is only open for a while: reading only, nothing leaves the screen."),
    _("Ask a colleague who works with the child, or its care coordinator."),
)


def may_find_by_name(actor: Actor) -> Decision:
    """Who works on a group types the whole name and the birth date, so many times in a quarter."""
    if actor.role not in OPENS_IN_NEED:
        return Decision(_("Only staff of the child's own place can open a file in an emergency."))
    tries = Attempt.objects.filter(key=find_key(actor), at__gt=actor.at - SPELL)
    if tries.count() < TRIES:
        return ALLOWED
    return Decision(
        _("This was tried too often."),
        _("Wait a quarter of an hour, or call the location of the child."),
    )


def find_key(actor: Actor) -> str:
    return knock_key("file", str(actor.membership_id))


def may_take_along(actor: Actor, *children: Child) -> Decision:
    """Paper, a file, a print: never about a child whose file is just open for a while."""
    mine = Opening.objects.filter(membership=actor.membership_id, child__in=children)
    opened = set(mine.filter(at__lte=actor.at, ends__gt=actor.at).values_list("child", flat=True))
    just_open = (
        each for each in children if each.pk in opened and not _reads_by_right(actor, each)
    )
    return ONLY_OPENED if any(just_open) else ALLOWED


def _reads_by_right(actor: Actor, child: Child) -> bool:
    """Whether this hat would read the file without the opening; knowing the name is not reading."""
    held = ties(actor, child)
    by_name = actor.role in KEEPS_THE_BOOKS and not (held.on_team or held.on_group)
    return held.knows and not by_name


def parents_told_at(actor: Actor, child: Child) -> datetime:
    """At once; on the last day of a later notice; or, when a guardian is shut out, after 28 days at the
    latest: until then the privacy officer decides.
    """
    marks = NegativeMark.objects.on(actor.today).filter(child=child)
    later = marks.filter(mark=Mark.TELL_LATER).order_by("-ends").first()
    if later is not None and later.ends is not None:
        return midnight(later.ends)
    guardians = Guardian.objects.on(actor.today).filter(child=child)
    shut_out = marks.filter(mark=Mark.RESTRICTION, person__in=guardians.values("person"))
    return actor.at + HOLD_AT_MOST if shut_out.exists() else actor.at


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def may_decide_telling(actor: Actor, opening: Opening, on: date, reason: str) -> Decision:
    """When the parents hear of an opening: a named person, a day within 28 days of it, a reason."""
    if not looks_after(actor, opening.membership.organisation_id) or _is_oneself(actor, opening):
        return Decision(_("The privacy officer decides when the parents hear of it."))
    if opening.parents_told_at <= actor.at:
        return Decision(_("The parents know of it already."))
    if midnight(on) > opening.at + HOLD_AT_MOST:
        return Decision(_("The parents hear of it within 28 days."), _("Choose an earlier day."))
    return ALLOWED if reason.strip() else Decision(_("Write why it is this day."))


def _is_oneself(actor: Actor, opening: Opening) -> bool:
    return actor.person_id == opening.membership.person_id


def may_break_glass(actor: Actor, child: Child, reason: str) -> Decision:
    """Staff of the place where the child is, with a reason of 20 characters; what forbids, forbids."""
    if len(reason.strip()) < REASON_AT_LEAST:
        return Decision(
            _("Write in at least 20 characters what is going on."),
            _("The parents, the team and the privacy officer read it."),
        )
    barred = actor.role not in OPENS_IN_NEED or _is_forbidden(actor, child)
    if barred or not _is_here(actor, child):
        return Decision(
            _("You cannot open this file."),
            _("Call the location of the child, or 112 when there is danger."),
        )
    return ALLOWED


def may_let_support_in(
    actor: Actor, child: Child, membership: Membership, reason: str, lasting: timedelta
) -> Decision:
    """The organisation itself lets a named person of support look with it, for hours."""
    runs = actor.role in RUNS_THE_PLACE and membership.organisation_id == actor.organisation_id
    if not runs or not _is_here(actor, child):
        return Decision(_("Only whoever runs the place lets support in."))
    if membership.role != Role.SUPPORT:
        return Decision(_("This person does not work for support."))
    if not timedelta(0) < lasting <= SUPPORT_AT_MOST:
        return Decision(_("Support can look along for eight hours at most."))
    if len(reason.strip()) < REASON_AT_LEAST:
        return Decision(
            _("Write in at least 20 characters what is looked at; the parents read it.")
        )
    return ALLOWED


def may_close(actor: Actor, opening: Opening) -> Decision:
    """Who opened it, who let in, or who runs the place closes it sooner."""
    if actor.membership_id in (opening.membership_id, opening.allowed_by_id):
        return ALLOWED
    if actor.role in RUNS_THE_PLACE and opening.membership.organisation_id == actor.organisation_id:
        return ALLOWED
    return Decision(_("This file was not opened by you."))


def _is_here(actor: Actor, child: Child) -> bool:
    """Whether the child has a place today at the organisation of this hat."""
    here = Placement.objects.on(actor.today).filter(
        child=child, group__location__organisation=actor.organisation_id
    )
    return here.unrestricted(reason="rule").exists()


def _is_forbidden(actor: Actor, child: Child) -> bool:
    rows = Child.objects.unrestricted(reason="rule").filter(pk=child.pk)
    return rows.filter(Condition(Child, policy.forbidden, actor)).exists()
