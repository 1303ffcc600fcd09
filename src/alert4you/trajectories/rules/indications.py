"""Who writes down an indication, and who says that its place may go."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from alert4you.access.rules.relations import is_guardian, works_here_with, works_with
from alert4you.children.models import Child, Guardian
from alert4you.kernel.decision import Decision
from alert4you.notes.rules.writing import in_own_file
from alert4you.organisations.models import Actor, Organisation
from alert4you.trajectories.models import Indication, Side


@dataclass(frozen=True)
class Granted:
    """What was decided: for what, by whom, valid in [starts, ends), and where the place is."""

    what: str
    decided_by: str
    starts: date
    ends: date
    party: Organisation | None = None


@dataclass(frozen=True)
class Told:
    """Whose word staff write down: that of a parent, or (``name``) of somebody of the party."""

    guardian: Guardian | None = None
    name: str = ""


def may_record(actor: Actor, child: Child, granted: Granted) -> Decision:
    """The parents, and staff of the child's own place; who decided and until when is always told."""
    if not granted.decided_by.strip():
        return Decision(_("Write who decided about the indication."))
    if granted.ends <= granted.starts:
        return Decision(_("The indication ends before it begins."))
    return is_guardian(actor, child) if actor.is_parent else works_here_with(actor, child)


def may_record_at_all(actor: Actor, child: Child) -> Decision:
    """Whether this hat writes down indications of this child."""
    return is_guardian(actor, child) if actor.is_parent else works_here_with(actor, child)


def may_release(actor: Actor, indication: Indication, told: Told | None) -> Decision:
    """A parent and the party each for themselves; staff of the place write down what they told."""
    seen = Indication.objects.visible_to(actor).filter(pk=indication.pk, child__isnull=False)
    if indication.child is None or not seen.exists():
        return Decision(_("This is not an indication that you know."))
    if indication.ends <= actor.today:
        return Decision(_("This indication has ended already."))
    if told is not None:
        return _may_write_down(actor, indication, told)
    if actor.is_parent:
        return is_guardian(actor, indication.child)
    if actor.organisation_id == indication.party_id:
        return works_with(actor, indication.child)
    return Decision(
        _("Only the parents and the party where the place is can say that it may go."),
        _("Write down what they told you."),
    )


def _may_write_down(actor: Actor, indication: Indication, told: Told) -> Decision:
    guardian = told.guardian
    if guardian is None and not told.name.strip():
        return Decision(_("Write who told you so."))
    if guardian is not None and not _decides(guardian, indication, actor.today):
        return Decision(_("This person does not decide about the child."))
    if indication.child is None or actor.is_parent:
        return Decision(_("You speak for yourself here."))
    return in_own_file(actor, indication)


def _decides(guardian: Guardian, indication: Indication, day: date) -> bool:
    runs = guardian.starts <= day and (guardian.ends is None or day < guardian.ends)
    return runs and guardian.has_authority and guardian.child_id == indication.child_id


def is_complete(indication: Indication, day: date) -> bool:
    """All parents with authority and the party have said that the place may go."""
    said: dict[Any, set[Any]] = {Side.PARENTS: set(), Side.PARTY: set()}
    for side, person in indication.releases.values_list("side", "person"):
        said[side].add(person)
    guardians = Guardian.objects.on(day).filter(child=indication.child_id, has_authority=True)
    deciding = set(guardians.values_list("person", flat=True))
    return bool(deciding) and deciding <= said[Side.PARENTS] and bool(said[Side.PARTY])
