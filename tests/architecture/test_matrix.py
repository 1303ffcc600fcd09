"""Every page says for every hat what happens; a page without a row fails.

``matrix.toml`` is the table: per page the answers for the hats in the order of ``hats``. Regenerate nothing:
a new page gets a row by hand, after thinking who may open it. `test_product.py` asks the pages.
"""

from django.conf import settings

from tests.architecture.crawl import ALL, HATS, PAGES, TABLE


def test_every_page_has_a_row() -> None:
    assert set(ALL) == set(PAGES)


def test_every_row_has_an_answer_for_every_hat() -> None:
    for page, row in PAGES.items():
        assert len(row["answers"]) == len(HATS), page


def test_the_login_wall_covers_all_but_the_doors() -> None:
    nobody = HATS.index("nobody")
    open_doors = {page for page, row in PAGES.items() if row["answers"][nobody] not in (302, 405)}
    assert open_doors == set(TABLE["open_to_all"])
    assert "alert4you.web.middleware.SignedInMiddleware" in settings.MIDDLEWARE
