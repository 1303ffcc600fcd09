"""Who may change a practice for the own organisation, and when a change can be published."""

from collections.abc import Sequence

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor
from alert4you.practices.models import Draft
from alert4you.practices.rules import drafts
from alert4you.practices.rules.adopting import may_adopt
from alert4you.practices.rules.reading import read
from alert4you.practices.rules.remedies import remedy

# Names that are pages already.
TAKEN = ("ours", "import", "cards", "search")
NOT_YOURS = Decision(
    _("This is the version of another organisation."),
    _("Adopt it, or make a version of your own."),
)


BUSY = Decision(
    _("Somebody is already changing this practice."),
    _("Publish that version first, or throw it away."),
)
GONE = Decision(
    _("This part is not there any more; somebody may have taken it out."),
    _("Look at the whole again and go on from there."),
)
TOO_LARGE = Decision(_("This practice becomes too large."), _("Take something out first."))


def may_change(actor: Actor, draft: Draft) -> Decision:
    """Only the own organisation's draft."""
    if draft.organisation_id != actor.organisation_id:
        return NOT_YOURS
    return may_adopt(actor)


def may_rewrite(actor: Actor, draft: Draft, text: str) -> Decision:
    return may_change(actor, draft) and _readable(text)


def may_bring(actor: Actor, text: str) -> Decision:
    """A file becomes a draft when it is about a practice, whatever is still wrong in it."""
    name = drafts.name_in(text)
    return may_adopt(actor) and _readable(text) and _named(name)


def _named(name: str) -> Decision:
    if name and name not in TAKEN:
        return ALLOWED
    return Decision(
        _("This file does not say which practice it is."),
        _("Its first line must be like: practice: looking-along"),
    )


def _readable(text: str) -> Decision:
    """Nothing that YAML can do besides tables, lists and texts."""
    try:
        drafts.refuse_tricks(text)
    except drafts.Misread as misread:
        first: drafts.Problem = misread.problems[0]
        return Decision(
            format_lazy(_("We cannot accept this text: {why}."), why=first.message),
            _("Use the language of practices only; a small text file."),
        )
    return ALLOWED


def may_publish_own(actor: Actor, draft: Draft) -> Decision:
    """A version is published when nothing is wrong in it and something is different."""
    return may_change(actor, draft) and can_be_published(draft, drafts.faults(draft.text))


def _plainly(draft: Draft, fault: drafts.Fault) -> str:
    try:
        return remedy(drafts.tree_of(draft.text), fault).message
    except drafts.Misread:
        return fault.message


def can_be_published(draft: Draft, faults: Sequence[drafts.Fault]) -> Decision:
    if faults:
        return Decision(
            format_lazy(
                _("Something must be repaired first: {fault}"), fault=_plainly(draft, faults[0])
            ),
            _("Repair it; until then everybody works with the version that there is."),
        )
    now = read(draft.text)
    if now.slug != draft.slug:
        return Decision(
            _("The name of a practice never changes."),
            format_lazy(_("Write as the first line: practice: {slug}"), slug=draft.slug),
        )
    if draft.based_on is not None and now == read(draft.based_on.text):
        return Decision(_("Nothing is different yet."), _("Change something, or throw it away."))
    return ALLOWED
