"""The closed lists of words of the practice language, as they are written in a template.

Hats, settings, purposes and categories are those of organisations and access; a test keeps them
equal.
"""

HATS = (
    "group worker",
    "pedagogue",
    "care coordinator",
    "manager",
    "coach",
    "partner",
    "municipality",
    "parent",
)
SETTINGS = (
    "daycare",
    "preschool",
    "after school care",
    "plus group",
    "medical daycare",
    "day treatment",
    "school",
)
PURPOSES = ("coaching", "support", "treatment", "handover", "education")
CATEGORIES = ("day", "development", "care", "plan", "talk")
KINDS = ("observation", "visit", "session", "talk", "advice", "coaching", "meeting", "placement")
PAYERS = (
    "municipality",
    "operator",
    "own means",
    "subsidy",
    "education disadvantage policy",
    "early education",
    "youth act",
    "social medical indication",
    "indication",
    "school",
    "parents",
    "nobody",
    "unknown",
)
INDICATIONS = ("early education", "social medical", "youth care", "medical daycare")
VOICES = ("parents", "group worker", "care", "manager", "school", "child", "guardian")
OPTION_KINDS = ("go", "adjust", "no-go", "end")
NEEDS = ("parent contact", "plan", "plan with end goal", "evaluation date", "taper")
COVERED = ("yes", "no", "unknown")
YES_OR_NO = ("yes", "no")
ABOUT = ("child", "group")


def code(word: str) -> str:
    """The word as data: `group worker` is `group_worker`."""
    return word.replace(" ", "_")
