"""The child's line, who is on its care team, what was agreed with whom, and what forbids."""

from alert4you.access.models.consent import (
    Answer,
    Basis,
    Consent,
    ConsentRequest,
    Exemption,
    Ground,
    How,
    Signature,
)
from alert4you.access.models.contacts import ContactCard
from alert4you.access.models.entries import (
    HOLD_AT_MOST,
    SHAREABLE,
    Category,
    Entry,
    Kind,
    LineEntry,
)
from alert4you.access.models.marks import ABOUT_SOMEBODY, BY_REQUEST, KEEPS, Mark, NegativeMark
from alert4you.access.models.openings import OpenedFor, Opening
from alert4you.access.models.review import (
    Finding,
    LookQuestion,
    Review,
    ReviewLine,
    ReviewSetting,
    Verdict,
)
from alert4you.access.models.team import CareTeamMember, CoachPost, Purpose

__all__ = [
    "ABOUT_SOMEBODY",
    "BY_REQUEST",
    "HOLD_AT_MOST",
    "KEEPS",
    "SHAREABLE",
    "Answer",
    "Basis",
    "CareTeamMember",
    "Category",
    "CoachPost",
    "Consent",
    "ConsentRequest",
    "ContactCard",
    "Entry",
    "Exemption",
    "Finding",
    "Ground",
    "How",
    "Kind",
    "LineEntry",
    "LookQuestion",
    "Mark",
    "NegativeMark",
    "OpenedFor",
    "Opening",
    "Purpose",
    "Review",
    "ReviewLine",
    "ReviewSetting",
    "Signature",
    "Verdict",
]
