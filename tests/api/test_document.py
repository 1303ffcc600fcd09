"""The document keeps the Dutch REST API Design Rules, as far as a document can (their Spectral ruleset)."""

import re
from typing import Any

import pytest
from django.test import Client

from alert4you.api.models import Scope
from alert4you.api.views.document import document

DOCUMENT = document("https://alert4you.example")
OPERATIONS = [
    pytest.param(path, method, told, id=f"{method} {path}")
    for path, methods in DOCUMENT["paths"].items()
    for method, told in methods.items()
]
CAMEL = re.compile(r"[a-z][a-zA-Z0-9]*")
KEBAB = re.compile(r"(/([a-z][a-z0-9]*(-[a-z0-9]+)*|\{[a-z][a-zA-Z0-9]*\}))+")
PASCAL = re.compile(r"[A-Z][a-zA-Z0-9]*")


def test_it_is_openapi_3_with_a_whole_version_and_whom_to_ask() -> None:
    assert DOCUMENT["openapi"].startswith("3.")
    assert re.fullmatch(r"\d+\.\d+\.\d+", DOCUMENT["info"]["version"])
    assert {"name", "email", "url"} <= DOCUMENT["info"]["contact"].keys()


def test_only_the_major_version_stands_in_the_address_which_is_https() -> None:
    (server,) = DOCUMENT["servers"]
    assert server["url"].startswith("https://")
    assert server["url"].endswith(f"/v{DOCUMENT['info']['version'].split('.')[0]}")


@pytest.mark.parametrize(("path", "method", "told"), OPERATIONS)
def test_an_operation_keeps_the_rules(path: str, method: str, told: dict[str, Any]) -> None:
    assert KEBAB.fullmatch(path), "kebab-case, and no slash at the end"
    assert method in {"get", "post", "put", "patch", "delete"}
    assert CAMEL.fullmatch(told["operationId"])
    (needed,) = told["security"]
    assert set(needed["application"]) <= set(Scope.values)
    for each in told["parameters"]:
        assert each["in"] != "query" or CAMEL.fullmatch(each["name"])
    for status, answer in told["responses"].items():
        assert "API-Version" in answer["headers"], status
        if int(status) >= 400:
            assert list(answer["content"]) == ["application/problem+json"]


@pytest.mark.parametrize(("name", "told"), list(DOCUMENT["components"]["schemas"].items()))
def test_names_are_pascal_case_and_fields_camel_case(name: str, told: dict[str, Any]) -> None:
    assert PASCAL.fullmatch(name)
    assert all(CAMEL.fullmatch(field) for field in told["properties"])


def test_a_problem_is_one_of_rfc_9457() -> None:
    problem = DOCUMENT["components"]["schemas"]["Problem"]
    assert {"status", "title", "detail"} <= set(problem["properties"])


def test_it_stands_where_the_rules_say_and_calls_nobody(client: Client, db: None) -> None:
    answer = client.get("/api/v1/openapi.json")
    assert answer.json()["paths"] == DOCUMENT["paths"]
    assert answer["API-Version"] == DOCUMENT["info"]["version"]


@pytest.mark.parametrize("path", ["/api/v1/groups/", "/api/v1/nothing", "/api/v2/groups"])
def test_what_is_not_there_is_a_problem_too(client: Client, db: None, path: str) -> None:
    answer = client.post(path)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
