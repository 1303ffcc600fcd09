"""Filling the demo: all stories played through each other on one stage, until today."""

from django.db import transaction

from alert4you.demo import planning, tablet
from alert4you.kernel import clock
from alert4you.kernel.roots import sign_root
from alert4you.kernel.wall.standing import opened
from alert4you.organisations.queries import system_actor
from alert4you.practices.commands.publishing import load_library
from alert4you.scenarios.library import library
from alert4you.scenarios.player import play_together
from alert4you.trajectories.tasks import refresh_running


def build_demo() -> None:
    """Tell the stories in an empty database. Broken, with file and line, when one does not go as told."""
    now = clock.now()
    load_library(system_actor(now))
    with opened(reason="a story acts for everybody in it"), transaction.atomic():
        play_together(library(), clock.day_of(now))
        refresh_running(now)
        tablet.set_up(now)
        planning.set_up(now)
        sign_root(now)
