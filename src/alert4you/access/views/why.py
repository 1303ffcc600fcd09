"""Why one sees something, who else sees it, and the rules that decide it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alert4you.access.queries import line as lines
from alert4you.access.queries.why import grounds, readers
from alert4you.access.rules.plainly import COLUMNS, RULES, TABLE
from alert4you.access.rules.relations import on_own_team
from alert4you.access.rules.wording import SEEN_BECAUSE


def why(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """The parents, and who is on the child's own care team, also read who else sees it."""
    actor = request.actor
    entry = lines.entry(actor, entry_id)
    inside = entry.child is not None and (actor.is_parent or on_own_team(actor, entry.child))
    context = {
        "entry": entry,
        "mine": [SEEN_BECAUSE[rule] for rule in grounds(actor, entry)],
        "inside": inside,
        "readers": readers(actor, entry) if inside else [],
    }
    return render(request, "access/why.html", context)


def who_may_see(request: HttpRequest) -> HttpResponse:
    table = [(row.who, list(zip(COLUMNS, row.cells, strict=True))) for row in TABLE]
    context = {"rules": RULES, "columns": COLUMNS, "table": table}
    return render(request, "access/who_may_see.html", context)
