"""Who acts or looks."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from alert4you.kernel.clock import day_of
from alert4you.organisations.models.people import Role

NOBODY = UUID(int=0)
SYSTEM = "system"  # the role of the installation itself
APPLICATION = "application"  # the role of another system (`api`): worn by nobody who signs in


@dataclass(frozen=True)
class Actor:
    """One hat at one moment: who acts or looks, for which organisation, in which role, when.

    The moment belongs to the hat because access is derived from what holds at that moment; commands
    and rules take the time from here and never from a clock. What a hat does not have (a parent has no
    organisation, the installation itself is no person) is ``NOBODY``, which equals no row.
    """

    person_id: UUID
    organisation_id: UUID
    role: str
    at: datetime
    membership_id: UUID = NOBODY

    @cached_property
    def today(self) -> date:
        """The calendar day of this moment in Europe/Amsterdam."""
        return day_of(self.at)

    @property
    def is_parent(self) -> bool:
        return self.role == Role.PARENT

    def later(self, at: datetime) -> "Actor":
        """The same hat at another moment."""
        return replace(self, at=at)
