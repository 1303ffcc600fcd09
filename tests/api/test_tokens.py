"""How an application comes in, and when it does not any more."""

from base64 import b64encode
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from alert4you.api.commands import add_application, end_application, make_secret
from alert4you.api.models import Application, Scope, Token
from alert4you.api.tasks import forget_tokens
from alert4you.kernel.decision import Denied
from alert4you.organisations.queries import actor_of
from tests.api.calling import caller
from tests.cast import NOW, TODAY, Cast


def test_a_secret_gives_a_token_for_a_quarter_of_an_hour(cast: Cast) -> None:
    api = caller(cast)
    told = api.ask_token(scope="groups:read").json()
    assert (told["token_type"], told["expires_in"], told["scope"]) == ("Bearer", 900, "groups:read")
    assert not Token.objects.filter(digest__contains=told["access_token"]).exists()
    cast.go_to(NOW + timedelta(minutes=14))
    assert api.get("/groups").status_code == 200
    cast.go_to(NOW + timedelta(minutes=15))
    answer = api.get("/groups")
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert forget_tokens(NOW + timedelta(minutes=15)) == 2


def test_a_token_in_an_address_opens_nothing(cast: Cast) -> None:
    """Addresses are kept in logs."""
    api = caller(cast)
    assert Client().get(f"/api/v1/groups?access_token={api.token}").status_code == 401
    assert api.get("/groups").status_code == 200


def test_what_is_asked_without_https_is_refused_and_not_sent_on(cast: Cast, settings: Any) -> None:
    """Else nobody would see that the secret went readable."""
    api = caller(cast)
    settings.SECURE_SSL_REDIRECT, settings.SECURE_REDIRECT_EXEMPT = True, ["^api/"]
    api.client = Client()
    for answer in (api.get("/groups"), api.ask_token()):
        assert (answer.status_code, "Location" in answer) == (403, False)
    assert Client().get("/login/").status_code == 301


@pytest.mark.parametrize(
    ("said", "error", "status"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type", 400),
        ({"scope": "everything"}, "invalid_scope", 400),
    ],
)
def test_what_oauth_refuses(cast: Cast, said: dict[str, str], error: str, status: int) -> None:
    answer = caller(cast).ask_token(**said)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_a_wrong_secret_opens_nothing_and_guessing_ends(cast: Cast) -> None:
    api = caller(cast)
    api.secret = "wrong"
    assert {api.ask_token().status_code for __ in range(29)} == {401}
    answer = api.ask_token()
    assert (answer.status_code, answer["Retry-After"]) == (429, "900")


def test_who_guesses_elsewhere_does_not_keep_a_system_out(cast: Cast) -> None:
    api = caller(cast)
    right, api.secret = api.secret, "wrong"
    api.client = Client(REMOTE_ADDR="203.0.113.7")
    assert {api.ask_token().status_code for __ in range(31)} == {401, 429}
    api.client, api.secret = Client(), right
    assert api.ask_token().status_code == 200


def test_what_no_token_can_come_of_is_told_as_oauth_has_it(cast: Cast) -> None:
    form = "multipart/form-data; boundary="
    broken = Client().post("/api/token", "no form at all", content_type=form)
    assert (broken.status_code, broken.json()) == (400, {"error": "invalid_request"})
    looked = Client().get("/api/token")
    assert (looked.status_code, looked["Content-Type"]) == (405, "application/problem+json")
    assert looked["Allow"] == "POST"


def test_a_name_written_otherwise_gives_no_more_tries(cast: Cast) -> None:
    api = caller(cast)
    name = api.application.client_id
    for written in (name.upper(), name.replace("-", ""), f"{{{name}}}", f"urn:uuid:{name}"):
        shown = b64encode(f"{written}:{api.secret}".encode()).decode()
        answer = api.client.post(
            "/api/token",
            {"grant_type": "client_credentials"},
            headers={"Authorization": f"Basic {shown}"},
        )
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client"), written
    assert api.ask_token().status_code == 200


def test_ending_holds_at_once(cast: Cast) -> None:
    api = caller(cast)
    end_application(cast.actor("carla"), api.application)
    assert api.get("/groups").status_code == 401
    assert api.ask_token().status_code == 401


def test_after_its_last_day_it_does_not_come_in(cast: Cast) -> None:
    api = caller(cast)
    cast.go_to(NOW + timedelta(days=365))
    assert api.ask_token().status_code == 200
    cast.go_to(NOW + timedelta(days=366))
    assert api.ask_token().status_code == 401


def test_another_secret_ends_the_one_before(cast: Cast) -> None:
    api = caller(cast)
    make_secret(cast.actor("marit"), api.application)
    assert api.get("/groups").status_code == 401
    assert api.ask_token().status_code == 401


def test_who_runs_the_place_lets_in_and_nobody_else(cast: Cast) -> None:
    said = ("Planbord", [Scope.READ_GROUPS], TODAY)
    for who in ("fatima", "olga", "sanne", "gemma", "anna"):
        with pytest.raises(Denied):
            add_application(cast.actor(who), *said)
    application = caller(cast).application
    own = actor_of(application.membership, NOW)
    with pytest.raises(Denied):
        add_application(own, *said)
    with pytest.raises(Denied):
        make_secret(own, application)
    assert Application.objects.count() == 1
