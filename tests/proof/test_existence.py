"""What exists somewhere else answers as what does not exist: every page, GET and POST, to the byte."""

import pytest

from tests.architecture.conftest import house  # noqa: F401
from tests.architecture.crawl import PAGES, House

LOOKS = ("carla", "pieter", "stranger", "anna")
# Of no child, and for everybody: the doors, and the practices that somebody published.
FOR_ALL = {"web:to_work", "web:from_work", "web:invited", "practices:version", "practices:export"}
# A place writes down what it saw of whoever comes to work there, also from elsewhere.
FOR_ALL |= {"groups:card_fact"}
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("hat", LOOKS)
def test_what_is_elsewhere_is_not_there(house: House, hat: str) -> None:  # noqa: F811
    compared, different = 0, []
    for page in PAGES:
        addresses = house.addresses(page)
        if "junk" not in addresses or page in FOR_ALL:
            continue
        for method in ("get", "post"):
            there, nowhere = (house.ask(hat, method, addresses[kind]) for kind in ("other", "junk"))
            compared += there.status_code == nowhere.status_code == 404
            if (there.status_code, there.content) != (nowhere.status_code, nowhere.content):
                different.append(f"{method} {page} {there.status_code} {nowhere.status_code}")
    assert different == [], "\n".join(different)
    assert compared > 100
