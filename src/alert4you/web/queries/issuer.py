"""Asking the sign-in service of an organisation who is there (OpenID Connect, code flow with PKCE).

Only what the service signed counts: issuer, audience, time and nonce are checked, and of all it tells
only the subject is used. An e-mail address proves nothing.
"""

import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import jwt
import requests
from django.utils.crypto import constant_time_compare

from alert4you.organisations.models import Issuer

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]
SECONDS = 10
CLOCKS_DIFFER = 60
NEEDED = ["iss", "sub", "aud", "exp", "iat", "nonce"]


class WorkRefused(Exception):
    """The service did not answer, or its answer cannot be trusted; says which, without content."""


@dataclass(frozen=True)
class Visit:
    """One way there and back: kept in the session of the browser, used once."""

    issuer: str
    state: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))


def way_there(issuer: Issuer, visit: Visit, back: str) -> str:
    """Where to send the browser; ``back`` is where it comes back.

    Raises WorkRefused when the service cannot be reached.
    """
    challenge = sha256(visit.verifier.encode()).digest()
    asked = {
        "response_type": "code",
        "scope": "openid",
        "client_id": issuer.client_id,
        "redirect_uri": back,
        "state": visit.state,
        "nonce": visit.nonce,
        "code_challenge": urlsafe_b64encode(challenge).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    address = _configuration(issuer)["authorization_endpoint"]
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"


def subject_behind(issuer: Issuer, visit: Visit, code: str, back: str) -> str:
    """Whom the service says it is: the subject of the signed token.

    Raises WorkRefused when any part of the answer does not hold.
    """
    found = _configuration(issuer)
    given = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": visit.verifier,
        "client_id": issuer.client_id,
    }
    if issuer.secret:
        given["client_secret"] = issuer.secret
    token = _asked("POST", found["token_endpoint"], data=given).get("id_token", "")
    claims = _verified(issuer, token, _asked("GET", found["jwks_uri"]))
    if not constant_time_compare(str(claims["nonce"]), visit.nonce):
        raise WorkRefused("nonce")
    if claims.get("azp", issuer.client_id) != issuer.client_id:
        raise WorkRefused("azp")
    return str(claims["sub"])


def _configuration(issuer: Issuer) -> dict[str, Any]:
    found = _asked("GET", f"{issuer.url.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != issuer.url:
        raise WorkRefused("issuer")
    missing = {"authorization_endpoint", "token_endpoint", "jwks_uri"} - set(found)
    if missing:
        raise WorkRefused("configuration")
    return found


def _verified(issuer: Issuer, token: str, keys: dict[str, Any]) -> dict[str, Any]:
    try:
        kid = jwt.get_unverified_header(token).get("kid")
        found = [key for key in jwt.PyJWKSet.from_dict(keys).keys if kid in (None, key.key_id)]
        if not found:
            raise WorkRefused("key")
        return jwt.decode(
            token,
            found[0].key,
            algorithms=ALGORITHMS,
            audience=issuer.client_id,
            issuer=issuer.url,
            leeway=CLOCKS_DIFFER,
            options={"require": NEEDED},
        )
    except (jwt.PyJWTError, TypeError, ValueError) as wrong:
        raise WorkRefused("token") from wrong


def _asked(method: str, address: str, **options: Any) -> dict[str, Any]:
    """JSON from the service; a redirect is no answer."""
    try:
        answer = requests.request(
            method, address, timeout=SECONDS, allow_redirects=False, **options
        )
        told = answer.json() if answer.status_code == 200 else None
    except (requests.RequestException, ValueError) as wrong:
        raise WorkRefused("answer") from wrong
    if not isinstance(told, dict):
        raise WorkRefused("answer")
    return told
