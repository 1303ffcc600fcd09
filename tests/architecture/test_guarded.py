"""Every model that leads to a child, an entry or a guardian is behind the wall, or somebody said why not."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from alert4you.access.models import Entry
from alert4you.children.models import Child, Guardian
from alert4you.kernel.policies import guarded_models

DECIDES = "a fact from which the policy decides: it cannot wait for its own answer"
HANGS_ON = "read with the guarded row it hangs on; its words are in `readers.WHO_READS`"
NO_WORDS = "ids and moments, no words"
ANSWERED_BY_RULE = "who sees it depends on more than the child; its queries ask a rule first"

# A new model is not added here: it gets `policy_of`, or `part_of` what it hangs on.
NOT_GUARDED = {
    "access.CareTeamMember": DECIDES,
    "access.Consent": DECIDES,
    "access.ConsentRequest": DECIDES,
    "access.NegativeMark": DECIDES,
    "access.Opening": DECIDES,
    "access.Signature": DECIDES,
    "children.Guardian": DECIDES,
    "children.PlacementDay": DECIDES,
    "safety.Accused": DECIDES,
    "safety.SafetyMember": DECIDES,
    "meetings.Seat": DECIDES,
    "access.ReviewLine": ANSWERED_BY_RULE,
    "notes.Tagged": HANGS_ON,
    "referrals.Guidance": HANGS_ON,
    "referrals.PartyAnswer": HANGS_ON,
    "referrals.Verdict": HANGS_ON,
    "trajectories.GrowthHanded": HANGS_ON,
    "trajectories.Release": HANGS_ON,
    "coaching.Debrief": NO_WORDS,
    "imports.Reference": NO_WORDS,
    "retention.Approval": NO_WORDS,
    "retention.KeptProof": NO_WORDS,
    "rights.Delivery": NO_WORDS,
    "trajectories.GrowthApproval": NO_WORDS,
    "trajectories.GrowthItem": NO_WORDS,
    "trajectories.Part": NO_WORDS,
    "trajectories.Step": NO_WORDS,
}


def leading_to_people() -> Iterator[type[models.Model]]:
    """Every model with a path of foreign keys to a child, an entry or a guardian."""
    found: set[type[models.Model]] = {Child, Entry, Guardian}
    waiting = set(found)
    while waiting:
        wanted = waiting.pop()
        for model in apps.get_models(include_auto_created=True):
            if model not in found and wanted in _keys(model):
                found.add(model)
                waiting.add(model)
    return iter(found)


def _keys(model: type[models.Model]) -> set[type[models.Model]]:
    return {key.related_model for key in model._meta.concrete_fields if key.is_relation}


def test_who_leads_to_people_is_guarded_or_has_a_reason() -> None:
    guarded = set(guarded_models().values())
    bare = {model._meta.label for model in leading_to_people() if model not in guarded}
    assert bare == set(NOT_GUARDED)
