"""Every operation for every kind of application, with its own numbers, another organisation's and nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.http import HttpResponse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alert4you.api.commands import end_application
from alert4you.api.models import Scope
from alert4you.organisations.models import Membership
from tests.api.calling import JIP, Caller, caller
from tests.api.test_document import DOCUMENT
from tests.architecture.crawl import changed, tables
from tests.cast import TODAY, Cast, make_cast

SCHEMAS: Mapping[str, Any] = DOCUMENT["components"]["schemas"]
OPERATIONS = [
    (method.upper(), path, told)
    for path, methods in DOCUMENT["paths"].items()
    for method, told in methods.items()
]
BODIES: Mapping[str, Any] = {
    "/groups/{reference}": {"name": "Wolken"},
    "/rosters": {"name": "Fatima", "group": "Vlinders", "onDate": "2026-11-28"},
    "/children/{reference}": {**JIP, "sameChild": False},
    "/placements/{reference}": {
        "childReference": "C1",
        "group": "Vlinders",
        "firstDay": "2026-12-01",
        "days": [{"weekday": 6}],
    },
}
KEPT_BY_THE_WAY = ("api_application", "api_token", "organisations_attempt")


@dataclass
class Place:
    """An organisation whose system numbered a group, a child and a place of it."""

    cast: Cast
    api: Caller

    @classmethod
    def of(cls, cast: Cast, mark: str) -> "Place":
        api = caller(cast)
        made = [
            api.put(f"/groups/{mark}1", {"name": f"Groep {mark}"}),
            api.put(f"/children/{mark}1", {**JIP, "firstName": f"Kind{mark}"}),
            api.put(
                f"/placements/{mark}1",
                {**BODIES["/placements/{reference}"], "childReference": f"{mark}1"},
            ),
        ]
        assert {each.status_code for each in made} == {201}, [each.content for each in made]
        return cls(cast, api)


@pytest.fixture
def places(cast: Cast) -> tuple[Place, Place]:
    return Place.of(cast, "C"), Place.of(make_cast("other.example"), "D")


def ask(api: Caller, method: str, path: str, number: str) -> HttpResponse:
    """One request of which nothing stays."""
    with transaction.atomic():
        body = BODIES[path] if method in ("PUT", "POST") else None
        answer = api.ask(method, path.replace("{reference}", number), body)
        transaction.set_rollback(True)
    return answer


def numbers(path: str, *known: str) -> Iterator[str]:
    yield from known if "{" in path else known[:1]


def test_another_organisations_numbers_are_nothing(places: tuple[Place, Place]) -> None:
    """What is there for somebody else and what is not there at all look the same; nothing of it leaks."""
    ours, __ = places
    for method, path, __told in OPERATIONS:
        if path == "/counts":
            continue  # of all childcare together
        own = ask(ours.api, method, path, "C1")
        assert own.status_code == 200, (method, path, own.content)
        assert "KindD" not in own.content.decode() and "Groep D" not in own.content.decode()
        if "{" in path and method == "GET":
            theirs, nothing = (ask(ours.api, method, path, each) for each in ("D1", "Z1"))
            assert theirs.status_code == nothing.status_code == 404
            assert theirs.content == nothing.content


@pytest.mark.parametrize("scope", [*Scope, None])
def test_each_scope_opens_its_own_operations_and_no_other(
    places: tuple[Place, Place], scope: Scope | None
) -> None:
    ours, __ = places
    who = "gemma" if scope is Scope.READ_COUNTS else "marit"
    api = caller(ours.cast, [scope] if scope else (), who)
    if scope is None:
        api.token = "made up"
    before = tables(*KEPT_BY_THE_WAY)
    for method, path, told in OPERATIONS:
        needed = told["security"][0]["application"]
        for number in numbers(path, "C1", "D1", "Z1"):
            status = ask(api, method, path, number).status_code
            expected = {401} if scope is None else {403}
            if needed == [scope]:
                expected = {200, 201, 404, 409, 422}
            assert status in expected, (method, path, number, status)
    assert changed(before, tables(*KEPT_BY_THE_WAY)) == set()


def test_ended_it_opens_nothing_and_neither_does_an_ended_hat(places: tuple[Place, Place]) -> None:
    ours, __ = places
    second = caller(ours.cast)
    end_application(ours.cast.actor("marit"), ours.api.application)
    Membership.objects.filter(pk=second.application.membership_id).update(ends=TODAY)
    for method, path, __told in OPERATIONS:
        for api in (ours.api, second):
            assert ask(api, method, path, "C1").status_code == 401


JUNK = st.none() | st.booleans() | st.integers() | st.text(max_size=30) | st.just("=1+1")
DEEP = st.recursive(JUNK, lambda some: st.lists(some, max_size=3), max_leaves=5)


def nearly(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """What a schema asks for, or nearly: of a field anything, what it may be, or nothing at all."""
    if "$ref" in schema:
        return nearly(SCHEMAS[schema["$ref"].rsplit("/", 1)[1]])
    if "anyOf" in schema:
        return st.one_of(*map(nearly, schema["anyOf"]))
    return _fitting(schema) | DEEP


def _fitting(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "properties" in schema:
        fields = {name: nearly(each) for name, each in schema["properties"].items()}
        return st.fixed_dictionaries({}, optional=fields)
    if "items" in schema:
        return st.lists(nearly(schema["items"]), max_size=4)
    if schema.get("format") == "date":
        return st.dates().map(str)
    if schema.get("type") == "integer":
        return st.integers(-1, 70)
    return st.sampled_from(["Vlinders", "Fatima", "Mila", "Jansen", "2023-05-01"])


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_whatever_is_sent_is_answered_as_the_document_says(cast: Cast, data: st.DataObject) -> None:
    """No answer but those of the document; a refusal leaves nothing behind."""
    api = caller(cast)
    method, path, told = data.draw(st.sampled_from(OPERATIONS))
    number = data.draw(
        st.text("aK1 .%é", min_size=1, max_size=8).filter(lambda text: "/" not in text)
    )
    asked = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    body = data.draw(nearly(asked)) if asked else None
    before = tables(*KEPT_BY_THE_WAY, "kernel_receipt")
    with transaction.atomic():
        answer = api.ask(method, path.replace("{reference}", quote(number)), body)
        after = tables(*KEPT_BY_THE_WAY, "kernel_receipt")
        transaction.set_rollback(True)
    assert str(answer.status_code) in told["responses"], (answer.status_code, answer.content)
    if answer.status_code >= 400:
        assert answer["Content-Type"] == "application/problem+json"
        assert changed(before, after) == set()
