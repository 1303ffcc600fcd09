"""A page that was open while the tie to the child ended: its form writes nothing about the child any more."""

from collections.abc import Callable

import pytest

from alert4you.access.models import CareTeamMember, Opening
from alert4you.children.models import Guardian, Placement
from alert4you.organisations.models import Roster
from alert4you.safety.models import SafetyMember
from tests.architecture.world import make_world
from tests.cast import TODAY, Cast
from tests.security.test_smuggling import forms, writes

pytestmark = pytest.mark.django_db
# About oneself, or about no child: signing in, one's own agenda, looking for a file in an emergency.
STILL = {"web:login", "web:forgot_password", "web:code", "meetings:calendar", "access:find_file"}
# Of staff: what was written without a child, what she wrote for herself, and whether she comes.
STILL_OF_STAFF = {"coaching:pass_on", "coaching:debrief", "meetings:signal", "meetings:answer"}
LONG_AGO = {"starts": TODAY.replace(month=1), "ends": TODAY.replace(month=6)}


def no_authority(cast: Cast) -> None:
    Guardian.objects.filter(person=cast.anna).update(has_authority=False)


def no_guardian(cast: Cast) -> None:
    Guardian.objects.filter(person=cast.anna).update(ends=TODAY)


def no_tie(_cast: Cast) -> None:
    """The children left, and with them all that is about them."""
    Placement.objects.unrestricted(reason="test").update(**LONG_AGO)
    CareTeamMember.objects.update(**LONG_AGO)
    SafetyMember.objects.update(**LONG_AGO)
    Roster.objects.all().delete()
    Opening.objects.all().delete()


@pytest.mark.parametrize(
    ("hat", "end", "still"),
    [
        ("anna", no_authority, STILL),
        ("anna", no_guardian, STILL),
        ("fatima", no_tie, STILL | STILL_OF_STAFF),
    ],
)
def test_what_was_open_when_the_tie_ended_writes_nothing(
    cast: Cast, hat: str, end: Callable[[Cast], None], still: set[str]
) -> None:
    open_pages = forms(cast, make_world(cast).arguments, [hat])
    wrote = {key[0] for key, sent in open_pages.items() if writes(sent, sent.body)}
    assert len(wrote) > 20, "while the tie was there"
    end(cast)
    writing = {key[0] for key, sent in open_pages.items() if writes(sent, sent.body)}
    assert writing <= still
