"""Going on with files nobody watches, and forgetting those nobody is done with."""

from datetime import datetime

from alert4you.imports.commands.working import work
from alert4you.imports.queries import over_time, to_go_on_with
from alert4you.kernel.rhythm import every

SECONDS = 60  # at a time, so that other work comes in between


@every(minutes=1)
def go_on_with_files(at: datetime) -> int:
    """Rows gone through, of all files together."""
    return sum(work(file.pk, at, SECONDS) for file in to_go_on_with())


@every(hours=1)
def forget_files(at: datetime) -> int:
    """A week after it came nothing of a file is kept."""
    return over_time(at).delete()[0]
