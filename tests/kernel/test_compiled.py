"""A compiled policy says what the policy says, also inside another query, and refuses what it cannot hold."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Exists, OuterRef, Q

from alert4you.access.models import Entry
from alert4you.kernel.compiled import Condition, NotCompilable
from tests.architecture.world import make_world
from tests.cast import TODAY, Cast


def test_it_holds_inside_another_query_with_the_same_table(cast: Cast) -> None:
    """The names inside the condition never catch the row outside it."""
    make_world(cast)
    carla = cast.actor("carla")
    mine = Entry.objects.visible_to(carla)
    inside = Entry.objects.unrestricted(reason="test").filter(
        Exists(Entry.objects.visible_to(carla).filter(pk=OuterRef("pk")))
    )
    again = Entry.objects.visible_to(carla).filter(pk__in=mine.values("pk"))
    assert set(inside) == set(again) == set(mine)
    assert len(mine) > 5
    nobody = cast.actor("stranger")
    assert not mine.filter(pk__in=Entry.objects.visible_to(nobody).values("pk")).exists()


@pytest.mark.parametrize(
    "depends",
    [
        lambda actor: Q(day=TODAY.replace(day=1 + actor.at.microsecond % 2)),
        lambda actor: Q(text=str(actor.organisation_id)),
        lambda actor: Q(pk=actor.person_id) if actor.at.microsecond % 2 else Q(),
        lambda actor: Q(author__email="x", author=actor.person_id),
    ],
)
def test_a_policy_that_depends_on_more_is_refused(cast: Cast, depends: Callable[[Any], Q]) -> None:
    with pytest.raises(NotCompilable):
        Condition(Entry, depends, cast.actor("carla"))
