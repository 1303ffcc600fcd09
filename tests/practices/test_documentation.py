"""The reference page holds a template that works and every word of the language."""

from pathlib import Path

from alert4you.practices.rules import vocabulary
from alert4you.practices.rules.reading import read

PAGE = (Path(__file__).parents[2] / "docs/reference/practice-language.md").read_text("utf-8")


def test_the_example_reads():
    example = PAGE.split("```yaml\n")[1].split("```")[0]
    assert read(example).slug == "looking-along"


def test_every_word_is_documented():
    lists = [each for name, each in vars(vocabulary).items() if name.isupper()]
    words = {word for each in lists for word in each}
    assert {word for word in words if f"`{word}`" not in PAGE} == set()
