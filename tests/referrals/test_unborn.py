"""A child that is still to be born has a file when its parents ask for it; it comes on no day yet."""

from datetime import timedelta

import pytest

from alert4you.children.commands import register_child
from alert4you.children.models import Child, Terms
from alert4you.kernel.decision import Denied
from tests.cast import TODAY, Cast

DAYS = [(0, "morning")]
EXPECTED = TODAY + timedelta(weeks=12)


@pytest.mark.parametrize(
    ("terms", "born", "says"),
    [
        (Terms([], asked_by_parents=True), EXPECTED, ""),
        (Terms([]), EXPECTED, "not born yet"),
        (Terms(DAYS, asked_by_parents=True), EXPECTED, "not born yet"),
        (Terms([], asked_by_parents=True), TODAY + timedelta(days=300), "in the future"),
        (Terms(DAYS), TODAY, ""),
    ],
)
def test_before_birth(cast: Cast, terms: Terms, born: object, says: str) -> None:
    known = Child.objects.unrestricted(reason="test").count()
    given = (cast.actor("carla"), ("Pip", "Wolters"), born, cast.group, TODAY, terms)
    if says:
        with pytest.raises(Denied, match=says):
            register_child(*given)
    else:
        register_child(*given)
    assert Child.objects.unrestricted(reason="test").count() == known + (not says)
