"""Every page says for every hat what happens; a page without a row fails, and so does a leak.

``matrix.toml`` is the table: per page the answers for the hats in the order of ``hats``. Regenerate nothing:
a new page gets a row by hand, after thinking who may open it.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.architecture.world import CANARY, World, make_world
from tests.cast import Cast

TABLE = tomllib.loads((Path(__file__).parent / "matrix.toml").read_text())
HATS = TABLE["hats"]
PAGES = TABLE["pages"]
OUTSIDERS = {"stranger", "oscar", "gemma", "koen"}
OUTSIDE_THE_PRODUCT = {"admin", "demo"}


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


@pytest.fixture
def world(cast: Cast) -> World:
    return make_world(cast)


def test_every_page_has_a_row() -> None:
    assert set(ALL) == set(PAGES)


def test_every_row_has_an_answer_for_every_hat() -> None:
    for page, row in PAGES.items():
        assert len(row["answers"]) == len(HATS), page


def address(page: str, world: World) -> str:
    names = ALL[page].pattern.converters if ALL[page].pattern.converters else ()
    return reverse(page, kwargs={name: world.arguments[name] for name in names})


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_answers_to_each_hat(cast: Cast, world: World, page: str) -> None:
    row = PAGES[page]
    url = address(page, world) + row.get("query", "").format(**world.arguments)
    found, leaks = [], []
    for hat in HATS:
        client = cast.client(hat)
        answer = client.post(url) if row.get("method") == "post" else client.get(url)
        found.append(answer.status_code)
        words = answer.content.decode(errors="replace")
        if hat in OUTSIDERS and (CANARY in words or "Mila" in words):
            leaks.append(hat)
    assert dict(zip(HATS, found, strict=True)) == dict(zip(HATS, row["answers"], strict=True))
    assert leaks == []


@pytest.mark.parametrize(
    "page", [name for name, pattern in ALL.items() if pattern.pattern.converters]
)
def test_what_is_not_there_and_what_is_not_yours_look_the_same(
    cast: Cast, world: World, page: str
) -> None:
    """Existence is not told: the answer to a stranger equals the answer about nothing."""
    row = PAGES[page]
    if 404 not in row["answers"]:
        return
    client = cast.client("stranger")
    call = client.post if row.get("method") == "post" else client.get
    there = address(page, world)
    gone = there
    for name in ALL[page].pattern.converters:
        if name.endswith("_id"):
            nothing = "00000000-0000-4000-8000-000000000000"
            gone = gone.replace(str(world.arguments[name]), nothing)
    first, second = call(there), call(gone)
    assert first.status_code == second.status_code == 404
    assert first.content == second.content


def test_the_login_wall_covers_all_but_the_doors(cast: Cast, world: World) -> None:
    nobody = HATS.index("nobody")
    open_doors = {page for page, row in PAGES.items() if row["answers"][nobody] not in (302, 405)}
    assert open_doors == set(TABLE["open_to_all"])
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE
