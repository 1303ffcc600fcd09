"""A form takes what it asks, and nothing that somebody adds: every field of every model is sent along."""

import os
import random
import re
from collections.abc import Callable, Collection, Mapping
from copy import deepcopy
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import Resolver404, resolve

from tests.architecture.crawl import HATS, KEPT_BY_THE_WAY, PAGES, address
from tests.architecture.filling import Body, Forms
from tests.architecture.world import make_world
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db
WRITERS = ("carla", "fatima", "marit", "anna", "olga", "nobody")
WRITES = re.compile(r"(/\* \w+ \*/ )?(INSERT|UPDATE|DELETE)")  # PostgreSQL is told as which hat


@dataclass(frozen=True)
class Sent:
    """What the form of a page would send for a hat; and all that forms of that page ask."""

    browser: Client
    url: str
    body: Body
    asked: frozenset[str]


def test_what_a_form_does_not_ask_changes_nothing(
    cast: Cast, same_chance: Callable[[], None]
) -> None:
    every, more = forms(cast, make_world(cast).arguments), smuggled()
    faults, written = [], 0
    for name, sent in every.items():
        same_chance()
        honest = writes(sent, sent.body)
        same_chance()
        added = {name: value for name, value in more.items() if name not in sent.asked}
        other = writes(sent, {**added, **sent.body})
        faults += [(name[0], *each) for each in other if each not in honest]
        faults += [(name[0], "not", *each) for each in honest if each not in other]
        written += bool(honest)
    assert faults == []
    assert written > len(every) / 2, "so many say something else than that a field is missing"


def forms(
    cast: Cast, arguments: Mapping[str, Any], hats: Collection[str] = WRITERS
) -> dict[tuple[str, ...], Sent]:
    """Every form of every page that posts, once for the same fields at the same place."""
    found: dict[tuple[str, ...], Sent] = {}
    browsers = {hat: cast.client(hat) for hat in hats}
    for page, row in PAGES.items():
        url = address(page, arguments)
        for hat, browser in browsers.items():
            if row.get("answers", [200] * len(HATS))[HATS.index(hat)] != 200:
                continue
            reader = Forms()
            reader.feed(browser.get(url).content.decode(errors="replace"))
            asked = frozenset(name for _action, body in reader.found for name in body)
            for action, body in reader.found:
                place = action or url
                if name := page_at(place):
                    found.setdefault((name, *sorted(body)), Sent(browser, place, body, asked))
    return found


def page_at(url: str) -> str:
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return ""


def smuggled() -> dict[str, str]:
    """Every name that a field of ours has, with a value that would matter: ids are of another house."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("alert4you.")]
    known = {model: set(ids(model)) for model in ours}
    make_world(make_cast("other.example"))
    strange = {model: next(iter(set(ids(model)) - known[model]), "1") for model in ours}
    found: dict[str, str] = {}
    for model in ours:
        for field in model._meta.concrete_fields:
            value = weighty(field, strange)
            found |= {field.name: value, field.attname: value}
    return found


def ids(model: type[models.Model]) -> QuerySet[Any]:
    return QuerySet(model).values_list("pk", flat=True)


def weighty(field: Any, strange: Mapping[type[models.Model], Any]) -> str:
    if isinstance(field, models.ForeignKey):
        return str(strange.get(field.related_model, "1"))
    if field.choices:
        return str(list(field.choices)[-1][0])
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateField):
        return "2020-01-01"
    return "1"


def writes(sent: Sent, body: Body) -> list[tuple[str, str]]:
    """What a request writes, outside the trail and the session; nothing of it stays."""
    found: list[tuple[str, str]] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if WRITES.match(sql) and not any(f'"{table}' in sql for table in KEPT_BY_THE_WAY):
            found.append((sql, repr(params)))
        return execute(sql, params, many, context)

    cookies = deepcopy(sent.browser.cookies)
    with transaction.atomic(), connection.execute_wrapper(keep):
        sent.browser.post(sent.url, body)
        transaction.set_rollback(True)
    sent.browser.cookies = cookies
    return found


@pytest.fixture
def same_chance(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Chance begins anew, so that the same request writes the same."""

    def again() -> None:
        numbers = count(1)

        def chance(size: int) -> bytes:
            return next(numbers).to_bytes(size, "big")

        monkeypatch.setattr(os, "urandom", chance)
        monkeypatch.setattr(random, "_urandom", chance)

    return again
