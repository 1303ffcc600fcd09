"""Every page with every hat, every method and every kind of id, in a world that stays as it is."""

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core import mail
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from alert4you.tablets.queries import signed_name
from tests.architecture.canaries import Canary, keys, plant, posted, texts
from tests.architecture.readers import readable
from tests.architecture.sibling import make_sibling
from tests.architecture.world import CANARY, HOUSE_WORD, make_world
from tests.architecture.worst import KNOWN_OUTSIDE, held_from
from tests.cast import Cast, make_cast

TABLE = tomllib.loads((Path(__file__).parent / "matrix.toml").read_text())
HATS: list[str] = TABLE["hats"]
PAGES: dict[str, dict[str, Any]] = TABLE["pages"]
OUTSIDE_THE_PRODUCT = {"admin", "demo"}
KEPT_BY_THE_WAY = ("kernel_audit", "organisations_session")
NOTHING = "00000000-0000-4000-8000-000000000000"


def pages(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """All named pages with their pattern, of our own contexts."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = pattern.namespace or space
            if inner not in OUTSIDE_THE_PRODUCT:
                yield from pages(pattern, inner)
        else:
            yield f"{space}:{pattern.name}", pattern


ALL = dict(pages(get_resolver()))


def names_in(page: str) -> list[str]:
    """The names of what stands in the address of a page."""
    return list(ALL[page].pattern.converters)


def address(page: str, arguments: Mapping[str, Any]) -> str:
    found = reverse(page, kwargs={name: arguments[name] for name in names_in(page)})
    return found + PAGES[page].get("query", "").format(**arguments)


@dataclass
class House:
    """Mila, a child of her group, and the same people of another organisation, with all canaries."""

    cast: Cast = field(default_factory=make_cast)

    def __post_init__(self) -> None:
        self.own = make_world(self.cast).arguments
        first = all_rows()
        self.sibling = {**self.own, **make_sibling(self.cast).arguments}
        both = all_rows()
        self.other_cast = make_cast("other.example")
        self.other = make_world(self.other_cast).arguments
        self.planted: Mapping[str, Canary] = plant(f"(?:{CANARY}|{HOUSE_WORD})")
        self.of_sibling = {t for t, c in self.planted.items() if c.row in both - first}
        self.of_another = {t for t, c in self.planted.items() if c.row not in both}
        self.readable = {
            hat: readable(self.cast.actor(hat), self.planted) for hat in HATS if hat != "nobody"
        } | {"nobody": set()}
        theirs = [each for each in self.planted.items() if each[0] in self.of_another]
        outside = {t for t, c in theirs if not c.where.startswith(KNOWN_OUTSIDE)}
        self.never = {hat: held_from(hat, self.planted) | outside for hat in HATS}
        self.browsers = {hat: self.cast.client(hat) for hat in HATS}
        for browser in self.browsers.values():  # that was here before
            browser.cookies[settings.DEVICE_COOKIE_NAME] = signed_name(uuid4())
        self.looks: dict[tuple[str, str], HttpResponse] = {}
        self.tables = tables()
        self.cookies = {hat: each.cookies.output() for hat, each in self.browsers.items()}

    @cached_property
    def junk(self) -> dict[str, Any]:
        told = {"record": 987_654_321, "ticket": "nothing", "link": "nothing"}
        ids = {name: NOTHING for name in self.own if name.endswith("_id")}
        return {**self.own, **told, **ids}

    def addresses(self, page: str) -> dict[str, str]:
        """Own, a sibling's, another organisation's, nothing's; and each id of a stranger among own ones."""
        ids = [
            name
            for name in names_in(page)
            if name in self.junk and self.junk[name] != self.own[name]
        ]
        if not ids and "query" not in PAGES[page]:
            return {"own": address(page, self.own)}
        told = {
            "own": self.own,
            "sibling": self.sibling,
            "other": self.other,
            "junk": self.junk,
        }
        if len(ids) > 1:
            for name in ids:
                told[f"own, {name} of a sibling"] = {**self.own, name: self.sibling[name]}
                told[f"own, {name} of another"] = {**self.own, name: self.other[name]}
        return {kind: address(page, arguments) for kind, arguments in told.items()}

    def browser(self, hat: str) -> Client:
        """As it was after signing in."""
        browser = self.browsers[hat]
        browser.cookies = SimpleCookie(self.cookies[hat].replace("Set-Cookie: ", ""))
        return browser

    def look(self, hat: str, url: str) -> HttpResponse:
        """What somebody gets to see; looking changes nothing, so once is enough."""
        if (hat, url) not in self.looks:
            self.looks[hat, url] = self.browser(hat).get(url)
        return self.looks[hat, url]

    def send_nothing(self, hat: str, url: str) -> HttpResponse:
        """A form without a word in it, of which nothing stays: once is enough here too."""
        if (hat, f"post {url}") not in self.looks:
            self.looks[hat, f"post {url}"] = self.ask(hat, "post", url, {})
        return self.looks[hat, f"post {url}"]

    def answer(self, hat: str, page: str, url: str) -> HttpResponse:
        """By the method for which the table says what it answers."""
        if (
            page == "access:review_line"
        ):  # what others are refused changes what is looked at in a week
            return self.ask(hat, "get", url)
        return (self.send_nothing if PAGES[page].get("method") == "post" else self.look)(hat, url)

    def ask(self, hat: str, method: str, url: str, data: Any = None) -> HttpResponse:
        """One request, of which nothing stays; what it mailed goes with the answer."""
        mail.outbox.clear()
        with transaction.atomic():
            answer = getattr(self.browser(hat), method)(url, data)
            transaction.set_rollback(True)
        answer.mailed = posted(mail.outbox)
        return answer


def tables(*beside: str) -> dict[str, str]:
    """A digest of every table, but those of the audit trail and the sessions."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith((*KEPT_BY_THE_WAY, *beside)):
                cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
                found[table] = sha256(repr(cursor.fetchall()).encode()).hexdigest()
    return found


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    return {table for table in after if after[table] != before.get(table)}


def all_rows() -> set[tuple[str, object]]:
    """Every row with words there is."""
    found: set[tuple[str, object]] = set()
    for model in {model for model, __ in texts()}:
        found |= {(model._meta.label, key) for key in keys(model)}
    return found


@contextmanager
def house() -> Iterator[House]:
    with transaction.atomic():
        yield House()
        transaction.set_rollback(True)
