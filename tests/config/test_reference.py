"""The generated pages are made from the code, every time the same."""

import pytest
from django.core.management import CommandError, call_command

from alert4you.config import reference
from alert4you.config.environment import VARIABLES
from alert4you.config.management.commands import docs


@pytest.mark.parametrize("page", reference.PAGES.values(), ids=reference.PAGES)
def test_a_page_says_that_it_is_made_and_stays_the_same(page):
    assert "do not edit" in page()
    assert page() == page()


def test_every_setting_and_every_command_is_on_its_page():
    assert all(f"| `{variable.name}` |" in reference.environment() for variable in VARIABLES)
    assert "| `notes.write_note` |" in reference.commands()


def test_a_page_that_is_out_of_date_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(docs, "FOLDER", tmp_path / "reference")
    monkeypatch.setattr(docs, "PAGES", {"one.md": lambda: "one\n", "two.md": lambda: "two\n"})
    call_command("docs")
    (tmp_path / "reference" / "two.md").write_text("older\n")
    with pytest.raises(CommandError, match=r"Out of date: two\.md\. Run: alert4you docs"):
        call_command("docs", check=True)
    call_command("docs")
    call_command("docs", check=True)
