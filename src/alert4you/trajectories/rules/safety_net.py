"""The safety net of a practice: an indication that outlives the trajectory, or lapses while it runs."""

from datetime import date
from typing import Literal, cast

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.practices.rules.language import ENDED, Option
from alert4you.practices.rules.wording import WORDS
from alert4you.trajectories.rules.course import Course
from alert4you.trajectories.rules.states import LEAD, Net, NextStep, Text

RENEW = "indication"


def net(course: Course, today: date) -> Net | None:
    """How the safety net of this practice stands; None when it has none.

    Of several indications the one that is valid longest counts, so a renewal takes over.
    """
    wanted = course.practice.safety_net
    if wanted is None:
        return None
    known = [each for each in course.indications if each.what == wanted.indication]
    kept = [each for each in known if each.id not in course.released and each.ends > today]
    longest = max(kept or known, key=lambda each: (each.ends, each.at, each.id), default=None)
    if longest is None:
        return Net(wanted.indication, "none")
    standing: Literal["holds", "soon", "expired", "released"] = "expired"
    if kept:
        standing = "soon" if wanted.warn.after(today) >= longest.ends else "holds"
    elif longest.id in course.released:
        standing = "released"
    return Net(wanted.indication, standing, longest.ends)


def steps(held: Net | None) -> tuple[NextStep, ...]:
    """What somebody has to do about it now."""
    if held is None or held.standing not in ("none", "soon"):
        return ()
    words = {
        "none": _("Write down until when the indication for {what} is valid."),
        "soon": _("The indication for {what} ends soon: renew it, or decide how to go on."),
    }
    title = format_lazy(words[held.standing], what=named(held.indication))
    return (NextStep("indication", RENEW, title, LEAD, held.last_day),)


def may_close(held: Net | None, option: Option) -> Decision:
    """A trajectory does not end while its safety net is there; going on to another place uses it."""
    if held is None or not held.is_spanned or option.to != ENDED or held.ends is None:
        return ALLOWED
    reason = format_lazy(
        _("The indication for {what} is still valid: the place is not lost."),
        what=named(held.indication),
    )
    return Decision(
        cast(str, reason),
        _("Let the parents and the party both write down that the place may go; then close."),
    )


def named(indication: str) -> Text:
    """The indication in the language of the reader."""
    return WORDS.get(indication, indication.replace("_", " "))
