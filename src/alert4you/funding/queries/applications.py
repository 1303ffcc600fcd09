"""The folder of an application on its page, and what municipalities ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.utils.functional import Promise
from django.utils.text import capfirst, get_text_list
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alert4you.children.models import Guardian
from alert4you.funding.models import Agreement, Application, Filled, Pause, QuestionSet, State
from alert4you.funding.queries.known import known_words
from alert4you.funding.queries.money import MOST, due
from alert4you.funding.rules import applications as rules
from alert4you.funding.rules import beside
from alert4you.funding.rules.questions import (
    KNOWN,
    PARENTS,
    WRITE_QUESTIONS,
    Question,
    questions,
)
from alert4you.funding.rules.streams import Stream, streams
from alert4you.kernel.decision import Decision, NotVisible
from alert4you.kernel.kept import kept
from alert4you.organisations.models import (
    Actor,
    Location,
    Organisation,
    OrganisationKind,
    Role,
)
from alert4you.ui.dates import written_day

Text = str | Promise


@dataclass(frozen=True)
class Row:
    """One question with its answer; ``filled`` None: nobody answered, or it is known (``words``)."""

    question: Question
    words: str
    filled: Filled | None
    may_fill: bool

    @property
    def is_missing(self) -> bool:
        return not self.words


@dataclass(frozen=True)
class Turn:
    """Whose turn it is and for what, by which day (None: nobody gave one)."""

    who: Text
    what: Text
    by: date | None = None
    late: bool = False


@dataclass(frozen=True)
class Folder:
    """One folder. ``ready``: refused with what is missing; ``mine``: waits for this parent."""

    application: Application
    stream: Stream
    rows: Sequence[Row]
    ready: Decision
    waiting: Sequence[Guardian]
    approved: Sequence[str]
    growth: bool
    pause: Pause | None
    due: date | None
    may_work: Decision
    mine: bool
    today: date

    @property
    def turn(self) -> Turn | None:
        """Whose turn it is; None when it is over."""
        if self.application.stopped_on is not None:
            return None
        if self.application.line is not None:
            return _after(self.application, self.pause, self.due, self.today)
        return self._to_fill() or self._to_send()

    def _to_fill(self) -> Turn | None:
        """Who answers what is missing: the childcare first, then the parents."""
        if any(each.question.who != PARENTS for each in self.missing):
            return Turn(self.lead, _("answers what is missing"))
        return Turn(_("The parents"), _("answer what is missing")) if self.missing else None

    def _to_send(self) -> Turn:
        if self.application.growth and not self.growth:
            return Turn(self.lead, _("writes the growth document with the parents"))
        if self.waiting:
            names = [each.person.name for each in self.waiting]
            return Turn(get_text_list(names, _("and")), _("says whether it may go"))
        return Turn(self.lead, _("sends it"))

    @property
    def lead(self) -> str:
        return self.application.trajectory.lead.person.name

    @property
    def missing(self) -> list[Row]:
        return [each for each in self.rows if each.is_missing]

    @property
    def next(self) -> Row | None:
        """The first question that this hat can answer."""
        return next((each for each in self.missing if each.may_fill), None)

    @property
    def newer(self) -> bool:
        """The municipality asks something else by now; this folder keeps what it began with."""
        return rules.newest(self.application.asks).pk != self.application.asks_id


def folder(actor: Actor, application_id: UUID) -> Folder:
    """Raises NotVisible."""
    found = _one(actor, application_id)
    if not found:
        raise NotVisible
    return _folder(actor, found[0])


@kept
def _one(actor: Actor, application_id: UUID) -> QuerySet[Application]:
    return (
        Application.objects.visible_to(actor)
        .filter(pk=application_id)
        .select_related(
            "asks__municipality",
            "line",
            "child",
            "trajectory__lead__person",
            "trajectory__cover",
            "trajectory__child",
        )
    )


def _folder(actor: Actor, found: Application) -> Folder:
    today = actor.today
    works = rules.may_work_on(actor, found)
    approvals = list(beside.approvals(found).select_related("person").order_by("at"))
    done = {each.person_id for each in approvals}
    waiting = [each for each in rules.parents(found, today) if each.person_id not in done]
    growth = found.growth and rules.document(found, today) is not None
    pauses = list(beside.pauses(found.line).order_by("starts")) if found.line else []
    rows = _rows(actor, found, bool(works))
    missing = [each.question for each in rows if each.is_missing]
    return Folder(
        found,
        streams()[found.asks.stream],
        rows,
        rules.judge(missing, growth or not found.growth, waiting),
        waiting,
        [each.person.name for each in approvals],
        growth,
        next((each for each in pauses if each.ends is None), None),
        due(found.line, pauses, today) if found.line else None,
        works,
        any(each.person_id == actor.person_id for each in waiting),
        today,
    )


def _rows(actor: Actor, found: Application, works: bool) -> list[Row]:
    filled = {each.key: each for each in beside.answers(found).select_related("by")}
    known = known_words(found)
    return [
        Row(
            each,
            filled[each.key].words if each.key in filled else known.get(each.key, ""),
            filled.get(each.key),
            works and each.who != KNOWN and (not actor.is_parent or each.who == PARENTS),
        )
        for each in questions(found.asks)
    ]


def _after(found: Application, pause: Pause | None, last: date | None, today: date) -> Turn | None:
    """After it was sent: who decides, unless that side waits for something."""
    line = found.line
    if line is None or line.state != State.ASKED:
        return None
    if pause is not None:
        return Turn(found.trajectory.lead.person.name, _("sends: %(what)s") % {"what": pause})
    return Turn(line.decider, _("decides"), last, last is not None and last < today)


def running(actor: Actor, trajectory_id: UUID) -> list[Application]:
    """The folders of a trajectory that are not sent and not stopped."""
    rows = Application.objects.visible_to(actor).filter(
        trajectory=trajectory_id, line=None, stopped_on=None
    )
    return list(rows.order_by("written_at"))


def in_the_making(actor: Actor) -> list[Application]:
    """Folders that are not sent: of a parent, or in the trajectories that this hat leads."""
    rows = Application.objects.visible_to(actor).filter(line=None, stopped_on=None)
    if not actor.is_parent:
        led = Q(trajectory__lead=actor.membership_id) | Q(trajectory__cover=actor.membership_id)
        rows = rows.filter(led)
    return list(rows.select_related("child").order_by("written_at")[:MOST])


def of_line(actor: Actor, line_id: UUID) -> UUID | None:
    """The folder with which this money was asked."""
    rows = Application.objects.visible_to(actor).filter(line=line_id)
    return rows.values_list("pk", flat=True).first()


def asked(actor: Actor, stream: str = "") -> list[QuestionSet]:
    """The newest version of each, of municipalities and of the own organisation; not for parents."""
    if actor.is_parent:
        raise NotVisible
    rows = QuestionSet.objects.select_related("municipality", "organisation", "by__person")
    rows = rows.filter(stream=stream) if stream else rows
    last = QuestionSet.objects.values("organisation", "municipality", "stream").annotate(
        last=Max("version")
    )
    newest = {
        (each["organisation"], each["municipality"], each["stream"]): each["last"] for each in last
    }
    return [
        each
        for each in rows.order_by("municipality__name", "stream", "organisation__name")
        if newest[each.organisation_id, each.municipality_id, each.stream] == each.version
        and _is_for(actor, each)
    ]


def _is_for(actor: Actor, asks: QuestionSet) -> bool:
    if actor.role == Role.MUNICIPALITY:
        return asks.organisation_id == actor.organisation_id
    return asks.organisation_id in (asks.municipality_id, actor.organisation_id)


def may_write(actor: Actor) -> bool:
    return actor.role in WRITE_QUESTIONS


def municipalities(actor: Actor) -> QuerySet[Organisation]:
    """Municipalities whose requirements this hat may write down."""
    rows = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY)
    if actor.role == Role.MUNICIPALITY:
        rows = rows.filter(pk=actor.organisation_id)
    return rows.order_by("name")


def known_municipalities(actor: Actor) -> list[UUID]:
    """Those that this organisation wrote down before, and those that pay in a town where it is."""
    here = Location.objects.filter(organisation=actor.organisation_id).values("city")
    paying = Agreement.objects.filter(town__in=here).order_by().values_list("municipality")
    written = QuestionSet.objects.filter(organisation=actor.organisation_id).order_by()
    return [each for (each,) in paying.union(written.values_list("municipality"))]


def own(actor: Actor, municipality: UUID, stream: str) -> QuestionSet | None:
    """What this organisation wrote down last, to go on from."""
    rows = QuestionSet.objects.filter(
        organisation=actor.organisation_id, municipality=municipality, stream=stream
    )
    return rows.order_by("-version").first()


def printed(page: Folder) -> dict[str, Any]:
    """Every word of the folder on paper, in the language of the reader; plain values only."""
    found = page.application
    child = found.child
    footer = _("Draft: not approved by the parents yet.")
    if page.approved and not page.waiting:
        footer = _("Approved by: %(names)s.") % {"names": ", ".join(page.approved)}
    return {
        "lang": get_language() or "nl",
        "title": _("Application for %(name)s") % {"name": child.full_name if child else ""},
        "under": capfirst(f"{page.stream.title} · {found.asks.municipality}"[:200]),
        "contract": found.asks.contract,
        "rows": [[each.question.words, each.words or "…"] for each in page.rows],
        "growth": _("The growth document goes along.") if found.growth else "",
        "footer": f"{footer} {_('Printed on %(day)s.') % {'day': written_day(page.today)}}",
        "page": _("page"),
    }
