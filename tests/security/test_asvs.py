"""The table of ASVS 5.0 is whole, and what it claims is there. Whether a test proves it is for a reader."""

import ast
import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TABLE = tomllib.loads((ROOT / "docs/reference/asvs.toml").read_text())
LEVELS = {
    f"{section}.{place}": level
    for section, levels in TABLE["levels"].items()
    for place, level in enumerate(levels, 1)
}
REQUIREMENTS = TABLE["requirements"]


def test_the_standard_has_as_many_requirements_of_each_level() -> None:
    assert Counter(LEVELS.values()) == {"1": 70, "2": 183, "3": 92}


def test_no_requirement_is_missing_and_none_is_made_up() -> None:
    """One that is there twice is no TOML."""
    asked = {number for number, level in LEVELS.items() if level in "12"} | set(TABLE["chosen"])
    assert set(REQUIREMENTS) == asked


@pytest.mark.parametrize("number", REQUIREMENTS)
def test_what_is_claimed_is_there(number: str) -> None:
    row = REQUIREMENTS[number]
    assert row["about"]
    (answer,) = set(row) - {"about"}
    match answer:
        case "test":
            claimed = [row["test"]] if isinstance(row["test"], str) else row["test"]
            assert claimed
            assert [each for each in claimed if not collected(*each.split("::"))] == []
        case "doc":
            page, _, heading = row["doc"].partition("#")
            assert heading in headings(page)
        case "reason":
            assert re.match(r"(not here|operator): .{5,}", row["reason"])
        case _:
            assert answer in ("differs", "open")
            assert len(row[answer]) > 20


@cache
def names(file: str) -> set[str]:
    path = ROOT / file
    if not path.exists() or not path.name.startswith("test_"):
        return set()
    return {each.name for each in ast.parse(path.read_text()).body if hasattr(each, "name")}


def collected(file: str, name: str) -> bool:
    """pytest collects every function of a test file whose name begins so."""
    return name.startswith("test_") and name in names(file)


@cache
def headings(page: str) -> set[str]:
    """As GitHub makes anchors of them; of a page that is there."""
    found = re.findall(r"^#+ (.+)$", (ROOT / page).read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in found}


def test_a_claim_of_nothing_is_seen() -> None:
    assert not collected("tests/security/test_asvs.py", "test_that_nobody_wrote")
    assert not collected("tests/nowhere/test_nothing.py", "test_what_is_claimed_is_there")
    assert "nowhere" not in headings("docs/explanation/access.md")
