"""The generated pages are made from the code, every time the same."""

import pytest
from django.core.management import CommandError, call_command

from alert4you.config import reference
from alert4you.config.environment import VARIABLES
from alert4you.config.management.commands import docs
from alert4you.practices.queries.library import library
from alert4you.practices.rules.rows import ROWS
from alert4you.scenarios.library import rows_played


@pytest.mark.parametrize("page", reference.PAGES.values(), ids=reference.PAGES)
def test_a_page_says_that_it_is_made_and_stays_the_same(page):
    assert page().startswith("{") or "do not edit" in page()
    assert page() == page()


def test_every_setting_and_every_command_is_on_its_page():
    assert all(f"| `{variable.name}` |" in reference.environment() for variable in VARIABLES)
    assert "| `notes.write_note` |" in reference.commands()


@pytest.mark.parametrize("row", [each.key for each in ROWS])
def test_every_documented_practice_has_a_scenario_that_runs_it(row):
    line = next(
        each for each in reference.practices().splitlines() if each.startswith(f"| {row} |")
    )
    assert reference.NO_SCENARIO not in line


def test_the_rows_are_those_of_the_list_and_every_template_has_one():
    practices = reference.practices()
    asked = [*range(1, 46), "45a", "45b", "45c", "45d", *range(46, 58)]
    assert [each.key for each in ROWS] == [str(each) for each in asked]
    assert all(f"`{each.slug}`" in practices for each in library())
    assert rows_played().keys() <= {each.key for each in ROWS}


def test_a_row_that_nothing_plays_is_seen(monkeypatch):
    monkeypatch.setattr(reference, "rows_played", dict)
    assert reference.practices().count(reference.NO_SCENARIO) == len(ROWS)


def test_a_page_that_is_out_of_date_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(docs, "FOLDER", tmp_path / "reference")
    monkeypatch.setattr(docs, "PAGES", {"one.md": lambda: "one\n", "two.md": lambda: "two\n"})
    call_command("docs")
    (tmp_path / "reference" / "two.md").write_text("older\n")
    with pytest.raises(CommandError, match=r"Out of date: two\.md\. Run: alert4you docs"):
        call_command("docs", check=True)
    call_command("docs")
    call_command("docs", check=True)
