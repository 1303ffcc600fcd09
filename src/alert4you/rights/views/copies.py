"""A copy to keep: made, checked again and noted when it is fetched."""

from pathlib import Path
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alert4you.kernel.decision import NotVisible, require
from alert4you.rights.commands.copies import Copy, hand_over
from alert4you.rights.models import Form
from alert4you.rights.queries.copies import contents_of
from alert4you.rights.queries.paper import printed
from alert4you.rights.queries.requests import asked, to_answer
from alert4you.rights.rules.contents import Contents
from alert4you.rights.rules.fhir import as_fhir
from alert4you.rights.rules.handling import may_hand_over
from alert4you.rights.rules.shapes import as_json
from alert4you.trajectories.views.paper import take_along, typeset

PAPER = Path(__file__).resolve().parent.parent / "templates/rights/copy.typ"
TYPES = {
    Form.PDF: ("application/pdf", "pdf"),
    Form.JSON: ("application/json", "json"),
    Form.FHIR: ("application/fhir+json", "fhir.json"),
}


@require_POST
def copy(request: HttpRequest, rights_id: UUID, form: str) -> HttpResponse:
    """The file in one form; who asked may be the parent here, or somebody a colleague hands it to."""
    actor = request.actor
    if form not in Form.values:
        raise NotVisible
    found = (asked if actor.is_parent else to_answer)(actor, rights_id).request
    require(may_hand_over(actor, found))
    take_along(actor, found.child)
    held = contents_of(actor, found)
    content = _made(held, form)
    hand_over(actor, found, Copy(form, content, held.records))
    kind, ending = TYPES[Form(form)]
    name = f"{slugify(found.child.first_name)}-{slugify(_('copy'))}-{actor.today}.{ending}"
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _made(held: Contents, form: str) -> bytes:
    if form == Form.PDF:
        return typeset(str(PAPER), printed(held))
    return (as_json(held) if form == Form.JSON else as_fhir(held)).encode()
