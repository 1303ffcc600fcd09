"""The OpenAPI document, as the Dutch REST API Design Rules ask for it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from ninja.openapi.schema import REF_TEMPLATE

from alert4you.api.models import Scope
from alert4you.api.views.operations import api
from alert4you.api.views.problems import VERSION
from alert4you.api.views.shapes import Problem

HEADERS = {
    "API-Version": {"description": "The whole version.", "schema": {"type": "string"}},
}
PROBLEMS = {
    "400": "The request cannot be read.",
    "401": "No token, or one that does not run.",
    "403": "A token that is not for this.",
    "404": "Not there, or not for this application.",
    "409": "A rule says no, or there is a question to answer.",
    "413": "More than goes in one request.",
    "415": "Something else than JSON.",
    "422": "Something in it cannot be saved.",
    "429": "Too many requests in a minute; see Retry-After.",
}
CONTACT = {
    "name": "Alert4you",
    "url": "https://alert4you.example/",
    "email": "api@alert4you.example",
}


@login_not_required
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """For everybody: it tells nothing of anybody."""
    answer = JsonResponse(document(request.build_absolute_uri("/")[:-1]))
    answer["API-Version"] = VERSION
    answer["Access-Control-Allow-Origin"] = (
        "*"  # the one thing that a page of another site may read
    )
    return answer


def document(at: str) -> dict[str, Any]:
    """The document of the installation at this address (without a last slash)."""
    told = dict(api.get_openapi_schema(path_prefix=""))
    told["info"] = {**told["info"], "contact": CONTACT}
    told["servers"] = [{"url": f"{at}/api/v1"}]
    schemas = {**told["components"]["schemas"], **_schemas_of_a_problem()}
    schemes = {"application": _oauth(at + reverse("api:token"))}
    told["components"] = {"schemas": schemas, "securitySchemes": schemes}
    for methods in told["paths"].values():
        for operation in methods.values():
            operation["responses"] = _complete(operation["responses"])
    return told


def _schemas_of_a_problem() -> dict[str, Any]:
    found = Problem.model_json_schema(by_alias=True, ref_template=REF_TEMPLATE)
    return {**found.pop("$defs"), "Problem": found}


def _oauth(token_url: str) -> dict[str, Any]:
    scopes = {str(value): str(label) for value, label in Scope.choices}
    return {
        "type": "oauth2",
        "flows": {"clientCredentials": {"tokenUrl": token_url, "scopes": scopes}},
    }


def _complete(responses: dict[Any, Any]) -> dict[str, Any]:
    """Every answer has the version in a header; what can go wrong is the same for all."""
    body = {"application/problem+json": {"schema": {"$ref": REF_TEMPLATE.format(model="Problem")}}}
    problems = {status: {"description": why, "content": body} for status, why in PROBLEMS.items()}
    all_of_them = {**{str(status): told for status, told in responses.items()}, **problems}
    return {status: {**told, "headers": HEADERS} for status, told in all_of_them.items()}
