"""Where an application shows its secret and gets a token: OAuth 2, client credentials (RFC 6749, 4.4)."""

from base64 import b64decode
from datetime import datetime
from typing import Any
from urllib.parse import unquote_plus

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.http import require_POST
from oauthlib.common import Request
from oauthlib.oauth2 import BackendApplicationServer, RequestValidator

from alert4you.api import commands, queries
from alert4you.api.models import Application
from alert4you.api.rules import TOKEN_LASTS, fits, new_secret
from alert4you.api.views.guarding import for_applications
from alert4you.api.views.problems import problem
from alert4you.kernel.decision import Denied
from alert4you.organisations.commands import knock
from alert4you.organisations.queries import actor_of, system_actor
from alert4you.organisations.rules import SPELL


class Validator(RequestValidator):
    """What the library asks of us, at this moment."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def authenticate_client(self, request: Request, *_rest: Any, **_more: Any) -> bool:
        name, secret = _shown(request)
        found = queries.application_called(name, self.now)
        if found is None or not fits(found, secret):
            return False
        request.client = found
        return True

    def validate_grant_type(self, _client_id: str, grant_type: str, *_rest: Any) -> bool:
        return grant_type == "client_credentials"

    def get_default_scopes(self, _client_id: str, request: Request, *_rest: Any) -> list[str]:
        return request.client.scopes

    def validate_scopes(
        self, _client_id: str, scopes: list[str], client: Application, *_rest: Any
    ) -> bool:
        return set(scopes) <= set(client.scopes)

    def save_bearer_token(self, token: dict[str, Any], request: Request, *_rest: Any) -> None:
        hat = actor_of(request.client.membership, self.now)
        commands.give_token(hat, request.client, request.scopes, token["access_token"])


@for_applications
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """A token for a quarter of an hour.

    After thirty times for one name from one address there is a wait there: who knows the name of a system
    cannot keep it out from elsewhere, and nobody guesses a secret of 256 bits from any number of addresses.
    """
    headers = {"Authorization": request.headers.get("Authorization", "")}
    headers["Content-Type"] = request.content_type or ""
    try:
        body = request.POST.urlencode()
    except (BadRequest, MultiPartParserError, SuspiciousOperation):
        return JsonResponse({"error": "invalid_request"}, status=400)
    name, __ = _shown(Request(request.path, "POST", body, headers))
    try:
        knock(
            system_actor(request.now),
            "application",
            f"{request.META.get('REMOTE_ADDR', '')} {name}",
        )
    except Denied as denied:
        wait = {"Retry-After": str(int(SPELL.total_seconds()))}
        return problem(429, str(denied.decision.reason), wait)
    server = BackendApplicationServer(
        Validator(request.now),
        token_generator=lambda _request: new_secret(),
        token_expires_in=int(TOKEN_LASTS.total_seconds()),
    )
    told, words, status = server.create_token_response(
        request.build_absolute_uri(request.path), "POST", body, headers
    )
    return HttpResponse(words, status=status, headers=told)


def _shown(request: Request) -> tuple[str, str]:
    """The name and secret: in the header of HTTP Basic, else in the form."""
    kind, _space, words = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return request.client_id or "", request.client_secret or ""
    try:
        name, __, secret = b64decode(words, validate=True).decode().partition(":")
    except ValueError:
        return "", ""
    return unquote_plus(name), unquote_plus(secret)
