"""The nonsense of `faults.asking` outside the tests: in a database of its own, in memory."""

import os
from multiprocessing import get_context

from faults import Outcome

PROCESSES = 4


def nonsense(number: int) -> Outcome:
    os.environ.update(ALERT4YOU_MODE="test", DJANGO_SETTINGS_MODULE="alert4you.config.settings")
    import logging

    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    from faults.asking import answered, fuzz
    from tests.architecture.world import make_world
    from tests.cast import HATS, make_cast

    setup_test_environment()
    settings.CLOCK = "tests.cast.clock"
    logging.disable()
    call_command("migrate", verbosity=0)
    cast = make_cast()
    world = make_world(cast)
    clients = {name: cast.client(name) for name in HATS}
    for each in clients.values():
        each.raise_request_exception = False

    def part(seed: int) -> None:
        """Forked, so that each has the database in its own memory."""
        parts.put(fuzz(world, clients, -(-number // PROCESSES), seed))

    fork = get_context("fork")
    parts = fork.Queue()
    asking = [fork.Process(target=part, args=(seed,)) for seed in range(PROCESSES)]
    for process in asking:
        process.start()
    return answered(*(parts.get() for _ in asking))
