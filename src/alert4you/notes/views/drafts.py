"""What one was writing: kept while one writes, and given back on the same page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.debug import sensitive_post_parameters

from alert4you.children.models import Child
from alert4you.kernel.decision import NotVisible
from alert4you.notes import queries
from alert4you.notes.commands.drafts import forget_draft, keep_draft
from alert4you.notes.rules.drafts import about, fields_of
from alert4you.organisations.models import Actor
from alert4you.ui.dates import plain_moment


@sensitive_post_parameters("said")
def draft(request: HttpRequest) -> HttpResponse:
    """GET: what this hat was writing on ``page``. POST: keep it (nothing said: away with it)."""
    actor = request.actor
    if request.method != "POST":
        who = str(actor.person_id if actor.is_parent else actor.membership_id)
        offered = _offered(actor, request.GET)
        return JsonResponse({"who": who, "token": get_token(request), **offered})
    sent = request.POST
    try:
        said, once = fields_of(sent.get("said", "")), UUID(sent.get("once", ""))
    except ValueError:
        raise NotVisible from None
    keeps, child = _about(actor, sent)
    if not keeps:
        raise NotVisible
    if said:
        keep_draft(actor, sent["page"], child, once, said)
    else:
        forget_draft(actor, sent["page"])
    return JsonResponse({})


def _offered(actor: Actor, sent: QueryDict) -> dict[str, object]:
    if not _about(actor, sent)[0]:
        return {}
    found = queries.draft(actor, sent["page"])
    if found is None:
        return {"keeps": True}
    busy = _("You were busy here, %(moment)s.")
    if actor.is_parent:
        busy = pgettext("parent", "You were busy here, %(moment)s.")
    told = busy % {"moment": plain_moment(found.at, actor.today)}
    return {"keeps": True, "said": found.said, "told": told}


def _about(actor: Actor, sent: QueryDict) -> tuple[bool, Child | None]:
    """Whether the page keeps drafts, and of whom it is; the form may tell the child."""
    told = sent.get("child", "")
    try:
        return about(actor, sent.get("page", ""), str(UUID(told)) if told else "")
    except ValueError:
        return False, None
