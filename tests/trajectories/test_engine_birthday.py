"""A phase that lasts until an age gets its day from the child's date of birth in the database."""

import pytest
from dateutil.relativedelta import relativedelta

from alert4you.practices.queries.templates import practice_of, template
from alert4you.trajectories.commands.running import Setup, start_trajectory
from alert4you.trajectories.queries.facts import facts_of
from alert4you.trajectories.rules.facts import Born
from tests.cast import NOW

LEARNING_PLACE = "peuterleerplek-plus"


@pytest.fixture
def child(story):
    child = story.cast.mila
    child.born = NOW.date() - relativedelta(years=3, months=2)
    child.save()
    return child


def started(story, child, slug, *roles):
    story.talk(child)
    parts = dict.fromkeys(roles, story.cast.sanne) | {"group-worker": story.cast.fatima}
    people = (story.cast.carla, story.cast.marit)
    return start_trajectory(story.cast.actor("carla"), child, template(slug), *people, Setup(parts))


def births(story, trajectory) -> list[Born]:
    practices = {trajectory.pk: practice_of(trajectory.template)}
    facts = facts_of(story.cast.actor("carla", minutes=5), [trajectory], practices)
    return [each for each in facts[trajectory.pk] if isinstance(each, Born)]


def test_the_date_of_birth_is_told_to_a_practice_that_asks_an_age(story, child):
    roles = ("pedagogue", "specialist", "school", "partner")
    trajectory = started(story, child, LEARNING_PLACE, *roles)
    (born,) = births(story, trajectory)
    assert born.day == child.born


def test_other_practices_do_not_get_to_know_it(story, child):
    assert births(story, started(story, child, "samsam", "extra-worker")) == []
