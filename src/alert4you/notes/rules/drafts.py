"""What may be kept while somebody writes: of which pages, about whom, and for how long."""

import json
from collections.abc import Mapping
from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.urls import Resolver404, resolve

from alert4you.access.rules.relations import ties
from alert4you.children.models import Child
from alert4you.kernel.models import Receipt
from alert4you.organisations.models import Actor

DAYS = timedelta(days=7)
LONGEST = 20_000  # characters of all fields together
# Safety keeps nothing that was not said; practices keep a draft of their own.
KEPT = {
    *("notes", "wellbeing", "coaching", "trajectories", "meetings", "referrals"),
    *("access", "funding", "groups", "rights"),
}
WITHOUT_A_CHILD = {
    *("group_id", "location_id", "question_id", "visit_id", "hour_id", "meeting_id"),
    *("record", "line_id", "review_id", "asked_id", "right"),  # looked at, asked: one's own words
}

Said = Mapping[str, list[str]]


def page_of(address: str) -> UUID:
    """One page and what was chosen on it, as a name that tells nothing."""
    return uuid5(NAMESPACE_URL, address)


def about(actor: Actor, address: str, told: str) -> tuple[bool, Child | None]:
    """Whether a page keeps drafts for this hat, and about which child.

    The address tells of whom; where it does not, the form does (``told``). A page about something else
    of a child, that does not tell of which child, keeps nothing.
    """
    try:
        match = resolve(address.partition("?")[0])
    except Resolver404:
        return False, None
    if match.namespace not in KEPT:
        return False, None
    child_id = match.kwargs.get("child_id") or told
    if not child_id:
        return set(match.kwargs) <= WITHOUT_A_CHILD, None
    child = Child.objects.unrestricted(reason="rule").filter(pk=child_id).first()
    return child is not None and ties(actor, child).knows, child


def is_saved(actor: Actor, once: UUID) -> bool:
    """What was saved in the meantime is no draft any more, however late the draft arrives."""
    return Receipt.objects.filter(once=once, person_id=actor.person_id).exists()


def fields_of(text: str) -> Said:
    """Field -> what stands in it; ValueError when it is anything else, or too much."""
    try:
        said = json.loads(text or "{}") if len(text) <= LONGEST else None
    except RecursionError:
        said = None
    if not isinstance(said, dict) or not all(_is_field(each) for each in said.values()):
        raise ValueError("no fields")
    return said


def _is_field(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(each, str) for each in values)
