"""The reference of the format knows every sentence, and every example in it can be read."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from alert4you.scenarios.library import read
from alert4you.scenarios.sentences import SENTENCES

PAGE = Path(settings.SRC).parent.parent / "docs" / "reference" / "scenarios.md"


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda each: each.pattern)
def test_every_sentence_is_described_with_all_that_may_stand_behind_it(sentence):
    rows = [line for line in PAGE.read_text().splitlines() if f"`{sentence.pattern}`" in line]
    assert len(rows) == 1
    for detail in sentence.details:
        assert f"`{detail}`" in rows[0]


@pytest.mark.parametrize("number", range(len(re.findall(r"```yaml\nstory:", PAGE.read_text()))))
def test_the_stories_on_the_page_can_be_read(tmp_path, number):
    stories = re.findall(r"```yaml\n(story:.*?)```", PAGE.read_text(), re.DOTALL)
    file = tmp_path / "story.yaml"
    file.write_text(stories[number])
    assert read(file).scenes
