"""Around every operation: whose token it is, whether it may, and what was read written down."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja.decorators import decorate_view
from ninja.operation import Operation
from ninja.utils import contribute_operation_callback

from alert4you.api import queries
from alert4you.api.commands import count_request
from alert4you.api.models import Application, Scope
from alert4you.api.rules import seconds_left
from alert4you.api.views.problems import VERSION, problem
from alert4you.kernel import audit, reading
from alert4you.kernel.wall.standing import seen_by
from alert4you.organisations.queries import actor_of

Answer = Callable[..., HttpResponse]
log = logging.getLogger(__name__)


def for_applications(view: Answer) -> Answer:
    """Outside the login wall: a token lets in here, and no session. HEAD is what GET is."""

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def answered(request: HttpRequest, **given: Any) -> HttpResponse:
        asked = request.method
        request.method = "GET" if asked == "HEAD" else asked
        response = view(request, **given)
        request.method = asked
        if response.status_code == 405:
            allowed = {"Allow": response.headers["Allow"]}
            return problem(405, _("This cannot be done here."), allowed)
        return response

    return answered


def needs(scope: Scope) -> Callable[[Any], Any]:
    """This operation is for whoever has a token with this scope."""

    def around(answer: Answer) -> Answer:
        @wraps(answer)
        def guarded(request: HttpRequest, **given: Any) -> HttpResponse:
            with translation.override(translation.get_language_from_request(request)):
                response = _let_in(request, scope, answer, given)
                response.headers.setdefault("Content-Language", translation.get_language())
            response.headers.setdefault("API-Version", VERSION)
            return response

        return guarded

    def tell(operation: Operation) -> None:
        operation.openapi_extra = {"security": [{"application": [scope.value]}]}

    def mark(operation: Any) -> Any:
        contribute_operation_callback(operation, tell)
        return decorate_view(around)(operation)

    return mark


def _let_in(
    request: HttpRequest, scope: Scope, answer: Answer, given: dict[str, Any]
) -> HttpResponse:
    kind, __, word = request.headers.get("Authorization", "").partition(" ")
    shown = queries.token_shown(word, request.now) if kind.lower() == "bearer" else None
    if shown is None:
        asks = {"WWW-Authenticate": "Bearer"}
        return problem(401, _("Show a token that runs; ask for a new one with your secret."), asks)
    application: Application = shown.application
    if not count_request(application, request.now):
        application.refresh_from_db(fields=["counted_from"])
        wait = str(seconds_left(application, request.now))
        return problem(
            429, _("This is more than we can answer in a minute."), {"Retry-After": wait}
        )
    if scope not in shown.scopes:
        return problem(403, _("Your token is not for this: it needs “%s”.") % scope.value)
    if int(request.META.get("CONTENT_LENGTH") or 0) > (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0):
        return problem(413, _("This is too much in one request."))
    if request.method != "GET" and request.content_type != "application/json":
        return problem(415, _("Send JSON, and say so in Content-Type."))
    request.application = application
    request.actor = actor_of(application.membership, request.now)
    return _written_down(request, answer, given)


def _written_down(request: HttpRequest, answer: Answer, given: dict[str, Any]) -> HttpResponse:
    """Nothing that was read leaves before the trail has it."""
    page = f"api:{request.resolver_match.url_name}" if request.resolver_match else "api"
    here = audit.Circumstances(uuid4(), "", request.META.get("REMOTE_ADDR", ""))
    with audit.during(here), seen_by(request.actor), reading.reading() as seen:
        response = answer(request, **given)
        try:
            with transaction.atomic():
                reading.write(request.actor, seen, page)
        except DatabaseError:
            log.exception("the read log could not be written; nothing was shown")
            return problem(503, _("We are away for a moment."), {"Retry-After": "120"})
    return response
