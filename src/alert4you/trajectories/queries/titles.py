"""What entries of a trajectory are called, in the language of the reader.

They are kept in Dutch; a reader of another language gets the words of the template.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import F, Value
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alert4you.access.models import Entry
from alert4you.practices.queries.templates import parsed
from alert4you.practices.rules.language import Practice
from alert4you.trajectories.models import (
    Decision,
    Indication,
    IndicationFor,
    Plan,
    Step,
    Trajectory,
)

REASON = "names of entries the reader may see"
TEXT = "trajectory__template__text"
KEPT_IN = "nl"


def in_own_language(entries: Iterable[Entry]) -> list[Entry]:
    """The same entries, called as the reader calls them: no query in Dutch, one in other languages."""
    found = list(entries)
    if not found or (get_language() or KEPT_IN).startswith(KEPT_IN):
        return found
    told = dict(_titles([each.pk for each in found]))
    for each in found:
        each.title = told.get(each.pk, each.title)
    return found


def of_indication(what: str) -> str:
    """How an indication is called on the line."""
    return _("Indication: %(what)s") % {"what": IndicationFor(what).label}


def _titles(entries: Sequence[UUID]) -> Iterator[tuple[UUID, str]]:
    nothing = Value("")
    started = Trajectory.objects.unrestricted(reason=REASON).filter(pk__in=entries)
    planned = Plan.objects.unrestricted(reason=REASON).filter(pk__in=entries)
    decided = Decision.objects.unrestricted(reason=REASON).filter(pk__in=entries)
    counted = Step.objects.filter(entry__in=entries)
    indicated = Indication.objects.unrestricted(reason=REASON).filter(pk__in=entries)
    rows = started.order_by().values_list("pk", "template__text", nothing, nothing)
    rows = rows.union(
        planned.order_by().values_list("pk", TEXT, nothing, nothing),
        decided.order_by().values_list("pk", TEXT, F("gate"), F("choice")),
        counted.order_by().values_list("entry", TEXT, F("phase"), F("activity")),
        indicated.order_by().values_list("pk", nothing, F("what"), nothing),
    )
    for pk, text, part, of_part in rows:
        yield pk, _title(parsed(text), part, of_part) if text else of_indication(part)


def _title(practice: Practice, part: str, of_part: str) -> str:
    gate, phase = practice.gate(part), practice.phase(part)
    option = practice.option(part, of_part)
    if gate is not None and option is not None:
        return f"{gate.title}: {option.title}"
    activity: Any = phase.activity(of_part) if phase else None
    return str(activity.title if activity else practice.title)
