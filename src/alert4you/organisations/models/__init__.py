"""Who works where: organisations, locations, groups, people and the hats they wear."""

from alert4you.organisations.models.actor import (
    APPLICATION,
    NOBODY,
    SYSTEM,
    Actor,
)
from alert4you.organisations.models.door import (
    Attempt,
    Identity,
    Invitation,
    Issuer,
    Session,
    SessionStore,
    SignInCode,
)
from alert4you.organisations.models.people import (
    Absence,
    Membership,
    Period,
    Person,
    Role,
    Roster,
    running,
)
from alert4you.organisations.models.places import (
    Group,
    Location,
    Organisation,
    OrganisationKind,
    Registered,
    Setting,
)

__all__ = [
    "APPLICATION",
    "NOBODY",
    "SYSTEM",
    "Absence",
    "Actor",
    "Attempt",
    "Group",
    "Identity",
    "Invitation",
    "Issuer",
    "Location",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "Period",
    "Person",
    "Registered",
    "Role",
    "Roster",
    "Session",
    "SessionStore",
    "Setting",
    "SignInCode",
    "running",
]
