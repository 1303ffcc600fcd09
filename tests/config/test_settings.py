"""Properties of the settings that must hold whatever else changes."""

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group
from django.utils.translation import gettext, override


def test_there_is_no_way_around_the_content_security_policy():
    allowed = {source for sources in policy().values() for source in sources}
    assert allowed == {"'self'", "'none'", "data:"}
    assert "data:" not in policy()["script-src"]


def policy():
    return settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("SecurityMiddleware", "WhiteNoiseMiddleware"),
        ("PersonMiddleware", "SignedInMiddleware"),
        ("SignedInMiddleware", "ActorMiddleware"),
    ],
)
def test_the_order_of_the_middleware(first, then):
    order = [path.rpartition(".")[2] for path in settings.MIDDLEWARE]
    assert order.index(first) < order.index(then)


@pytest.mark.parametrize(
    ("english", "ours"), [("Log out", "Uitloggen"), ("session", "begeleiding")]
)
def test_our_dutch_wins_over_that_of_django(english, ours):
    with override("nl"):
        assert gettext(english) == ours


def test_groups_of_permissions_have_no_page_in_the_admin():
    assert not admin.site.is_registered(Group)
