"""What a row of each kind of file does here: ``key`` says what it is about, ``carry`` saves it.

``NEEDED``: the cells that are never empty; ``SOUGHT``: what it points at that is read at once.
"""

from types import ModuleType

from alert4you.imports.commands.rows import (
    children,
    groups,
    guardians,
    placements,
    rosters,
    staff,
)
from alert4you.imports.commands.rows.book import Asks
from alert4you.imports.models import Kind

__all__ = ["KINDS", "Asks"]

KINDS: dict[str, ModuleType] = {
    Kind.GROUPS: groups,
    Kind.STAFF: staff,
    Kind.CHILDREN: children,
    Kind.GUARDIANS: guardians,
    Kind.PLACEMENTS: placements,
    Kind.ROSTERS: rosters,
}
