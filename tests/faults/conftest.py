"""The installation that is broken takes the tables that the other tests made."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from faults import house


@pytest.fixture(autouse=True)
def made(
    db: None, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under xdist only; alone it makes them itself."""
    kept = tmp_path_factory.getbasetemp().parent / "sqlite.made"
    if kept.exists():
        run = house.House.run

        def with_tables(self: house.House, *words: str) -> Any:
            if words == ("make",):
                shutil.copy(kept, Path(self.file))
            return run(self, *words)

        monkeypatch.setattr(house.House, "run", with_tables)
