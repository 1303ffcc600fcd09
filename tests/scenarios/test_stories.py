"""Every story that comes with the product holds, with every check in it, on whatever day it is told."""

from datetime import date, timedelta

import pytest

from alert4you.scenarios.library import library_files, read
from alert4you.scenarios.player import play
from alert4you.scenarios.sentences import CHECK

FRIDAY = date(2026, 11, 20)
STORIES = {path.stem: path for path in library_files()}


def told(name, day):
    return list(play(read(STORIES[name]), day))


@pytest.mark.django_db
@pytest.mark.parametrize("name", STORIES)
def test_it_holds(name):
    steps = told(name, FRIDAY)
    assert not steps[-1].wrong, str(steps[-1])
    assert any(each.step.said.sentence.sort == CHECK for each in steps)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["rosa", "deze-week"])
@pytest.mark.parametrize("day", [date(2026, 11, 16 + i) for i in range(4)] + [date(2028, 2, 29)])
def test_it_holds_on_any_day(name, day):
    steps = told(name, day)
    assert not steps[-1].wrong, str(steps[-1])


@pytest.mark.django_db
def test_the_last_day_of_a_story_that_ends_today_is_today_before_nine():
    steps = told("deze-week", FRIDAY + timedelta(days=1))  # told on a Saturday
    last = steps[-1].at
    assert last.date() == FRIDAY
    assert last.hour < 9


def test_the_documented_cases_are_there():
    rows = {row for path in library_files() for row in read(path).rows}
    assert rows >= {"3", "4", "6", "7", "8", "29", "30", "46", "47", "48"}


def test_nobody_in_the_town_has_the_name_of_another():
    stories = [read(path) for path in library_files()]
    names = [child.full_name for story in stories for child in story.stage.children]
    assert sorted(names) == sorted(set(names))
