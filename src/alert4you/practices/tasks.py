"""Forgetting what was uploaded and not saved."""

from datetime import datetime

from alert4you.kernel.rhythm import every
from alert4you.practices.queries.importing import over_time


@every(hours=1)
def forget_documents(at: datetime) -> int:
    """Take away the text of documents nobody saved in time; answers how many. Safe to repeat."""
    forgotten, __ = over_time(at).delete()
    return forgotten
