"""The growth document: what is gathered, and how a page and a paper show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alert4you.access.models import Category, Entry, Kind
from alert4you.access.rules.marks import only_kept
from alert4you.children.models import Guardian
from alert4you.kernel.decision import Decision, NotVisible
from alert4you.organisations.models import Actor, Organisation
from alert4you.trajectories.models import GrowthDocument, GrowthHanded, Trajectory
from alert4you.trajectories.queries.caseload import practice_in, trajectory
from alert4you.trajectories.queries.titles import in_own_language
from alert4you.trajectories.rules import growth
from alert4you.ui.dates import written_day

GATHERED = (
    *(Kind.TRAJECTORY, Kind.OBSERVATION, Kind.VISIT, Kind.SESSION, Kind.COACHING, Kind.TALK),
    *(Kind.MEETING, Kind.ADVICE, Kind.PLAN, Kind.DECISION, Kind.PARENT_WORDS, Kind.INDICATION),
)
GATHERING = "what is gathered; the parents read all of it first"


@dataclass(frozen=True)
class Item:
    """One thing that is in the document, or that the parents left out."""

    entry: Entry
    left_out: bool

    @property
    def points(self) -> list[str]:
        """The goals, of a plan."""
        goals = self.entry.as_plan.goals if hasattr(self.entry, "as_plan") else []
        return [str(goal["goal"]) for goal in goals]

    @property
    def what(self) -> str:
        return self.entry.title or capfirst(str(self.entry.get_kind_display()))


@dataclass(frozen=True)
class GrowthPage:
    """The newest document of a trajectory (None: nothing gathered yet), and what this hat may do."""

    trajectory: Trajectory
    practice: str
    document: GrowthDocument | None
    items: list[Item]
    waits_for: list[Guardian]
    handed: list[GrowthHanded]
    receivers: list[Organisation]
    missing: dict[UUID, list[str]]
    may_gather: Decision
    may_change: Decision
    may_print: Decision

    @property
    def is_approved(self) -> bool:
        return self.document is not None and not self.waits_for

    @property
    def may_receive(self) -> list[Organisation]:
        """To whom the parents agreed to hand over all that is in it."""
        return [each for each in self.receivers if not self.missing.get(each.pk)]

    @property
    def inside(self) -> list[Item]:
        return [each for each in self.items if not each.left_out]

    @property
    def mine_to_approve(self) -> set[UUID]:
        """The persons who still have to read it."""
        return {each.person_id for each in self.waits_for}


def to_gather(about: Trajectory, at: datetime) -> list[UUID]:
    """Everything done so far that the parents may read, oldest first; but what is only kept."""
    rows = Entry.objects.unrestricted(reason=GATHERING).filter(
        Q(hold_until=None) | Q(hold_until__lte=at),
        child=about.child_id,
        organisation=about.organisation_id,
        internal=False,
        kind__in=GATHERED,
    )
    rows = rows.exclude(only_kept(at))
    return list(rows.exclude(category=Category.SAFETY).order_by("at").values_list("pk", flat=True))


def growth_page(actor: Actor, trajectory_id: UUID) -> GrowthPage:
    """Raises NotVisible for whoever is neither a parent nor of the place itself."""
    about = trajectory(actor, trajectory_id)
    own = actor.is_parent or about.organisation_id == actor.organisation_id
    if about.child is None or not own:
        raise NotVisible
    document = newest(actor, about)
    parties = _receivers(about)
    return GrowthPage(
        about,
        str(practice_in(about).title),
        document,
        _items(actor, document) if document else [],
        growth.waits_for(document, actor.today) if document else [],
        list(document.handed.select_related("to", "by")) if document else [],
        parties,
        growth.not_agreed(actor, document, parties) if document else {},
        growth.may_gather(actor, about),
        growth.may_change(actor, document) if document else growth.may_gather(actor, about),
        growth.may_print(actor, document) if document else growth.may_gather(actor, about),
    )


def newest(actor: Actor, about: Trajectory) -> GrowthDocument | None:
    """The document as it was gathered last."""
    found = GrowthDocument.objects.visible_to(actor).filter(trajectory=about).order_by("-number")
    found = found.prefetch_related("approvals__person", "rows").select_related("made_by")
    document = found.first()
    if document is not None:
        document.trajectory = about
    return document


def _items(actor: Actor, document: GrowthDocument) -> list[Item]:
    """Not what was held back since: its parents could not read that, and so not approve it."""
    left_out = {each.entry_id: each.left_out for each in document.rows.all()}
    seen = Entry.objects.visible_to(actor).filter(pk__in=left_out)
    seen = seen.exclude(hold_until__gt=document.made_at)
    rows = seen.select_related("as_plan", "author", "hat__organisation").order_by("at", "pk")
    return [Item(each, left_out[each.pk]) for each in in_own_language(rows)]


def _receivers(about: Trajectory) -> list[Organisation]:
    """The organisations that play a part in it."""
    parts = Organisation.objects.filter(memberships__in=about.parts.values("membership"))
    return [each for each in parts.distinct().order_by("name") if each != about.organisation]


def printed(page: GrowthPage, today: date) -> dict[str, Any]:
    """Every word of the document on paper, in the language of the reader; plain values only."""
    child, document = page.trajectory.child, page.document
    approved = [each.person.name for each in document.approvals.all()] if document else []
    return {
        "lang": get_language() or "nl",
        "title": _("Growth document of %(name)s") % {"name": child.full_name if child else ""},
        "practice": page.practice,
        "facts": _facts(page, approved),
        "words_title": _("What the parents want to say"),
        "words": document.words if document else "",
        "steps_title": _("What has been done so far"),
        "none": _("There is nothing in it."),
        "steps": [_step(each) for each in page.inside],
        "footer": _("Approved by the parents. Printed on %(day)s.") % {"day": written_day(today)}
        if page.is_approved
        else _("Draft: the parents have not approved it yet."),
        "page": _("page"),
    }


def _facts(page: GrowthPage, approved: Sequence[str]) -> list[list[str]]:
    child, document = page.trajectory.child, page.document
    told = [[_("Born"), written_day(child.born)]] if child else []
    told.append([_("Lead"), f"{page.trajectory.lead.person.name}, {page.trajectory.lead.task}"])
    if document:
        told.append([_("Gathered"), written_day(document.made_at)])
    return [*told, [_("Approved by"), ", ".join(approved)]] if approved else told


def _step(item: Item) -> dict[str, Any]:
    entry = item.entry
    who = f"{entry.author.name}, {entry.author_task}"
    if entry.hat and entry.hat.organisation_id != entry.organisation_id:
        who += f", {entry.hat.organisation}"
    return {
        "day": written_day(entry.day),
        "what": item.what,
        "who": who,
        "words": entry.text,
        "points": item.points,
    }
