"""A story in a few lines, to bend in every way."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from alert4you.scenarios.library import read
from alert4you.scenarios.story import Story

HEAD = """\
story: try-out
title: {nl: Proef, en: Try-out}
summary: {nl: Een proef., en: A try-out.}
stage: oeverzand
ends: 1 week ago
children:
  Pip:
    name: Pip de Vries
    age: 3 years
    guardians:
      Olga: {name: Olga de Vries, authority: yes}
    places:
      Vlinders: {days: every day}
days:
"""
FIRST = HEAD.count("\n") + 1  # the line of the first day


@pytest.fixture
def story(tmp_path: Path) -> Callable[..., Story]:
    """``story("day 1:", "  - ...")``: read the head and these lines."""

    def written(*lines: str, head: str = HEAD) -> Story:
        file = tmp_path / "try-out.yaml"
        file.write_text(head + "".join(f"  {line}\n" for line in lines), "utf-8")
        return read(file)

    return written


@pytest.fixture
def problem(story: Callable[..., Story]) -> Callable[..., Any]:
    """The problems of such a story, as (line, words)."""
    from alert4you.practices.rules.reading import Misread

    def found(*lines: str, head: str = HEAD) -> list[tuple[int, str]]:
        with pytest.raises(Misread) as misread:
            story(*lines, head=head)
        return [(each.line, each.message) for each in misread.value.problems]

    return found
