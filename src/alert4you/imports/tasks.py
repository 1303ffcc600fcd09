"""Going on with files nobody watches, and forgetting those nobody is done with."""

from datetime import datetime

from alert4you.imports.commands.working import work
from alert4you.imports.queries import over_time, to_go_on_with

SECONDS = 60  # of one sweep; the next goes on where this one stopped


def go_on_with_files(at: datetime) -> int:
    """Rows gone through, of all files together."""
    return sum(work(file.pk, at, SECONDS) for file in to_go_on_with())


def forget_files(at: datetime) -> int:
    """A week after it came nothing of a file is kept."""
    return over_time(at).delete()[0]
