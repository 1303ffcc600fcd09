"""Which practices run, and at how many organisations: counts that tell of no child."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from alert4you.groups.rules.hiding import shown
from alert4you.trajectories.models import Trajectory

COUNTS = "counts per practice for the municipality"


@dataclass(frozen=True)
class Use:
    """At how many organisations, and how many trajectories, also ended (rounded; None: few)."""

    organisations: int = 0
    trajectories: int | None = None


def uses() -> dict[str, Use]:
    """How often each practice is used, by everybody together."""
    rows = Trajectory.objects.unrestricted(reason=COUNTS).order_by()
    counted = rows.values_list("template__slug", "organisation").annotate(number=Count("pk"))
    organisations: Counter[str] = Counter()
    trajectories: Counter[str] = Counter()
    for slug, __, number in counted:
        organisations[slug] += 1
        trajectories[slug] += number
    return {slug: Use(n, shown(trajectories[slug])) for slug, n in organisations.items()}
