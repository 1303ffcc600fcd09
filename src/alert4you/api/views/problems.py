"""What could not be done, as RFC 9457 has it, in the language of who asked."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from alert4you.imports.commands.rows import Asks
from alert4you.imports.rules.cells import Cannot
from alert4you.kernel.decision import Denied, NotVisible

VERSION = "1.0.0"


def problem(
    status: int, detail: str = "", headers: Mapping[str, str] | None = None, **more: Any
) -> HttpResponse:
    told = {"status": status, "title": HTTPStatus(status).phrase, "detail": str(detail), **more}
    return JsonResponse(
        told,
        status=status,
        content_type="application/problem+json",
        headers={"API-Version": VERSION, **(headers or {})},
    )


def nothing_there(_request: HttpRequest, *_error: object, **_rest: object) -> HttpResponse:
    return problem(404, _("This is not there, or not for this application."))


def answer_errors(api: NinjaAPI) -> None:
    """Refusals, and words that cannot be read, become problems; nothing of it was saved."""
    api.exception_handler(NotVisible)(nothing_there)
    api.exception_handler(ValidationError)(_unreadable)
    api.exception_handler(HttpError)(lambda _request, wrong: problem(wrong.status_code, str(wrong)))
    api.exception_handler(Denied)(_refused)
    api.exception_handler(Cannot)(lambda _request, why: problem(422, str(why)))
    api.exception_handler(Asks)(_asked)


def _unreadable(_request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    """Where it is wrong, and never what was sent."""
    errors = [
        {"in": ".".join(map(str, each["loc"])), "detail": each["msg"], "code": each["type"]}
        for each in wrong.errors
    ]
    return problem(400, _("We cannot read this request."), errors=errors)


def _refused(_request: HttpRequest, refusal: Denied) -> HttpResponse:
    decision = refusal.decision
    words = [str(each) for each in (decision.reason, decision.instead) if each]
    return problem(409, " ".join(words))


def _asked(_request: HttpRequest, question: Asks) -> HttpResponse:
    """Whether two children are one is for people to say: the same again, with ``sameChild``."""
    return problem(409, str(question), question="sameChild")
