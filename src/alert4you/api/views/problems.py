"""What could not be done, as RFC 9457 has it, in the language of who asked."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from alert4you.imports.commands.rows import Asks
from alert4you.imports.rules.cells import Cannot
from alert4you.kernel.decision import Denied, NotVisible

VERSION = "1.0.0"
MOST_TOLD = 100  # of what is wrong: a request may be wrong in a million places
WRONG = {
    "missing": _("This is missing."),
    "extra_forbidden": _("We do not know this."),
    "string": _("This is to be text."),
    "string_too_short": _("This is empty."),
    "string_too_long": _("This is longer than %(max_length)s characters."),
    "int": _("This is to be a whole number."),
    "finite_number": _("This is to be a whole number."),
    "greater_than_equal": _("This is to be at least %(ge)s."),
    "less_than_equal": _("This is to be at most %(le)s."),
    "bool": _("This is to be true or false."),
    "date": _("This is to be a day, as 2026-11-22."),
    "uuid": _("This is to be a UUID."),
    "list": _("This is to be a list."),
    "too_short": _("This list is to hold at least %(min_length)s."),
    "too_long": _("This list is to hold at most %(max_length)s."),
    "literal_error": _("This is to be one of %(expected)s."),
}
OTHERWISE_WRONG = _("This is to be an object with fields.")


def problem(
    status: int, detail: str | Promise = "", headers: Mapping[str, str] | None = None, **more: Any
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
    api.exception_handler(HttpError)(lambda _request, _wrong: _not_read())
    api.exception_handler(Denied)(_refused)
    api.exception_handler(Cannot)(lambda _request, why: problem(422, str(why)))
    api.exception_handler(Asks)(_asked)


def _unreadable(_request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    """Where it is wrong, and never what was sent."""
    errors = [
        {**_where(*each["loc"]), "detail": _wrong(each), "code": each["type"]}
        for each in wrong.errors[:MOST_TOLD]
    ]
    return _not_read(errors=errors)


def _not_read(**more: Any) -> HttpResponse:
    return problem(400, _("We cannot read this request."), **more)


def _where(part: str, name: str, *deeper: str | int) -> dict[str, str]:
    """In which part of the request, and where there: in its body as a JSON Pointer."""
    pointer = "/".join(["#", *map(str, deeper)])
    return {"in": part, "location": pointer if part == "body" else name}


def _wrong(error: Mapping[str, Any]) -> str:
    """In our words: by what pydantic calls the error, else by the type that it asks for."""
    kind = error["type"]
    words = WRONG.get(kind) or WRONG.get(kind.partition("_")[0]) or OTHERWISE_WRONG
    return str(words) % error.get("ctx", {})


def _refused(_request: HttpRequest, refusal: Denied) -> HttpResponse:
    decision = refusal.decision
    words = [str(each) for each in (decision.reason, decision.instead) if each]
    return problem(409, " ".join(words))


def _asked(_request: HttpRequest, question: Asks) -> HttpResponse:
    """Whether two children are one is for people to say: the same again, with ``sameChild``."""
    return problem(409, str(question), question="sameChild")
