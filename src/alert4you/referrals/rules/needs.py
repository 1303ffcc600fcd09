"""Does it go well here, and is it enough: two questions, and what is registered when it is not."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from alert4you.access.rules.relations import works_here_with
from alert4you.children.models import Child
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.notes.rules.writing import in_own_file
from alert4you.organisations.models import Actor
from alert4you.referrals.models import Referral, UnmetNeed


@dataclass(frozen=True)
class Judged:
    """The two answers, apart, and why: "goes well here" says nothing about "enough"."""

    goes_well: bool
    enough: bool
    words: str


@dataclass(frozen=True)
class Missing:
    """Which help is not there (``what`` in words), why not, and when to look again."""

    help: str
    what: str
    obstacle: str
    look_again_on: date
    referral: Referral | None = None


def may_register(actor: Actor, child: Child, judged: Judged, missing: Missing) -> Decision:
    """Own staff; only when it is not enough, with what is missing and a day to look again."""
    if judged.enough:
        return Decision(
            _("When it is enough, no help is missing."),
            _("Going well here and being enough are two questions; answer them apart."),
        )
    if not missing.what.strip():
        return Decision(_("Write which help is missing: the parents read it too."))
    if missing.referral is not None and missing.referral.child_id != child.pk:
        return Decision(_("This is the referral of another child."))
    return _ahead(actor, missing.look_again_on) and works_here_with(actor, child)


def may_look_again(
    actor: Actor, need: UnmetNeed, judged: Judged, look_again_on: date | None
) -> Decision:
    """Still not enough: a next day. Enough now: it is closed."""
    if need.met_on is not None:
        return Decision(_("This need was met; what was written stays as it was."))
    if not judged.words.strip():
        return Decision(_("Write in a few words how it is now."))
    if not judged.enough and look_again_on is None:
        return Decision(_("Choose a day on which you look again."))
    ahead = ALLOWED if judged.enough else _ahead(actor, look_again_on or actor.today)
    return ahead and in_own_file(actor, need)


def _ahead(actor: Actor, day: date) -> Decision:
    if day > actor.today:
        return ALLOWED
    return Decision(_("The day to look again lies ahead of today."))
