"""The settings of the product, in the days of the cast of the tests, as fast as one likes."""

from alert4you.config.settings import *  # noqa: F403

CLOCK = "faults.clock.clock"
EMAIL_USE_TLS = False  # the mail server of the faults has no certificate
