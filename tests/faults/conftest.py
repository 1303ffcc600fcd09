"""One installation to break, on the tables that the other tests made."""

import shutil
from collections.abc import Iterator

import pytest
from faults.disk import a_house_that_fills

from faults import house


@pytest.fixture(scope="session", autouse=True)
def tables(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Under xdist only; alone it makes them itself."""
    kept = tmp_path_factory.getbasetemp().parent / "sqlite.made"
    if kept.exists():
        house.TABLES.append(kept)


@pytest.fixture(scope="module")
def server(tables: None) -> Iterator[house.Server]:
    """Its disk can be full where that can be done."""
    made = a_house_that_fills() if shutil.which("cc") else house.a_house()
    with made as here, here.served() as serving:
        yield serving
