"""An application at work, as another system would: a secret, a token, and requests with it."""

import json
from base64 import b64encode
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils.translation import override

from alert4you.api.commands import add_application, make_secret
from alert4you.api.models import Application
from alert4you.api.rules import may_give
from tests.cast import TODAY, Cast

JIP = {
    "firstName": "Jip",
    "prefix": "van",
    "lastName": "Dam",
    "born": "2025-03-14",
    "group": "Vlinders",
    "firstDay": "2026-11-16",
    "days": [{"weekday": 1}, {"weekday": 2, "parts": ["morning"]}],
}


@dataclass
class Caller:
    """``token``: what it shows; everything it asks is answered as it is."""

    application: Application
    secret: str
    token: str = ""
    client: Client = field(default_factory=Client)

    def ask_token(self, **said: str) -> HttpResponse:
        basic = b64encode(f"{self.application.client_id}:{self.secret}".encode()).decode()
        form = {"grant_type": "client_credentials", **said}
        return self.client.post("/api/token", form, headers={"Authorization": f"Basic {basic}"})

    def come_in(self, **said: str) -> "Caller":
        self.token = self.ask_token(**said).json()["access_token"]
        return self

    def ask(self, method: str, path: str, said: Any = None, **headers: str) -> HttpResponse:
        shown = {"Authorization": f"Bearer {self.token}", **headers}
        return self.client.generic(
            method,
            f"/api/v1{path}",
            "" if said is None else json.dumps(said),
            content_type="application/json",
            headers=shown,
        )

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.ask("GET", path, **headers)

    def put(self, path: str, said: Any, **headers: str) -> HttpResponse:
        return self.ask("PUT", path, said, **headers)


def caller(cast: Cast, scopes: Collection[str] = (), who: str = "marit") -> Caller:
    """An application that ``who`` let in, with its token; without scopes for all that she may give."""
    actor = cast.actor(who)
    scopes = scopes or may_give(actor)
    day = TODAY + timedelta(days=365)
    with override("nl"):
        application = add_application(actor, "Planbord", list(scopes), day)
    return Caller(application, make_secret(actor, application)).come_in()
