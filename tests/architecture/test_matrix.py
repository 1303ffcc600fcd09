"""Every page says for every hat what happens; a page without a row fails.

``matrix.toml`` is the table: per page the answers for the hats in the order of ``hats``. Regenerate nothing:
a new page gets a row by hand, after thinking who may open it.
"""

import pytest
from django.conf import settings

from tests.architecture.crawl import ALL, HATS, PAGES, TABLE, House

pytestmark = pytest.mark.django_db


def test_every_page_has_a_row() -> None:
    assert set(ALL) == set(PAGES)


def test_every_row_has_an_answer_for_every_hat() -> None:
    for page, row in PAGES.items():
        assert len(row["answers"]) == len(HATS), page


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_answers_to_each_hat(house: House, page: str) -> None:
    row, url = PAGES[page], house.addresses(page)["own"]
    found = {hat: house.ask(hat, row.get("method", "get"), url).status_code for hat in HATS}
    assert found == dict(zip(HATS, row["answers"], strict=True))


@pytest.mark.parametrize(
    "page", [name for name, pattern in ALL.items() if pattern.pattern.converters]
)
def test_what_is_not_there_and_what_is_not_yours_look_the_same(house: House, page: str) -> None:
    """Existence is not told: the answer to a stranger equals the answer about nothing."""
    row, addresses = PAGES[page], house.addresses(page)
    if 404 not in row["answers"] or "junk" not in addresses:
        return
    method = row.get("method", "get")
    first, second = (house.ask("stranger", method, addresses[kind]) for kind in ("own", "junk"))
    assert first.status_code == second.status_code == 404
    assert first.content == second.content


def test_the_login_wall_covers_all_but_the_doors() -> None:
    nobody = HATS.index("nobody")
    open_doors = {page for page, row in PAGES.items() if row["answers"][nobody] not in (302, 405)}
    assert open_doors == set(TABLE["open_to_all"])
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE
