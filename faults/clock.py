"""A clock that starts in the days of the cast, and may run a thousand times as fast."""

import os
from datetime import datetime, timedelta
from time import time

from tests.cast import NOW

BEGUN = float(os.environ.get("FAULTS_BEGUN", "0")) or time()
SPEED = float(os.environ.get("FAULTS_SPEED", "1"))


def clock() -> datetime:
    """The same moment in every process of one fault."""
    return NOW + timedelta(seconds=(time() - BEGUN) * SPEED)
