"""Small files to try with, one per kind; each has one row that cannot be loaded."""

import csv
from collections.abc import Iterator
from pathlib import Path

from alert4you.organisations.models import Group

FOLDER = Path(__file__).parent.parent / "library" / "examples"


def example_of(kind: str, group: Group | None) -> Iterator[list[str]]:
    """The rows of the example, about a group that is there."""
    known = {
        "{groep}": group.name if group else "Vlinders",
        "{locatie}": group.location.name if group else "De Zonnebloem",
    }
    with (FOLDER / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter=";"):
            yield [known.get(cell, cell) for cell in row]
