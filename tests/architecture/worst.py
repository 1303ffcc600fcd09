"""By hand, and not from the policy: what would hurt most, and who may never see it, however it is asked.

``readers`` follows the policy; a mistake in the policy would be one there too. Here it would not.
"""

from collections.abc import Callable, Mapping

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

Planted = Mapping[str, Canary]
Words = Callable[[Planted], set[str]]


def of(model: type, *which: Q, **about: object) -> Words:
    """The words of such rows, and of what extends them."""

    def words(planted: Planted) -> set[str]:
        rows = getattr(model, "objects", model._base_manager)
        rows = rows.unrestricted(reason="test") if hasattr(rows, "unrestricted") else rows
        found = set(rows.filter(*which, **about).values_list("pk", flat=True))
        extends = (
            (token, each) for token, each in planted.items() if issubclass(each.model, model)
        )
        return {token for token, each in extends if each.pk in found}

    return words


def safety(planted: Planted) -> set[str]:
    named = {token for token, each in planted.items() if each.where.startswith("safety.")}
    return named | of(Concern)(planted)


WORST: list[tuple[str, Words, str]] = [
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


def held_from(hat: str, planted: Planted) -> set[str]:
    """The words that this hat may never see."""
    return {token for __, words, never in WORST if hat in never.split() for token in words(planted)}
