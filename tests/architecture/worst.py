"""By hand, and not from the policy: what would hurt most, and who may never see it, however it is asked.

``readers`` follows the policy; a mistake in the policy would be one there too. Here it would not.
"""

from collections.abc import Callable, Iterable

from django.db.models import Exists, OuterRef, Q

from alert4you.access.models import ContactCard, Entry, NegativeMark, Opening
from alert4you.safety.models import Concern
from tests.architecture.canaries import Canary
from tests.cast import NOW

# The names that belong to a house as a whole, and are shown to partners: of places and of who works there.
# What organisations, practices and the agreements about money are, everybody who works here may know.
KNOWN_OUTSIDE = ("organisations.", "practices.", "funding.Agreement", "funding.QuestionSet")
PARENTS = "anna bram oscar"
GUESTS = "sanne koen pieter gemma stranger"
NOT_ON_THE_FILE = f"{GUESTS} olga nobody"
MARKED = NegativeMark.objects.filter(mark="secret_address", guardian=OuterRef("guardian"))
SECRET = Q(Exists(MARKED))

Holds = Callable[[Canary], bool]


def of(model: type, *which: Q, **about: object) -> Holds:
    """The words of such rows, and of what extends them."""

    def holds(canary: Canary) -> bool:
        if not issubclass(canary.model, model):
            return False
        rows = getattr(model, "objects", model._base_manager)
        rows = rows.unrestricted(reason="test") if hasattr(rows, "unrestricted") else rows
        return rows.filter(*which, pk=canary.pk, **about).exists()

    return holds


def safety(canary: Canary) -> bool:
    return canary.where.startswith("safety.") or of(Concern)(canary)


WORST: list[tuple[str, Holds, str]] = [
    ("a concern about safety", safety, f"{PARENTS} {NOT_ON_THE_FILE}"),
    ("internal", of(Entry, internal=True), f"{PARENTS} {NOT_ON_THE_FILE}"),
    ("held back", of(Entry, hold_until__gt=NOW), f"{PARENTS} {NOT_ON_THE_FILE}"),
    ("why there is a mark", of(NegativeMark), f"{PARENTS} fatima lotte {GUESTS} nobody"),
    ("an opening that is not told yet", of(Opening, parents_told_at__gt=NOW), PARENTS),
    (
        "where Anna lives",
        of(ContactCard, ~SECRET, guardian__has_authority=True),
        f"bram oscar {NOT_ON_THE_FILE}",
    ),
    (
        "where Oscar lives",
        of(ContactCard, guardian__has_authority=False),
        f"anna bram {NOT_ON_THE_FILE}",
    ),
    (
        "where Bram lives, which is secret",
        of(ContactCard, SECRET),
        f"anna oscar fatima lotte {NOT_ON_THE_FILE}",
    ),
]


def held_from(hat: str, canaries: Iterable[tuple[str, Canary]]) -> set[str]:
    """The words that this hat may never see."""
    rows = [holds for __, holds, never in WORST if hat in never.split()]
    return {token for token, canary in canaries if any(holds(canary) for holds in rows)}
