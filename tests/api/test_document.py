"""Each of the Dutch REST API Design Rules (2.2 and its Spectral ruleset): tested here, or said why not."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from alert4you.api.models import Scope
from alert4you.api.views.document import document
from alert4you.api.views.problems import VERSION
from tests.api.calling import JIP, Caller, caller
from tests.architecture.crawl import changed, tables
from tests.cast import Cast

DOCUMENT = document("https://alert4you.example")
ALL = [
    (path, method, told)
    for path, methods in DOCUMENT["paths"].items()
    for method, told in methods.items()
]
OPERATIONS = [pytest.param(*each, id=f"{each[1]} {each[0]}") for each in ALL]
SCHEMAS = DOCUMENT["components"]["schemas"]
FIELDS = [
    pytest.param(name, field, told, id=f"{name}.{field}")
    for name, schema in SCHEMAS.items()
    for field, told in schema["properties"].items()
]
CAMEL = re.compile(r"[a-z][a-z0-9]*([A-Z][a-z0-9]*)*")
KEBAB = re.compile(r"(/([a-z][a-z0-9]*(-[a-z0-9]+)*|\{[a-z][a-zA-Z0-9]*\}))+")
PASCAL = re.compile(r"[A-Z][a-zA-Z0-9]*")
SEMVER = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")

# Of the rules, in their order, those that no machine can decide, or that are decided elsewhere.
ELSEWHERE = {
    "/core/naming-resources": "the paths are read below: locations, groups, rosters, children, ...",
    "/core/interface-language": "in English, as all of this house: the words of schema.org and FHIR",
    "/core/hide-implementation": "numbers of one's own system are the references; shapes are not tables",
    "/core/nested-child": "a place has a number of its own, so it can be asked without its child",
    "/core/resource-operations": "there are none: a last day ends, and no operation is a verb",
    "/core/doc-language": "in English, as the interface; how to begin stands in the how-to guide",
    "/core/deprecation-schedule": "docs/how-to/other-systems.md says how long an older version stays",
    "/core/transition-period": "the same; there is one version yet",
    "/core/changelog": "CHANGELOG.md",
    "/core/transport/tls": "of the proxy; without https an installation does not serve (config.checks)",
    "/core/modules/geospatial": "no place on earth is asked or told",
    "/core/modules/signing": "messages of webhooks are signed, as Standard Webhooks has it",
    "/core/modules/encryption": "TLS only",
}
RULES = {
    "/core/naming-resources",
    "/core/naming-collections",
    "/core/interface-language",
    "/core/hide-implementation",
    "/core/http-methods",
    "/core/http-safety",
    "/core/http-response-code",
    "/core/stateless",
    "/core/nested-child",
    "/core/resource-operations",
    "/core/no-trailing-slash",
    "/core/path-segments-kebab-case",
    "/core/query-keys-camel-case",
    "/core/date-time/format",
    "/core/date-time/timezone",
    "/core/date-time/date-omit-time-portion",
    "/core/error-handling/problem-details",
    "/core/error-handling/invalid-input",
    "/core/error-handling/all-errors",
    "/core/doc-openapi",
    "/core/doc-openapi-contact",
    "/core/doc-language",
    "/core/publish-openapi",
    "/core/deprecation-schedule",
    "/core/transition-period",
    "/core/uri-version",
    "/core/changelog",
    "/core/semver",
    "/core/version-header",
    "/core/transport/tls",
    "/core/transport/no-sensitive-uris",
    "/core/transport/security-headers",
    "/core/transport/cors",
    "/core/modules/geospatial",
    "/core/modules/signing",
    "/core/modules/encryption",
}
tested: set[str] = set()


def rule(*names: str) -> Callable[[Any], Any]:
    """The test below holds these rules."""

    def mark(test: Any) -> Any:
        tested.update(names)
        return test

    return mark


def test_each_rule_is_tested_or_it_is_said_why_not() -> None:
    assert tested | ELSEWHERE.keys() == RULES
    assert not tested & ELSEWHERE.keys()


@rule("/core/doc-openapi", "/core/doc-openapi-contact", "/core/semver")
def test_it_is_openapi_3_with_a_whole_version_and_whom_to_ask() -> None:
    assert re.fullmatch(r"3(\.\d+){1,2}", DOCUMENT["openapi"])
    assert SEMVER.fullmatch(DOCUMENT["info"]["version"])
    assert {"name", "email", "url"} <= DOCUMENT["info"]["contact"].keys()
    ids = [told["operationId"] for *__, told in ALL]
    assert len(ids) == len(set(ids))
    pointed = set(re.findall(r"#/components/schemas/(\w+)", str(DOCUMENT)))
    assert pointed <= SCHEMAS.keys()


@rule("/core/uri-version")
def test_only_the_major_version_stands_in_the_address_which_is_https() -> None:
    (server,) = DOCUMENT["servers"]
    assert server["url"].startswith("https://")
    assert server["url"].endswith(f"/v{DOCUMENT['info']['version'].split('.')[0]}")


@rule(
    "/core/http-methods",
    "/core/path-segments-kebab-case",
    "/core/query-keys-camel-case",
    "/core/error-handling/problem-details",
)
@pytest.mark.parametrize(("path", "method", "told"), OPERATIONS)
def test_an_operation_keeps_the_rules(path: str, method: str, told: dict[str, Any]) -> None:
    assert KEBAB.fullmatch(path), "kebab-case, and no slash at the end"
    assert method in {"get", "post", "put", "patch", "delete"}
    assert CAMEL.fullmatch(told["operationId"])
    (needed,) = told["security"]
    assert set(needed["application"]) <= set(Scope.values)
    named = {each["name"] for each in told["parameters"] if each["in"] == "path"}
    assert named == set(re.findall(r"\{(\w+)\}", path))
    for each in told["parameters"]:
        assert each["in"] != "query" or CAMEL.fullmatch(each["name"])
    assert "400" in told["responses"]
    for status, answer in told["responses"].items():
        assert "API-Version" in answer["headers"], status
        if int(status) >= 400:
            assert list(answer["content"]) == ["application/problem+json"]
    assert {"status", "title", "detail"} <= SCHEMAS["Problem"]["properties"].keys()


@rule("/core/naming-collections", "/core/transport/no-sensitive-uris")
def test_collections_are_plural_and_an_address_tells_only_a_number() -> None:
    plural = {"locations", "groups", "rosters", "children", "placements", "counts"}
    assert {path.split("/")[1] for path, *__ in ALL} == plural
    asked = {each["name"] for *__, told in ALL for each in told["parameters"]}
    assert asked == {"reference", "after", "Idempotency-Key"}


@pytest.mark.parametrize("name", SCHEMAS)
def test_names_are_pascal_case(name: str) -> None:
    assert PASCAL.fullmatch(name)


@rule("/core/date-time/date-omit-time-portion", "/core/date-time/format")
@pytest.mark.parametrize(("name", "field", "told"), FIELDS)
def test_fields_are_camel_case_and_days_are_days(name: str, field: str, told: Any) -> None:
    assert CAMEL.fullmatch(field)
    if re.search(r"(^d|D)ay$|(^d|D)ate$|On$|^born$", field):
        assert "'format': 'date'" in str(told), name


@rule("/core/date-time/timezone")
def test_nothing_tells_a_time_of_the_day() -> None:
    """Messages of webhooks do, in UTC: tests/api/test_webhooks.py."""
    assert "time" not in re.findall(r"'format': '([\w-]+)'", str(DOCUMENT))


@rule("/core/publish-openapi", "/core/transport/cors")
def test_it_stands_where_the_rules_say_for_everybody_and_nothing_else_does(
    cast: Cast, client: Client
) -> None:
    answer = client.get("/api/v1/openapi.json")
    assert answer.json()["paths"] == DOCUMENT["paths"]
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in caller(cast).get("/groups").headers


@rule("/core/version-header", "/core/transport/security-headers", "/core/stateless")
def test_every_answer_tells_its_version_and_keeps_no_session(cast: Cast, client: Client) -> None:
    api = caller(cast)
    for answer in (
        client.get("/api/v1/openapi.json"),
        client.get("/api/v1/nothing"),
        client.get("/api/v1/groups"),
        api.get("/groups"),
        api.get("/groups/Z1"),
        api.put("/children/K1", {}),
    ):
        assert answer["API-Version"] == VERSION == DOCUMENT["info"]["version"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert "no-store" in answer["Cache-Control"]
        assert not answer.cookies


@rule("/core/no-trailing-slash", "/core/http-response-code")
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/groups/", 404),
        ("GET", "/nothing", 404),
        ("GET", "/../v2/groups", 404),
        ("DELETE", "/groups", 405),
        ("GET", "/children/K1", 404),
        ("PUT", "/children/K1", 415),
    ],
)
def test_what_does_not_go_is_a_problem(cast: Cast, method: str, path: str, status: int) -> None:
    answer = caller(cast).ask(method, path)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert {"status", "title", "detail"} <= answer.json().keys()
    assert "Allow" in answer.headers or status != 405


@rule("/core/error-handling/invalid-input", "/core/error-handling/all-errors")
def test_all_that_is_wrong_is_told_at_once_in_the_language_asked_for(cast: Cast) -> None:
    said = {**JIP, "born": "soon", "days": [{"weekday": 9}], "extra": 1, "firstName": 7}
    told = {}
    for language in ("nl", "en"):
        answer = caller(cast).put("/children/K1", said, **{"Accept-Language": language})
        assert (answer.status_code, answer["Content-Language"]) == (400, language)
        told[language] = {each["location"]: each["detail"] for each in answer.json()["errors"]}
    assert told["en"] == {
        "#/born": "This is to be a day, as 2026-11-22.",
        "#/days/0/weekday": "This is to be at most 7.",
        "#/extra": "We do not know this.",
        "#/firstName": "This is to be text.",
    }
    assert told["nl"].keys() == told["en"].keys()
    assert not set(told["nl"].values()) & set(told["en"].values())


@rule("/core/http-safety")
def test_get_changes_nothing_and_the_second_put_neither(cast: Cast) -> None:
    api = caller(cast)
    bodies = {"/groups/7": {"name": "Wolken"}, "/children/K1": JIP}
    kept = ("api_application", "kernel_audit", "organisations_attempt")
    for path, body in bodies.items():
        assert api.put(path, body).status_code == 201
    before = tables(*kept)
    for path, body in bodies.items():
        assert api.put(path, body).status_code == 200
        assert _same(api, path)
    after = tables(*kept)
    assert {each for each in changed(before, after) if "audit" not in each} == set()


def _same(api: Caller, path: str) -> bool:
    return api.get(path).content == api.get(path).content
