"""The notebook between parents and the group."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from alert4you.access.models import Entry, Kind
from alert4you.access.queries import line as lines
from alert4you.children.models import Child
from alert4you.notes.models import (
    Note,
    Turn,
)
from alert4you.organisations.models import Actor

COLUMN = "column beside an entry"


@dataclass(frozen=True)
class Page:
    """Something that was written in the notebook, and by which of its three writers."""

    entry: Entry
    by: Turn
    invites: str

    @property
    def asks(self) -> str:
        """Whom it asks to write next, in words."""
        return _("asks %(whom)s") % {"whom": Turn(self.invites).label} if self.invites else ""


def notebook(actor: Actor, child: Child, most: int = 30) -> list[Page]:
    """What staff, parents and who was agreed to wrote in turn, newest first; nothing internal."""
    told = lines.line(actor, child).filter(kind__in=(Kind.NOTE, Kind.PARENT_WORDS), internal=False)
    asked = Note.objects.visible_to(actor).filter(child=child).exclude(invites="")
    invites = dict(asked.values_list("pk", "invites"))
    return [Page(each, writer(each), invites.get(each.pk, "")) for each in told[:most]]


def writer(entry: Entry) -> Turn:
    """What staff wrote down for the parents are the parents' words."""
    if entry.kind == Kind.PARENT_WORDS or entry.hat is None:
        return Turn.PARENTS
    return Turn.STAFF if entry.hat.organisation_id == entry.organisation_id else Turn.COACH


def asks_the_parents() -> Exists:
    """Whether an entry asks the parents to write in the notebook, and they did not yet: as a column."""
    answer = Entry.objects.alongside(reason=COLUMN).filter(
        kind=Kind.PARENT_WORDS, child=OuterRef("child"), at__gt=OuterRef("at")
    )
    asked = Note.objects.alongside(reason=COLUMN).filter(invites=Turn.PARENTS)
    return Exists(asked.filter(~Exists(answer), pk=OuterRef("pk")))
